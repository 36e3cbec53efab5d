import { MS_PER_DAY, SECONDS_PER_DAY } from '../units.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { hashpriceAfterChange } from '../chain/network.ts'
import type { NextAdjustment, ProjectionChoices } from './project.ts'
import { epochsAhead, spanHashpriceUsd } from './project.ts'

/**
 * A run of days with one expected hashprice: from now, from an adjustment or from a halving to the next of these, or to the end of
 * the horizon.
 */
export type Stage = {
  /**
   * what it begins with. The first begins now, also where it opens with an adjustment: one that is due now leaves no day before it.
   * Where both fall on one block it is the adjustment.
   */
  readonly opensWith: 'now' | 'adjustment' | 'halving'
  /** its beginning, unix ms; NaN where no date is known */
  readonly fromMs: number
  /** length inside the horizon, above 0 */
  readonly days: number
  /** NaN where a hashprice was typed and no height is known */
  readonly subsidyBtc: number
  /** NaN where a hashprice was typed and none is known */
  readonly difficulty: number
  readonly hashpriceUsdPerPhDay: number
}

/** An adjustment of less is rounding of a flat path: nothing happens there, so no stage begins. */
const NO_CHANGE = 1e-12

/**
 * The horizon as stages: the rows of `projectNetwork`, split where the subsidy halves and cut at the horizon. The next adjustment
 * opens a stage whatever its change, a later one where there is a change.
 *
 * @param network as of now; its height is the one that a halving is counted from
 * @param adjustment the next one. A typed change is today's hashrate too: on a flat path no second change follows from it
 * @param horizonDays above 0; 0 gives no stage
 * @param nowMs when it begins, unix ms; NaN: not known
 * @throws RangeError where the horizon is longer than 1000 epochs, or an epoch never ends
 */
export function stagesOf(
  network: NetworkConditions,
  adjustment: NextAdjustment,
  choices: Omit<ProjectionChoices, 'epochs'>,
  horizonDays: number,
  nowMs: number,
): Stage[] {
  const stages: Stage[] = []
  for (const { row, spans } of epochsAhead(network, adjustment, choices)) {
    spans.forEach((span, i) => {
      const days = Math.min(span.days, horizonDays - span.startsAtDay)
      if (!(days > 0)) return
      const last = stages.at(-1)
      const isHalving = last !== undefined && span.subsidyBtc !== last.subsidyBtc
      const isAdjustment = row.epoch > 0 && i === 0
      const { difficulty } = row
      const stage: Stage = {
        opensWith: isAdjustment ? 'adjustment' : i > 0 ? 'halving' : 'now',
        fromMs: nowMs + span.startsAtDay * MS_PER_DAY,
        days,
        subsidyBtc: span.subsidyBtc,
        difficulty,
        hashpriceUsdPerPhDay: spanHashpriceUsd(network, difficulty, choices.price, { ...span, days }),
      }
      const isNothing =
        last !== undefined && isAdjustment && row.epoch > 1 && !isHalving && Math.abs(row.change) < NO_CHANGE
      if (isNothing && isFlat(last, stage)) stages[stages.length - 1] = { ...last, days: last.days + days }
      else stages.push(stage)
    })
    if (row.startsAtDay + row.days >= horizonDays) return stages
  }
  throw new RangeError(`horizon: ${horizonDays} days are more than this projection reaches`)
}

/**
 * The same where a hashprice was typed and the values beneath it are not known: now, and from the adjustment, with nothing that a height
 * would tell.
 */
export function typedStages(
  hashpriceUsdPerPhDay: number,
  { change, secondsLeft }: NextAdjustment,
  horizonDays: number,
  nowMs: number,
): Stage[] {
  const daysToAdjustment = Math.min(secondsLeft / SECONDS_PER_DAY, horizonDays)
  const unknown = { subsidyBtc: Number.NaN, difficulty: Number.NaN }
  const stages: readonly Stage[] = [
    { ...unknown, opensWith: 'now', fromMs: nowMs, days: daysToAdjustment, hashpriceUsdPerPhDay },
    {
      ...unknown,
      opensWith: 'adjustment',
      fromMs: nowMs + daysToAdjustment * MS_PER_DAY,
      days: horizonDays - daysToAdjustment,
      hashpriceUsdPerPhDay: hashpriceAfterChange(hashpriceUsdPerPhDay, change),
    },
  ]
  return stages.filter(({ days }) => days > 0)
}

const isFlat = (before: Stage, after: Stage) =>
  Math.abs(after.hashpriceUsdPerPhDay / before.hashpriceUsdPerPhDay - 1) < NO_CHANGE
