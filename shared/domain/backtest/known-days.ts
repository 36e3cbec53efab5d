import { changeAfter } from '../chain/adjustment.ts'
import { EPOCH_INTERVALS } from '../chain/adjustment-model.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { heightWithSubsidy } from '../chain/network.ts'
import { KNOWN_BLOCKS } from '../signals/complete-series.ts'
import { subsidyBtcOn } from '../signals/hashprice-history.ts'
import { BLOCKS_PER_EPOCH, MS_PER_DAY, SECONDS_PER_BLOCK } from '../units.ts'
import type { BacktestValue } from './result.ts'

/** The daily history of a back-test in columns; row i is the i-th UTC day from `fromDay` on, NaN where the day has no value. */
export type DaysPast = {
  /** YYYY-MM-DD of the first row */
  readonly fromDay: string
  /** blocks whose time is known, beside those that halved the subsidy: first ones of epochs, by time */
  readonly blocks: { readonly height: Float64Array; readonly atMs: Float64Array }
} & Readonly<Record<BacktestValue, Float64Array>>

/** Days before the first one of a period that are looked at: adjustments of a year, which is as far as an estimate remembers. */
export const LEAD_IN_DAYS = 400

/** Difficulties that differ by less are one: files round them. */
const SAME_SHARE = 1e-8
const BLOCKS_PER_DAY = 144
/** A difficulty that moves with more blocks of its epoch left than counting could be wrong by is none of a chain: a mean over days, or a fault. */
const MISCOUNTED_BLOCKS = 2 * BLOCKS_PER_DAY
/** The older ones have no weight left in an estimate. */
const REMEMBERED = 26

/** The running epoch as the days up to now have shown it; NaN: not known. */
type Epoch = {
  readonly difficulty: number
  readonly startedAtMs: number
  /** since its first block, with fractions */
  readonly blocks: number
  /** newest first */
  readonly previousAdjustments: readonly number[]
}

/**
 * What was known of the network at the beginning of each day, from the days before it alone: price and fees of the last one that has all
 * values, the running epoch as the means of difficulty have shown it. A day whose mean is neither the old difficulty nor the new one is the
 * day of an adjustment; the share that it lies in the new epoch follows from the rule of the adjustment on the day after, and exactly from
 * the new difficulty one day later. Where difficulty moves in the middle of an epoch, as a mean over several days does, it is taken as it
 * is and no epoch is known, until an adjustment has shown one that stays.
 */
export function createKnownDays(past: DaysPast) {
  const { priceUsd, difficulty, issuanceBtc, feesBtc } = past
  const firstMs = Date.parse(`${past.fromDay}T00:00:00Z`)
  const startMs = (row: number) => firstMs + row * MS_PER_DAY
  const heights = createHeights(past.blocks, firstMs)
  let epoch: Epoch | null = null
  let retarget: { readonly before: Epoch; readonly meanDifficulty: number } | null = null
  /** difficulty has not stood still for a day: since the first one, or since it moved where no chain adjusts it */
  let isDoubtful = true
  let known: NetworkConditions | null = null
  let next = 0

  return {
    /** At the beginning of a row; rows are asked in ascending order. null: no day before it has all values. */
    at(row: number): NetworkConditions | null {
      while (next < row) take(next++)
      return known
    },
  }

  function take(row: number): void {
    const endMs = startMs(row) + MS_PER_DAY
    const blocks = minedBlocks(past, row)
    heights.take(row, blocks)
    takeDifficulty(row, endMs, blocks)
    const fees = feesBtc[row]! / blocks
    if (epoch === null || !(priceUsd[row]! > 0) || !(blocks > 0) || Number.isNaN(fees)) return
    const isTimed = !isDoubtful && Number.isFinite(epoch.startedAtMs) && Number.isFinite(epoch.blocks)
    const seen = isTimed ? Math.min(Math.round(epoch.blocks), EPOCH_INTERVALS) : NaN
    const subsidy = subsidyBtcOn(dayOf(startMs(row)), issuanceBtc[row]!)
    known = {
      height: heightWithSubsidy(heights.at(seen), subsidy),
      difficulty: epoch.difficulty,
      priceUsdPerBtc: priceUsd[row]!,
      feesBtcPerBlock: fees,
      epoch: isTimed ? { blocks: seen, seconds: (endMs - epoch.startedAtMs) / 1000 } : null,
      previousAdjustments: isDoubtful ? [] : epoch.previousAdjustments,
      atMs: endMs,
    }
  }

  function takeDifficulty(row: number, endMs: number, blocks: number): void {
    const mean = difficulty[row]!
    if (!(mean > 0)) {
      epoch = retarget = null
      return
    }
    if (epoch === null) {
      epoch = unknown(mean)
      return
    }
    if (retarget !== null) {
      const { before, meanDifficulty } = retarget
      retarget = null
      // The day after an adjustment is whole in the new epoch.
      const share = Math.min(
        Math.max((meanDifficulty - before.difficulty) / (mean - before.difficulty), 0),
        1,
      )
      epoch = opened(before, mean, endMs - MS_PER_DAY, share, minedBlocks(past, row - 1))
      epoch = { ...epoch, blocks: epoch.blocks + blocks }
      return
    }
    if (Math.abs(mean / epoch.difficulty - 1) < SAME_SHARE) {
      epoch = { ...epoch, blocks: epoch.blocks + blocks }
      isDoubtful = false
      return
    }
    if (epoch.blocks + blocks < BLOCKS_PER_EPOCH - MISCOUNTED_BLOCKS) {
      epoch = unknown(mean)
      isDoubtful = true
      return
    }
    retarget = { before: epoch, meanDifficulty: mean }
    const counted = (epoch.blocks + blocks - BLOCKS_PER_EPOCH) / blocks
    const share = shareInNewEpoch(mean / epoch.difficulty - 1, epoch.startedAtMs, endMs, counted)
    epoch = Number.isNaN(share)
      ? { ...epoch, difficulty: mean, startedAtMs: NaN, blocks: NaN }
      : opened(
          epoch,
          epoch.difficulty * (1 + changeIfOpened(share, epoch.startedAtMs, endMs)),
          endMs,
          share,
          blocks,
        )
  }
}

/** Of an epoch only its difficulty. */
const unknown = (difficulty: number): Epoch => ({
  difficulty,
  startedAtMs: NaN,
  blocks: NaN,
  previousAdjustments: [],
})

/** The epoch that began on a day. */
function opened(before: Epoch, difficulty: number, endMs: number, share: number, blocksOfDay: number): Epoch {
  const change = difficulty / before.difficulty - 1
  return {
    difficulty,
    startedAtMs: endMs - share * MS_PER_DAY,
    blocks: share * blocksOfDay,
    // What consensus does not allow is a fault of the series, and nothing to go by.
    previousAdjustments:
      change >= -0.75 && change <= 3 ? [change, ...before.previousAdjustments].slice(0, REMEMBERED) : [],
  }
}

/** The change where the new epoch began so much of a day before the day's end: by the time that the old one took to its last block. */
function changeIfOpened(share: number, startedAtMs: number, endMs: number): number {
  return changeAfter((endMs - share * MS_PER_DAY - startedAtMs) / 1000 - SECONDS_PER_BLOCK)
}

const SHARES = 200

/**
 * Share of a day that lies in the new epoch, so that share × change is how far the day's mean lies from the old difficulty. Two shares may
 * do so where difficulty falls: then it is the one nearer to what the count of blocks says, and that itself where none does. NaN where
 * the old epoch's beginning is not known.
 * @param counted share by the blocks that are more than an epoch has
 */
function shareInNewEpoch(meanChange: number, startedAtMs: number, endMs: number, counted: number): number {
  if (Number.isNaN(startedAtMs)) return NaN
  const miss = (share: number) => share * changeIfOpened(share, startedAtMs, endMs) - meanChange
  let nearest = NaN
  for (let k = 0; k < SHARES; k++) {
    const [from, to] = [k / SHARES, (k + 1) / SHARES]
    const [missFrom, missTo] = [miss(from), miss(to)]
    if (missFrom > 0 === missTo > 0) continue
    const share = from + ((to - from) * missFrom) / (missFrom - missTo)
    if (!(Math.abs(share - counted) >= Math.abs(nearest - counted))) nearest = share
  }
  return Number.isNaN(nearest) ? Math.min(Math.max(counted, 0), 1) : nearest
}

/** Blocks of a day: its issuance ÷ its mean subsidy; NaN where it is not known. */
export function minedBlocks({ fromDay, issuanceBtc }: DaysPast, row: number): number {
  const fromMs = Date.parse(`${fromDay}T00:00:00Z`) + row * MS_PER_DAY
  const issued = issuanceBtc[row]!
  const after = subsidyBtcOn(dayOf(fromMs), issued)
  const halving = KNOWN_BLOCKS.find(([height, ms]) => height > 0 && ms >= fromMs && ms < fromMs + MS_PER_DAY)
  const share = halving === undefined ? 0 : (halving[1] - fromMs) / MS_PER_DAY
  return issued / (after * (1 + share))
}

/** Height at the beginning of a row, by the days before it. */
export function countedHeight(past: DaysPast, row: number): number {
  const heights = createHeights(past.blocks, Date.parse(`${past.fromDay}T00:00:00Z`))
  for (let before = 0; before < row; before++) heights.take(before, minedBlocks(past, before))
  return heights.at(NaN)
}

/** Heights by counting the blocks of the days since the newest block whose time is known and over; a day that is not known counts as 144. */
function createHeights({ height, atMs }: DaysPast['blocks'], firstMs: number) {
  const blocks = [...KNOWN_BLOCKS, ...Array.from(height, (each, i) => [each, atMs[i]!] as const)].sort(
    ([, a], [, b]) => a - b,
  )
  let at = blocks.findLastIndex(([, ms]) => ms <= firstMs)
  const before = blocks[at]
  let counted = before === undefined ? NaN : before[0] + (firstMs - before[1]) / 1000 / SECONDS_PER_BLOCK
  return {
    take(row: number, mined: number): void {
      const fromMs = firstMs + row * MS_PER_DAY
      const perDay = mined > 0 ? mined : BLOCKS_PER_DAY
      const last = at
      while (at + 1 < blocks.length && blocks[at + 1]![1] < fromMs + MS_PER_DAY) at++
      const [base, ms] = blocks[at] ?? [NaN, NaN]
      counted = at > last ? base + (perDay * (fromMs + MS_PER_DAY - ms)) / MS_PER_DAY : counted + perDay
    },
    /** @param seen blocks of the running epoch, which the height then fits; NaN: not known */
    at(seen: number): number {
      if (Number.isNaN(seen)) return Math.round(counted)
      return Math.round((counted - seen) / BLOCKS_PER_EPOCH) * BLOCKS_PER_EPOCH + seen
    },
  }
}

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
