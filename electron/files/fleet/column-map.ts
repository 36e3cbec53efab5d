import { StrikelineError } from '#shared/ipc/errors.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'
import { FIELD_NAMES, MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import type { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES as STATUSES } from '#shared/domain/fleet/fleet.ts'
import { foldHeading } from '../heading-parts.ts'
import { foldStatus } from './status-words.ts'

type Status = (typeof MACHINE_STATUSES)[number]

/** The field that a column is, and how its numbers become ours; null: a note. */
export type ColumnTarget = {
  readonly field: FieldName
  readonly factor: number
  readonly offset: number
} | null

/** What someone said about the columns and status words of a file. */
export type ColumnMap = {
  /** heading, as {@link foldHeading} gives it → what it is */
  readonly columns: ReadonlyMap<string, ColumnTarget>
  /** folded word → status */
  readonly statuses: ReadonlyMap<string, Status>
}

export const NO_MAP: ColumnMap = { columns: new Map(), statuses: new Map() }

export const isEmptyMap = ({ columns, statuses }: ColumnMap): boolean =>
  columns.size === 0 && statuses.size === 0

/** What stands in the second counts before the first. */
export function mergedMap(first: ColumnMap, second: ColumnMap): ColumnMap {
  return {
    columns: new Map([...first.columns, ...second.columns]),
    statuses: new Map([...first.statuses, ...second.statuses]),
  }
}

const NUMBER = String.raw`(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?`
const TARGET = new RegExp(String.raw`^([a-z_]+)\s*(?:([*/])\s*(${NUMBER}))?\s*(?:([+-])\s*(${NUMBER}))?$`)
/** "column:" before a heading that would read as something else. */
const WORD = /^status:(.+)$/is
const HEADING = /^column:(.+)$/is

/**
 * Reads `Power (kW)=power_w*1000`, `PUE=overhead-1`, `Comment=note`, `status:Degraded=running`. A heading that begins with `status:` is
 * written `column:status:…`.
 * @param by who says it, for messages
 * @throws StrikelineError 'bad-input' that says what does not fit
 */
export function columnMapOf(entries: readonly string[], by = '--map'): ColumnMap {
  const columns = new Map<string, ColumnTarget>()
  const statuses = new Map<string, Status>()
  for (const entry of entries) {
    const equals = entry.lastIndexOf('=')
    const from = entry.slice(0, equals).trim()
    const to = entry
      .slice(equals + 1)
      .trim()
      .toLowerCase()
    const refuse = (why: string): never => {
      throw new StrikelineError('bad-input', `${by} '${entry}': ${why}`)
    }
    if (equals < 1 || from === '' || to === '')
      refuse("write 'HEADING=column*factor', 'HEADING=note' or 'status:WORD=running'")
    const word = WORD.exec(from)?.[1]
    if (word !== undefined) {
      const status = STATUSES.find((each) => each === to)
      statuses.set(foldStatus(word), status ?? refuse(`'${to}' is not a status: ${STATUSES.join(', ')}`))
      continue
    }
    columns.set(foldHeading(HEADING.exec(from)?.[1] ?? from), to === 'note' ? null : targetOf(to, refuse))
  }
  return { columns, statuses }
}

function targetOf(to: string, refuse: (why: string) => never): ColumnTarget {
  const [, name, operator, by = '1', sign, plus = '0'] =
    TARGET.exec(to) ?? refuse(`'${to}' is not a column with a factor, such as power_w*1000`)
  const field = FIELD_NAMES.find((each) => MACHINE_FIELDS[each].heading === name)
  if (field === undefined) return refuse(`there is no column ${name}`)
  const isNumber = MACHINE_FIELDS[field].kind === 'number'
  if (!isNumber && (operator ?? sign) !== undefined) refuse(`${name} is a text and has no factor`)
  const factor = operator === '/' ? 1 / Number(by) : Number(by)
  if (!(factor > 0 && factor < Infinity)) refuse('the factor is 0 or without end')
  return { field, factor, offset: sign === '-' ? -Number(plus) : Number(plus) }
}

/** The same as it is written for {@link columnMapOf}, which reads it back as it was. */
export function mapEntriesOf({ columns, statuses }: ColumnMap): readonly string[] {
  return [
    ...[...columns].map(([heading, target]) => {
      const from = WORD.test(heading) || HEADING.test(heading) ? `column:${heading}` : heading
      return `${from}=${target === null ? 'note' : targetText(target)}`
    }),
    ...[...statuses].map(([word, status]) => `status:${word}=${status}`),
  ]
}

function targetText({ field, factor, offset }: NonNullable<ColumnTarget>): string {
  const times = factor === 1 ? '' : `*${factor}`
  const plus = offset === 0 ? '' : offset < 0 ? String(offset) : `+${offset}`
  return `${MACHINE_FIELDS[field].heading}${times}${plus}`
}
