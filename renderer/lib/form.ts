import type { NumberName } from '#shared/domain/fleet/fields.ts'
import { numberField } from '#shared/domain/fleet/fields.ts'
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

/** What is wrong with a value, said in the unit in which it was typed; null where nothing is. */
export function faultOf(name: NumberName, value: number): string | null {
  if (Number.isNaN(value)) return 'This is not a number.'
  const { bounds, unit, share, whole } = numberField(name)
  const [least, most] = bounds
  if (value >= least && value <= most) {
    return whole === true && !Number.isInteger(value) ? 'Machines are counted in whole numbers.' : null
  }
  const shown = (bound: number) => number(share === true ? bound * 100 : bound)
  const asked = unit === 'USD/kWh' && value > most ? ' Is it in cents?' : ''
  return `It must be from ${shown(least)} to ${shown(most)}.${asked}`
}

/**
 * Reads number fields: a share is typed in percent and wanted as a fraction.
 *
 * @param texts what stands in each field
 */
export function readNumbers<K extends NumberName>(texts: Readonly<Record<K, string>>): Reading<K> {
  const values = {} as Record<K, number | null>
  const faults: Partial<Record<K, string>> = {}
  for (const name of Object.keys(texts) as K[]) {
    const typed = readTyped(texts[name])
    const isShare = numberField(name).share === true
    values[name] = typed === null || !isShare ? typed : Number((typed / 100).toPrecision(12))
    const fault = typed === null ? null : faultOf(name, values[name]!)
    if (fault !== null) faults[name] = fault
  }
  return { values, faults }
}
