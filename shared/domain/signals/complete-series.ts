import { BLOCKS_PER_EPOCH, MS_PER_DAY } from '../units.ts'
import { networkHashrateHs } from '../chain/network.ts'
import { coinsIssuedBtc } from './coins-issued.ts'
import type { DailyColumn, DailySeries } from './daily-series.ts'

const BLOCKS_PER_DAY = 144
const MS_PER_BLOCK = 600_000
const HASHES_PER_EH = 1e18
/** Between known blocks farther apart the pace may have varied by more than a count of coins can bear. */
const FARTHEST_APART = 10 * BLOCKS_PER_EPOCH

/** The first block and those that halved the subsidy: height and time (unix ms) of the chain's own headers. */
export const KNOWN_BLOCKS = [
  [0, 1_231_006_505_000],
  [210_000, 1_354_116_278_000],
  [420_000, 1_468_082_773_000],
  [630_000, 1_589_225_023_000],
  [840_000, 1_713_571_767_000],
] as const

/** Columns that can follow from others. */
export const COMPUTED_COLUMNS = [
  'difficulty',
  'hashrateEhs',
  'marketCapUsd',
] as const satisfies readonly DailyColumn[]
type ComputedColumn = (typeof COMPUTED_COLUMNS)[number]

/** Difficulty epochs by height, ascending, each once; gaps are allowed. */
export type KnownEpochs = {
  /** height of the first block */
  readonly height: Float64Array
  /** time of the first block, unix ms */
  readonly startedAtMs: Float64Array
  readonly difficulty: Float64Array
  /**
   * up to when the last of them is known to have been in force, unix ms: nobody can tell from the chain's past when an epoch
   * ends, so that after this moment its difficulty is not known
   */
  readonly knownUntilMs: number
}

export type CompletedSeries = {
  readonly series: DailySeries
  /** days filled, per column */
  readonly computedDays: Readonly<Record<ComputedColumn, number>>
}

/**
 * Fills what no source gave, day by day; a value that is there is never replaced. In this order, so that one rests on the other:
 *
 * - difficulty: the time-weighted mean over the UTC day of the epochs in force. NaN where the epochs known do not cover the whole
 *   day: before the first, where an epoch between two known ones is missing, and after `knownUntilMs`.
 * - hashrateEhs: blocks ÷ 144 · D · 2³² ÷ 600 (as many blocks as came, at the work that each takes on average), the day's
 *   blocks being its issuance ÷ its mean subsidy. NaN without difficulty or issuance, and on a day without a block.
 * - marketCapUsd: price × coins issued up to the end of the day. NaN without a price, and where the blocks known around that
 *   moment are more than ten epochs apart.
 *
 * Subsidy and coins follow from the height at the ends of the day: linear between the blocks whose time is known, which are the first
 * one, those that halved the subsidy and the first ones of the epochs; after the last of them a block takes 600 s. Coins
 * are then right within 0.25 % in 2010, and within 0.03 % since 2014. Sources: Bitcoin consensus for subsidy and epochs, the usual
 * definition of difficulty as hashes per block ÷ 2³².
 */
export function completeSeries(series: DailySeries, epochs: KnownEpochs): CompletedSeries {
  const computedDays = { difficulty: 0, hashrateEhs: 0, marketCapUsd: 0 }
  const fill = (column: ComputedColumn, valueOf: (row: number) => number): Float64Array =>
    series[column].map((given, row) => {
      if (!Number.isNaN(given)) return given
      const value = valueOf(row)
      if (!Number.isNaN(value)) computedDays[column]++
      return value
    })

  const firstMs = Date.parse(`${series.dates[0] ?? '1970-01-01'}T00:00:00Z`)
  const startMs = (row: number) => firstMs + row * MS_PER_DAY
  const heightAt = createHeights(epochs)

  const difficultyOf = createDifficulty(epochs)
  const difficulty = fill('difficulty', (row) => difficultyOf(startMs(row)))
  const hashrateEhs = fill('hashrateEhs', (row) => {
    const subsidyBtc = meanSubsidyBtc(heightAt(startMs(row)), heightAt(startMs(row + 1)))
    const blocks = series.issuanceBtc[row]! / subsidyBtc
    // Neither before the first block nor once the subsidy has ended.
    if (!(blocks > 0 && blocks < Infinity) || !(difficulty[row]! > 0)) return NaN
    return ((blocks / BLOCKS_PER_DAY) * networkHashrateHs(difficulty[row]!)) / HASHES_PER_EH
  })
  const marketCapUsd = fill('marketCapUsd', (row) => {
    // At the time of the block at height h, h + 1 blocks have been paid.
    const blocks = heightAt(startMs(row + 1), FARTHEST_APART) + 1
    return series.priceUsd[row]! * coinsIssuedBtc(blocks)
  })
  return { series: { ...series, difficulty, hashrateEhs, marketCapUsd }, computedDays }
}

function meanSubsidyBtc(from: number, to: number): number {
  return (coinsIssuedBtc(to + 1) - coinsIssuedBtc(from + 1)) / (to - from)
}

/** Mean difficulty of the day that begins at a moment. Days are asked in ascending order. */
function createDifficulty(epochs: KnownEpochs): (startMs: number) => number {
  const { height, startedAtMs, difficulty, knownUntilMs } = epochs
  const last = height.length - 1
  /** Until when the difficulty of an epoch is known to have been in force. */
  const endMs = (epoch: number) => {
    if (epoch === last) return knownUntilMs
    return height[epoch + 1] === height[epoch]! + BLOCKS_PER_EPOCH ? startedAtMs[epoch + 1]! : -Infinity
  }
  let first = 0
  return (startMs) => {
    const dayEndMs = startMs + MS_PER_DAY
    while (first < last && startedAtMs[first + 1]! <= startMs) first++
    if (last < 0 || startedAtMs[first]! > startMs) return NaN
    let sum = 0
    let coveredMs = startMs
    for (let epoch = first; epoch <= last && coveredMs < dayEndMs; epoch++) {
      const untilMs = Math.min(endMs(epoch), dayEndMs)
      if (untilMs < coveredMs) return NaN
      sum += difficulty[epoch]! * (untilMs - coveredMs)
      coveredMs = untilMs
    }
    // The sum of rounded shares would make a day within one epoch differ from its neighbour.
    if (endMs(first) >= dayEndMs) return difficulty[first]!
    return coveredMs === dayEndMs ? sum / MS_PER_DAY : NaN
  }
}

/**
 * Height of the newest block at a moment, with its fraction; NaN before the first block, and between known blocks that are
 * farther apart than asked for. Moments are nearly ascending.
 */
function createHeights(epochs: KnownEpochs): (atMs: number, farthestApart?: number) => number {
  const starts = Array.from(epochs.height, (height, i) => [height, epochs.startedAtMs[i]!] as const)
  const known = new Map([...KNOWN_BLOCKS, ...starts])
  const blocks = [...known].sort(([a], [b]) => a - b)
  let at = 0
  return (atMs, farthestApart = Infinity) => {
    while (at > 0 && blocks[at]![1] > atMs) at--
    while (at + 1 < blocks.length && blocks[at + 1]![1] <= atMs) at++
    const [height, minedAtMs] = blocks[at]!
    if (minedAtMs > atMs) return NaN
    const next = blocks[at + 1]
    if (next !== undefined && next[0] - height > farthestApart) return NaN
    const msPerBlock = next === undefined ? MS_PER_BLOCK : (next[1] - minedAtMs) / (next[0] - height)
    return height + (atMs - minedAtMs) / msPerBlock
  }
}
