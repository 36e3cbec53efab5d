import { textAt } from '#shared/domain/fleet/columns.ts'
import type { Money } from '#shared/format/money.ts'
import type { Market } from '../../../lib/picture.ts'
import type { FleetColumn } from '../../../state/view-slice.ts'
import { FLEET_COLUMNS } from '../../../state/view-slice.ts'
import type { ColumnLook } from './cells.tsx'
import { cell } from './cells.tsx'
import { cellId } from './cell-id.ts'
import type { RowInputs } from './rows.ts'

type Props = {
  readonly looks: Readonly<Record<FleetColumn, ColumnLook>>
  readonly template: string
  readonly top: number
  readonly index: number
  readonly row: number
  readonly inputs: RowInputs
  readonly market: Market | null
  readonly money: Money
  readonly selected: boolean
  readonly explained: boolean
  readonly activeColumn: number | null
  readonly onPress: (column: number, event: React.MouseEvent) => void
  readonly onOpen: () => void
  readonly onExplain: () => void
}

export function MachineRow({
  looks,
  template,
  top,
  index,
  row,
  inputs,
  market,
  money,
  selected,
  explained,
  activeColumn,
  onPress,
  onOpen,
  onExplain,
}: Props) {
  const id = textAt(inputs.basis.fleet.machines.id, row)
  return (
    <div
      className="grid-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-explained={explained || undefined}
      data-status={inputs.basis.fleet.machines.status[row] === 0 ? undefined : 'stopped'}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
      // A double press opens the row; it should not mark a word.
      onMouseDown={(event) => (event.detail > 1 || event.shiftKey) && event.preventDefault()}
      onDoubleClick={onOpen}
    >
      <div
        id={cellId(index, 0)}
        className="cell check-cell"
        role="gridcell"
        aria-colindex={1}
        data-active={activeColumn === 0 || undefined}
        onClick={(event) => onPress(0, event)}
      >
        <input type="checkbox" tabIndex={-1} aria-label={`Select ${id}`} checked={selected} readOnly />
      </div>
      {FLEET_COLUMNS.map((column, i) => (
        <div
          key={column}
          id={cellId(index, i + 1)}
          className={looks[column].figure ? 'cell figure' : `cell ${column}-cell`}
          role="gridcell"
          aria-colindex={i + 2}
          data-active={activeColumn === i + 1 || undefined}
          onClick={(event) => onPress(i + 1, event)}
        >
          {cell(column, row, inputs, market, money)}
          {column === 'advice' ? (
            <button
              type="button"
              className="why-button"
              tabIndex={-1}
              aria-label={`Why ${id}?`}
              aria-pressed={explained}
              onClick={(event) => {
                event.stopPropagation()
                onExplain()
              }}
            >
              Why?
            </button>
          ) : null}
        </div>
      ))}
    </div>
  )
}
