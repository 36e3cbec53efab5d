import { BLOCKS_PER_HALVING, SECONDS_PER_BLOCK, SECONDS_PER_DAY } from '../units.ts'
/**
 * The network: what a unit of hashrate earns. All of it follows from difficulty, block height, price and fees.
 * Throughout, one block is expected per difficulty × 2³² hashes (the convention behind every published
 * hashprice; the exact factor is 0.0015 % larger).
 */

const HASHES_PER_DIFFICULTY = 2 ** 32
const HASHES_PER_PH = 1e15
const SATS_PER_BTC = 1e8
const TH_PER_PH = 1000

/** What a person typed in place of what follows from the values. */
export type TypedNetwork = {
  /** today's, with fees: it counts over the computed one */
  readonly hashpriceUsdPerPhDay: number
  /** the next adjustment, a fraction and its moment in unix ms: it counts until then; null: none was typed */
  readonly adjustment: { readonly change: number; readonly atMs: number } | null
}

/**
 * What the network is like at one moment. `epoch` is the state of the running difficulty epoch. Beside a typed hashprice the first four
 * may be NaN: not known.
 */
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
  /** absent: nothing */
  readonly typed?: TypedNetwork
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

/** A counted height may fall on the wrong side of a halving: then it is the block next to it on the right one. */
export function heightWithSubsidy(counted: number, subsidy: number): number {
  if (subsidyBtc(counted) === subsidy) return counted
  const nearest = Math.round(counted / BLOCKS_PER_HALVING) * BLOCKS_PER_HALVING
  return subsidyBtc(nearest) === subsidy ? nearest : nearest - 1
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

type Values = Pick<NetworkConditions, 'height' | 'difficulty' | 'feesBtcPerBlock'>
type Priced = Values & Pick<NetworkConditions, 'priceUsdPerBtc'>
type Hashpriced = Priced & Pick<NetworkConditions, 'typed'>

/** As it follows from the values, whatever was typed, USD/PH/s/day. NaN where an input is missing. */
export function computedHashpriceUsdPerPhDay(network: Priced): number {
  return computedHashpriceBtcPerPhDay(network) * network.priceUsdPerBtc
}

function computedHashpriceBtcPerPhDay({ height, feesBtcPerBlock, difficulty }: Values): number {
  return rewardBtcPerPhDay(subsidyBtc(height) + feesBtcPerBlock, difficulty)
}

/**
 * Hashprice with fees, BTC/PH/s/day; the definition of the Luxor Hashprice Index. A typed one is so many BTC at the price that is known.
 * NaN where an input is missing.
 */
export function hashpriceBtcPerPhDay(network: Hashpriced): number {
  const { typed, priceUsdPerBtc } = network
  return typed === undefined
    ? computedHashpriceBtcPerPhDay(network)
    : typed.hashpriceUsdPerPhDay / priceUsdPerBtc
}

/** Hashprice with fees, USD/PH/s/day: the typed one, else as it follows from the values. NaN where an input is missing. */
export function hashpriceUsdPerPhDay(network: Hashpriced): number {
  return network.typed?.hashpriceUsdPerPhDay ?? computedHashpriceUsdPerPhDay(network)
}

/**
 * How many times what the values give is earned at the typed hashprice: 1 where none was typed, NaN where there is nothing to compare.
 * Whoever computes on from the values takes every hashprice times this.
 */
export function payFactor(network: Hashpriced): number {
  const { typed } = network
  return typed === undefined ? 1 : typed.hashpriceUsdPerPhDay / computedHashpriceUsdPerPhDay(network)
}

/** A hashprice in satoshi per TH/s and day, as pools tell it, in USD/PH/s/day. */
export function satPerThDayInUsdPerPhDay(satPerThDay: number, priceUsdPerBtc: number): number {
  return ((satPerThDay * TH_PER_PH) / SATS_PER_BTC) * priceUsdPerBtc
}

/** The same network at another price of a bitcoin: a typed hashprice moves with it. */
export function atPrice(network: NetworkConditions, priceUsdPerBtc: number): NetworkConditions {
  return moved(network, priceUsdPerBtc / network.priceUsdPerBtc, { priceUsdPerBtc })
}

/** The same network at another hashprice, USD/PH/s/day, which the price of a bitcoin makes so. */
export function atHashprice(network: NetworkConditions, usdPerPhDay: number): NetworkConditions {
  const factor = usdPerPhDay / hashpriceUsdPerPhDay(network)
  return moved(network, factor, { priceUsdPerBtc: network.priceUsdPerBtc * factor })
}

function moved(
  { typed, ...network }: NetworkConditions,
  factor: number,
  price: Pick<NetworkConditions, 'priceUsdPerBtc'>,
): NetworkConditions {
  if (typed === undefined) return { ...network, ...price }
  // Of a price that is not known there is no multiple.
  if (Number.isNaN(factor)) return { ...network, ...price, typed }
  const hashpriceUsdPerPhDay = typed.hashpriceUsdPerPhDay * factor
  return { ...network, ...price, typed: { ...typed, hashpriceUsdPerPhDay } }
}

/**
 * A hashprice (USD or BTC) after difficulty changed by a fraction, at the same price and fees: HP / (1 + δ).
 * NaN where the change is −100 % or below.
 */
export function hashpriceAfterChange(hashprice: number, change: number): number {
  return change > -1 ? hashprice / (1 + change) : NaN
}
