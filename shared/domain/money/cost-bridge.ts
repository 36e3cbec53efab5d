import { groupAt } from '../decision/prepare.ts'
import type { Prepared } from '../decision/prepare.ts'
import type { SiteOffer } from '../decision/sites/site-offer.ts'
import { ownElseSite } from '../fleet/columns.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import {
  costPerBtcUsd,
  energyAtDrawKwhPerDay,
  energyCostUsdPerDay,
  energyKwhPerDay,
  revenuePerDay,
} from '../margins/margin.ts'
import type { Hosting } from '../power/hosting.ts'
import { fixedHostingUsdPerDay, hostTerms } from '../power/hosting.ts'
import { PROTECTED } from '../power/machine-policy.ts'
import { W_PER_KW } from '../units.ts'

/**
 * What one BTC costs, step by step. The same production has many "costs per BTC", and each is right for what it leaves
 * out; so every step is there, and no figure stands alone.
 */

/** Costs of a period (or a day), USD; all 0 or more but energy, which a negative price makes negative. */
export type CostParts = {
  /** BTC credited in the period, after pool fee and host's share: what these withhold is missing here and is no cost below */
  readonly btc: number
  readonly energyUsd: number
  /** income for power that was shed */
  readonly demandResponseCreditsUsd: number
  /** billed in money: hosting margin per kWh, pool fees that are not withheld */
  readonly poolAndHostingUsd: number
  /** rent, staff, insurance at the site, those of idle machines included */
  readonly siteUsd: number
  /** administration: what no site carries */
  readonly generalUsd: number
  readonly depreciationUsd: number
}

export const BRIDGE_STEPS = [
  'energy',
  'demandResponseCredits',
  'poolAndHosting',
  'site',
  'cashCost',
  'general',
  'depreciation',
  'fullCost',
] as const
export type BridgeStepName = (typeof BRIDGE_STEPS)[number]

/** One line of the bridge: what it adds, and where the sum then stands. Credits subtract; the two sums add nothing. */
export type BridgeStep = {
  readonly name: BridgeStepName
  readonly usd: number
  readonly usdPerBtc: number
  readonly runningUsd: number
  readonly runningUsdPerBtc: number
}

export type CostBridge = {
  readonly btc: number
  readonly steps: readonly BridgeStep[]
  readonly cashCostPerBtcUsd: number
  readonly fullCostPerBtcUsd: number
  /** as some publish it, before what the grid paid: full cost with the credits added back */
  readonly fullCostBeforeCreditsPerBtcUsd: number
}

/**
 * energy − demand-response credits + pool and hosting + site = cash cost; + general + depreciation = full cost.
 * Per BTC NaN where nothing was mined.
 * @throws RangeError that names the part: not a number, or below 0 where that cannot be
 */
export function costBridge(parts: CostParts): CostBridge {
  for (const [name, value] of Object.entries(parts)) {
    if (!Number.isFinite(value)) throw new RangeError(`${name}: must be a number; it is ${value}`)
    if (value < 0 && name !== 'energyUsd') throw new RangeError(`${name}: must be 0 or more; it is ${value}`)
  }
  const added: Readonly<Record<BridgeStepName, number>> = {
    energy: parts.energyUsd,
    demandResponseCredits: -parts.demandResponseCreditsUsd,
    poolAndHosting: parts.poolAndHostingUsd,
    site: parts.siteUsd,
    cashCost: 0,
    general: parts.generalUsd,
    depreciation: parts.depreciationUsd,
    fullCost: 0,
  }
  let runningUsd = 0
  const steps = BRIDGE_STEPS.map((name) => {
    runningUsd += added[name]
    return {
      name,
      usd: added[name],
      usdPerBtc: costPerBtcUsd(added[name], parts.btc),
      runningUsd,
      runningUsdPerBtc: costPerBtcUsd(runningUsd, parts.btc),
    }
  })
  const after = (name: BridgeStepName) => steps[BRIDGE_STEPS.indexOf(name)]!.runningUsdPerBtc
  return {
    btc: parts.btc,
    steps,
    cashCostPerBtcUsd: after('cashCost'),
    fullCostPerBtcUsd: after('fullCost'),
    fullCostBeforeCreditsPerBtcUsd: costPerBtcUsd(runningUsd + parts.demandResponseCreditsUsd, parts.btc),
  }
}

/** What the figures of some rows say about the bridge, a day. */
export type FleetCosts = {
  readonly btcPerDay: number
  /** paid hashrate of the rows that count */
  readonly acceptedPhs: number
  /** at the meter, of the rows that count */
  readonly energyKwhPerDay: number
  readonly energyUsdPerDay: number
  /** other cost per kWh that stops with the machine */
  readonly hostingUsdPerDay: number
  readonly fixedUsdPerDay: number
  /** the part of it on machines that are off, in repair or lack a figure: an idle machine keeps its fixed cost */
  readonly idleFixedUsdPerDay: number
}

/** What the contracts of a fleet say of its hosts and hours beside its rows. */
export type HostCosts = {
  /** false: power comes with the host's invoice, so that a row's other cost per kWh is the host's */
  readonly hasOtherCost: (row: number) => boolean
  /** part of its hours in which a row runs: less what a programme sheds */
  readonly shareOfHours: (row: number) => number
  /** fees that run on whether machines do or not, by row of the site columns */
  readonly fixedUsdPerDayOf: (site: number) => number
  /** of all sites */
  readonly fixedUsdPerDay: number
  /**
   * Committed energy of a site, by row of the site columns: what it costs less what handing all of it back would bring, because machines
   * that use it pay that in their energy. With their energy it is what the site is billed for energy. 0: none is committed; NaN: its
   * price is not said.
   */
  readonly committedUsdPerDayOf: (site: number) => number
  /** of all sites where its price is said */
  readonly committedUsdPerDay: number
  /** what the contract of a site asks whether machines run or not: its fees, and committed energy where the price of that is said */
  readonly owedUsdPerDayOf: (site: number) => number
  /** of all sites */
  readonly owedUsdPerDay: number
}

/** Of a fleet whose advice was asked for: only then is it known how its sites run. */
export function hostCosts(prepared: Prepared): HostCosts {
  const { basis, groups, policies, kept } = prepared
  const { sites } = basis.fleet
  const ofSite = new Float64Array(sites.length)
  const committed = new Float64Array(sites.length)
  for (const [g, { site, contract, rows }] of groups.entries()) {
    // Where energy has been priced the contract is at hand in USD.
    const offer = kept.offers?.[g]
    if (offer !== undefined && site !== -1) committed[site] = committedUsdPerDay(offer)
    const hosting = (offer?.contract ?? contract)?.hosting ?? null
    if (hosting?.model === 'flat')
      for (const row of rows) ofSite[site]! += flatFeeUsdPerDay(basis, row, hosting)
  }
  const said = committed.map((usd) => (Number.isNaN(usd) ? 0 : usd))
  const fixedUsdPerDay = ofSite.reduce((sum, usd) => sum + usd, 0)
  const saidUsdPerDay = said.reduce((sum, usd) => sum + usd, 0)
  return {
    hasOtherCost: (row) => hostTerms(groups[groupAt(prepared, row)]?.contract?.hosting ?? null).hasOtherCost,
    shareOfHours: (row) =>
      policies?.[row] === PROTECTED
        ? 1
        : 1 - (kept.offers?.[groupAt(prepared, row)]?.asItRuns?.dutyShare ?? 0),
    fixedUsdPerDayOf: (site) => ofSite[site]!,
    fixedUsdPerDay,
    committedUsdPerDayOf: (site) => committed[site]!,
    committedUsdPerDay: saidUsdPerDay,
    owedUsdPerDayOf: (site) => ofSite[site]! + said[site]!,
    owedUsdPerDay: fixedUsdPerDay + saidUsdPerDay,
  }
}

/** Kept while the offers of the sites stay. */
export const keptHostCosts = (prepared: Prepared): HostCosts => (prepared.kept.hosts ??= hostCosts(prepared))

/** What a host charges for a row whether it runs or not, USD/day. */
export function flatFeeUsdPerDay({ fleet }: MarginBasis, row: number, hosting: Hosting | null): number {
  const { machines, sites } = fleet
  const overhead = ownElseSite(machines.overhead[row]!, sites.overhead[machines.site[row]!]!)
  const quantity = machines.quantity[row]!
  return fixedHostingUsdPerDay(
    hosting,
    quantity,
    ((1 + overhead) * quantity * machines.powerW[row]!) / W_PER_KW,
  )
}

/** Of the first stage, as machines are priced as they run. */
function committedUsdPerDay({ contract, supply }: SiteOffer): number {
  const takeOrPay = contract?.takeOrPay ?? null
  if (takeOrPay === null || takeOrPay.committedKwhPerDay === 0 || supply === null) return 0
  const { committedKwhPerDay, committedUsdPerKwh } = takeOrPay
  if (committedUsdPerKwh === null) return NaN
  let [hours, handBack] = [0, 0]
  for (const group of supply.groups) {
    if (group.stage !== 0) continue
    hours += group.hours
    handBack += group.hours * group.handBackUsdPerKwh
  }
  const meanHandBack = supply.committedPerDay?.handBackUsdPerKwh ?? handBack / hours
  return committedKwhPerDay * (committedUsdPerKwh - meanHandBack)
}

export const NO_HOSTS: HostCosts = {
  hasOtherCost: () => true,
  shareOfHours: () => 1,
  fixedUsdPerDayOf: () => 0,
  fixedUsdPerDay: 0,
  committedUsdPerDayOf: () => 0,
  committedUsdPerDay: 0,
  owedUsdPerDayOf: () => 0,
  owedUsdPerDay: 0,
}

type OpenCosts = { -readonly [K in keyof FleetCosts]: FleetCosts[K] }
const noCosts = (): OpenCosts => ({
  btcPerDay: 0,
  acceptedPhs: 0,
  energyKwhPerDay: 0,
  energyUsdPerDay: 0,
  hostingUsdPerDay: 0,
  fixedUsdPerDay: 0,
  idleFixedUsdPerDay: 0,
})

/**
 * Sums over the rows that count; fixed cost over all rows. What a contract makes of the price of energy is energy. One pass.
 * @param codes group of each row, below `groups`: its site, its model
 */
export function costsBy(
  basis: MarginBasis,
  codes: ArrayLike<number>,
  groups: number,
  hashpriceBtcPerPhDay: number,
  hosts: HostCosts = NO_HOSTS,
): readonly FleetCosts[] {
  const { machines, sites } = basis.fleet
  const all = Array.from({ length: groups }, noCosts)
  for (let i = 0; i < basis.length; i++) {
    const costs = all[codes[i]!]!
    const q = machines.quantity[i]!
    const fixed = q * machines.fixedUsdPerDay[i]!
    costs.fixedUsdPerDay += fixed
    if (basis.counted[i] === 0) {
      costs.idleFixedUsdPerDay += fixed
      continue
    }
    const site = machines.site[i]!
    const overhead = ownElseSite(machines.overhead[i]!, sites.overhead[site]!)
    const standbyW = machines.standbyW[i]!
    const share = hosts.shareOfHours(i)
    const kwhOn = energyKwhPerDay(q, machines.powerW[i]!, standbyW, machines.uptime[i]!, overhead)
    const kwh =
      share === 1 ? kwhOn : share * kwhOn + (1 - share) * energyAtDrawKwhPerDay(q, standbyW, overhead)
    const other = hosts.hasOtherCost(i)
      ? energyCostUsdPerDay(kwh, 0, ownElseSite(machines.otherUsdPerKwh[i]!, sites.otherUsdPerKwh[site]!))
      : 0
    costs.acceptedPhs += basis.acceptedPhs[i]!
    costs.energyKwhPerDay += kwh
    costs.hostingUsdPerDay += other
    costs.energyUsdPerDay += basis.avoidableCostUsdPerDay[i]! - other
  }
  for (const costs of all) costs.btcPerDay = revenuePerDay(costs.acceptedPhs, hashpriceBtcPerPhDay)
  return all
}

/** Of all rows: the sum of the sites. */
export function fleetCosts(
  basis: MarginBasis,
  hashpriceBtcPerPhDay: number,
  hosts: HostCosts = NO_HOSTS,
): FleetCosts {
  const { machines, sites } = basis.fleet
  return sumOfCosts(costsBy(basis, machines.site, sites.length, hashpriceBtcPerPhDay, hosts))
}

export function sumOfCosts(each: readonly FleetCosts[]): FleetCosts {
  const sum = noCosts()
  for (const costs of each)
    for (const name of Object.keys(sum) as (keyof FleetCosts)[]) sum[name] += costs[name]
  return sum
}

/** Net price of the power used, USD/kWh: (energy − credits) / kWh, as Riot Platforms defines its cost of power; NaN at 0 kWh. */
export function costOfPowerUsdPerKwh(
  energyUsd: number,
  demandResponseCreditsUsd: number,
  energyKwh: number,
): number {
  return energyKwh > 0 ? (energyUsd - demandResponseCreditsUsd) / energyKwh : NaN
}
