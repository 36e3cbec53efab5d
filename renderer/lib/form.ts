import type { NumberField, NumberName } from '#shared/domain/fleet/fields.ts'
import { numberField } from '#shared/domain/fleet/fields.ts'
import { number } from '#shared/format/numbers.ts'
import { machineField } from '#shared/format/typed-fields.ts'
import { readTyped, typedText } from '#shared/format/typed.ts'

/**
 * Forms keep text, because a number is only a number once it is read. A field that is a share is typed in percent.
 */
export type Reading<K extends string> = {
  readonly values: Readonly<Record<K, number | null>>
  /** field → what is wrong, in words */
  readonly faults: Partial<Record<K, string>>
}

/** A number of a machine or site as it is typed. */
export const textOf = (name: NumberName, value: number) => typedText(value, machineField(numberField(name)))

/** What a field is typed in. */
export function typedUnit({ unit, share }: NumberField): string | undefined {
  if (share === true) return '%'
  return unit === '' ? undefined : unit
}

/** What is wrong with a value, said in the unit in which it is typed; null where nothing is. */
export function faultOf(name: NumberName, value: number): string | null {
  const { bounds, unit, share, whole } = numberField(name)
  const [least, most] = bounds
  if (value >= least && value <= most) {
    return whole === true && !Number.isInteger(value) ? 'Machines are counted in whole numbers.' : null
  }
  const shown = (bound: number) => number(share === true ? bound * 100 : bound)
  const asked = unit === 'USD/kWh' && value > most ? ' Is it in cents? Then write it like 4.5 ¢.' : ''
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
    const { value, fault } = readTyped(texts[name], machineField(numberField(name)))
    values[name] = value
    const wrong = fault ?? (value === null ? null : faultOf(name, value))
    if (wrong !== null) faults[name] = wrong
  }
  return { values, faults }
}
