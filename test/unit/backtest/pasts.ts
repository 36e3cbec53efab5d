import type { DaysPast } from '#shared/domain/backtest/known-days.ts'
import { daysPast } from '#shared/domain/backtest/period.ts'
import type { Period } from '#shared/domain/backtest/period.ts'
import { changeAfter } from '#shared/domain/chain/adjustment.ts'
import { rewardBtcPerPhDay } from '#shared/domain/chain/network.ts'

const DAY_S = 86_400
const SUBSIDY_BTC = 6.25
const BLOCKS = 2016

export const NO_BLOCKS = { height: new Float64Array(), atMs: new Float64Array() }

/** Days of one difficulty, 144 blocks each and no fees, at prices that make these hashprices, USD/PH/s/day; NaN: no price. */
export function flatPast(fromDay: string, hashprices: readonly number[]): DaysPast {
  const difficulty = 2e13
  const each = (value: number) => new Float64Array(hashprices.length).fill(value)
  return {
    fromDay,
    priceUsd: Float64Array.from(hashprices, (usd) => usd / rewardBtcPerPhDay(SUBSIDY_BTC, difficulty)),
    difficulty: each(difficulty),
    issuanceBtc: each(144 * SUBSIDY_BTC),
    feesBtc: each(0),
    blocks: NO_BLOCKS,
  }
}

export function randomOf(seed: number): () => number {
  let state = seed * 2 + 1
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

export type ChainDay = {
  readonly startMs: number
  /** true at the day's beginning */
  readonly difficulty: number
  readonly epochStartMs: number
  readonly blocks: number
}

/**
 * A chain whose blocks come at a smooth pace: hashrate and price walk at random, difficulty follows by the rule of consensus. Days of
 * 2022 and later, in which no subsidy halves.
 */
export function chainPast(
  days: number,
  seed: number,
  fromDay = '2022-01-01',
): { readonly past: DaysPast; readonly truth: readonly ChainDay[] } {
  const random = randomOf(seed)
  const walk = (value: number, size: number) => value * Math.exp((random() - 0.5) * size)
  const firstMs = Date.parse(fromDay)
  const past = {
    fromDay,
    priceUsd: new Float64Array(days),
    difficulty: new Float64Array(days),
    issuanceBtc: new Float64Array(days),
    feesBtc: new Float64Array(days),
    blocks: NO_BLOCKS,
  }
  const truth: ChainDay[] = []
  let difficulty = 2.4e13
  let hashrate = difficulty
  let price = 47_000
  let epochStartMs = firstMs - 5 * DAY_S * 1000
  let blocks = 5 * 144
  for (let row = 0; row < days; row++) {
    const startMs = firstMs + row * DAY_S * 1000
    truth.push({ startMs, difficulty, epochStartMs, blocks })
    price = walk(price, 0.12)
    hashrate = walk(hashrate, 0.08)
    let left = DAY_S
    let mined = 0
    let weighted = 0
    while (left > 0) {
      const secondsPerBlock = (600 * difficulty) / hashrate
      const toEnd = (BLOCKS - blocks) * secondsPerBlock
      const seconds = Math.min(left, toEnd)
      mined += seconds / secondsPerBlock
      weighted += seconds * difficulty
      blocks += seconds / secondsPerBlock
      left -= seconds
      if (toEnd > seconds) continue
      const atMs = startMs + (DAY_S - left) * 1000
      // From its first block to its last, one interval less.
      difficulty *= 1 + changeAfter((atMs - epochStartMs) / 1000 - 600)
      epochStartMs = atMs
      blocks = 0
    }
    past.priceUsd[row] = price
    past.difficulty[row] = weighted / DAY_S
    past.issuanceBtc[row] = mined * SUBSIDY_BTC
    past.feesBtc[row] = mined * 0.1 * (1 + random())
  }
  return { past, truth }
}

/** The days of a period on a chain that begins with 2022, as a report has them. */
export function chainDays(period: Period): Period & { readonly past: DaysPast } {
  const days = 460
  const { past } = chainPast(days, 5)
  const none = new Float64Array(days).fill(NaN)
  const dates = Array.from({ length: days }, (_, row) =>
    new Date(Date.parse(past.fromDay) + row * DAY_S * 1000).toISOString().slice(0, 10),
  )
  const others = { hashrateEhs: none, marketCapUsd: none, transferValueUsd: none, minerNetFlowBtc: none }
  return { ...period, past: daysPast({ ...past, ...others, dates }, NO_BLOCKS, period) }
}
