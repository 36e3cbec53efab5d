import { memo } from 'react'
import type { Money } from '#shared/format/money.ts'
import { counted } from '#shared/format/numbers.ts'
import type { GroupHead } from '../../engine/protocol.ts'
import type { GridColumn, Grouping } from '../../engine/view.ts'
import { Verdict } from '../../ui/Verdict.tsx'
import { cellId } from './cell-id.ts'
import type { ColumnLook } from './cells.tsx'
import { groupName, headSpan, sumText } from './group-head.ts'

type Props = {
  readonly head: GroupHead
  readonly by: Grouping
  readonly columns: readonly GridColumn[]
  readonly looks: Readonly<Record<GridColumn, ColumnLook>>
  readonly top: number
  readonly index: number
  readonly money: Money
  readonly activeColumn: number | null
}

/** The head of a group: its name over the first columns, and below the headings of figures what its rows amount to. */
export const GroupRow = memo(function GroupRow({
  head,
  by,
  columns,
  looks,
  top,
  index,
  money,
  activeColumn,
}: Props) {
  const span = headSpan(columns)
  const name = groupName(head, by)
  const isAll = head.selectedRows === head.rows
  return (
    <div
      className="grid-row group-row"
      role="row"
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={head.isOpen}
      aria-posinset={head.place}
      aria-setsize={head.groups}
      aria-selected={isAll}
      data-idle={head.isIdle || undefined}
      title={head.isIdle ? 'None of these machines runs: the figures are as if all did.' : undefined}
      style={{ top }}
    >
      <div
        id={cellId(index, 0)}
        className="cell check-cell"
        role="gridcell"
        aria-colindex={1}
        data-active={activeColumn === 0 || undefined}
      >
        <input
          ref={(box) => {
            if (box !== null) box.indeterminate = !isAll && head.selectedRows > 0
          }}
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select all of ${name}`}
          checked={isAll}
          readOnly
        />
      </div>
      <div
        id={cellId(index, 1)}
        className="cell group-cell"
        role="gridcell"
        aria-colindex={2}
        aria-colspan={span}
        style={{ gridColumn: `2 / span ${span}` }}
        data-active={(activeColumn !== null && activeColumn >= 1 && activeColumn <= span) || undefined}
      >
        <span className="group-name">
          <svg viewBox="0 0 8 8" aria-hidden="true">
            <path d={head.isOpen ? 'M1 2.5h6L4 6.5z' : 'M2.5 1v6L6.5 4z'} />
          </svg>
          {head.verdict === null ? <b>{name}</b> : <Verdict verdict={head.verdict} />}{' '}
          <span>{counted(head.rows, 'row')}</span>
        </span>
      </div>
      {columns.slice(span).map((column, i) => {
        const place = span + i + 1
        const loses = (column === 'margin' || column === 'marginShare') && head.marginUsdPerDay < 0
        return (
          <div
            key={column}
            id={cellId(index, place)}
            className={looks[column].figure ? (loses ? 'cell figure loses' : 'cell figure') : 'cell'}
            role="gridcell"
            aria-colindex={place + 1}
            data-active={activeColumn === place || undefined}
          >
            {sumText(column, head, money)}
          </div>
        )
      })}
    </div>
  )
})
