import { MACHINE_STATUSES } from '../fleet/fleet.ts'
import { sortedIndex } from '../fleet/sorted-index.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { tenantMarginUsd } from '../power/hosting.ts'
import type { Hosting } from '../power/hosting.ts'
import { PROTECTED } from '../power/machine-policy.ts'
import { HOURS_PER_DAY } from '../units.ts'
import { siteWorth } from './clearing/as-it-is.ts'
import type { CashCurve, DayPart } from './cash-curve.ts'
import { cashCurveOfLots, cashCurveOfSite, sumOfCurves } from './cash-curve.ts'
import { isDecided } from './clearing/demand-curve.ts'
import type { Horizon } from './horizon.ts'
import { isReached } from './horizon.ts'
import type { Lots } from './sites/lots.ts'
import { lotsAt } from './sites/lots.ts'
import { offersOver } from './sites/offers.ts'
import { groupAt } from './prepare.ts'
import type { Prepared } from './prepare.ts'
import { isDuty } from './sites/site-offer.ts'
import type { SiteOffer } from './sites/site-offer.ts'

/**
 * A fleet's cash margin as a function of hashprice under its contracts, tariffs and operating points. Standby of machines that are off
 * today is no cash margin: it belongs to the all-in figures.
 */
export type StageCash = {
  /** days from the moment of the horizon */
  readonly fromDay: number
  /** everything that runs today runs, in every hour that no programme sheds; nothing else does */
  readonly asItRuns: CashCurve
  /** every machine does what earns most, idle ones too. Neither restarts nor waiting count. */
  readonly best: CashCurve
}

/** Stages in order of time: each has its own mix of prices. What comes after the last one is like the last. */
export type FleetCash = readonly [StageCash, ...StageCash[]]

const REPAIR = MACHINE_STATUSES.indexOf('repair')

/** The cash of a day; days are counted from the moment of the horizon. */
export function cashOn(cash: FleetCash, day: number): StageCash {
  return cash.findLast(({ fromDay }) => isReached(fromDay, day)) ?? cash[0]
}

/**
 * One curve as it runs and one at its best for each stage of a horizon. Writes what energy costs the rows of sites with contracts into
 * the basis, like a verdict does.
 * @throws RangeError that names site and field where a contract asks for what cannot be
 */
export function fleetCash(prepared: Prepared, horizon: Horizon): FleetCash {
  const offers = offersOver(prepared, horizon)
  const plain = plainCash(prepared.basis, (row) => groupAt(prepared, row) === -1, prepared.policies)
  return overStages(horizon, (t) => [
    plain,
    ...offers.map((offer) => siteCash(prepared.basis, offer, horizon, t)),
  ])
}

/** The sums of some curves, stage by stage. */
export function overStages({ stages }: Horizon, curvesOf: (t: number) => readonly Curves[]): FleetCash {
  let fromDay = 0
  const [first, ...later] = stages.map(({ days }, t): StageCash => {
    const curves = curvesOf(t)
    const stage = {
      fromDay,
      asItRuns: sumOfCurves(curves.map(({ asItRuns }) => asItRuns)),
      best: sumOfCurves(curves.map(({ best }) => best)),
    }
    fromDay += days
    return stage
  })
  return [first!, ...later]
}

/** The same of rows that pay one price each, from their columns: for all stages alike. */
export function plainCash(
  { fleet, length, counted, acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay }: MarginBasis,
  isMeant: (row: number) => boolean = () => true,
  policies: Uint8Array | null = null,
): Pick<StageCash, 'asItRuns' | 'best'> {
  const { status } = fleet.machines
  const entering: number[] = []
  const entersAt: number[] = []
  let [runPhs, runCost, basePhs, baseCost] = [0, 0, 0, 0]
  for (let row = 0; row < length; row++) {
    if (!isMeant(row)) continue
    const accepted = acceptedPhs[row]!
    const cost = avoidableCostUsdPerDay[row]!
    const isRunning = counted[row] === 1
    if (isRunning) {
      runPhs += accepted
      runCost += cost
    }
    if (status[row] === REPAIR || !Number.isFinite(accepted) || !Number.isFinite(cost)) continue
    const standby = standbyCostUsdPerDay[row]!
    const saved = cost - standby
    // Where nothing is accepted it runs only if that is the cheaper of the two.
    if (policies?.[row] === PROTECTED || (accepted === 0 && saved <= 0)) {
      basePhs += accepted
      baseCost += isRunning ? cost : saved
      continue
    }
    if (isRunning) baseCost += standby
    if (accepted === 0) continue
    entering.push(row)
    entersAt.push(saved / accepted)
  }
  const bends = entering.length
  const order = sortedIndex(Float64Array.from(entersAt), false)
  const phs = new Float64Array(bends + 1)
  const usd = new Float64Array(bends + 1)
  phs[0] = basePhs
  usd[0] = baseCost
  for (let k = 0; k < bends; k++) {
    const row = entering[order[k]!]!
    phs[k + 1] = phs[k]! + acceptedPhs[row]!
    usd[k + 1] = usd[k]! + avoidableCostUsdPerDay[row]! - standbyCostUsdPerDay[row]!
  }
  return {
    asItRuns: line(runPhs, runCost),
    best: {
      bendUsdPerPhDay: Float64Array.from({ length: bends }, (_, k) => entersAt[order[k]!]!),
      acceptedPhs: phs,
      costUsdPerDay: usd,
      missUsdPerDay: 0,
    },
  }
}

function line(acceptedPhs: number, costUsdPerDay: number): CashCurve {
  return {
    bendUsdPerPhDay: new Float64Array(),
    acceptedPhs: Float64Array.of(acceptedPhs),
    costUsdPerDay: Float64Array.of(costUsdPerDay),
    missUsdPerDay: 0,
  }
}

type Curves = Pick<StageCash, 'asItRuns' | 'best'>

function siteCash(basis: MarginBasis, given: SiteOffer, horizon: Horizon, t: number): Curves {
  const offer = { ...given, lots: withoutRepair(basis, given) }
  return offer.supply?.isCoupled ? coupledCash(basis, offer, horizon, t) : pricedCash(offer, t)
}

/** Of lots whose price of energy is given, in a stage; those that are left out have no figures. */
export function pricedCash(offer: SiteOffer, t: number): Curves {
  const { lots } = offer
  const hosting = offer.contract?.hosting ?? null
  const { parts, missUsdPerKwDay } = dayParts(offer, t, lots.length)
  if (hosting?.model !== 'profit-share') {
    const best = cashCurveOfLots(lots, parts)
    let [phs, cost, idle, kw] = [0, 0, 0, 0]
    for (let lot = 0; lot < lots.length; lot++) {
      if (!isDecided(lots, lot)) continue
      const own = asItRunsOf(lots, lot, parts)
      if (lots.isOn[lot] === 1) {
        phs += own.phs
        cost += own.usd
      } else idle += own.standbyUsd
      kw += lots.machines[lot]! * lots.pointKw[lots.pointsFrom[lot]!]!
    }
    return { asItRuns: line(phs, cost), best: { ...raised(best, idle), missUsdPerDay: kw * missUsdPerKwDay } }
  }
  // The host's share is taken lot by lot, after the choice, which it does not change: more profit is more for both.
  const curves: Curves[] = []
  for (let lot = 0; lot < lots.length; lot++) {
    if (!isDecided(lots, lot)) continue
    const own = asItRunsOf(lots, lot, parts)
    const best = afterHost(hosting, cashCurveOfLots(lotsAt(lots, [lot]), parts))
    const isOn = lots.isOn[lot] === 1
    curves.push({
      asItRuns: isOn ? afterHost(hosting, line(own.phs, own.usd)) : line(0, 0),
      best: isOn ? best : raised(best, -tenantMarginUsd(hosting, -own.standbyUsd)),
    })
  }
  return {
    asItRuns: sumOfCurves(curves.map(({ asItRuns }) => asItRuns)),
    best: sumOfCurves(curves.map(({ best }) => best)),
  }
}

/** Clearings of many lots are dear: their curve may miss this part of what the site earns, and says so. */
const TOLERANCE = { fewLots: 1e-9, manyLots: 1e-4 }
const MANY_LOTS = 1000
/** Hashprices up to so many times today's; beyond them the last choice goes on. */
const REACH = 20

function coupledCash(
  basis: MarginBasis,
  { lots, rows, supply }: SiteOffer,
  { stages }: Horizon,
  t: number,
): Curves {
  const days = stages[t]!.days
  const runs = (lot: number) => (lots.isOn[lot] === 1 ? 1 : 0)
  const at = (hashprice: number) =>
    siteWorth(
      lots,
      supply!,
      stages.map(() => hashprice),
      runs,
    ).perStageUsd[t]! / days
  let phs = 0
  for (let lot = 0; lot < lots.length; lot++)
    if (isDecided(lots, lot)) phs += lots.machines[lot]! * lots.pointPhs[lots.pointsFrom[lot]!]!
  const idle = idleStandbyUsdPerDay(basis, lots, rows)
  const costUsd = -at(0)
  const { hashpriceUsdPerPhDay } = stages[t]!
  const share = lots.length > MANY_LOTS ? TOLERANCE.manyLots : TOLERANCE.fewLots
  const best = cashCurveOfSite(
    lots,
    supply!,
    t,
    { from: 0, to: REACH * hashpriceUsdPerPhDay },
    share * phs * hashpriceUsdPerPhDay,
  )
  return { asItRuns: line(at(1) + costUsd, costUsd - idle), best: raised(best, idle) }
}

/** What machines of a coupled site that are off today pay for standing by, which is no cash margin, USD/day. */
export function idleStandbyUsdPerDay(
  { standbyCostUsdPerDay }: MarginBasis,
  lots: Lots,
  rows: Uint32Array,
): number {
  let idle = 0
  for (let lot = 0; lot < lots.length; lot++)
    if (isDecided(lots, lot) && lots.isOn[lot] === 0) idle += standbyCostUsdPerDay[rows[lot]!]!
  return idle
}

/** Of a lot as it is now, all its machines: what it earns and pays by running, and pays by standing by, a day. */
function asItRunsOf(lots: Lots, lot: number, parts: readonly Part[]) {
  const machines = lots.machines[lot]!
  const at = lots.pointsFrom[lot]!
  const standbyKw = lots.standbyKw[lot]!
  const isProtected = lots.policy[lot] === PROTECTED
  let [phs, usd, standbyUsd] = [0, 0, 0]
  for (const { share, usdPerKwh, protectedUsdPerKwh, sheds } of parts) {
    const price = protectedUsdPerKwh + lots.otherUsdPerKwh[lot]!
    const scale = share * machines
    standbyUsd += scale * HOURS_PER_DAY * price * standbyKw
    if (sheds && !isProtected) {
      usd += scale * HOURS_PER_DAY * price * standbyKw
      continue
    }
    const kw = lots.pointKw[at]!
    const shed = isProtected ? 0 : usdPerKwh - protectedUsdPerKwh
    phs += scale * lots.pointPhs[at]!
    usd += scale * HOURS_PER_DAY * (price * kw + (shed === 0 ? 0 : shed * (kw - standbyKw)))
  }
  return { phs, usd, standbyUsd }
}

type Part = DayPart & {
  /** a programme's duty: what may be shed stands by */
  readonly sheds: boolean
}

/** Lots × prices up to which each price is told apart. */
const MOST_STEPS = 2_000_000

/**
 * The hours of a stage by what energy costs in them.
 * @returns with it what one kW may earn more, USD/day, where hours of neighbouring prices had to be taken together
 */
function dayParts({ priced }: SiteOffer, t: number, lots: number) {
  const hours = new Map<string, Part & { readonly hours: number }>()
  let total = 0
  for (let i = 0; i < priced.hours.length; i++) {
    if (priced.stage[i] !== t) continue
    const usdPerKwh = priced.usdPerKwh[i]!
    const protectedUsdPerKwh = priced.protectedUsdPerKwh[i]!
    const key = `${usdPerKwh} ${protectedUsdPerKwh}`
    const each = priced.hours[i]!
    total += each
    const known = hours.get(key)?.hours ?? 0
    hours.set(key, { share: 0, usdPerKwh, protectedUsdPerKwh, sheds: isDuty(priced, i), hours: known + each })
  }
  const parts = [...hours.values()].map((part) => ({ ...part, share: part.hours / total }))
  const most = Math.max(Math.floor(MOST_STEPS / Math.max(lots, 1)), 20)
  if (parts.length <= most) return { parts, missUsdPerKwDay: 0 }
  const sheds = parts.filter((part) => part.sheds)
  const sorted = parts.filter((part) => !part.sheds).sort((a, b) => a.usdPerKwh - b.usdPerKwh)
  const joined: Part[] = [...sheds]
  let miss = 0
  for (let k = 0; k < most; k++) {
    const members = sorted.slice(
      Math.floor((k * sorted.length) / most),
      Math.floor(((k + 1) * sorted.length) / most),
    )
    const share = members.reduce((sum, part) => sum + part.share, 0)
    if (!(share > 0)) continue
    const mean = (of: (part: Part) => number) =>
      members.reduce((sum, part) => sum + part.share * of(part), 0) / share
    const usdPerKwh = mean((part) => part.usdPerKwh)
    joined.push({
      share,
      usdPerKwh,
      protectedUsdPerKwh: mean((part) => part.protectedUsdPerKwh),
      sheds: false,
    })
    miss += HOURS_PER_DAY * share * (mean((part) => Math.abs(part.usdPerKwh - usdPerKwh)) / 2)
  }
  return { parts: joined, missUsdPerKwDay: miss }
}

/** A curve with this much more cash everywhere. */
function raised(curve: CashCurve, usdPerDay: number): CashCurve {
  return usdPerDay === 0
    ? curve
    : { ...curve, costUsdPerDay: curve.costUsdPerDay.map((cost) => cost - usdPerDay) }
}

/** What a host leaves of a cash margin; it has a bend more where the margin changes its sign. */
function afterHost(hosting: Hosting, curve: CashCurve): CashCurve {
  const bends: number[] = []
  const phs: number[] = []
  const cost: number[] = []
  const { bendUsdPerPhDay, acceptedPhs, costUsdPerDay } = curve
  for (let piece = 0; piece < acceptedPhs.length; piece++) {
    const from = piece === 0 ? -Infinity : bendUsdPerPhDay[piece - 1]!
    const to = bendUsdPerPhDay[piece] ?? Infinity
    const slope = acceptedPhs[piece]!
    const zero = costUsdPerDay[piece]! / slope
    const hasZero = slope > 0 && zero > from && zero < to
    const add = (at: number, sample: number) => {
      if (phs.length > 0) bends.push(at)
      const share = tenantMarginUsd(hosting, sample < 0 ? -1 : 1) * (sample < 0 ? -1 : 1)
      phs.push(share * slope)
      cost.push(share * costUsdPerDay[piece]!)
    }
    if (hasZero) {
      add(from, -1)
      add(zero, 1)
    } else {
      // No sign changes inside: any point tells which it is.
      const inside = Number.isFinite(to) ? to : Number.isFinite(from) ? from + 1 : 0
      add(from, slope * inside - costUsdPerDay[piece]!)
    }
  }
  return {
    bendUsdPerPhDay: Float64Array.from(bends),
    acceptedPhs: Float64Array.from(phs),
    costUsdPerDay: Float64Array.from(cost),
    missUsdPerDay: curve.missUsdPerDay,
  }
}

/** Machines in repair take no part: their figures are taken away. */
export function withoutRepair(basis: MarginBasis, { lots, rows }: SiteOffer): Lots {
  const { status } = basis.fleet.machines
  if (!rows.some((row) => status[row] === REPAIR)) return lots
  const pointPhs = lots.pointPhs.slice()
  rows.forEach((row, lot) => {
    if (status[row] === REPAIR) pointPhs.fill(NaN, lots.pointsFrom[lot], lots.pointsFrom[lot + 1])
  })
  return { ...lots, pointPhs }
}
