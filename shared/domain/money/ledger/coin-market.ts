import type { CoinMonth } from './month.ts'
import { spreadShare } from './shares.ts'

/**
 * What a part of the bitcoin held would fetch at the month's end, USD cents: satoshi `from` to `to` (not included) of them, counted over
 * the lots from the oldest on, so that neighbours add up to the whole. null: no price
 */
export const marketShare = (
  { closingSat, marketUsdCents }: Pick<CoinMonth, 'closingSat' | 'marketUsdCents'>,
  from: number,
  to: number,
): number | null => (marketUsdCents === null ? null : spreadShare(marketUsdCents, from, to, closingSat))
