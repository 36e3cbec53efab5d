import { DAYS_PER_MONTH } from '../units.ts'
import type { Outlook } from './decide.ts'
import { NO_VERDICT } from './decide.ts'
import { RUNNING } from '../fleet/fleet.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import type { CoincidentPeakResult } from '../power/coincident-peak.ts'
import { coincidentPeakResult } from '../power/coincident-peak.ts'
import type { CommittedSite } from './committed-rows.ts'
import type { ContractDecisions, FleetContracts } from './decide-with-contracts.ts'
import { hashpricesOf } from './decide-with-contracts.ts'
import { demandChargeUsdPerKwDay } from '../power/demand-charge.ts'
import type { DemandResponseResult } from '../power/demand-response.ts'
import { demandResponseResult } from '../power/demand-response.ts'
import { fixedHostingUsdPerDay } from '../power/hosting.ts'
import { FOLLOW, PROTECTED } from '../power/machine-policy.ts'

import { emptyRow, isUnder, readRow, weighRow } from './row-margins.ts'
import type { SiteTerms } from '../power/site-terms.ts'
import { daysOf } from '../power/site-terms.ts'

/** Sums over the rows of a site that are counted; money in USD, per day or over the horizon as the name says. */
export type SiteResult = {
  /** row of the site columns */
  readonly site: number
  readonly terms: SiteTerms | null
  /** machines per verdict */
  readonly machines: { readonly run: number; readonly pause: number; readonly off: number }
  /** advised less everything running on in every hour */
  readonly gainUsd: number
  readonly valueUsd: {
    readonly run: number
    readonly pause: number
    readonly off: number
    readonly advised: number
  }
  /** asIs: every machine in every hour */
  readonly marginNowUsdPerDay: { readonly asIs: number; readonly advised: number }
  readonly marginAfterUsdPerDay: { readonly asIs: number; readonly advised: number }
  /** before the adjustment: share of hours of the machines that run, by energy, NaN where none does; and the advised margin with and without the schedule */
  readonly schedule: {
    readonly shareOfHours: number
    readonly marginUsdPerDay: number
    readonly marginAlwaysOnUsdPerDay: number
  }
  readonly committed: CommittedResult | null
  readonly demandResponse: DemandResponseResult | null
  readonly demandCharge: {
    readonly peakKw: number
    readonly usdPerDay: number
    readonly usdPerMonth: number
  } | null
  readonly coincidentPeak: CoincidentPeakResult | null
  /** what does not stop with the machines, USD/day */
  readonly fixedHostingUsdPerDay: number
}

export type CommittedResult = {
  readonly kwhPerDay: number
  readonly usedKwhPerDay: { readonly now: number; readonly after: number }
  readonly handedBackKwhPerDay: { readonly now: number; readonly after: number }
  readonly handBackUsdPerDay: { readonly now: number; readonly after: number }
  /** paid in any case; NaN where the contract gives no price */
  readonly paidUsdPerDay: number
  readonly upperBoundUsd: number
  readonly gapUsd: number
  readonly isProven: boolean
}

type Sums = {
  run: number
  pause: number
  off: number
  valueRun: number
  valuePause: number
  valueOff: number
  valueAsIs: number
  advised: number
  asIsNow: number
  asIsAfter: number
  advisedNow: number
  advisedAfter: number
  kwhOn: number
  kwhScheduled: number
  bySchedule: number
  sheddableKw: number
  shedRevenue: number
  shedCost: number
  kw: number
  hostedKw: number
}

/** Results per site, in the order of the site columns: one pass over the fleet. */
export function siteResults(
  basis: MarginBasis,
  decisions: ContractDecisions,
  outlook: Outlook,
  contracts: FleetContracts,
): SiteResult[] {
  const sums = basis.fleet.sites.name.map(() => noSums())
  const hashprices = hashpricesOf(outlook)
  const days = daysOf(outlook)
  const row = emptyRow()
  const { site: siteOf, quantity, status } = basis.fleet.machines
  for (let i = 0; i < basis.length; i++) {
    // A tariff gives a price to rows that have none of their own, so the basis does not know which count.
    if (status[i] !== RUNNING || decisions.verdict[i] === NO_VERDICT) continue
    const site = siteOf[i]!
    const sum = sums[site]!
    const terms = contracts.terms[site] ?? null
    const policy = contracts.policies?.[i] ?? FOLLOW
    const machines = quantity[i]!
    const runs = decisions.runMachines[i]!
    const pauses = decisions.pauseMachines[i]!
    sum.run += runs
    sum.pause += pauses
    sum.off += machines - runs - pauses
    const committed = decisions.committedSites.get(site)
    const place = committed?.placeOf.get(i)
    if (place === undefined) addRow(sum, decisions, i, machines, days)

    readRow(row, basis, i, terms, policy)
    weighRow(row, terms, 0, hashprices[0])
    const running = runs / machines
    sum.kwhOn += running * row.kwhOn
    sum.kwhScheduled += running * row.kwhOn * decisions.shareOfHoursNow[i]!
    sum.bySchedule += running * (decisions.marginNowUsdPerDay[i]! - decisions.alwaysOnNowUsdPerDay[i]!)
    if (!isUnder(terms, policy)) continue
    sum.kw += running * row.kw
    sum.hostedKw += row.kw
    if (policy === PROTECTED) continue
    sum.sheddableKw += running * row.sheddableKw
    const share = place === undefined ? 0 : committed!.committedShare[0][place]!
    sum.shedRevenue += running * row.revenueUsdPerDay * (share + (1 - share) * row.shareOfHours)
    sum.shedCost += running * (share * row.committedCostUsdPerDay + (1 - share) * row.energyCostUsdPerDay)
  }
  return sums.map((sum, site) => resultOf(sum, site, decisions, contracts.terms[site] ?? null))
}

function addRow(
  sum: Sums,
  decisions: ContractDecisions,
  i: number,
  machines: number,
  days: readonly [number, number],
): void {
  const runs = decisions.runMachines[i]! / machines
  const pauses = decisions.pauseMachines[i]! / machines
  const offs = 1 - runs - pauses
  const asIs = decisions.alwaysOnNowUsdPerDay[i]! * days[0] + decisions.alwaysOnAfterUsdPerDay[i]! * days[1]
  sum.valueRun += decisions.valueRunUsd[i]!
  sum.valuePause += decisions.valuePauseUsd[i]!
  sum.valueOff += decisions.valueOffUsd[i]!
  sum.valueAsIs += asIs
  sum.advised += asIs + decisions.gainUsd[i]!
  sum.asIsNow += decisions.alwaysOnNowUsdPerDay[i]!
  sum.asIsAfter += decisions.alwaysOnAfterUsdPerDay[i]!
  sum.advisedNow += runs * decisions.marginNowUsdPerDay[i]! + (1 - runs) * decisions.offNowUsdPerDay[i]!
  sum.advisedAfter += (1 - offs) * decisions.marginAfterUsdPerDay[i]! + offs * decisions.offAfterUsdPerDay[i]!
}

function resultOf(
  sum: Sums,
  site: number,
  decisions: ContractDecisions,
  terms: SiteTerms | null,
): SiteResult {
  const committed = decisions.committedSites.get(site)
  const contract = terms?.contract
  const { valueUsd, marginUsdPerDay: margin } = committed ?? {}
  const advised = sum.advised + (committed?.choice.valueUsd ?? 0)
  const advisedNow = sum.advisedNow + (margin?.advised[0] ?? 0)
  const response = contract?.demandResponse ?? null
  const charge = contract?.demandCharge ?? null
  const peak = contract?.coincidentPeak ?? null
  return {
    site,
    terms,
    machines: { run: sum.run, pause: sum.pause, off: sum.off },
    gainUsd: advised - sum.valueAsIs - (valueUsd?.asIs ?? 0),
    valueUsd: {
      run: sum.valueRun + (valueUsd?.run ?? 0),
      pause: sum.valuePause + (valueUsd?.pause ?? 0),
      off: sum.valueOff + (valueUsd?.off ?? 0),
      advised,
    },
    marginNowUsdPerDay: {
      asIs: sum.asIsNow + (margin?.asIs[0] ?? 0),
      advised: advisedNow,
    },
    marginAfterUsdPerDay: {
      asIs: sum.asIsAfter + (margin?.asIs[1] ?? 0),
      advised: sum.advisedAfter + (margin?.advised[1] ?? 0),
    },
    schedule: {
      shareOfHours: sum.kwhOn > 0 ? sum.kwhScheduled / sum.kwhOn : NaN,
      marginUsdPerDay: advisedNow,
      marginAlwaysOnUsdPerDay: advisedNow - sum.bySchedule,
    },
    committed: terms === null || committed === undefined ? null : committedResult(terms, committed),
    demandResponse:
      response === null
        ? null
        : demandResponseResult(response, sum.sheddableKw, sum.shedRevenue, sum.shedCost),
    demandCharge:
      charge === null
        ? null
        : {
            peakKw: sum.kw,
            usdPerDay: sum.kw * demandChargeUsdPerKwDay(charge),
            usdPerMonth: sum.kw * demandChargeUsdPerKwDay(charge) * DAYS_PER_MONTH,
          },
    coincidentPeak:
      peak === null ? null : coincidentPeakResult(peak, sum.kw - sum.sheddableKw, sum.sheddableKw),
    fixedHostingUsdPerDay: fixedHostingUsdPerDay(
      contract?.hosting ?? null,
      sum.run + sum.pause + sum.off,
      sum.hostedKw,
    ),
  }
}

function committedResult(
  { contract: { takeOrPay } }: SiteTerms,
  { usedKwhPerDay, choice }: CommittedSite,
): CommittedResult | null {
  if (takeOrPay === null) return null
  const { committedKwhPerDay: kwhPerDay, committedUsdPerKwh, handBackUsdPerKwh } = takeOrPay
  const handedBack = { now: kwhPerDay - usedKwhPerDay[0], after: kwhPerDay - usedKwhPerDay[1] }
  return {
    kwhPerDay,
    usedKwhPerDay: { now: usedKwhPerDay[0], after: usedKwhPerDay[1] },
    handedBackKwhPerDay: handedBack,
    handBackUsdPerDay: {
      now: handedBack.now * handBackUsdPerKwh,
      after: handedBack.after * handBackUsdPerKwh,
    },
    paidUsdPerDay: committedUsdPerKwh === null ? NaN : kwhPerDay * committedUsdPerKwh,
    upperBoundUsd: choice.upperBoundUsd,
    gapUsd: choice.upperBoundUsd - choice.valueUsd,
    isProven: choice.isProven,
  }
}

function noSums(): Sums {
  return {
    run: 0,
    pause: 0,
    off: 0,
    valueRun: 0,
    valuePause: 0,
    valueOff: 0,
    valueAsIs: 0,
    advised: 0,
    asIsNow: 0,
    asIsAfter: 0,
    advisedNow: 0,
    advisedAfter: 0,
    kwhOn: 0,
    kwhScheduled: 0,
    bySchedule: 0,
    sheddableKw: 0,
    shedRevenue: 0,
    shedCost: 0,
    kw: 0,
    hostedKw: 0,
  }
}
