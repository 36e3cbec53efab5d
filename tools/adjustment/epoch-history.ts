import {
  BLOCKS_PER_EPOCH,
  EPOCH_TARGET_SECONDS,
  SECONDS_PER_BLOCK,
  SECONDS_PER_DAY,
} from '#shared/domain/units.ts'
import type { EpochState } from '#shared/domain/chain/adjustment.ts'

import { subsidyBtc } from '#shared/domain/chain/network.ts'

/** Time stamps of blocks are not times of arrival: what is left of a start that falls on a day's edge, s. */
const TIME_STAMP_ERROR_SECONDS = 300
/** Before this epoch (2010) whole days passed with few blocks. */
const FIRST_EPOCH = 60
/** As many previous adjustments as the program keeps. */
const PREVIOUS_KEPT = 12

/** One UTC day: its first second, the height of its last block, and the mean difficulty of its blocks. */
type Day = { readonly date: string; readonly height: number; readonly difficulty: number }

/** An epoch at some moment, and its outcome. */
export type Sighting = {
  readonly epoch: EpochState
  /** newest first */
  readonly previousAdjustments: readonly number[]
  /** seconds that the epoch still took, and the change that it ended with */
  readonly secondsLeft: number
  readonly change: number
}

export type HistoricEpoch = {
  /** UTC date of the first block */
  readonly date: string
  readonly change: number
  /** one for each midnight inside the epoch */
  readonly sightings: readonly Sighting[]
}

/**
 * Days of a daily series with the columns `date`, `blocks` (may be empty), `issuance_btc`, `difficulty`: from the first
 * day on without a gap. Where blocks are not given they are issuance ÷ subsidy, which is exact, across a halving too.
 */
export function readDays(csv: string): Day[] {
  const [header = '', ...lines] = csv.trim().split(/\r?\n/)
  const names = header.split(',')
  const column = (name: string) => {
    const at = names.indexOf(name)
    if (at < 0) throw new Error(`The series has no column "${name}"; its header is: ${header}`)
    return at
  }
  const [dateAt, blocksAt, issuanceAt, difficultyAt] = ['date', 'blocks', 'issuance_btc', 'difficulty'].map(
    column,
  )
  let height = 0
  return lines.map((line) => {
    const cells = line.split(',')
    const blocks = cells[blocksAt!]
    const issued = Number(cells[issuanceAt!])
    height += blocks === '' || blocks === undefined ? blocksIssued(height, issued) : Number(blocks)
    return { date: cells[dateAt!]!, height, difficulty: Number(cells[difficultyAt!]) }
  })
}

function blocksIssued(height: number, issuedBtc: number): number {
  const blocksToHalving = 210_000 - ((height + 1) % 210_000)
  const subsidy = subsidyBtc(height + 1)
  const beforeHalving = Math.min(issuedBtc / subsidy, blocksToHalving)
  const rest = issuedBtc - beforeHalving * subsidy
  return Math.round(beforeHalving + rest / (subsidy / 2))
}

/**
 * The epochs that end inside the series. Their changes follow from the daily difficulty, exactly. Their starts fall
 * inside a day; the place among that day's blocks gives a start to about an hour, and the known length of every
 * epoch (1 209 600 s ÷ (1 + change)) chains the starts together, so that a smoother brings them to about a quarter of
 * an hour. At each midnight the height is exact.
 */
export function epochsOf(days: readonly Day[]): HistoricEpoch[] {
  const last = days.at(-1)!
  const epochs = Math.floor(last.height / BLOCKS_PER_EPOCH)
  const dayOf = (height: number) => days.findIndex((day) => day.height >= height)
  const firstDays = Array.from({ length: epochs + 1 }, (_, epoch) => dayOf(epoch * BLOCKS_PER_EPOCH))
  const difficulties = firstDays.map((first) => days[Math.min(first + 1, days.length - 1)]!.difficulty)
  refuseMismatch(days, firstDays, difficulties)

  const changes = difficulties.slice(1).map((difficulty, epoch) => difficulty / difficulties[epoch]! - 1)
  const starts = smoothStarts(days, firstDays, changes)
  return changes.slice(FIRST_EPOCH).map((change, i) => {
    const epoch = FIRST_EPOCH + i
    const start = starts[i]!
    const length = EPOCH_TARGET_SECONDS / (1 + change)
    const previousAdjustments = changes.slice(epoch - PREVIOUS_KEPT, epoch).reverse()
    const sightings: Sighting[] = []
    for (let day = firstDays[epoch]!; day < days.length; day++) {
      const blocks = days[day]!.height - epoch * BLOCKS_PER_EPOCH
      if (blocks > BLOCKS_PER_EPOCH - 2) break
      if (blocks < 1) continue
      // Of the time up to midnight, the part after the k-th block is on average one in k + 1.
      const seconds = (((day + 1) * SECONDS_PER_DAY - start) * blocks) / (blocks + 1)
      if (seconds > 0 && seconds < length)
        sightings.push({
          epoch: { blocks, seconds },
          previousAdjustments,
          secondsLeft: length - seconds,
          change,
        })
    }
    return { date: days[firstDays[epoch]!]!.date, change, sightings }
  })
}

/** The mean difficulty of a retarget's day must be the mean of both, by heights: else heights or difficulty are wrong. */
function refuseMismatch(
  days: readonly Day[],
  firstDays: readonly number[],
  difficulties: readonly number[],
): void {
  for (let epoch = FIRST_EPOCH; epoch < firstDays.length; epoch++) {
    const at = firstDays[epoch]!
    const blocks = days[at]!.height - days[at - 1]!.height
    const easier = epoch * BLOCKS_PER_EPOCH - days[at - 1]!.height - 1
    const expected = (easier * difficulties[epoch - 1]! + (blocks - easier) * difficulties[epoch]!) / blocks
    if (Math.abs(expected / days[at]!.difficulty - 1) > 1e-6)
      throw new Error(
        `${days[at]!.date}: difficulty ${days[at]!.difficulty} does not fit the heights (${expected}).`,
      )
  }
}

/** Kalman smoother over start(e + 1) = start(e) + length(e) + one more block; seconds since the series' first day. */
function smoothStarts(
  days: readonly Day[],
  firstDays: readonly number[],
  changes: readonly number[],
): number[] {
  const count = firstDays.length - FIRST_EPOCH
  const step = (i: number) => EPOCH_TARGET_SECONDS / (1 + changes[FIRST_EPOCH + i]!) + SECONDS_PER_BLOCK
  const mean: number[] = []
  const variance: number[] = []
  for (let i = 0; i < count; i++) {
    const day = firstDays[FIRST_EPOCH + i]!
    const blocks = days[day]!.height - days[day - 1]!.height
    const place = (FIRST_EPOCH + i) * BLOCKS_PER_EPOCH - days[day - 1]!.height - 0.5
    const seen = SECONDS_PER_DAY * (day + place / blocks)
    const seenVariance =
      (SECONDS_PER_DAY ** 2 * place * (blocks - place)) / blocks ** 3 + TIME_STAMP_ERROR_SECONDS ** 2
    const priorMean = i === 0 ? seen : mean[i - 1]! + step(i - 1)
    const priorVariance = i === 0 ? 1e12 : variance[i - 1]! + SECONDS_PER_BLOCK ** 2
    const gain = priorVariance / (priorVariance + seenVariance)
    mean.push(priorMean + gain * (seen - priorMean))
    variance.push((1 - gain) * priorVariance)
  }
  for (let i = count - 2; i >= 0; i--) {
    const gain = variance[i]! / (variance[i]! + SECONDS_PER_BLOCK ** 2)
    mean[i]! += gain * (mean[i + 1]! - mean[i]! - step(i))
  }
  return mean
}
