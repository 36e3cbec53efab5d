import { z } from 'zod'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'

const datedSchema = z.strictObject({
  value: z.number(),
  /** 'mempool', 'typed', … */
  source: z.string().max(60),
  /** when the value was true, unix ms */
  asOfMs: z.number(),
  /** when we got it, unix ms */
  fetchedAtMs: z.number(),
  stale: z.boolean(),
})
export type DatedValue = z.infer<typeof datedSchema>

/** Name of a value → what one of the sources said of it last. */
const saidSchema = datedSchema.extend({
  name: z.enum(NETWORK_VALUE_NAMES),
  /** it is the one that counts */
  inForce: z.boolean(),
  /** why it was kept out, in words: then it is not stored and never in force; null where it was taken */
  refused: z.string().max(600).nullable(),
})
export type SaidValue = z.infer<typeof saidSchema>

/** A retarget changes difficulty by a factor of ¼ to 4. */
const typedAdjustmentSchema = z.strictObject({
  /** a fraction */
  change: z.number().min(-0.75).max(3),
  /** unix ms */
  atMs: z.number(),
})
/** Today's hashprice as a person read it somewhere, USD/PH/s/day, and the next adjustment where it was told too. */
export const typedHashpriceSchema = z.strictObject({
  hashpriceUsdPerPhDay: z.number().positive(),
  adjustment: typedAdjustmentSchema.nullable(),
})

export const networkStateSchema = z.strictObject({
  /** when this was read, unix ms: what was ahead of the values then may be behind it */
  readAtMs: z.number(),
  values: z.record(z.enum(NETWORK_VALUE_NAMES), datedSchema.nullable()),
  /** counts over the hashprice that follows from the values; absent: none was typed */
  typed: typedHashpriceSchema.extend({ typedAtMs: z.number() }).optional(),
  /** which source said what: the latest of each source and value, and what was kept out in the last round */
  said: z.array(saidSchema).max(200),
  /** per currency what one unit is worth in USD; null where no rate is known. USD itself is absent. */
  rates: z.partialRecord(z.enum(CURRENCIES), datedSchema.nullable()),
  /** changes of the last adjustments as fractions, newest first; empty where unknown */
  previousAdjustments: z.array(z.number()).max(12),
  sources: z
    .array(
      z.strictObject({
        name: z.string().max(60),
        url: z.string().max(300),
        lastSuccessMs: z.number().nullable(),
        /** in words, null after a success */
        lastError: z.string().max(600).nullable(),
        /** not asked again before, unix ms */
        notBeforeMs: z.number().nullable(),
      }),
    )
    .max(20),
  refreshing: z.boolean(),
})
export type NetworkState = z.infer<typeof networkStateSchema>
