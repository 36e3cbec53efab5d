import { memo } from 'react'
import { useStore } from '../../state/store.ts'
import type { GridColumn } from '../../engine/view.ts'
import { SORTABLE } from '../../engine/view.ts'
import type { ColumnLook } from './cells.tsx'
import { cellId } from './cell-id.ts'

type Props = {
  readonly columns: readonly GridColumn[]
  readonly looks: Readonly<Record<GridColumn, ColumnLook>>
  readonly activeColumn: number | null
  readonly allSelected: boolean
  readonly onSelectAll: (all: boolean) => void
}

/** Headings that sort; the one in force says its direction with an arrow and to assistive technology. */
export const HeaderRow = memo(function HeaderRow({
  columns,
  looks,
  activeColumn,
  allSelected,
  onSelectAll,
}: Props) {
  const sort = useStore((state) => state.sort)
  const sortBy = useStore((state) => state.sortBy)
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
          </div>
        )
      })}
    </div>
  )
})
