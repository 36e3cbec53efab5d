import { HOURS_PER_DAY, W_PER_KW } from '../units.ts'
import { ownElseSite } from '../fleet/columns.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { powerPriceUsdPerKwhAt, restartUsdAt } from '../margins/fleet-margins.ts'
import { energyAtDrawKwhPerDay, energyKwhPerDay, revenuePerDay } from '../margins/margin.ts'
import { tenantMarginUsd, tenantRevenueShare } from '../power/hosting.ts'
import type { PriceCurve } from '../power/hourly-price.ts'
import { runUpToUsdPerKwh, scheduledMarginUsdPerDay, shareOfHours } from '../power/hourly-price.ts'
import { EXEMPT, FOLLOW, PROTECTED } from '../power/machine-policy.ts'
import type { SiteTerms } from '../power/site-terms.ts'

/**
 * One row as its contract sees it, and its margins at a hashprice. One object is filled again for every row, so that a
 * pass over a fleet makes none. Money, energy and power are of the whole lot and of a day.
 */
export type RowMargins = {
  acceptedPhs: number
  /** billed energy of a day in which it runs, and of one in which it stands by */
  kwhOn: number
  kwhOff: number
  otherUsdPerKwh: number
  powerPriceUsdPerKwh: number
  /** power at the meter while running, and the part that ends when it is shed */
  kw: number
  sheddableKw: number
  restartUsd: number
  policy: number

  revenueUsdPerDay: number
  /** share of the hours that it runs while its option is to run */
  shareOfHours: number
  /** running, with the hours that its contract leaves it, on bought power; and every hour without its schedule */
  onUsdPerDay: number
  alwaysOnUsdPerDay: number
  /** being off, 0 or below where power costs something */
  offUsdPerDay: number
  /** what a committed kWh is worth, USD/kWh */
  gainOn: number
  gainOff: number
  /** the same for a schedule that is not followed */
  gainAlwaysOn: number
  /** energy it buys while running by schedule, USD/day, before shedding */
  energyCostUsdPerDay: number
  /** that same if all of it were committed energy */
  committedCostUsdPerDay: number
}

export function emptyRow(): RowMargins {
  return {
    acceptedPhs: 0,
    kwhOn: 0,
    kwhOff: 0,
    otherUsdPerKwh: 0,
    powerPriceUsdPerKwh: 0,
    kw: 0,
    sheddableKw: 0,
    restartUsd: 0,
    policy: FOLLOW,
    revenueUsdPerDay: 0,
    shareOfHours: 0,
    onUsdPerDay: 0,
    alwaysOnUsdPerDay: 0,
    offUsdPerDay: 0,
    gainOn: 0,
    gainOff: 0,
    gainAlwaysOn: 0,
    energyCostUsdPerDay: 0,
    committedCostUsdPerDay: 0,
  }
}

/** Whether a contract says anything about a machine. */
export function isUnder(terms: SiteTerms | null, policy: number): terms is SiteTerms {
  return terms !== null && policy !== EXEMPT
}

/** Fills what does not depend on the hashprice. */
export function readRow(
  into: RowMargins,
  basis: MarginBasis,
  row: number,
  terms: SiteTerms | null,
  policy: number,
): void {
  const { machines, sites } = basis.fleet
  const site = machines.site[row]!
  const quantity = machines.quantity[row]!
  const powerW = machines.powerW[row]!
  const standbyW = machines.standbyW[row]!
  const overhead = ownElseSite(machines.overhead[row]!, sites.overhead[site]!)
  into.policy = policy
  into.acceptedPhs = basis.acceptedPhs[row]!
  into.restartUsd = restartUsdAt(basis.fleet, row)
  into.powerPriceUsdPerKwh = powerPriceUsdPerKwhAt(basis.fleet, row)
  into.otherUsdPerKwh = ownElseSite(machines.otherUsdPerKwh[row]!, sites.otherUsdPerKwh[site]!)
  into.kwhOn = energyKwhPerDay(quantity, powerW, standbyW, machines.uptime[row]!, overhead)
  into.kwhOff = energyAtDrawKwhPerDay(quantity, standbyW, overhead)
  into.kw = (quantity * (1 + overhead) * powerW) / W_PER_KW
  into.sheddableKw = (quantity * (1 + overhead) * (powerW - standbyW)) / W_PER_KW
  if (!isUnder(terms, policy)) return
  const { hosting } = terms.contract
  into.acceptedPhs *= tenantRevenueShare(hosting)
  if (terms.pricesFrom === 'host') {
    // The tenant pays the host's invoice alone: grid fees and the like are the host's cost.
    into.otherUsdPerKwh = 0
    if (hosting?.model === 'per-kwh' && hosting.basis === 'nameplate') {
      into.kwhOn = (quantity * powerW * HOURS_PER_DAY) / W_PER_KW
      into.kwhOff = 0
    }
  }
}

/** Fills the margins of a part of the horizon, 0 before the adjustment and 1 after it. */
export function weighRow(row: RowMargins, terms: SiteTerms | null, part: 0 | 1, hashprice: number): void {
  const { kwhOn, kwhOff, otherUsdPerKwh: other } = row
  const revenue = revenuePerDay(row.acceptedPhs, hashprice)
  row.revenueUsdPerDay = revenue
  row.shareOfHours = 1
  row.gainOn = 0
  row.gainOff = 0
  row.gainAlwaysOn = 0
  if (!isUnder(terms, row.policy)) {
    const price = row.powerPriceUsdPerKwh
    row.energyCostUsdPerDay = kwhOn * (price + other)
    row.onUsdPerDay = revenue - row.energyCostUsdPerDay
    row.alwaysOnUsdPerDay = row.onUsdPerDay
    row.offUsdPerDay = -(kwhOff * (price + other))
    return
  }
  const curve = terms.curves === null ? null : terms.curves[part]
  const mean = curve === null ? row.powerPriceUsdPerKwh : curve.meanUsdPerKwh
  const off = -(kwhOff * (mean + other))
  const always = revenue - kwhOn * (mean + other)
  let market = always
  if (curve !== null && row.policy === FOLLOW && isHourly(curve)) {
    const upTo = runUpToUsdPerKwh(revenue, kwhOn, kwhOff, other)
    const share = shareOfHours(curve, upTo)
    // Without an hour worth running, to run means to run on.
    const scheduled =
      share === 0 ? NaN : scheduledMarginUsdPerDay(curve, upTo, revenue, kwhOn, kwhOff, other, row.restartUsd)
    if (scheduled > always) {
      market = scheduled
      row.shareOfHours = share
    }
  }
  row.energyCostUsdPerDay = revenue * row.shareOfHours - market
  row.onUsdPerDay = whileOn(row, terms, market, off)
  row.alwaysOnUsdPerDay = whileOn(row, terms, always, off)
  row.offUsdPerDay = tenantMarginUsd(terms.contract.hosting, off)
  const { takeOrPay } = terms.contract
  if (takeOrPay !== null) {
    const { handBackUsdPerKwh } = takeOrPay
    row.committedCostUsdPerDay = kwhOn * (handBackUsdPerKwh + other)
    const committed = whileOn(row, terms, revenue - row.committedCostUsdPerDay, off)
    if (kwhOn > 0) {
      row.gainOn = (committed - row.onUsdPerDay) / kwhOn
      row.gainAlwaysOn = (committed - row.alwaysOnUsdPerDay) / kwhOn
    }
    if (kwhOff > 0) row.gainOff = mean - handBackUsdPerKwh
  }
}

/** Whether some hours cost more than others. */
export function isHourly({ sorted, hours }: PriceCurve): boolean {
  return sorted[0] !== sorted[hours - 1]
}

/** A margin after shed hours and their credit, the demand charge and the host's share. */
function whileOn(row: RowMargins, terms: SiteTerms, marginUsdPerDay: number, offUsdPerDay: number): number {
  const isShed = row.policy !== PROTECTED
  const shed = isShed ? terms.shedShare : 0
  const credit = isShed ? terms.creditUsdPerKwDay * row.sheddableKw : 0
  const charge = terms.chargeUsdPerKwDay * row.kw
  const margin = shed === 0 ? marginUsdPerDay : marginUsdPerDay + shed * (offUsdPerDay - marginUsdPerDay)
  return tenantMarginUsd(terms.contract.hosting, margin + credit - charge)
}
