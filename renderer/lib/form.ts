import type { Bounded } from '#shared/domain/fleet/bounds.ts'
import { BOUNDS } from '#shared/domain/fleet/bounds.ts'
import { number } from '#shared/format/numbers.ts'
import { editable, readTyped } from '#shared/format/typed.ts'

/**
 * Forms keep text, because a number is only a number once it is read. A field that is a share is typed in percent.
 */
export type Reading<K extends string> = {
  readonly values: Readonly<Record<K, number | null>>
  /** field → what is wrong, in words */
  readonly faults: Partial<Record<K, string>>
}

/** A share 0..1 as it is typed. */
export const asPercent = (share: number) => editable(share * 100)

const PRICES: ReadonlySet<Bounded> = new Set<Bounded>(['powerPriceUsdPerKwh', 'otherUsdPerKwh'])

/** What is wrong with a value, said in the unit in which it was typed; null where nothing is. */
export function faultOf(field: Bounded, value: number, isPercent = false): string | null {
  if (Number.isNaN(value)) return 'This is not a number.'
  const [least, most] = BOUNDS[field]
  if (value >= least && value <= most) {
    return field === 'quantity' && !Number.isInteger(value) ? 'Machines are counted in whole numbers.' : null
  }
  const shown = (bound: number) => number(isPercent ? bound * 100 : bound)
  const asked = PRICES.has(field) && value > most ? ' Is it in cents?' : ''
  return `It must be from ${shown(least)} to ${shown(most)}.${asked}`
}

/**
 * Reads number fields.
 *
 * @param texts what stands in each field
 * @param percents fields typed in percent and wanted as fractions
 */
export function readNumbers<K extends Bounded>(
  texts: Readonly<Record<K, string>>,
  percents: ReadonlySet<K>,
): Reading<K> {
  const values = {} as Record<K, number | null>
  const faults: Partial<Record<K, string>> = {}
  for (const field of Object.keys(texts) as K[]) {
    const typed = readTyped(texts[field])
    const isPercent = percents.has(field)
    values[field] = typed === null || !isPercent ? typed : Number((typed / 100).toPrecision(12))
    const fault = typed === null ? null : faultOf(field, values[field]!, isPercent)
    if (fault !== null) faults[field] = fault
  }
  return { values, faults }
}
