import type { Writable } from 'node:stream'
import type { SitesFile } from '#electron/files/sites/read-sites.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import {
  contractVerdictProbability,
  decideWithContracts,
} from '#shared/domain/decision/decide-with-contracts.ts'
import type { ContractDecisions } from '#shared/domain/decision/decide-with-contracts.ts'
import { siteResults } from '#shared/domain/decision/site-results.ts'
import type { SiteResult } from '#shared/domain/decision/site-results.ts'
import type { DecisionTotals } from '#shared/domain/decision/decision-totals.ts'
import type { Decisions, Outlook, Verdict } from '#shared/domain/decision/decide.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import type { ProfileOption } from '#shared/domain/decision/profile-option.ts'
import { writeLine } from './json.ts'
import { contractsOfFleet, explaining, siteDocument } from './site-contracts.ts'
import type { SplitLot } from './site-contracts.ts'

/** What `decide` prints, whichever way the verdicts were weighed. */
export type Advice = {
  readonly decisions: Decisions
  readonly totals: Pick<
    DecisionTotals,
    'gainUsd' | 'valueUsd' | 'marginNowUsdPerDay' | 'marginAfterUsdPerDay'
  > & { readonly machines: Readonly<Record<Verdict, number>> & { readonly profile?: number } }
  readonly valueUsd: (row: number) => Readonly<Record<Verdict, number>>
  readonly probability: (row: number) => number
  /** cash margin of a row while its option is to run, USD/day, before and after the adjustment */
  readonly marginUsdPerDay: (row: number) => { readonly now: number; readonly after: number }
  /** one document per site with a contract; null where no contracts were given */
  readonly sites: readonly unknown[] | null
  /** row → the profile that is worth more than its verdict; null where profiles were not asked for */
  readonly profiles: ReadonlyMap<number, ProfileOption> | null
}

/**
 * Verdicts under contracts.
 * @param atMs when the horizon begins, unix ms
 * @param name where the contracts are from, for messages
 * @param warnings where to say what should be known about the price files
 */
export async function contractAdvice(
  basis: MarginBasis,
  outlook: Outlook,
  atMs: number | null,
  sites: SitesFile,
  name: string,
  warnings: Writable,
): Promise<Advice> {
  for (const warning of sites.warnings) await writeLine(warnings, `warning: ${warning}`)
  const contracts = contractsOfFleet(basis.fleet, sites, outlook, atMs, name)
  const decisions = explaining(name, () => decideWithContracts(basis, outlook, contracts))
  const results = siteResults(basis, decisions, outlook, contracts)
  return {
    decisions,
    totals: totalsOf(results),
    valueUsd: (i) => ({
      run: decisions.valueRunUsd[i]!,
      pause: decisions.valuePauseUsd[i]!,
      off: decisions.valueOffUsd[i]!,
    }),
    probability: (i) => contractVerdictProbability(basis, decisions, outlook, contracts, i),
    marginUsdPerDay: (i) => ({
      now: decisions.marginNowUsdPerDay[i]!,
      after: decisions.marginAfterUsdPerDay[i]!,
    }),
    profiles: null,
    sites: results.flatMap((result) =>
      result.terms === null
        ? []
        : [
            siteDocument(
              basis.fleet.sites.name[result.site]!,
              result,
              splitLots(basis, decisions, result.site),
            ),
          ],
    ),
  }
}

function totalsOf(results: readonly SiteResult[]): Advice['totals'] {
  const sum = (of: (result: SiteResult) => number) => results.reduce((total, result) => total + of(result), 0)
  return {
    machines: {
      run: sum(({ machines }) => machines.run),
      pause: sum(({ machines }) => machines.pause),
      off: sum(({ machines }) => machines.off),
    },
    gainUsd: sum(({ gainUsd }) => gainUsd),
    valueUsd: {
      run: sum(({ valueUsd }) => valueUsd.run),
      pause: sum(({ valueUsd }) => valueUsd.pause),
      off: sum(({ valueUsd }) => valueUsd.off),
      advised: sum(({ valueUsd }) => valueUsd.advised),
    },
    marginNowUsdPerDay: {
      asIs: sum(({ marginNowUsdPerDay }) => marginNowUsdPerDay.asIs),
      advised: sum(({ marginNowUsdPerDay }) => marginNowUsdPerDay.advised),
    },
    marginAfterUsdPerDay: {
      asIs: sum(({ marginAfterUsdPerDay }) => marginAfterUsdPerDay.asIs),
      advised: sum(({ marginAfterUsdPerDay }) => marginAfterUsdPerDay.advised),
    },
  }
}

/** Lots of a site that committed energy splits; only a site under take-or-pay has any. */
function splitLots(basis: MarginBasis, decisions: ContractDecisions, site: number): SplitLot[] {
  const placeOf = decisions.committedSites.get(site)?.placeOf
  if (placeOf === undefined) return []
  return [...placeOf.keys()].flatMap((row) => {
    const run = decisions.runMachines[row]!
    const pause = decisions.pauseMachines[row]!
    const off = basis.fleet.machines.quantity[row]! - run - pause
    if ([run, pause, off].filter((machines) => machines > 0).length < 2) return []
    return [{ id: textAt(basis.fleet.machines.id, row), run, pause, off }]
  })
}
