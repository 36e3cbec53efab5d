import type { FieldName } from '#shared/domain/fleet/fields.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Header } from './header.ts'

const TIME_NAME =
  /^(?:timestamp|time|datetime|date ?time|date|recorded ?at|logged ?at|created ?at|sampled ?at|ts|epoch)$/
/** Whether a column of that name holds moments. */
export const isTimeName = (name: string) => TIME_NAME.test(name.toLowerCase().replaceAll('_', ' ').trim())

/** A moment of a day: a date alone may be the day on which a machine was bought. */
const MOMENT =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})[T ,]+\d{1,2}:\d{2}|^\d{10}(?:\d{3})?$|^\d{1,2}:\d{2}(?::\d{2})?$/
/** What says which machine a row is of, the surest first: machines share a name more often than an address. */
const WHO: readonly (readonly FieldName[])[] = [['serial', 'mac'], ['ip'], ['id']]
const ROWS_PER_MACHINE = 2

/** @throws StrikelineError 'bad-input' for a log, where each machine has a row per moment */
export function refuseLog(
  { names, fields, isList }: Pick<Header, 'names' | 'fields' | 'isList'>,
  records: readonly (readonly string[])[],
  fileName: string,
): void {
  const log = isLog(names, fields, records)
  if (log === null) return
  const [column, row] = isList ? ['key', 'entry'] : ['column', 'row']
  throw new StrikelineError(
    'bad-input',
    `${fileName}, ${column} ${log}: it is a log, one ${row} per moment, and no list of machines: make it one ${row} per machine`,
  )
}

/**
 * The column of moments that makes a file a log, where each machine has a row per moment; null where it is a list.
 * @param records the first ones
 */
function isLog(
  names: readonly string[],
  fields: readonly (FieldName | null)[],
  records: readonly (readonly string[])[],
): string | null {
  const timeAt = names.findIndex(
    (name, at) =>
      fields[at] === null &&
      isTimeName(name) &&
      records.length > 1 &&
      records.every((record) => MOMENT.test((record[at] ?? '').trim())),
  )
  if (timeAt === -1) return null
  const cellsOf = (field: FieldName) => {
    const at = fields.indexOf(field)
    return records.map((record) => (record[at] ?? '').trim()).filter((cell) => cell !== '')
  }
  const known = WHO.map((names) => names.map(cellsOf).filter((cells) => cells.length > 0))
  const who = known.find((columns) => columns.length > 0)
  // Without a name every row may be the same machine; with one, a machine has several rows.
  const moments = new Set(records.map((record) => record[timeAt]!.trim())).size
  const isRepeated = (cells: readonly string[]) => cells.length >= new Set(cells).size * ROWS_PER_MACHINE
  return (who === undefined ? moments > 1 : who.every(isRepeated)) ? names[timeAt]! : null
}
