import { z } from 'zod'
import { MOST_LIFE_DAYS, MOST_PURCHASE_USD } from '#shared/domain/money/purchase.ts'
import { changed, key, name, nothing } from './bounds.ts'

const MOST_PURCHASES = 10_000
const purchaseSchema = z.strictObject({
  name,
  boughtAtMs: z.int().nullable(),
  costUsd: z.number().min(0).max(MOST_PURCHASE_USD),
  salvageUsd: z.number().min(0).max(MOST_PURCHASE_USD),
  lifeDays: z.int().min(1).max(MOST_LIFE_DAYS),
})

/** Calls about what machines were bought with. */
export const purchaseChannels = {
  /** What machines were bought with, in the order in which it was added. */
  'purchases.read': {
    input: nothing,
    output: z.strictObject({ purchases: z.array(purchaseSchema.extend({ key })).max(MOST_PURCHASES) }),
  },
  /** key null: a new one */
  'purchases.put': {
    input: z.strictObject({ key: key.nullable(), purchase: purchaseSchema }),
    output: changed.extend({ key }),
  },
  'purchases.remove': { input: z.strictObject({ key }), output: changed },
} as const
