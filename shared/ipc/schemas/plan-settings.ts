import { z } from 'zod'
import { MOST_NAME_LENGTH } from '#shared/domain/fleet/names.ts'
import { PLAN_BOUNDS } from '../plan-settings.ts'

const within = ([least, most]: readonly [number, number]) => z.number().min(least).max(most)

export const planSettingsSchema = z
  .strictObject({
    columns: z.array(z.string().max(MOST_NAME_LENGTH).nullable()).min(1).max(4).readonly().nullable(),
    epochs: within(PLAN_BOUNDS.epochs).int(),
    underWater: z.enum(['run', 'stop']),
    paths: within(PLAN_BOUNDS.paths).int(),
    priceVolatilityPerYear: within(PLAN_BOUNDS.priceVolatilityPerYear),
    hashrateVolatilityPerYear: within(PLAN_BOUNDS.hashrateVolatilityPerYear),
    correlation: within(PLAN_BOUNDS.correlation),
  })
  .readonly()
