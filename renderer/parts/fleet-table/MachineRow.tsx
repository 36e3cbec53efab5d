import type { ReactNode } from 'react'
import { memo } from 'react'
import type { Money } from '#shared/format/money.ts'
import type { ShownRow } from '../../engine/protocol.ts'
import type { GridColumn } from '../../engine/view.ts'
import type { ColumnLook } from './cells.tsx'
import { AdviceCell, cellText, isLoss } from './cells.tsx'
import { cellId } from './cell-id.ts'

type Props = {
  /** null while the engine looks it up */
  readonly row: ShownRow | null
  readonly columns: readonly GridColumn[]
  readonly looks: Readonly<Record<GridColumn, ColumnLook>>
  readonly top: number
  readonly index: number
  /** verdicts are known */
  readonly decided: boolean
  /** no date is known, so that money is per day */
  readonly isPerDay: boolean
  readonly money: Money
  readonly explained: boolean
  readonly activeColumn: number | null
  /** takes the place of the text of the active cell */
  readonly editor: ReactNode
}

function classOf(column: GridColumn, { figure }: ColumnLook, row: ShownRow | null): string {
  if (!figure) return `cell ${column}-cell`
  return row !== null && isLoss(column, row) ? 'cell figure loses' : 'cell figure'
}

/** One row of the table. It is drawn again only when one of its own figures changes. */
export const MachineRow = memo(function MachineRow({
  row,
  columns,
  looks,
  top,
  index,
  decided,
  isPerDay,
  money,
  explained,
  activeColumn,
  editor,
}: Props) {
  const id = row?.id ?? ''
  const selected = row?.selected ?? false
  const isInGroup = row !== null && row.placeInGroup > 0
  return (
    <div
      className="grid-row"
      role="row"
      aria-rowindex={index + 2}
      aria-level={isInGroup ? 2 : 1}
      aria-posinset={isInGroup ? row.placeInGroup : undefined}
      aria-setsize={isInGroup ? row.rowsInGroup : undefined}
      aria-selected={selected}
      aria-busy={row === null || undefined}
      data-explained={explained || undefined}
      data-status={row === null || row.status === 'running' ? undefined : 'stopped'}
      style={{ top }}
    >
      <div
        id={cellId(index, 0)}
        className="cell check-cell"
        role="gridcell"
        aria-colindex={1}
        data-active={activeColumn === 0 || undefined}
      >
        <input type="checkbox" tabIndex={-1} aria-label={`Select ${id}`} checked={selected} readOnly />
      </div>
      {columns.map((column, i) => (
        <div
          key={column}
          id={cellId(index, i + 1)}
          className={classOf(column, looks[column], row)}
          role="gridcell"
          aria-colindex={i + 2}
          data-active={activeColumn === i + 1 || undefined}
        >
          {row === null ? null : editor !== null && activeColumn === i + 1 ? (
            editor
          ) : column === 'advice' ? (
            <>
              <AdviceCell row={row} decided={decided} isPerDay={isPerDay} money={money} />
              <button
                type="button"
                className="why-button"
                tabIndex={-1}
                aria-label={`Why ${id}?`}
                aria-pressed={explained}
              >
                Why?
              </button>
            </>
          ) : (
            cellText(column, row, money)
          )}
        </div>
      ))}
    </div>
  )
})
