import {
  acceptedPhs,
  breakevenHashpriceUsdPerPhDay,
  breakevenPowerPriceUsdPerKwh,
  energyAtDrawKwhPerDay,
  energyCostUsdPerDay,
  revenuePerDay,
} from '../margins/margin.ts'
import { upperHull } from './hull.ts'
import type { MachineTerms, OperatingPoint, LadderPoint } from './point.ts'
import { offPoint } from './point.ts'

/**
 * When the step from one point of a machine to the next one pays. The average of the higher point is the wrong
 * test: it still earns where its last watts already lose.
 */

/**
 * Power price at which a step from point a up to point b earns nothing, USD/kWh:
 * c_ab = HP · (1 − φ)(1 − ρ) · (h_b − h_a) / (24 · (1 + x) · (p_b − p_a)) − v, h in TH/s and p in W.
 * Above it the step loses money. Uptime has no part in it: both sides have it. NaN where b takes no more power.
 */
export function cutOffUsdPerKwh(
  from: OperatingPoint,
  to: OperatingPoint,
  terms: Pick<MachineTerms, 'poolFee' | 'hostShare' | 'overhead' | 'otherUsdPerKwh'>,
  hashpriceUsdPerPhDay: number,
): number {
  const paid = acceptedPhs(1, to.hashrateThs - from.hashrateThs, 1, terms.poolFee, terms.hostShare)
  const kwh = energyAtDrawKwhPerDay(1, to.powerW - from.powerW, terms.overhead)
  return breakevenPowerPriceUsdPerKwh(revenuePerDay(paid, hashpriceUsdPerPhDay), kwh, terms.otherUsdPerKwh)
}

/**
 * What the additional hashrate of a step costs in energy, USD/PH/s/day: the hashprice at which it earns nothing,
 * 24 · (p_b − p_a) / (h_b − h_a) · (1 + x) · (c + v) ÷ ((1 − φ)(1 − ρ)). NaN where b hashes no more than a.
 */
export function stepHashcostUsdPerPhDay(
  from: OperatingPoint,
  to: OperatingPoint,
  terms: Pick<MachineTerms, 'poolFee' | 'hostShare' | 'overhead' | 'powerPriceUsdPerKwh' | 'otherUsdPerKwh'>,
): number {
  const paid = acceptedPhs(1, to.hashrateThs - from.hashrateThs, 1, terms.poolFee, terms.hostShare)
  const kwh = energyAtDrawKwhPerDay(1, to.powerW - from.powerW, terms.overhead)
  const cost = energyCostUsdPerDay(kwh, terms.powerPriceUsdPerKwh, terms.otherUsdPerKwh)
  return breakevenHashpriceUsdPerPhDay(cost, paid)
}

export type CutOffRow = {
  readonly profile: LadderPoint
  /** false: some mixture of the points around it earns more at the same power, at any price */
  readonly onHull: boolean
  /** the point on the hull below it: its name, null = off. Null too where the point is not on the hull. */
  readonly from: string | null
  /** the price up to which stepping up from there pays; NaN where the point is not on the hull */
  readonly cutOffUsdPerKwh: number
  /** the price up to which the point as a whole earns, against off: the test that misleads */
  readonly averageUsdPerKwh: number
}

/**
 * The cut-off prices of a machine's points at a hashprice, in the order of the ladder. Along the hull they fall
 * from step to step, so the best point at a price is the last one whose cut-off is at or above it.
 */
export function cutOffTable(
  points: readonly LadderPoint[],
  terms: MachineTerms,
  hashpriceUsdPerPhDay: number,
): readonly CutOffRow[] {
  const off = offPoint(terms)
  const all: readonly OperatingPoint[] = [off, ...points]
  const hull = upperHull(
    all.map(({ powerW }) => powerW),
    all.map(({ hashrateThs }) => hashrateThs),
  )
  return points.map((profile, i) => {
    const place = hull.indexOf(i + 1)
    const below = hull[place - 1]
    const step = place > 0 && below !== undefined ? all[below]! : null
    return {
      profile,
      onHull: place >= 0,
      from: below === undefined || below === 0 ? null : points[below - 1]!.name,
      cutOffUsdPerKwh: step === null ? NaN : cutOffUsdPerKwh(step, profile, terms, hashpriceUsdPerPhDay),
      averageUsdPerKwh: cutOffUsdPerKwh(off, profile, terms, hashpriceUsdPerPhDay),
    }
  })
}
