import { StrikelineError } from '#shared/ipc/errors.ts'
import { foldHeading } from '../heading-parts.ts'
import type { LedgerField } from './fields.ts'
import { isLedgerField, LEDGER_FIELDS } from './fields.ts'
import { unitFor, unitsIn } from './units.ts'

/** How a heading reads: the field, and the unit of its cells. */
export type HeadingReading = {
  readonly field: LedgerField
  /** one of the field's; null: each cell says it, or the field has none */
  readonly unit: string | null
}
/** The same as it is said; null: the column is not used. */
export type ColumnTarget = HeadingReading | null

/** What is said about the columns of a file of entries: heading, folded → what it is. */
export type LedgerColumnMap = ReadonlyMap<string, ColumnTarget>

const UNUSED = 'unused'

/**
 * Reads `Amount=coins:BTC`, `Period=month`, `Worker=unused`.
 * @param by who says it, for messages
 * @throws StrikelineError 'bad-input' that says what does not fit
 */
export function ledgerMapOf(entries: readonly string[], by = '--map'): LedgerColumnMap {
  const map = new Map<string, ColumnTarget>()
  for (const entry of entries) {
    const equals = entry.lastIndexOf('=')
    const refuse = (why: string): never => {
      throw new StrikelineError('bad-input', `${by} '${entry}': ${why}`)
    }
    const heading = foldHeading(entry.slice(0, Math.max(equals, 0)))
    const [name = '', ...rest] = entry
      .slice(equals + 1)
      .trim()
      .split(':')
    if (heading === '' || name.trim() === '')
      refuse("write 'HEADING=field', 'HEADING=field:unit' or 'HEADING=unused'")
    map.set(heading, targetOf(name.trim().toLowerCase(), rest.join(':').trim(), refuse))
  }
  return map
}

/** @param unit '' where none is said */
function targetOf(name: string, unit: string, refuse: (why: string) => never): ColumnTarget {
  if (name === UNUSED) return null
  if (!isLedgerField(name))
    return refuse(`there is no field ${name}; there are ${Object.keys(LEDGER_FIELDS).join(', ')}`)
  const read = unitFor(name, unit)
  if (unit !== '' && read === null) {
    const units = unitsIn(name)
    return refuse(
      units.length === 0
        ? `${name} has no unit`
        : `${unit} is no unit of ${name}; there are ${units.join(', ')}`,
    )
  }
  return { field: name, unit: read }
}

/** The same as it is written for {@link ledgerMapOf}. */
export const ledgerMapEntries = (map: LedgerColumnMap): readonly string[] =>
  [...map].map(([heading, target]) => {
    const { unit: said = null } = target ?? {}
    const unit = said === null ? '' : `:${said}`
    return `${heading}=${target === null ? UNUSED : `${target.field}${unit}`}`
  })
