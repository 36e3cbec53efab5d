import { ownElseSite } from '../fleet/columns.ts'
import type { Fleet } from '../fleet/fleet.ts'
import {
  acceptedPhs,
  cashMarginUsdPerDay,
  energyAtDrawKwhPerDay,
  energyCostUsdPerDay,
  energyKwhPerDay,
  revenuePerDay,
} from '../margins/margin.ts'

/** An operating point of a machine's firmware: what one machine does while it runs there. */
export type LadderPoint = {
  readonly name: string
  readonly hashrateThs: number
  /** at the wall */
  readonly powerW: number
}

/** The points that one firmware offers for one model, from the lowest power to the highest. */
export type Ladder = {
  /** as an operator says it, with or without its hashrate bin */
  readonly model: string
  /** '' where it is not said */
  readonly firmware: string
  /** where the figures are from; '' where it is not said */
  readonly source: string
  readonly points: readonly LadderPoint[]
}

/** What a machine's row and its site say beside hashrate and power; NaN = not given. Shares are fractions. */
export type MachineTerms = {
  readonly uptime: number
  readonly poolFee: number
  readonly hostShare: number
  /** PUE − 1 */
  readonly overhead: number
  readonly powerPriceUsdPerKwh: number
  readonly otherUsdPerKwh: number
  /** W of one machine while off */
  readonly standbyW: number
}

/** Hashrate and power of a point, without its name. */
export type OperatingPoint = Pick<LadderPoint, 'hashrateThs' | 'powerW'>

/** Off is a point too: no hashrate, and the standby power. */
export function offPoint(terms: Pick<MachineTerms, 'standbyW'>): OperatingPoint {
  return { hashrateThs: 0, powerW: terms.standbyW }
}

/** The terms of one row: its own values, else its site's. */
export function termsOfRow({ machines, sites }: Fleet, row: number): MachineTerms {
  const site = machines.site[row]!
  return {
    uptime: machines.uptime[row]!,
    poolFee: machines.poolFee[row]!,
    hostShare: machines.hostShare[row]!,
    overhead: ownElseSite(machines.overhead[row]!, sites.overhead[site]!),
    powerPriceUsdPerKwh: ownElseSite(machines.powerPriceUsdPerKwh[row]!, sites.powerPriceUsdPerKwh[site]!),
    otherUsdPerKwh: ownElseSite(machines.otherUsdPerKwh[row]!, sites.otherUsdPerKwh[site]!),
    standbyW: machines.standbyW[row]!,
  }
}

/** Cash margin of one machine at a point, USD/day. NaN where a figure is missing. */
export function marginAtPointUsdPerDay(
  point: OperatingPoint,
  terms: MachineTerms,
  hashpriceUsdPerPhDay: number,
): number {
  const { uptime, poolFee, hostShare, overhead, standbyW } = terms
  const paid = acceptedPhs(1, point.hashrateThs, uptime, poolFee, hostShare)
  const kwh = energyKwhPerDay(1, point.powerW, standbyW, uptime, overhead)
  const cost = energyCostUsdPerDay(kwh, terms.powerPriceUsdPerKwh, terms.otherUsdPerKwh)
  return cashMarginUsdPerDay(revenuePerDay(paid, hashpriceUsdPerPhDay), cost)
}

/** What one machine costs while off, as a margin: −O, USD/day. */
export function marginWhileOffUsdPerDay(terms: MachineTerms): number {
  const kwh = energyAtDrawKwhPerDay(1, terms.standbyW, terms.overhead)
  return -energyCostUsdPerDay(kwh, terms.powerPriceUsdPerKwh, terms.otherUsdPerKwh)
}

/** What one machine takes from the site while it is at a point, cooling included: (1 + x) · p, W. */
export function drawW(point: OperatingPoint, terms: Pick<MachineTerms, 'overhead'>): number {
  return (1 + terms.overhead) * point.powerW
}

/** What is wrong with a ladder, and which point and figure it is about. `at` is a row of its points. */
export type LadderFault = {
  readonly at: number
  readonly field: 'profile' | 'hashrateThs' | 'powerW'
  readonly message: string
}

/** More than any firmware has, and few enough to weigh at every price. */
const MOST_POINTS = 1000

/**
 * The first thing that makes points no ladder, null where there is none. A ladder has two points or more; from
 * one to the next both power and hashrate rise, and no name stands twice. One point is not a choice.
 */
export function ladderFault(points: readonly LadderPoint[]): LadderFault | null {
  const names = new Set<string>()
  for (const [at, point] of points.entries()) {
    if (at === MOST_POINTS)
      return { at, field: 'profile', message: `more than ${MOST_POINTS} points: leave some out` }
    const before = points[at - 1]
    const field = point.hashrateThs > 0 ? (point.powerW > 0 ? null : 'powerW') : 'hashrateThs'
    if (field !== null) return { at, field, message: `${point[field]} is not above 0` }
    if (point.name === '') return { at, field: 'profile', message: 'the profile has no name' }
    if (names.size === names.add(point.name).size)
      return { at, field: 'profile', message: `the profile ${point.name} stands twice` }
    if (before === undefined) continue
    if (!(point.powerW > before.powerW))
      return {
        at,
        field: 'powerW',
        message: `${point.powerW} W does not follow ${before.powerW} W of ${before.name}: points stand in rising order of power, each power once`,
      }
    if (!(point.hashrateThs > before.hashrateThs))
      return {
        at,
        field: 'hashrateThs',
        message: `${point.hashrateThs} TH/s at ${point.powerW} W is not above ${before.hashrateThs} TH/s at ${before.powerW} W: a point with more power and no more hashrate is a slip`,
      }
  }
  if (points.length < 2)
    return { at: 0, field: 'profile', message: 'one point is no choice: give two profiles or more' }
  return null
}
