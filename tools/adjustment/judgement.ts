import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import type { AdjustmentModel } from '#shared/domain/chain/adjustment-model.ts'
import { EPOCH_INTERVALS, FITTED_MODEL } from '#shared/domain/chain/adjustment-model.ts'
import type { HistoricEpoch, Sighting } from './epoch-history.ts'

/** A day is 7 % of an epoch: a midnight further than this from the share wanted is none. */
const NEAREST = 0.06

/** For each epoch the sighting nearest to this share of it; epochs without one are left out. */
export function sightingsAt(epochs: readonly HistoricEpoch[], share: number): Sighting[] {
  const distance = ({ epoch }: Sighting) => Math.abs(epoch.blocks / EPOCH_INTERVALS - share)
  return epochs.flatMap(({ sightings }) => {
    const nearest = sightings.reduce<Sighting | undefined>(
      (best, sighting) => (best === undefined || distance(sighting) < distance(best) ? sighting : best),
      undefined,
    )
    return nearest !== undefined && distance(nearest) < NEAREST ? [nearest] : []
  })
}

/** One row of a table in Markdown: errors of ours and the plain estimate, and how often the intervals held. */
export function judgeRow(
  share: number,
  sightings: readonly Sighting[],
  {
    previousGiven = Infinity,
    model = FITTED_MODEL,
  }: { previousGiven?: number; model?: AdjustmentModel } = {},
): string {
  const count = sightings.length
  const judged = sightings.map(({ epoch, previousAdjustments, change }) => {
    const estimate = estimateAdjustment(epoch, previousAdjustments.slice(0, previousGiven), model)
    const holds = ([lo, hi]: readonly [number, number]) => (lo <= change && change <= hi ? 1 : 0)
    return {
      ours: Math.abs(estimate.change - change),
      plain: Math.abs(estimate.plainChange! - change),
      in80: holds(estimate.change80),
      in95: holds(estimate.change95),
      below: change < estimate.change80[0] ? 1 : 0,
    }
  })
  const mean = (of: (row: (typeof judged)[number]) => number) =>
    judged.reduce((sum, row) => sum + of(row), 0) / count
  const [ours, plain] = [mean((row) => row.ours), mean((row) => row.plain)]
  const ratio = ours / plain
  const ratioError = Math.sqrt(mean((row) => (row.ours - ratio * row.plain) ** 2) / count) / plain
  const percent = (value: number, digits = 1) => (value * 100).toFixed(digits)
  const share80 = mean((row) => row.in80)
  const share95 = mean((row) => row.in95)
  const error = (p: number) => percent(Math.sqrt((p * (1 - p)) / count))
  return [
    '',
    `${percent(share, 0)} %`,
    String(count),
    percent(ours, 2),
    percent(plain, 2),
    `${ratio.toFixed(3)} ± ${ratioError.toFixed(3)}`,
    `${percent(share80)} ± ${error(share80)}`,
    `${percent(share95)} ± ${error(share95)}`,
    percent(mean((row) => row.below)),
    '',
  ]
    .join(' | ')
    .trim()
}

export const JUDGE_HEADER = [
  '| epoch seen | n | error, ours (%) | plain (%) | ours ÷ plain | in 80 % (%) | in 95 % (%) | below the 80 % (%) |',
  '| --: | --: | --: | --: | --: | --: | --: | --: |',
].join('\n')
