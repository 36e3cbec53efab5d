import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { selectMarket, selectMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import type { FleetColumn } from '../../../state/view-slice.ts'
import { FLEET_COLUMNS } from '../../../state/view-slice.ts'
import { cellId } from './cell-id.ts'
import type { ColumnLook } from './cells.tsx'
import { columnLooks } from './cells.tsx'
import { HeaderRow } from './HeaderRow.tsx'
import { MachineRow } from './MachineRow.tsx'
import { moveFrom, selectionAfter } from './grid-keys.ts'
import { Toolbar } from './Toolbar.tsx'
import { selectRowInputs, useVisibleRows } from './visible-rows.ts'

const CHECK_WIDTH_PX = 34
const ROW_HEIGHT = { regular: 30, compact: 24 } as const
const NO_ROWS = new Uint32Array(0)

/** The columns of the grid and the least width that shows them all. */
function layout(looks: Readonly<Record<FleetColumn, ColumnLook>>) {
  const inOrder = FLEET_COLUMNS.map((column) => looks[column])
  return {
    template: [
      `${CHECK_WIDTH_PX}px`,
      ...inOrder.map(({ widthPx, grow }) =>
        grow === 0 ? `${widthPx}px` : `minmax(${widthPx}px, ${grow}fr)`,
      ),
    ].join(' '),
    leastWidthPx: inOrder.reduce((sum, { widthPx }) => sum + widthPx, CHECK_WIDTH_PX),
  }
}

/**
 * The fleet as a grid of which only the visible rows exist. Focus stays on the grid; the active cell is named by
 * aria-activedescendant, because a row that scrolls away is taken out of the page.
 */
export function FleetTable() {
  const inputs = useStore(selectRowInputs)
  const rows = useVisibleRows(inputs) ?? NO_ROWS
  const market = useStore(selectMarket)
  const money = useStore(selectMoney)
  const looks = useMemo(() => columnLooks(money), [money])
  const { template, leastWidthPx } = useMemo(() => layout(looks), [looks])
  const selected = useStore((state) => state.selected)
  const explained = useStore((state) => state.explained)
  const density = useStore((state) => state.settings?.density ?? 'regular')
  const { select, open, explain, sortBy } = useStore.getState()
  const [active, setActive] = useState({ index: 0, column: 1 })
  const [focused, setFocused] = useState(false)
  // Where a range of rows begins that Shift extends.
  const anchor = useRef(0)
  const scroller = useRef<HTMLDivElement>(null)
  const height = ROW_HEIGHT[density]

  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called in this render, never kept
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
    scrollPaddingStart: height,
  })
  useEffect(() => virtual.measure(), [virtual, height])

  if (inputs === null) return null
  const keys = inputs.basis.fleet.machines.key
  const keyAt = (index: number) => keys[rows[index]!]!
  const index = Math.min(active.index, rows.length - 1)

  const go = (next: { readonly index: number; readonly column: number }) => {
    setActive(next)
    if (next.index >= 0 && next.index < rows.length) virtual.scrollToIndex(next.index)
    // The sticky first columns hide what scrolls under them, so ask the cell itself once it is there.
    requestAnimationFrame(() =>
      document
        .getElementById(cellId(next.index, next.column))
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    )
  }

  const pick = (at: number, how: 'toggle' | 'range') => {
    select(selectionAfter(how, { rows, keys, selected, anchor: anchor.current, at }))
    if (how !== 'range') anchor.current = at
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey
    const move = moveFrom(
      event.key,
      command,
      { index, column: active.column },
      {
        rows: rows.length,
        columns: FLEET_COLUMNS.length + 1,
        page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2),
      },
    )
    if (move !== null) {
      event.preventDefault()
      go(move)
      if (event.shiftKey && move.index >= 0) pick(move.index, 'range')
      return
    }
    if (command && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      select(new Set(Array.from(rows, (row) => keys[row]!)))
    } else if (event.key === 'Escape') {
      if (selected.size > 0) select(new Set())
      else explain(null)
    } else if (index < 0) {
      const column = FLEET_COLUMNS[active.column - 1]
      if ((event.key === 'Enter' || event.key === ' ') && column !== undefined) {
        event.preventDefault()
        sortBy(column)
      }
    } else if (rows.length === 0) {
      return
    } else if (event.key === 'Enter') {
      event.preventDefault()
      open({ kind: 'machine', key: keyAt(index) })
    } else if (event.key === ' ') {
      event.preventDefault()
      pick(index, event.shiftKey ? 'range' : 'toggle')
    } else if (event.key === 'Delete') {
      open({ kind: 'remove-machines', keys: selected.size > 0 ? [...selected] : [keyAt(index)] })
    } else if (event.key.toLowerCase() === 'w' && !command) {
      explain(keyAt(index))
    }
  }

  const activeId = rows.length === 0 && active.index >= 0 ? undefined : cellId(index, active.column)
  return (
    <section className="panel fleet" aria-label="Fleet table">
      <Toolbar shown={rows.length} total={inputs.basis.length} />
      <div
        ref={scroller}
        className="grid-scroll"
        role="grid"
        aria-label="Fleet"
        aria-rowcount={rows.length + 1}
        aria-colcount={FLEET_COLUMNS.length + 1}
        aria-multiselectable
        aria-activedescendant={activeId}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        <div
          className="grid-body"
          role="presentation"
          style={{ height: virtual.getTotalSize() + height, minWidth: leastWidthPx }}
        >
          <HeaderRow
            looks={looks}
            template={template}
            activeColumn={focused && index < 0 ? active.column : null}
            allSelected={rows.length > 0 && selected.size >= rows.length}
            onSelectAll={(all) => select(all ? new Set(Array.from(rows, (row) => keys[row]!)) : new Set())}
          />
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]!
            const key = keys[row]!
            return (
              <MachineRow
                key={key}
                looks={looks}
                template={template}
                top={item.start + height}
                index={item.index}
                row={row}
                inputs={inputs}
                market={market}
                money={money}
                selected={selected.has(key)}
                explained={explained === key}
                activeColumn={focused && item.index === index ? active.column : null}
                onPress={(column, event) => {
                  setActive({ index: item.index, column })
                  if (event.shiftKey) pick(item.index, 'range')
                  else if (event.ctrlKey || event.metaKey || column === 0) pick(item.index, 'toggle')
                  else {
                    anchor.current = item.index
                    if (explained !== null) explain(key)
                  }
                }}
                onOpen={() => open({ kind: 'machine', key })}
                onExplain={() => explain(explained === key ? null : key)}
              />
            )
          })}
        </div>
      </div>
      {rows.length > 0 ? null : (
        <p className="grid-empty" role="status">
          No machine passes the filter.{' '}
          <button type="button" className="button quiet" onClick={() => useStore.getState().clearFilter()}>
            Clear filter
          </button>
        </p>
      )}
    </section>
  )
}
