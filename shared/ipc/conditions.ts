import { MS_PER_HOUR } from '#shared/domain/units.ts'
import type { NetworkConditions, TypedNetwork } from '#shared/domain/chain/network.ts'
import type { DatedValue, NetworkState } from './schemas/network.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'

/*
 * From the state of the network to what the formulas compute on. Apart from the schemas, so that the window, which
 * checks nothing, does not load a schema library at start.
 */

/** Without these four no margin can be computed; the epoch may be missing, then there is no estimate of the adjustment. */
export const MARGIN_VALUE_NAMES = [
  'height',
  'difficulty',
  'priceUsdPerBtc',
  'feesBtcPerBlock',
] as const satisfies readonly NetworkValueName[]

/** Source of the values that ship with the sample fleet. They have a date but never go stale. */
export const SAMPLE = 'sample'

/** Source of the values that were typed by hand. They have an age but never go stale. */
export const TYPED = 'typed'

const isSample = (value: DatedValue | null | undefined): boolean => value?.source === SAMPLE

/** Whether a value in force is the sample's. */
export const usesSample = ({ values }: NetworkState): boolean => Object.values(values).some(isSample)

/** The state without the sample's values, for what concerns the real network and not the sample fleet. */
export function withoutSample(state: NetworkState): NetworkState {
  if (!usesSample(state)) return state
  const values = Object.fromEntries(
    Object.entries(state.values).map(([name, value]) => [name, isSample(value) ? null : value]),
  ) as NetworkState['values']
  return { ...state, values, previousAdjustments: [] }
}

/** The state as it would be with a value typed by hand at the moment of its reading. */
export function withTyped(state: NetworkState, name: NetworkValueName, value: number): NetworkState {
  const { readAtMs } = state
  const typed = { value, source: TYPED, asOfMs: readAtMs, fetchedAtMs: readAtMs, stale: false }
  const values = { ...state.values, [name]: typed }
  const hasSampleEpoch = (of: NetworkState['values']) => isSample(of.epochBlocks) || isSample(of.epochSeconds)
  // Adjustments belong to the epoch: beside a typed one the sample's do not count.
  const losesAdjustments = hasSampleEpoch(state.values) && !hasSampleEpoch(values)
  return { ...state, values, previousAdjustments: losesAdjustments ? [] : state.previousAdjustments }
}

/** The state as it would be with a hashprice typed at the moment of its reading; null: with the one at hand taken back. */
export function withTypedHashprice(state: NetworkState, typed: TypedNetwork | null): NetworkState {
  const { readAtMs } = state
  if (typed !== null) return { ...state, typed: { ...typed, typedAtMs: readAtMs } }
  const untyped = { ...state }
  delete untyped.typed
  return untyped
}

/** Needed values that were never fetched or typed; a typed hashprice needs none. */
export function missingValues({ values, typed }: NetworkState): readonly NetworkValueName[] {
  if (typed !== undefined) return []
  return MARGIN_VALUE_NAMES.filter((name) => values[name] === null)
}

/** An epoch that was read this much before the height may have ended since. */
const SAME_READING_MS = 2 * MS_PER_HOUR

/**
 * What the formulas compute on: null where a needed value is missing ({@link missingValues} says which). The epoch is
 * null where it is unknown, or where the height shows that another one has begun since it was read. The day of the
 * sample is no real date: `atMs` is null where a projection would count from it, so that no date follows.
 *
 * A typed hashprice needs none of the values: those that are missing are NaN then, and the sample's are left out, because a hashprice of
 * today and made-up values are not of one network.
 */
export function conditionsOf(state: NetworkState): NetworkConditions | null {
  const { typed } = state
  const { values, previousAdjustments } = typed === undefined ? state : withoutSample(state)
  const { height, difficulty, priceUsdPerBtc, feesBtcPerBlock, epochBlocks, epochSeconds } = values
  if (typed === undefined && missingValues(state).length > 0) return null
  const isOver =
    epochBlocks !== null &&
    height !== null &&
    height.asOfMs - epochBlocks.asOfMs > SAME_READING_MS &&
    epochBlocks.value > height.value % 2016
  const isKnown = epochBlocks !== null && epochSeconds !== null && !isOver
  const counted = isKnown ? [epochSeconds, epochBlocks] : [height]
  return {
    height: valueOf(height),
    difficulty: valueOf(difficulty),
    priceUsdPerBtc: valueOf(priceUsdPerBtc),
    feesBtcPerBlock: valueOf(feesBtcPerBlock),
    epoch: isKnown ? { blocks: epochBlocks.value, seconds: epochSeconds.value } : null,
    previousAdjustments,
    // What is projected from the epoch counts from the moment at which it was read.
    atMs: counted.some(isSample) ? null : (counted[0]?.asOfMs ?? typed?.typedAtMs ?? null),
    ...(typed === undefined
      ? {}
      : { typed: { hashpriceUsdPerPhDay: typed.hashpriceUsdPerPhDay, adjustment: typed.adjustment } }),
  }
}

const valueOf = (dated: DatedValue | null) => dated?.value ?? Number.NaN
