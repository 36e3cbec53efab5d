import type { Stage } from '../../ahead/stage.ts'
import { HOURS_PER_DAY, MS_PER_DAY } from '../../units.ts'
import type { ChancePaths } from './chance.ts'
import { chanceOfAdvice, chancePaths, shareOfChanges } from './chance.ts'
import { bestWord, nothingWeighed } from '../choice.ts'
import type { SiteScene } from '../sites/decide-site.ts'
import type { Horizon } from '../horizon.ts'
import { dailySpreadUsd, endOfHorizonUsd } from './hold.ts'
import { PROTECTED } from '../../power/machine-policy.ts'
import { bestSequences } from '../schedule/sequences.ts'
import { stageCurves } from '../sites/site-offer.ts'
import { HOLD, isOnAtOnce, NO_VERDICT } from '../words.ts'

/** The two chances of rows at a site's prices, its stages taken in the hours worth running. */
export type RowChances = {
  /** that the verdict is the best one, over the distribution of the next change alone; NaN where it was typed, and on hold */
  readonly ofAdjustment: (lot: number, code: number) => number
  /** share of drawn futures on which the best plan in hindsight begins with the advised action; NaN where nothing is drawn */
  readonly ofAdvice: (lot: number, code: number) => number
}

/** How many times the hashprice is after an adjustment. Where no difficulty is known nothing but that adjustment moves the hashprice. */
function easing(before: Stage, after: Stage): number {
  const ratio = before.difficulty / after.difficulty
  return Number.isNaN(ratio) ? after.hashpriceUsdPerPhDay / before.hashpriceUsdPerPhDay : ratio
}

/** @param paths drawn when they are first asked for; null where price or change was typed */
export function rowChances({ offer, horizon }: SiteScene, paths: () => ChancePaths | null): RowChances {
  const { lots, priced } = offer
  const { stages, changeBelow, volatilityPerYear } = horizon
  const curves = stageCurves(priced)
  const first = stages.findIndex(({ opensWith }, t) => t > 0 && opensWith === 'adjustment')
  const expected = first < 0 ? NaN : easing(stages[first - 1]!, stages[first]!)
  const worth = new Float64Array(stages.length)
  const weighed = nothingWeighed()

  /** Over standing by, USD/day of the lot, at a hashprice in a stage. */
  function xUsdPerDay(lot: number, hashprice: number, t: number): number {
    const at = lots.pointsFrom[lot]!
    const kw = lots.pointKw[at]! - lots.standbyKw[lot]!
    const revenue = (hashprice * lots.pointPhs[at]!) / HOURS_PER_DAY
    return (lots.machines[lot]! * curves[t]!(revenue, kw, lots.otherUsdPerKwh[lot]!)) / stages[t]!.days
  }

  function wordAt(lot: number, change: number): number {
    const restartUsd = lots.machines[lot]! * lots.restartUsd[lot]!
    const accepted = lots.machines[lot]! * lots.pointPhs[lots.pointsFrom[lot]!]!
    let x = NaN
    let hashprice = NaN
    stages.forEach((stage, t) => {
      // The stages are built with the expected change; another one moves all that come after it.
      const factor = t >= first ? 1 / expected / (1 + change) : 1
      hashprice = stage.hashpriceUsdPerPhDay * factor
      x = xUsdPerDay(lot, hashprice, t)
      worth[t] = x * stage.days
    })
    weighed.isOn = lots.isOn[lot] === 1
    weighed.isProtected = lots.policy[lot] === PROTECTED
    weighed.restartUsd = restartUsd
    weighed.hasOther = false
    const end = endOfHorizonUsd(
      horizon,
      x,
      restartUsd,
      dailySpreadUsd(accepted, hashprice, volatilityPerYear),
      stages.at(-1)!.days,
    )
    bestSequences(weighed.own, worth, stages.length, weighed.isOn, restartUsd, end)
    return bestWord(weighed)
  }

  return {
    ofAdjustment(lot, code) {
      if (changeBelow === null || first < 0 || code === HOLD || code === NO_VERDICT) return NaN
      return shareOfChanges((change) => wordAt(lot, change), changeBelow).get(code) ?? NaN
    },
    ofAdvice(lot, code) {
      const drawn = code === NO_VERDICT ? null : paths()
      if (drawn === null) return NaN
      const isOn = lots.isOn[lot] === 1
      const stageOf = stagesOfSteps(drawn, horizon)
      return chanceOfAdvice(drawn, {
        isOn,
        runs: isOnAtOnce(code, isOn),
        restartUsd: lots.machines[lot]! * lots.restartUsd[lot]!,
        acceptedPhs: lots.machines[lot]! * lots.pointPhs[lots.pointsFrom[lot]!]!,
        xUsdPerDay: (hashprice, step) => xUsdPerDay(lot, hashprice, stageOf[step]!),
      })
    },
  }
}

/** The paths of a horizon; null where price or change was typed, or no date is known. */
export function pathsOf({ stages, volatilityPerYear, reviewDays, drawn }: Horizon): ChancePaths | null {
  return drawn === null ? null : chancePaths({ stages, volatilityPerYear, reviewDays, ...drawn })
}

/** The stage that the middle of each step lies in, as expected. */
function stagesOfSteps({ stepDays }: ChancePaths, { stages }: Horizon): Uint16Array {
  const ends = stages.map(({ fromMs, days }) => (fromMs - stages[0]!.fromMs) / MS_PER_DAY + days)
  let day = 0
  return Uint16Array.from(stepDays, (length) => {
    const middle = day + length / 2
    day += length
    const t = ends.findIndex((end) => middle < end)
    return t < 0 ? stages.length - 1 : t
  })
}
