import { StrikelineError } from '#shared/ipc/errors.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'
import { FIELD_NAMES, MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import type { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES as STATUSES } from '#shared/domain/fleet/fleet.ts'
import { foldStatus } from './status-words.ts'

type Status = (typeof MACHINE_STATUSES)[number]

/** What someone said about the columns and status words of a file. */
export type ColumnMap = {
  /** heading, lower case → the field and how its numbers become ours; null: a note */
  readonly columns: ReadonlyMap<
    string,
    { readonly field: FieldName; readonly factor: number; readonly offset: number } | null
  >
  /** folded word → status */
  readonly statuses: ReadonlyMap<string, Status>
}

export const NO_MAP: ColumnMap = { columns: new Map(), statuses: new Map() }

const TARGET = /^([a-z_]+)\s*(?:([*/])\s*(\d+(?:\.\d+)?|\.\d+))?\s*(?:([+-])\s*(\d+(?:\.\d+)?|\.\d+))?$/

/**
 * Reads `Power (kW)=power_w*1000`, `PUE=overhead-1`, `Comment=note`, `status:Degraded=running`.
 * @throws StrikelineError 'bad-input' that says what does not fit
 */
export function columnMapOf(entries: readonly string[]): ColumnMap {
  const columns = new Map<string, { field: FieldName; factor: number; offset: number } | null>()
  const statuses = new Map<string, Status>()
  for (const entry of entries) {
    const equals = entry.lastIndexOf('=')
    const from = entry.slice(0, equals).trim()
    const to = entry
      .slice(equals + 1)
      .trim()
      .toLowerCase()
    const refuse = (why: string): never => {
      throw new StrikelineError('bad-input', `--map '${entry}': ${why}`)
    }
    if (equals < 1 || from === '' || to === '')
      refuse("write 'HEADING=column*factor', 'HEADING=note' or 'status:WORD=running'")
    const word = /^status:(.+)$/i.exec(from)?.[1]
    if (word !== undefined) {
      const status = STATUSES.find((each) => each === to)
      statuses.set(foldStatus(word), status ?? refuse(`'${to}' is not a status: ${STATUSES.join(', ')}`))
      continue
    }
    if (to === 'note') {
      columns.set(from.toLowerCase(), null)
      continue
    }
    const [, name, operator, by = '1', sign, plus = '0'] =
      TARGET.exec(to) ?? refuse(`'${to}' is not a column with a factor, such as power_w*1000`)
    const field = FIELD_NAMES.find((each) => MACHINE_FIELDS[each].heading === name)
    if (field === undefined) return refuse(`there is no column ${name}`)
    const isNumber = MACHINE_FIELDS[field].kind === 'number'
    if (!isNumber && (operator ?? sign) !== undefined) refuse(`${name} is a text and has no factor`)
    if (Number(by) === 0) refuse('the factor is 0')
    columns.set(from.toLowerCase(), {
      field,
      factor: operator === '/' ? 1 / Number(by) : Number(by),
      offset: sign === '-' ? -Number(plus) : Number(plus),
    })
  }
  return { columns, statuses }
}
