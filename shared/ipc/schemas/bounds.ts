import { z } from 'zod'
import { MOST_NAME_LENGTH, nameFault } from '#shared/domain/fleet/names.ts'

/** What most calls are made of. */

export const nothing = z.strictObject({})
export const text = (max: number) => z.string().max(max)
/** how many there are of something */
export const count = z.number().int().nonnegative()
/** of a row */
export const key = count
/** of a machine, a site, a field's text */
export const name = z
  .string()
  .trim()
  .max(MOST_NAME_LENGTH)
  .refine((value) => nameFault(value) === null, 'must not contain control characters')
  .min(1)

/** of the fleet */
export const revision = z.number().int().nonnegative()
/** What every change of the fleet answers. */
export const changed = z.strictObject({ revision })
