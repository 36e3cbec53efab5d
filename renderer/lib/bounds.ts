import type { NumberField, NumberName } from '#shared/domain/fleet/fields.ts'
import { numberField } from '#shared/domain/fleet/fields.ts'
import { number } from '#shared/format/numbers.ts'

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
