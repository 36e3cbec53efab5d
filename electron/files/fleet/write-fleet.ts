import type { FieldName, NumberName } from '#shared/domain/fleet/fields.ts'
import { FIELD_NAMES, fieldOf, isInherited, MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { labelAt, ownElseSite, textAt } from '#shared/domain/fleet/columns.ts'
import { writeCellText } from '../cell-text.ts'
import { HEADINGS } from './columns.ts'

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
  const { machines } = fleet
  const cells = FIELD_NAMES.map((name) => fieldCells(fleet, name))
  let piece = [...HEADINGS, ...noteColumns.map(writeCellText)].join(',') + '\n'
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

/** What a field holds, row by row, as text: the value in force; '' where it is not given. */
export function fieldTexts({ machines, sites }: Fleet, name: FieldName): (row: number) => string {
  const field = fieldOf(name)
  switch (field.kind) {
    case 'number':
      return (row) => numberText(inForce({ machines, sites }, field.name, row))
    case 'text':
      return (row) => textAt(machines[field.name], row)
    case 'label':
      return (row) => labelAt(machines[field.name], row)
    case 'site':
      return (row) => sites.name[machines.site[row]!]!
    case 'status':
      return (row) => MACHINE_STATUSES[machines.status[row]!]!
  }
}

/** The same as cells of a file. */
function fieldCells(fleet: Fleet, name: FieldName): (row: number) => string {
  const texts = fieldTexts(fleet, name)
  return MACHINE_FIELDS[name].kind === 'number' ? texts : (row) => writeCellText(texts(row))
}

function inForce({ machines, sites }: Fleet, name: NumberName, row: number): number {
  const own = machines[name][row]!
  return isInherited(name) ? ownElseSite(own, sites[name][machines.site[row]!]!) : own
}

/** The shortest text that reads back as the same number. */
function numberText(value: number): string {
  return Number.isNaN(value) ? '' : String(value)
}
