import { ownElseSite } from '../../fleet/columns.ts'
import { MACHINE_STATUSES, RUNNING } from '../../fleet/fleet.ts'
import type { MarginBasis } from '../../margins/fleet-margins.ts'
import { powerPriceUsdPerKwhAt } from '../../margins/fleet-margins.ts'
import {
  breakevenHashpriceUsdPerPhDay,
  energyAtDrawKwhPerDay,
  energyCostUsdPerDay,
  energyKwhPerDay,
} from '../../margins/margin.ts'
import { rateInForce } from '../../power/currency.ts'
import { DUTY_USD_PER_KWH } from '../../power/demand-response.ts'
import type { RateLookup } from '../../power/currency.ts'
import { hostTerms, includesEnergy } from '../../power/hosting.ts'
import { PROTECTED } from '../../power/machine-policy.ts'
import type { SiteContract } from '../../power/site-contract.ts'
import { suppliedSite } from '../../power/site-supply.ts'
import type { SiteSupply } from '../../power/supply.ts'
import { powerCostUsdPerHour, withoutCap } from '../../power/supply-steps.ts'
import { HOURS_PER_DAY } from '../../units.ts'
import type { CaseInputs } from '../case-inputs.ts'
import type { Horizon } from '../horizon.ts'
import { isUnlimited } from '../schedule/intervals.ts'
import type { Lots } from './lots.ts'
import type { Prepared, RowGroup } from '../prepare.ts'
import { groupAt, placeAt } from '../prepare.ts'
import { siteLots } from './site-lots.ts'
import { ownPrices, pricedIntervals, stageMeans, withoutDays } from './site-offer.ts'
import type { AsItRuns, SiteOffer, StageMeans } from './site-offer.ts'

/**
 * What every site with terms of its own offers over a horizon. It does not change with the hashprice, so it is kept while the dates of
 * the stages stay; what energy costs the rows as they run now is written into the columns of the basis.
 * @throws RangeError that names site and field
 */
export function offersOver(prepared: Prepared, horizon: Horizon): readonly SiteOffer[] {
  const { kept } = prepared
  const dates = horizon.stages.map(({ fromMs, days }) => `${fromMs} ${days}`).join()
  if (kept.offers === undefined || kept.dates !== dates) {
    kept.offers = prepared.groups.map((group) => offerOf(prepared, group, horizon))
    for (const offer of kept.offers) priceRows(prepared.basis, offer)
    kept.dates = dates
    delete kept.idleCosts
    delete kept.hosts
  }
  const hashpriceUsdPerPhDay = horizon.stages.map((stage) => stage.hashpriceUsdPerPhDay)
  return kept.offers.map((offer) => ({ ...offer, priced: { ...offer.priced, hashpriceUsdPerPhDay } }))
}

function offerOf(prepared: Prepared, { site, contract, rows }: RowGroup, horizon: Horizon): SiteOffer {
  const { basis, policies, ladderOf, limits, inputs } = prepared
  const lotsWith = (hosting: SiteContract['hosting'], siteUsdPerKwh: number) =>
    siteLots(basis, rows, { hosting, siteUsdPerKwh }, policies, ladderOf)
  if (contract === null)
    return {
      site,
      contract,
      supply: null,
      asItRuns: null,
      rows,
      lots: lotsWith(null, 0),
      priced: ownPrices(horizon, !isUnlimited(limits, Infinity)),
    }
  const name = basis.fleet.sites.name[site]!
  const base = ownPriceUsdPerKwh(basis, rows, site, contract)
  const { fromMs } = horizon.stages[0]!
  const { supply: byDay, contract: inUsd } = suppliedSite(
    name,
    contract,
    horizon.stages,
    Number.isNaN(fromMs) ? null : fromMs,
    base,
    rateLookup(inputs, fromMs),
  )
  // Only a limit that counts days, and energy that belongs to one, see the border between two.
  const isFree = isUnlimited(limits, Infinity) && byDay.committedPerDay === null
  const supply = isFree ? withoutDays(byDay) : byDay
  const { groups, intervals } = supply
  const usdPerKwh = Float64Array.from(intervals.group, (g) => groups[g]!.alternatives[0]!.usdPerKwh[0]!)
  const lots = lotsWith(inUsd.hosting, base)
  const priced = pricedIntervals(
    supply,
    horizon.stages.map(({ hashpriceUsdPerPhDay }) => hashpriceUsdPerPhDay),
    usdPerKwh,
  )
  const asItRuns = supply.isCoupled ? costAsItRuns(basis, rows, lots, supply) : firstStage(stageMeans(priced))
  return { site, contract: inUsd, supply, asItRuns, rows, lots, priced }
}

/**
 * What a kWh costs a row in its margins, USD/kWh: its price; under a contract the average of its site as it runs now, and what it pays
 * above its site's price. NaN where neither is given.
 */
export function paidUsdPerKwhAt(prepared: Prepared, row: number): number {
  const { fleet } = prepared.basis
  const offer = prepared.kept.offers?.[groupAt(prepared, row)]
  if (offer === undefined || offer.asItRuns === null) return powerPriceUsdPerKwhAt(fleet, row)
  if (!hostTerms(offer.contract!.hosting).hasOtherCost) return offer.asItRuns.priceUsdPerKwh
  const { machines, sites } = fleet
  const other = ownElseSite(machines.otherUsdPerKwh[row]!, sites.otherUsdPerKwh[machines.site[row]!]!)
  return offer.asItRuns.priceUsdPerKwh + offer.lots.otherUsdPerKwh[placeAt(prepared, row)]! - other
}

/** As {@link basePrice} where a contract leaves the price of energy to the machines; NaN where it has one of its own. */
export function ownPriceUsdPerKwh(
  basis: MarginBasis,
  rows: Uint32Array,
  site: number,
  contract: SiteContract,
): number {
  const { tariffs, market, hosting } = contract
  const isOwnPrice = tariffs.length === 0 && market === null && !(hosting !== null && includesEnergy(hosting))
  return isOwnPrice ? basePrice(basis, rows, site, contract) : NaN
}

/**
 * What the machines of a site pay that its contract gives no price: the lowest of their prices, to which each adds what it pays more;
 * the site's own where it has no machine with a price.
 * @throws RangeError where it is not known what energy costs beyond what is committed
 */
function basePrice(basis: MarginBasis, rows: Uint32Array, siteRow: number, contract: SiteContract): number {
  let lowest = Infinity
  let highest = -Infinity
  for (const row of rows) {
    const price = powerPriceUsdPerKwhAt(basis.fleet, row)
    if (Number.isNaN(price)) continue
    lowest = Math.min(lowest, price)
    highest = Math.max(highest, price)
  }
  if (contract.takeOrPay !== null && highest > lowest)
    throw new RangeError(
      `site ${basis.fleet.sites.name[siteRow]!}, field takeOrPay: its machines pay prices of their own from ${lowest} to ${highest} USD/kWh, so what energy costs beyond the commitment is not known; give the site one price or a tariff`,
    )
  return lowest === Infinity ? basis.fleet.sites.powerPriceUsdPerKwh[siteRow]! : lowest
}

function rateLookup({ rates }: Pick<CaseInputs, 'rates'>, nowMs: number): RateLookup {
  return (currency) => rateInForce(rates, currency, Number.isNaN(nowMs) ? Infinity : nowMs)
}

/** What energy costs a site's machines as they run now, written into the rows of the basis; a profit share is taken afterwards. */
function priceRows(basis: MarginBasis, { contract, asItRuns: means, rows, lots }: SiteOffer): void {
  if (contract === null || means === null) return
  const { machines, sites } = basis.fleet
  const { hasOtherCost, billedBy } = hostTerms(contract.hosting)
  rows.forEach((row, lot) => {
    const q = machines.quantity[row]!
    const overhead = ownElseSite(machines.overhead[row]!, sites.overhead[machines.site[row]!]!)
    const standbyW = machines.standbyW[row]!
    const isNameplate = billedBy === 'nameplate'
    const at = lots.pointsFrom[lot]!
    const kwh = isNameplate
      ? q * HOURS_PER_DAY * lots.pointKw[at]!
      : energyKwhPerDay(q, machines.powerW[row]!, standbyW, machines.uptime[row]!, overhead)
    const standbyKwh = isNameplate ? 0 : energyAtDrawKwhPerDay(q, standbyW, overhead)
    const other = hasOtherCost ? lots.otherUsdPerKwh[lot]! : 0
    const isProtected = lots.policy[lot] === PROTECTED
    // In the hours that a programme sheds it stands by, and earns nothing.
    const share = isProtected ? 1 : 1 - means.dutyShare
    const shed = isProtected ? 0 : means.shedUsdPerKwh - means.priceUsdPerKwh
    const onKwh = share === 1 ? kwh : share * kwh + (1 - share) * standbyKwh
    const cost = energyCostUsdPerDay(onKwh, means.priceUsdPerKwh, other) + share * (kwh - standbyKwh) * shed
    basis.acceptedPhs[row] = share * q * lots.pointPhs[at]!
    basis.avoidableCostUsdPerDay[row] = cost
    basis.standbyCostUsdPerDay[row] = energyCostUsdPerDay(standbyKwh, means.priceUsdPerKwh, other)
    basis.breakevenHashpriceUsdPerPhDay[row] = breakevenHashpriceUsdPerPhDay(cost, basis.acceptedPhs[row])
    basis.counted[row] =
      machines.status[row] === RUNNING && Number.isFinite(basis.acceptedPhs[row]) && Number.isFinite(cost)
        ? 1
        : 0
  })
}

const firstStage = ({ priceUsdPerKwh, shedUsdPerKwh, dutyShare }: StageMeans): AsItRuns => ({
  dutyShare: dutyShare[0]!,
  priceUsdPerKwh: priceUsdPerKwh[0]!,
  shedUsdPerKwh: shedUsdPerKwh[0]!,
})

const REPAIR = MACHINE_STATUSES.indexOf('repair')

/** Of a coupled site: what a kWh costs on average in the first stage with everything that runs now running in every hour. */
function costAsItRuns(
  { fleet: { machines } }: MarginBasis,
  rows: Uint32Array,
  lots: Lots,
  { groups, peakCharge, committedPerDay }: SiteSupply,
): AsItRuns {
  const { status } = machines
  let kw = 0
  for (let lot = 0; lot < lots.length; lot++) {
    // Machines in repair draw nothing.
    if (status[rows[lot]!] === REPAIR) continue
    const each = lots.isOn[lot] === 1 ? lots.pointKw[lots.pointsFrom[lot]!]! : lots.standbyKw[lot]!
    if (Number.isFinite(each)) kw += lots.machines[lot]! * each
  }
  let hours = 0
  let usd = 0
  let adder = 0
  let duty = 0
  for (const group of groups) {
    if (group.stage !== 0) continue
    hours += group.hours
    usd += group.hours * powerCostUsdPerHour(withoutCap(group.alternatives, group.energyUsdPerKwh), kw)
    if (group.shedAdderUsdPerKwh > DUTY_USD_PER_KWH / 2) duty += group.hours
    else adder += group.hours * (group.shedAdderUsdPerKwh - group.creditUsdPerKwh)
  }
  const firstPrice = groups.find(({ stage }) => stage === 0)!.alternatives[0]!.usdPerKwh[0]!
  const dutyShare = duty / hours
  const shedAdder = adder / (hours - duty)
  if (!(kw > 0)) return { priceUsdPerKwh: firstPrice, shedUsdPerKwh: firstPrice + shedAdder, dutyShare }
  if (peakCharge !== null) usd += peakCharge.usdPerKw[0]! * Math.max(kw - peakCharge.freeKw[0]!, 0)
  if (committedPerDay !== null) {
    const committed = Math.min((committedPerDay.kwh * hours) / HOURS_PER_DAY, kw * hours)
    usd -= committed * Math.max(usd / (kw * hours) - committedPerDay.handBackUsdPerKwh, 0)
  }
  const price = usd / (kw * hours)
  return { priceUsdPerKwh: price, shedUsdPerKwh: price + shedAdder, dutyShare }
}
