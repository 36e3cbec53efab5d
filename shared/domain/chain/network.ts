import { BLOCKS_PER_HALVING, SECONDS_PER_BLOCK, SECONDS_PER_DAY } from '../units.ts'
/**
 * The network: what a unit of hashrate earns. All of it follows from difficulty, block height, price and fees.
 * Throughout, one block is expected per difficulty × 2³² hashes (the convention behind every published
 * hashprice; the exact factor is 0.0015 % larger).
 */

const HASHES_PER_DIFFICULTY = 2 ** 32
const HASHES_PER_PH = 1e15
const SATS_PER_BTC = 1e8

/** What the network is like at one moment. `epoch` is the state of the running difficulty epoch. */
export type NetworkConditions = {
  readonly height: number
  readonly difficulty: number
  readonly priceUsdPerBtc: number
  /** mean of the last 144 blocks unless someone typed another value */
  readonly feesBtcPerBlock: number
  /** blocks: intervals seen since the first block of the epoch; seconds: the time they took; null = not known */
  readonly epoch: { readonly blocks: number; readonly seconds: number } | null
  /** changes at the last adjustments as fractions, newest first; empty = not known */
  readonly previousAdjustments: readonly number[]
  /** when these values were true, unix ms; null = not known */
  readonly atMs: number | null
}

/**
 * Block subsidy at a height, BTC: 50 BTC halved every 210 000 blocks in whole satoshis, 0 from the 64th halving.
 * NaN where the height is not a whole number of 0 or more. Source: Bitcoin consensus, GetBlockSubsidy.
 */
export function subsidyBtc(height: number): number {
  if (!Number.isInteger(height) || height < 0) return NaN
  const halvings = Math.floor(height / BLOCKS_PER_HALVING)
  return halvings >= 64 ? 0 : Math.floor((50 * SATS_PER_BTC) / 2 ** halvings) / SATS_PER_BTC
}

/** Hashrate that makes blocks of this difficulty arrive every 600 s on average, H/s: D · 2³² / 600. */
export function networkHashrateHs(difficulty: number): number {
  return (difficulty * HASHES_PER_DIFFICULTY) / SECONDS_PER_BLOCK
}

/**
 * Expected reward of 1 PH/s in a day, BTC/PH/s/day: reward · 86 400 · 10¹⁵ / (D · 2³²).
 * Give the subsidy alone for a payout without fees (plain PPS), subsidy plus fees for FPPS and PPLNS.
 * NaN where the difficulty is not above 0.
 */
export function rewardBtcPerPhDay(rewardBtcPerBlock: number, difficulty: number): number {
  if (!(difficulty > 0)) return NaN
  return (rewardBtcPerBlock * SECONDS_PER_DAY * HASHES_PER_PH) / (difficulty * HASHES_PER_DIFFICULTY)
}

/** Hashprice with fees, BTC/PH/s/day; the definition of the Luxor Hashprice Index. NaN where an input is missing. */
export function hashpriceBtcPerPhDay(
  network: Pick<NetworkConditions, 'height' | 'difficulty' | 'feesBtcPerBlock'>,
): number {
  return rewardBtcPerPhDay(subsidyBtc(network.height) + network.feesBtcPerBlock, network.difficulty)
}

/** Hashprice with fees, USD/PH/s/day. NaN where an input is missing. */
export function hashpriceUsdPerPhDay(
  network: Pick<NetworkConditions, 'height' | 'difficulty' | 'feesBtcPerBlock' | 'priceUsdPerBtc'>,
): number {
  return hashpriceBtcPerPhDay(network) * network.priceUsdPerBtc
}

/**
 * Price at which a hashprice comes about at the same difficulty and fees, USD/BTC: HP ÷ hp. What trying a hashprice means.
 * NaN where hashing earns nothing.
 */
export function priceAtHashpriceUsdPerBtc(
  hashpriceUsdPerPhDay: number,
  hashpriceBtcPerPhDay: number,
): number {
  return hashpriceBtcPerPhDay > 0 ? hashpriceUsdPerPhDay / hashpriceBtcPerPhDay : NaN
}

/**
 * A hashprice (USD or BTC) after difficulty changed by a fraction, at the same price and fees: HP / (1 + δ).
 * NaN where the change is −100 % or below.
 */
export function hashpriceAfterChange(hashprice: number, change: number): number {
  return change > -1 ? hashprice / (1 + change) : NaN
}
