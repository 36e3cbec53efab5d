import type { MarginBasis } from '../../margins/fleet-margins.ts'
import { restartUsdAt } from '../../margins/fleet-margins.ts'
import { cashMarginUsdPerDay, revenuePerDay } from '../../margins/margin.ts'
import { RUNNING } from '../../fleet/fleet.ts'
import type { Horizon } from '../horizon.ts'
import { dailySpreadUsd, endOfHorizonUsd } from './hold.ts'
import { rootBetween } from './strikes.ts'
import { OFF, PAUSE, RUN, RUN_UNTIL, START, START_LATER, START_UNTIL, STAY_OFF } from '../words.ts'

/** What the largest change leaves of the hashprice, and the smallest. */
const LEAST_RATIO = 1 / (1 + 3)
const MOST_RATIO = 1 / (1 - 0.75)
/** Closer than a probability can tell. */
const RATIO_TOLERANCE = 1e-14

/**
 * Probability, over the distribution of the change alone, that the verdict of a machine with one price of energy is the best of its
 * words. What it earns after the adjustment falls as the change grows, so that a word holds above or below one change.
 * NaN where the change is an assumption, on hold, and where the horizon is not cut once by the adjustment.
 */
export function plainChance(basis: MarginBasis, horizon: Horizon, code: number, i: number): number {
  const { stages, changeBelow, volatilityPerYear } = horizon
  const [first, second] = stages
  if (changeBelow === null || stages.length !== 2 || second!.opensWith !== 'adjustment') return NaN
  const accepted = basis.acceptedPhs[i]!
  const cost = basis.avoidableCostUsdPerDay[i]!
  const standby = basis.standbyCostUsdPerDay[i]!
  const restart = restartUsdAt(basis.fleet, i)
  const before =
    (cashMarginUsdPerDay(revenuePerDay(accepted, first!.hashpriceUsdPerPhDay), cost) + standby) * first!.days
  const start = basis.fleet.machines.status[i] === RUNNING ? 0 : restart
  // The least that being on after the adjustment must be worth for a word to be the best one, or the most.
  const [isAbove, threshold] = wordRange(code, before, restart, start)
  if (Number.isNaN(threshold)) return NaN
  const worthAfter = (ratio: number) => {
    const hashprice = first!.hashpriceUsdPerPhDay * ratio
    const x = cashMarginUsdPerDay(revenuePerDay(accepted, hashprice), cost) + standby
    return (
      x * second!.days +
      endOfHorizonUsd(
        horizon,
        x,
        restart,
        dailySpreadUsd(accepted, hashprice, volatilityPerYear),
        second!.days,
      )
    )
  }
  const chanceAbove = chanceOfAtLeast(worthAfter, threshold, changeBelow)
  return isAbove ? chanceAbove : 1 - chanceAbove
}

/** [the word holds from this worth up, else below it]; −Infinity: always. */
function wordRange(code: number, before: number, restart: number, start: number): [boolean, number] {
  switch (code) {
    case RUN:
      return [true, before >= -restart ? Math.max(0, -before) : Infinity]
    case RUN_UNTIL:
      return [false, before >= 0 ? 0 : -Infinity]
    case PAUSE:
      return [true, before < -restart ? restart : Infinity]
    case OFF:
      return [false, before >= -restart ? -before : restart]
    case START:
      return [true, Math.max(0, start - before)]
    case START_UNTIL:
      return [false, 0]
    case START_LATER:
      return [true, restart]
    case STAY_OFF:
      return [false, before > 0 ? start - before : restart]
    default:
      return [true, NaN]
  }
}

/** @param worthAt of what is left of the hashprice after the adjustment; rises with it, all but straight */
function chanceOfAtLeast(
  worthAt: (ratio: number) => number,
  threshold: number,
  changeBelow: (change: number) => number,
): number {
  const least = worthAt(LEAST_RATIO) - threshold
  if (least >= 0) return 1
  const most = worthAt(MOST_RATIO) - threshold
  if (!(most >= 0)) return 0
  const ratio = rootBetween(worthAt, threshold, LEAST_RATIO, least, MOST_RATIO, most, RATIO_TOLERANCE)
  return changeBelow(1 / ratio - 1)
}
