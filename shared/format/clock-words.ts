import type { CarriedNetwork } from '../domain/chain/carried.ts'
import type { Market } from '../domain/decision/market.ts'
import { percentRange, signedPercent } from './numbers.ts'

/**
 * What time has done to the values: adjustments that passed and are applied, one that may have passed. null where it has done nothing.
 * @param dayOf a moment, unix ms, as the reader reads dates
 */
export function clockWords(
  {
    applied,
    mayHavePassedSinceMs,
    hashpriceIsTyped = false,
    typedAdjustmentPassedMs = null,
  }: Pick<CarriedNetwork, 'applied' | 'mayHavePassedSinceMs'> &
    Partial<Pick<Market, 'hashpriceIsTyped' | 'typedAdjustmentPassedMs'>>,
  dayOf: (ms: number) => string,
): string | null {
  const sentences = applied.map(
    ({ dueMs, change, change95 }) =>
      `The adjustment that was expected on ${dayOf(dueMs)} has passed since these values; it is applied as expected, ${signedPercent(change)} (95 %: ${percentRange(change95)}).`,
  )
  if (mayHavePassedSinceMs !== null)
    sentences.push(
      `The next adjustment was expected on ${dayOf(mayHavePassedSinceMs)} and may have passed since these values.`,
    )
  if (hashpriceIsTyped && applied.length > 0) sentences.push('The typed hashprice counts as it was typed.')
  if (typedAdjustmentPassedMs !== null)
    sentences.push(
      `The adjustment that was typed for ${dayOf(typedAdjustmentPassedMs)} has passed: type the hashprice again.`,
    )
  return sentences.length === 0 ? null : sentences.join(' ')
}
