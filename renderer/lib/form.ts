import type { NumberName } from '#shared/domain/fleet/fields.ts'
import { numberField } from '#shared/domain/fleet/fields.ts'
import { machineField } from '#shared/format/typed-fields.ts'
import { typedText } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'
import { faultOf } from './bounds.ts'

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
