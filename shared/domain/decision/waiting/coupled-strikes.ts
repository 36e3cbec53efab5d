import { PROTECTED } from '../../power/machine-policy.ts'
import type { SiteSupply } from '../../power/supply.ts'
import { demandCurve, stepsOfLots } from '../clearing/demand-curve.ts'
import type { DemandCurve } from '../clearing/demand-curve.ts'
import type { Switching } from './hold.ts'
import { isWorthMore, runningWorthUsd } from './hold.ts'
import type { Horizon } from '../horizon.ts'
import type { PricedIntervals } from '../schedule/lot-schedules.ts'
import { intervalMargins } from '../schedule/lot-schedules.ts'
import type { Lots } from '../sites/lots.ts'
import { cellsOf } from '../clearing/site-cells.ts'
import type { SiteOffer } from '../sites/site-offer.ts'
import { switchingOf } from '../sites/site-rows.ts'
import { shadowsOf } from '../clearing/site-shadows.ts'
import type { Strikes } from './strikes.ts'

/** A step of the hashprice at which the site is cleared again, as a logarithm; strikes between two steps lie on a line. */
const STEP = 1 / 1000
/** The furthest strike that is looked for is e⁵ = 148 times today's hashprice. */
const FURTHEST = 5000
/** Figures that differ by less are the same: USD/day per PH/s at today's hashprice. */
const SAME = 1e-9

const NONE: Strikes = { stopBelowUsdPerPhDay: NaN, startAboveUsdPerPhDay: NaN }

/**
 * Strikes of the lots of a coupled site: all stages moved in proportion, and everything cleared again at each hashprice, so that a lot
 * is weighed at the price of energy that the others leave it then. A lot that is cut by the crossing is worth nothing over a range of
 * hashprices: it stops below the lower end of it and starts above the upper one.
 */
export function coupledStrikes(
  lots: Lots,
  supply: SiteSupply,
  offer: SiteOffer,
  horizon: Horizon,
): (lot: number) => Strikes {
  const { stages } = horizon
  const steps = stepsOfLots(lots)
  const cells = cellsOf(supply)
  const today = stages[0]!.hashpriceUsdPerPhDay
  const known = new Map<number, PricedIntervals>()
  let near: DemandCurve | undefined
  const x = new Float64Array(offer.priced.hours.length)

  /** The site's prices where the hashprice is e^(k·step) of today's. */
  function pricesAt(k: number): PricedIntervals {
    const found = known.get(k)
    if (found !== undefined) return found
    const factor = Math.exp(k * STEP)
    const hashprice = stages.map((stage) => stage.hashpriceUsdPerPhDay * factor)
    const curves = new Map<string, DemandCurve>()
    const ofCells = cells.cells.map(({ stage, shiftUsdPerKwh }) => {
      const name = `${stage} ${shiftUsdPerKwh}`
      const curve = curves.get(name) ?? demandCurve(lots, steps, hashprice[stage]!, shiftUsdPerKwh, near)
      curves.set(name, curve)
      near = curve
      return curve
    })
    const { crossings } = shadowsOf(supply, cells, ofCells, stages.length)
    const lambda = Float64Array.from(cells.cellOf, (c) => crossings[c]!.lambdaUsdPerKwh)
    const prices: PricedIntervals = {
      ...offer.priced,
      hashpriceUsdPerPhDay: hashprice,
      usdPerKwh: lambda.map((usd, i) => usd + cells.cells[cells.cellOf[i]!]!.shiftUsdPerKwh),
      protectedUsdPerKwh: lambda,
    }
    known.set(k, prices)
    return prices
  }

  return (lot) => {
    const accepted = lots.machines[lot]! * lots.pointPhs[lots.pointsFrom[lot]!]!
    if (!(accepted > 0) || lots.policy[lot] === PROTECTED || !(today > 0)) return NONE
    const restartUsd = lots.machines[lot]! * lots.restartUsd[lot]!
    const isCertain = restartUsd === 0 || horizon.volatilityPerYear === 0
    const same = SAME * accepted * today
    const switchingAt = (k: number): Switching => {
      const priced = pricesAt(k)
      intervalMargins(lots, lot, priced, x)
      for (let i = 0; i < x.length; i++) x[i]! *= lots.machines[lot]!
      return switchingOf(x, { ...offer, priced }, lot, horizon, 1)
    }
    const worth: Worth = {
      at: (k) => (isCertain ? switchingAt(k).xUsdPerDay : runningWorthUsd(switchingAt(k))),
      isAbove: (k, value) =>
        isCertain ? switchingAt(k).xUsdPerDay > value : isWorthMore(switchingAt(k), value),
    }
    return {
      stopBelowUsdPerPhDay: crossingAt(worth, isCertain ? -same : 0, today),
      startAboveUsdPerPhDay: crossingAt(worth, isCertain ? same : restartUsd, today),
    }
  }
}

/** Of running, by the hashprice e^(k·step) of today's; it rises with k. */
type Worth = {
  readonly at: (k: number) => number
  readonly isAbove: (k: number, value: number) => boolean
}

/** Hashprice at which a worth that rises with it comes to be above a value; NaN where it is so everywhere, or nowhere. */
function crossingAt({ at, isAbove }: Worth, value: number, today: number): number {
  let low = -1
  let high = 1
  for (let reach = 1; isAbove(low, value); reach *= 2) {
    high = low
    low = -reach * 8
    if (low < -FURTHEST) return NaN
  }
  for (let reach = 1; !isAbove(high, value); reach *= 2) {
    low = Math.max(low, high)
    high = reach * 8
    if (high > FURTHEST) return NaN
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isAbove(middle, value)) high = middle
    else low = middle
  }
  const [below, above] = [at(low), at(high)]
  const part = above > below ? (value - below) / (above - below) : 0
  return today * Math.exp((low + Math.min(Math.max(part, 0), 1)) * STEP)
}
