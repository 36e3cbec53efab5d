import { memo, useRef } from 'react'
import { useStore } from '../../state/store.ts'
import { selectTable } from '../../state/table-slice.ts'
import type { GridColumn } from '../../engine/view.ts'
import { SORTABLE } from '../../engine/view.ts'
import type { ColumnLook } from './cells.tsx'
import { cellId } from './cell-id.ts'
import { moved } from './column-order.ts'
import { WidthHandle } from './WidthHandle.tsx'

type Props = {
  readonly columns: readonly GridColumn[]
  readonly looks: Readonly<Record<GridColumn, ColumnLook>>
  readonly activeColumn: number | null
  readonly allSelected: boolean
  readonly onSelectAll: (all: boolean) => void
}

/** Headings that sort, and can be dragged to another place; the one in force says its direction with an arrow and to assistive technology. */
export const HeaderRow = memo(function HeaderRow({
  columns,
  looks,
  activeColumn,
  allSelected,
  onSelectAll,
}: Props) {
  const { sort } = useStore(selectTable)
  const { sortBy, setColumns } = useStore.getState()
  const dragged = useRef<GridColumn | null>(null)
  return (
    <div className="grid-row grid-head" role="row" aria-rowindex={1}>
      <div
        id={cellId(-1, 0)}
        className="cell check-cell"
        role="columnheader"
        aria-colindex={1}
        data-active={activeColumn === 0 || undefined}
      >
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label="Select all rows"
          checked={allSelected}
          onChange={(event) => onSelectAll(event.target.checked)}
        />
      </div>
      {columns.map((column, i) => {
        const look = looks[column]
        const sorted = sort.column === column
        const sortable = SORTABLE.has(column)
        return (
          <div
            key={column}
            id={cellId(-1, i + 1)}
            className={look.figure ? 'cell figure' : 'cell'}
            role="columnheader"
            aria-colindex={i + 2}
            aria-sort={
              sorted ? (sort.descending ? 'descending' : 'ascending') : sortable ? 'none' : undefined
            }
            data-active={activeColumn === i + 1 || undefined}
            title={look.title}
            draggable
            onDragStart={() => (dragged.current = column)}
            onDragOver={(event) => dragged.current !== null && event.preventDefault()}
            onDrop={() => {
              if (dragged.current !== null) setColumns(moved(columns, dragged.current, column))
              dragged.current = null
            }}
          >
            <button
              type="button"
              className="sort"
              tabIndex={-1}
              disabled={!sortable}
              onClick={() => sortBy(column)}
            >
              {look.heading}
              {look.unit === undefined ? null : <span className="head-unit"> {look.unit}</span>}
              {sorted ? (
                <svg viewBox="0 0 8 8" aria-hidden="true">
                  <path d={sort.descending ? 'M1 2.5h6L4 6.5z' : 'M1 5.5h6L4 1.5z'} />
                </svg>
              ) : null}
            </button>
            <WidthHandle column={column} />
          </div>
        )
      })}
    </div>
  )
})
