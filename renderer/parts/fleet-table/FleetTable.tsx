import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ShownRow } from '../../engine/protocol.ts'
import type { RowWindow } from '../../engine/view.ts'
import { askEngine } from '../../state/engine.ts'
import { selectColumns, selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { selectExplainedMachine } from '../../state/view-slice.ts'
import { cellId } from './cell-id.ts'
import { columnLooks } from './cells.tsx'
import { useColumnWidths } from './column-widths.ts'
import { HeaderRow } from './HeaderRow.tsx'
import { MachineRow } from './MachineRow.tsx'
import { moveFrom, rangeBetween, toggled } from './grid-keys.ts'
import { Toolbar } from './Toolbar.tsx'

const ROW_HEIGHT = { regular: 30, compact: 24 } as const
/** Rows that are kept ready above and below what is in sight, and how far a look moves at a time. */
const ROWS_AROUND = 32
const WINDOW_STEP = 16
const NO_ROWS: readonly ShownRow[] = []

/** The places whose rows are wanted while these are drawn. */
function windowAround(first: number, last: number): RowWindow {
  const from = Math.floor((first - ROWS_AROUND) / WINDOW_STEP) * WINDOW_STEP
  return { from: Math.max(0, from), to: Math.ceil((last + ROWS_AROUND) / WINDOW_STEP) * WINDOW_STEP }
}

/** Index and column of the cell that an event happened in; null outside of the machines' cells. */
function placeOf(event: React.MouseEvent): { readonly index: number; readonly column: number } | null {
  const cell = (event.target as Element).closest('[role="gridcell"]')
  const row = cell?.closest('[role="row"]') ?? null
  return cell === null || row === null
    ? null
    : { index: Number(row.ariaRowIndex) - 2, column: Number(cell.ariaColIndex) - 1 }
}

/** Selects the rows at some places, and no others. */
const selectRows = (rows: RowWindow) =>
  askEngine(
    (engine) => engine.keys(rows),
    (keys) => useStore.getState().select(new Set(keys)),
  )

/** All rows that are shown, or none. */
const selectAllOrNone = (all: boolean) => {
  const { picture, select } = useStore.getState()
  if (all) selectRows({ from: 0, to: picture?.shown ?? 0 })
  else select(new Set())
}

/**
 * The fleet as a grid of which only the visible rows exist. Focus stays on the grid; the active cell is named by
 * aria-activedescendant, because a row that scrolls away is taken out of the page.
 */
export function FleetTable() {
  const rows = useStore((state) => state.picture?.rows ?? NO_ROWS)
  const firstRow = useStore((state) => state.picture?.from ?? 0)
  const shown = useStore((state) => state.picture?.shown ?? 0)
  const decided = useStore((state) => (state.picture?.advice ?? null) !== null)
  const isPerDay = useStore((state) => state.picture?.market?.isPerDay ?? false)
  const money = useStore(selectMoney)
  const looks = useMemo(() => columnLooks(money), [money])
  const [body, setBody] = useState<HTMLElement | null>(null)
  const columns = useStore(selectColumns)
  useColumnWidths(body, columns, looks)
  const total = useStore((state) => state.fleet?.rows ?? 0)
  const selected = useStore((state) => state.selected)
  const explained = useStore(selectExplainedMachine)
  const density = useStore((state) => state.settings?.density ?? 'regular')
  const { select, open, explainMachine: explain, sortBy, lookAt } = useStore.getState()
  const [place, setActive] = useState({ index: 0, column: 1 })
  // A column that is hidden has no place.
  const active = { index: place.index, column: Math.min(place.column, columns.length) }
  const [focused, setFocused] = useState(false)
  // Where a range of rows begins that Shift extends.
  const anchor = useRef(0)
  const scroller = useRef<HTMLDivElement>(null)
  const height = ROW_HEIGHT[density]

  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called in this render, never kept
  const virtual = useVirtualizer({
    count: shown,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 4,
    scrollPaddingStart: height,
  })
  useEffect(() => virtual.measure(), [virtual, height])
  const drawn = virtual.getVirtualItems()
  const { from, to } = windowAround(drawn[0]?.index ?? 0, drawn.at(-1)?.index ?? 0)
  useEffect(() => lookAt({ from, to }), [lookAt, from, to])

  const rowAt = (index: number) => rows[index - firstRow]
  const index = Math.min(active.index, shown - 1)

  /** Does something with the key of a row; the engine knows those that are not at hand. */
  const withKeyAt = (at: number, act: (key: number) => void) => {
    const row = rowAt(at)
    if (row !== undefined) act(row.key)
    else
      askEngine(
        (engine) => engine.keys({ from: at, to: at + 1 }),
        ([key]) => {
          if (key !== undefined) act(key)
        },
      )
  }
  const go = (next: { readonly index: number; readonly column: number }) => {
    setActive(next)
    if (next.index >= 0 && next.index < shown) virtual.scrollToIndex(next.index)
    // The sticky first columns hide what scrolls under them, so ask the cell itself once it is there.
    requestAnimationFrame(() =>
      document
        .getElementById(cellId(next.index, next.column))
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    )
  }

  const pick = (at: number, how: 'toggle' | 'range') => {
    if (how === 'range') selectRows(rangeBetween(anchor.current, at, shown))
    else {
      withKeyAt(at, (key) => select(toggled(useStore.getState().selected, key)))
      anchor.current = at
    }
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey
    const move = moveFrom(
      event.key,
      command,
      { index, column: active.column },
      {
        rows: shown,
        columns: columns.length + 1,
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
      selectAllOrNone(true)
    } else if (event.key === 'Escape') {
      if (selected.size > 0) select(new Set())
      else explain(null)
    } else if (index < 0) {
      const column = columns[active.column - 1]
      if ((event.key === 'Enter' || event.key === ' ') && column !== undefined) {
        event.preventDefault()
        sortBy(column)
      }
    } else if (shown === 0) {
      return
    } else if (event.key === 'Enter') {
      event.preventDefault()
      withKeyAt(index, (key) => open({ kind: 'machine', key }))
    } else if (event.key === ' ') {
      event.preventDefault()
      pick(index, event.shiftKey ? 'range' : 'toggle')
    } else if (event.key === 'Delete') {
      if (selected.size > 0) open({ kind: 'remove-machines', keys: [...selected] })
      else withKeyAt(index, (key) => open({ kind: 'remove-machines', keys: [key] }))
    } else if (event.key.toLowerCase() === 'w' && !command) {
      withKeyAt(index, explain)
    }
  }

  // One listener for all cells: a cell that has not changed is then the same cell.
  const onPress = (event: React.MouseEvent) => {
    const place = placeOf(event)
    if (place === null) return
    if ((event.target as Element).closest('.why-button') !== null) {
      withKeyAt(place.index, (key) => explain(explained === key ? null : key))
      return
    }
    setActive(place)
    if (event.shiftKey) pick(place.index, 'range')
    else if (event.ctrlKey || event.metaKey || place.column === 0) pick(place.index, 'toggle')
    else {
      anchor.current = place.index
      if (explained !== null) withKeyAt(place.index, explain)
    }
  }
  const onDoublePress = (event: React.MouseEvent) => {
    const place = placeOf(event)
    if (place !== null) withKeyAt(place.index, (key) => open({ kind: 'machine', key }))
  }

  const activeId = shown === 0 && active.index >= 0 ? undefined : cellId(index, active.column)
  return (
    <section className="panel fleet" aria-label="Fleet table">
      <Toolbar shown={shown} total={total} />
      <div
        ref={scroller}
        className="grid-scroll"
        role="grid"
        aria-label="Fleet"
        aria-rowcount={shown + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-activedescendant={activeId}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        // A double press opens the row; it should not mark a word.
        onMouseDown={(event) =>
          (event.detail > 1 || event.shiftKey) && placeOf(event) !== null && event.preventDefault()
        }
        onClick={onPress}
        onDoubleClick={onDoublePress}
      >
        <div
          ref={setBody}
          className="grid-body"
          role="presentation"
          style={{ height: virtual.getTotalSize() + height }}
        >
          <HeaderRow
            columns={columns}
            looks={looks}
            activeColumn={focused && index < 0 ? active.column : null}
            allSelected={shown > 0 && selected.size >= shown}
            onSelectAll={selectAllOrNone}
          />
          {drawn.map((item) => {
            const row = rowAt(item.index)
            return (
              <MachineRow
                // By its place: where the order changes, texts change in rows that are there.
                key={item.index}
                row={row ?? null}
                columns={columns}
                looks={looks}
                top={item.start + height}
                index={item.index}
                decided={decided}
                isPerDay={isPerDay}
                money={money}
                selected={row !== undefined && selected.has(row.key)}
                explained={explained !== null && explained === row?.key}
                activeColumn={focused && item.index === index ? active.column : null}
              />
            )
          })}
        </div>
      </div>
      {shown > 0 ? null : (
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
