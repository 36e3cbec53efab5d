import { z } from 'zod'
import type { NetworkConditions } from '#shared/domain/network.ts'

/** The values that the network gives us. Each is kept with its own source and time. */
export const NETWORK_VALUE_NAMES = [
  'height',
  'difficulty',
  'priceUsdPerBtc',
  'feesBtcPerBlock',
  'epochBlocks',
  'epochSeconds',
] as const
export type NetworkValueName = (typeof NETWORK_VALUE_NAMES)[number]

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

export const networkStateSchema = z.strictObject({
  values: z.record(z.enum(NETWORK_VALUE_NAMES), datedSchema.nullable()),
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

/** Without these four no margin can be computed; the epoch may be missing, then there is no estimate of the adjustment. */
const NEEDED = [
  'height',
  'difficulty',
  'priceUsdPerBtc',
  'feesBtcPerBlock',
] as const satisfies readonly NetworkValueName[]

/** The values that are needed and were never fetched or typed. */
export function missingValues({ values }: NetworkState): readonly NetworkValueName[] {
  return NEEDED.filter((name) => values[name] === null)
}

/** An epoch that was read this much before the height may have ended since. */
const SAME_READING_MS = 2 * 3_600_000

/**
 * What the formulas compute on: null where a needed value is missing ({@link missingValues} says which). The epoch is
 * null where it is unknown, or where the height shows that another one has begun since it was read.
 */
export function conditionsOf(state: NetworkState): NetworkConditions | null {
  const { height, difficulty, priceUsdPerBtc, feesBtcPerBlock, epochBlocks, epochSeconds } = state.values
  if (height === null || difficulty === null || priceUsdPerBtc === null || feesBtcPerBlock === null)
    return null
  const isOver =
    epochBlocks !== null &&
    height.asOfMs - epochBlocks.asOfMs > SAME_READING_MS &&
    epochBlocks.value > height.value % 2016
  const isKnown = epochBlocks !== null && epochSeconds !== null && !isOver
  return {
    height: height.value,
    difficulty: difficulty.value,
    priceUsdPerBtc: priceUsdPerBtc.value,
    feesBtcPerBlock: feesBtcPerBlock.value,
    epoch: isKnown ? { blocks: epochBlocks.value, seconds: epochSeconds.value } : null,
    previousAdjustments: state.previousAdjustments,
    // What is projected from the epoch counts from the moment at which it was read.
    atMs: isKnown ? epochSeconds.asOfMs : height.asOfMs,
  }
}
