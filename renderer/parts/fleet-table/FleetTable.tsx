import { useVirtualizer } from '@tanstack/react-virtual'
import { Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { ShownEntry } from '../../engine/protocol.ts'
import type { RowWindow } from '../../engine/view.ts'
import { withSelected } from '../../state/actions.ts'
import { askEngine } from '../../state/engine.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { selectTable } from '../../state/table-slice.ts'
import { selectExplainedMachine } from '../../state/view-slice.ts'
import { afterStart } from '../../ui/after-start.ts'
import { cellId } from './cell-id.ts'
import { cellField, nextEditable } from './cell-fields.ts'
import { columnLooks } from './cells.tsx'
import { movedBy } from './column-order.ts'
import { useColumnWidths, widthOf } from './column-widths.ts'
import { headCell } from './group-head.ts'
import { GroupRow } from './GroupRow.tsx'
import { HeaderRow } from './HeaderRow.tsx'
import { MachineRow } from './MachineRow.tsx'
import { foldFrom, moveFrom, rangeBetween } from './grid-keys.ts'
import { StatusBar } from './StatusBar.tsx'
import { Toolbar } from './Toolbar.tsx'

// Nobody changes a cell before there is one.
const CellEditor = afterStart(() => import('./CellEditor.tsx').then((m) => m.CellEditor))

const ROW_HEIGHT = { regular: 30, compact: 24 } as const

/** Rows that are kept ready above and below what is in sight, and how far a look moves at a time. */
const ROWS_AROUND = 32
const WINDOW_STEP = 16
const NO_ENTRIES: readonly ShownEntry[] = []

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

/** All rows that are shown, or none. */
const selectAllOrNone = (all: boolean) => useStore.getState().select({ kind: all ? 'all' : 'none' })

/**
 * The fleet as a grid of which only the visible rows exist, in groups where they are asked for. Focus stays on the grid; the active cell is named by
 * aria-activedescendant, because a row that scrolls away is taken out of the page.
 */
export function FleetTable() {
  const entries = useStore((state) => state.picture?.entries ?? NO_ENTRIES)
  const firstPlace = useStore((state) => state.picture?.from ?? 0)
  const shown = useStore((state) => state.picture?.shown ?? 0)
  const places = useStore((state) => state.picture?.places ?? 0)
  const selected = useStore((state) => state.picture?.selected ?? 0)
  const decided = useStore((state) => (state.picture?.advice ?? null) !== null)
  const isPerDay = useStore((state) => state.picture?.market?.isPerDay ?? false)
  const money = useStore(selectMoney)
  const looks = useMemo(() => columnLooks(money), [money])
  const [body, setBody] = useState<HTMLElement | null>(null)
  const { columns, widths } = useStore(selectTable)
  // of what is on screen: what was asked for may still be on its way
  const by = useStore((state) => state.picture?.question.group.by ?? null)
  useColumnWidths(body, columns, looks, widths)
  const total = useStore((state) => state.fleet?.rows ?? 0)
  const explained = useStore(selectExplainedMachine)
  const density = useStore((state) => state.settings?.density ?? 'regular')
  const {
    select,
    open,
    openPage,
    explainMachine: explain,
    fold,
    foldAll,
    sortBy,
    lookAt,
    setColumns,
    setWidth,
  } = useStore.getState()
  const [place, setActive] = useState({ index: 0, column: 1 })
  // A column that is hidden has no place.
  const active = { index: place.index, column: Math.min(place.column, columns.length) }
  const [focused, setFocused] = useState(false)
  /** the active cell is being changed */
  const [editing, setEditing] = useState(false)
  // Where a range of rows begins that Shift extends.
  const anchor = useRef(0)
  const scroller = useRef<HTMLDivElement>(null)
  const height = ROW_HEIGHT[density]

  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called in this render, never kept
  const virtual = useVirtualizer({
    count: places,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 4,
    scrollPaddingStart: height,
  })
  useEffect(() => virtual.measure(), [virtual, height])
  const drawn = virtual.getVirtualItems()
  const { from, to } = windowAround(drawn[0]?.index ?? 0, drawn.at(-1)?.index ?? 0)
  useEffect(() => lookAt({ from, to }), [lookAt, from, to])

  const entryAt = (index: number) => entries[index - firstPlace]
  const index = Math.min(active.index, places - 1)
  const cellAt = (at: number, column: number) =>
    cellId(at, entryAt(at)?.kind === 'group' ? headCell(columns, column) : column)

  /** Does something with the key of a row; the engine knows those that are not at hand. */
  const withKeyAt = (at: number, act: (key: number) => void) => {
    const entry = entryAt(at)
    if (entry?.kind === 'row') act(entry.key)
    else if (entry === undefined)
      askEngine(
        (engine) => engine.keys({ from: at, to: at + 1 }),
        ([key]) => {
          if (key !== undefined) act(key)
        },
      )
  }
  const go = (next: { readonly index: number; readonly column: number }) => {
    setActive(next)
    if (next.index >= 0 && next.index < places) virtual.scrollToIndex(next.index)
    // The sticky first columns hide what scrolls under them, so ask the cell itself once it is there.
    requestAnimationFrame(() =>
      document
        .getElementById(cellAt(next.index, next.column))
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    )
  }

  /** Folds a group; changes what can be changed in its cell; elsewhere the machine's page opens. */
  const editOrOpen = (at: number, column: number) => {
    const entry = entryAt(at)
    if (entry?.kind === 'group') fold(entry.name, !entry.isOpen)
    else if (cellField(columns[column - 1]) !== null) setEditing(true)
    else withKeyAt(at, (key) => openPage({ kind: 'machine', key }))
  }
  const editorOf = (key: number) => {
    const field = cellField(columns[active.column - 1])
    if (!editing || field === null) return null
    return (
      <Suspense fallback={null}>
        <CellEditor
          key={field}
          machineKey={key}
          field={field}
          onDone={(step) => {
            const next = step === null ? null : nextEditable(columns, active.column, step)
            setEditing(next !== null)
            if (next === null) scroller.current?.focus()
            else go({ index, column: next })
          }}
        />
      </Suspense>
    )
  }

  const pick = (at: number, how: 'toggle' | 'range') => {
    if (how === 'range') select({ kind: 'range', ...rangeBetween(anchor.current, at, places) })
    else {
      const entry = entryAt(at)
      select(entry?.kind === 'row' ? { kind: 'toggle-key', key: entry.key } : { kind: 'toggle', at })
      anchor.current = at
    }
  }

  /** In the headings Alt moves a column, with Shift its edge. */
  const onColumnKey = (event: React.KeyboardEvent): boolean => {
    const column = columns[active.column - 1]
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (column === undefined || by === undefined) return false
    event.preventDefault()
    if (event.shiftKey) {
      const widthEm = widthOf(cellId(-1, active.column))
      if (widthEm !== null) setWidth(column, widthEm + by)
      return true
    }
    const order = movedBy(columns, column, by)
    setColumns(order)
    go({ index, column: order.indexOf(column) + 1 })
    return true
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey
    const folding = command || event.shiftKey ? null : foldFrom(event.key, entryAt(index), active.column)
    if (folding !== null) {
      event.preventDefault()
      if (folding.kind === 'all') foldAll(true)
      else if (folding.kind === 'fold') fold(folding.name, folding.isOpen)
      else go({ index: index - folding.up, column: active.column })
      return
    }
    if (index < 0 && event.altKey && onColumnKey(event)) return
    const move = moveFrom(
      event.key,
      command,
      { index, column: active.column },
      {
        rows: places,
        columns: columns.length + 1,
        page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2),
      },
    )
    if (move !== null) {
      event.preventDefault()
      go(move)
      if (!event.shiftKey) anchor.current = Math.max(0, move.index)
      else if (move.index >= 0) pick(move.index, 'range')
      return
    }
    if (command && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      selectAllOrNone(true)
    } else if (event.key === 'Escape') {
      if (selected > 0) selectAllOrNone(false)
      else explain(null)
    } else if (index < 0) {
      const column = columns[active.column - 1]
      if ((event.key === 'Enter' || event.key === ' ') && column !== undefined) {
        event.preventDefault()
        sortBy(column)
      }
    } else if (places === 0) {
      return
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault()
      if (event.altKey) withKeyAt(index, (key) => open({ kind: 'machine', key }))
      else editOrOpen(index, active.column)
    } else if (event.key === ' ') {
      event.preventDefault()
      pick(index, event.shiftKey ? 'range' : 'toggle')
    } else if (event.key === 'Delete') {
      if (selected > 0) withSelected((keys) => open({ kind: 'remove-machines', keys }))
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
    setEditing(false)
    if (event.shiftKey) pick(place.index, 'range')
    else if (event.ctrlKey || event.metaKey || place.column === 0) pick(place.index, 'toggle')
    else {
      anchor.current = place.index
      if (entryAt(place.index)?.kind === 'group') editOrOpen(place.index, place.column)
      else if (explained !== null) withKeyAt(place.index, explain)
    }
  }
  const onDoublePress = (event: React.MouseEvent) => {
    const place = placeOf(event)
    // The two presses on a head have opened and closed it.
    if (place !== null && place.column > 0 && entryAt(place.index)?.kind !== 'group')
      editOrOpen(place.index, place.column)
  }

  const activeId = places === 0 && active.index >= 0 ? undefined : cellAt(index, active.column)
  return (
    <section className="panel fleet" aria-label="Fleet table">
      <Toolbar shown={shown} total={total} />
      <div
        ref={scroller}
        className="grid-scroll"
        role="treegrid"
        aria-label="Fleet"
        aria-rowcount={places + 1}
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
            allSelected={shown > 0 && selected >= shown}
            onSelectAll={selectAllOrNone}
          />
          {drawn.map((item) => {
            const entry = entryAt(item.index)
            // By its place: where the order changes, texts change in rows that are there.
            const key = item.index
            const rest = {
              ...{ columns, looks, money, index: item.index, top: item.start + height },
              activeColumn: focused && item.index === index ? active.column : null,
            }
            return entry?.kind === 'group' && by !== null ? (
              <GroupRow key={key} head={entry} by={by} {...rest} />
            ) : (
              <MachineRow
                key={key}
                row={entry?.kind === 'row' ? entry : null}
                decided={decided}
                isPerDay={isPerDay}
                explained={entry?.kind === 'row' && explained === entry.key}
                {...rest}
                editor={entry?.kind === 'row' && item.index === index ? editorOf(entry.key) : null}
              />
            )
          })}
        </div>
      </div>
      {shown > 0 ? (
        <StatusBar />
      ) : (
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
