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

/**
 * Reads number fields.
 *
 * @param texts what stands in each field
 * @param percents fields typed in percent and wanted as fractions
 */
export function readNumbers<K extends string>(
  texts: Readonly<Record<K, string>>,
  percents: ReadonlySet<K>,
): Reading<K> {
  const values = {} as Record<K, number | null>
  const faults: Partial<Record<K, string>> = {}
  for (const field of Object.keys(texts) as K[]) {
    const value = readTyped(texts[field])
    if (value !== null && Number.isNaN(value)) faults[field] = 'This is not a number.'
    values[field] = value === null || !percents.has(field) ? value : Number((value / 100).toPrecision(12))
  }
  return { values, faults }
}
