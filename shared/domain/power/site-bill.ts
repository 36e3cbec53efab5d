import { DAYS_PER_MONTH, DAYS_PER_YEAR, HOURS_PER_DAY } from '../units.ts'
import { coincidentPeakResult } from './coincident-peak.ts'
import { demandChargeUsdPerKwDay, paidAnywayKw } from './demand-charge.ts'
import { fixedHostingUsdPerDay } from './hosting.ts'
import type { SiteContract } from './site-contract.ts'
import type { SiteSupply, SupplyGroup } from './supply.ts'
import { powerCostUsdPerHour } from './supply-steps.ts'

/** What a site draws in a stage, at the meter. */
export type SiteUse = {
  readonly stage: number
  /** per group of the supply, mean power over its hours, kW; groups of other stages are not read */
  readonly kw: ArrayLike<number>
  /** of it, what may be shed, above standby, kW */
  readonly sheddableKw: ArrayLike<number>
  /** highest power of the stage, kW */
  readonly peakKw: number
  /** machines and kW under the hosting contract, for a fee that runs on whether they do or not */
  readonly hostedMachines: number
  readonly hostedKw: number
}

/**
 * What a site pays, USD/day, parts that never decide included. Costs are above 0, income is below. Parts that the contract does not
 * have are 0; NaN: the contract does not say the price.
 */
export type SiteBill = {
  /** committed energy, used or not; never decides */
  readonly committedUsdPerDay: number
  /** energy bought beyond it: market, tariff, tiers, host */
  readonly boughtUsdPerDay: number
  /** committed energy that is handed back */
  readonly handedBackUsdPerDay: number
  /** of the billing month, with what is paid anyway */
  readonly demandChargeUsdPerDay: number
  /** of the hours that are listed, else of the rule's peaks, which never decides */
  readonly coincidentPeakUsdPerDay: number
  /** what events cost beyond the ordinary price */
  readonly eventsUsdPerDay: number
  readonly demandResponseCreditUsdPerDay: number
  /** a host's fee that does not stop with the machines; never decides */
  readonly hostingFeeUsdPerDay: number
  readonly totalUsdPerDay: number
}

/** The bill of a stage. The contract is in USD, as the supply's. */
export function billOf(contract: SiteContract, supply: SiteSupply, use: SiteUse): SiteBill {
  const groups = supply.groups.flatMap((group, g) => (group.stage === use.stage ? [{ group, g }] : []))
  const hours = groups.reduce((sum, { group }) => sum + group.hours, 0)
  const perDay = (of: (group: SupplyGroup, g: number) => number) =>
    (groups.reduce((sum, { group, g }) => sum + group.hours * of(group, g), 0) / hours) * HOURS_PER_DAY
  const committed = committedOf(contract, supply, use, perDay)
  const parts = {
    ...committed,
    demandChargeUsdPerDay:
      contract.demandCharge === null
        ? 0
        : demandChargeUsdPerKwDay(contract.demandCharge) *
          (contract.demandCharge.isAlreadySet
            ? Math.max(use.peakKw, contract.demandCharge.meteredKwThisMonth)
            : Math.max(
                use.peakKw,
                supply.peakCharge?.freeKw[use.stage] ?? paidAnywayKw(contract.demandCharge, 0),
              )),
    coincidentPeakUsdPerDay: coincidentPeakUsdPerDay(contract, use, perDay),
    eventsUsdPerDay: perDay(({ shedAdderUsdPerKwh, coincidentPeakUsdPerKwh, isEvent }, g) =>
      isEvent ? (shedAdderUsdPerKwh - coincidentPeakUsdPerKwh) * use.sheddableKw[g]! : 0,
    ),
    demandResponseCreditUsdPerDay: -creditUsdPerDay(contract, use, perDay),
    hostingFeeUsdPerDay: fixedHostingUsdPerDay(contract.hosting, use.hostedMachines, use.hostedKw),
  }
  return { ...parts, totalUsdPerDay: Object.values(parts).reduce((sum, usd) => sum + usd, 0) }
}

type PerDay = (of: (group: SupplyGroup, g: number) => number) => number

/**
 * Energy of a site with committed energy: what is above K is bought, what is below is handed back. Committed by the day, it takes the
 * place of the stage's dearest energy, as long as that costs more than handing back brings.
 */
function committedOf(
  { takeOrPay }: SiteContract,
  supply: SiteSupply,
  { kw, stage }: SiteUse,
  perDay: PerDay,
): Pick<SiteBill, 'committedUsdPerDay' | 'boughtUsdPerDay' | 'handedBackUsdPerDay'> {
  const cost = () => perDay(({ alternatives }, g) => powerCostUsdPerHour(alternatives, kw[g]!))
  if (takeOrPay === null || takeOrPay.committedKwhPerDay === 0)
    return { committedUsdPerDay: 0, boughtUsdPerDay: cost(), handedBackUsdPerDay: 0 }
  const { committedKwhPerDay, committedUsdPerKwh } = takeOrPay
  const committedUsdPerDay = committedUsdPerKwh === null ? NaN : committedKwhPerDay * committedUsdPerKwh
  if (supply.committedPerDay !== null) {
    const { kwh, handBackUsdPerKwh } = supply.committedPerDay
    const replaced = dearestEnergy(supply, stage, kw, kwh, handBackUsdPerKwh)
    return {
      committedUsdPerDay,
      boughtUsdPerDay: cost() - replaced.usdPerDay,
      handedBackUsdPerDay: -handBackUsdPerKwh * (kwh - replaced.kwhPerDay),
    }
  }
  const committedKw = committedKwhPerDay / HOURS_PER_DAY
  return {
    committedUsdPerDay,
    boughtUsdPerDay: perDay(
      ({ alternatives, handBackUsdPerKwh }, g) =>
        powerCostUsdPerHour(alternatives, kw[g]!) - handBackUsdPerKwh * Math.min(kw[g]!, committedKw),
    ),
    handedBackUsdPerDay: -perDay(
      ({ handBackUsdPerKwh }, g) => handBackUsdPerKwh * Math.max(committedKw - kw[g]!, 0),
    ),
  }
}

/** The dearest energy of a stage up to so many kWh a day that costs more than a price. */
function dearestEnergy(
  { groups }: SiteSupply,
  stage: number,
  kw: ArrayLike<number>,
  mostKwhPerDay: number,
  aboveUsdPerKwh: number,
): { readonly kwhPerDay: number; readonly usdPerDay: number } {
  const hours = groups.reduce((sum, group) => sum + (group.stage === stage ? group.hours : 0), 0)
  const parts = groups.flatMap((group, g) => {
    if (group.stage !== stage) return []
    const [steps] = group.alternatives
    let left = kw[g]!
    return steps!.kw.map((width, n) => {
      const taken = Math.min(left, width)
      left -= taken
      return { kwhPerDay: (taken * group.hours * HOURS_PER_DAY) / hours, usdPerKwh: steps!.usdPerKwh[n]! }
    })
  })
  let kwhPerDay = 0
  let usdPerDay = 0
  for (const part of parts.sort((a, b) => b.usdPerKwh - a.usdPerKwh)) {
    if (part.usdPerKwh <= aboveUsdPerKwh) break
    const taken = Math.min(part.kwhPerDay, mostKwhPerDay - kwhPerDay)
    kwhPerDay += taken
    usdPerDay += taken * part.usdPerKwh
  }
  return { kwhPerDay, usdPerDay }
}

function coincidentPeakUsdPerDay({ coincidentPeak }: SiteContract, use: SiteUse, perDay: PerDay): number {
  if (coincidentPeak === null) return 0
  if (coincidentPeak.hours.length > 0)
    return perDay(({ coincidentPeakUsdPerKwh }, g) => coincidentPeakUsdPerKwh * use.kw[g]!)
  const kw = perDay((_, g) => use.kw[g]!) / HOURS_PER_DAY
  const sheddable = perDay((_, g) => use.sheddableKw[g]!) / HOURS_PER_DAY
  return coincidentPeakResult(coincidentPeak, kw - sheddable, sheddable).usdPerYear / DAYS_PER_YEAR
}

function creditUsdPerDay({ demandResponse }: SiteContract, use: SiteUse, perDay: PerDay): number {
  if (demandResponse === null) return 0
  const { capacityKw, creditUsdPerKwMonth } = demandResponse
  if (capacityKw === null) return perDay(({ creditUsdPerKwh }, g) => creditUsdPerKwh * use.sheddableKw[g]!)
  const kw = perDay((_, g) => use.sheddableKw[g]!) / HOURS_PER_DAY
  return (Math.min(capacityKw, kw) * creditUsdPerKwMonth) / DAYS_PER_MONTH
}
