import type { Fleet, MachineNumberColumn } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { labelAt, ownElseSite, textAt } from '#shared/domain/fleet/columns.ts'
import { writeCellText } from './cell-text.ts'
import { FLEET_COLUMNS, isNumberColumn, NUMBER_COLUMNS } from './columns.ts'

/** What a fleet file carries beside the fleet; see FleetFile. */
export type FleetNotes = {
  readonly noteColumns: readonly string[]
  readonly notes: readonly (string | null)[]
}

const ROWS_PER_PIECE = 1000

/**
 * A fleet as fleet.csv, in pieces of text: UTF-8, commas, decimal points, lines that end in LF, every column of a
 * fleet file and then the notes. Values are those in force: a machine's own, else its site's; what is not given is an
 * empty cell. Reading it gives the same columns again.
 */
export function* writeFleetCsv(
  fleet: Fleet,
  { noteColumns, notes }: FleetNotes = { noteColumns: [], notes: [] },
): Generator<string> {
  const { machines, sites } = fleet
  const cellOf = {
    id: (row: number) => writeCellText(textAt(machines.id, row)),
    model: (row: number) => writeCellText(labelAt(machines.model, row)),
    site: (row: number) => writeCellText(sites.name[machines.site[row]!]!),
    status: (row: number) => MACHINE_STATUSES[machines.status[row]!]!,
  }
  const cells = FLEET_COLUMNS.map((column) => {
    if (!isNumberColumn(column)) return cellOf[column]
    const { field } = NUMBER_COLUMNS[column]
    return (row: number) => numberCell(inForce(fleet, field, row))
  })
  let piece = [...FLEET_COLUMNS, ...noteColumns.map(writeCellText)].join(',') + '\n'
  for (let row = 0; row < machines.length; row++) {
    for (let at = 0; at < cells.length; at++) piece += (at === 0 ? '' : ',') + cells[at]!(row)
    if (noteColumns.length > 0) {
      const texts = JSON.parse(notes[row] ?? '{}') as Readonly<Partial<Record<string, string>>>
      for (const column of noteColumns)
        piece += ',' + writeCellText(Object.hasOwn(texts, column) ? texts[column]! : '')
    }
    piece += '\n'
    if ((row + 1) % ROWS_PER_PIECE === 0) {
      yield piece
      piece = ''
    }
  }
  if (piece !== '') yield piece
}

function inForce({ machines, sites }: Fleet, field: MachineNumberColumn, row: number): number {
  const own = machines[field][row]!
  if (field !== 'powerPriceUsdPerKwh' && field !== 'otherUsdPerKwh' && field !== 'overhead') return own
  return ownElseSite(own, sites[field][machines.site[row]!]!)
}

/** The shortest text that reads back as the same number. */
function numberCell(value: number): string {
  return Number.isNaN(value) ? '' : String(value)
}
