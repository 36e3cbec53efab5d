import type { HostCosts } from '../money/cost-bridge.ts'
import { keptHostCosts, NO_HOSTS } from '../money/cost-bridge.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import type { FleetSums, FleetTotals } from '../margins/totals.ts'
import { fleetSums, totalsOf } from '../margins/totals.ts'
import type { Advice } from './advice.ts'
import { advise } from './advise.ts'
import type { Decisions } from './decisions.ts'
import type { Market } from './market.ts'
import type { Prepared } from './prepare.ts'
import { weighed } from './weighed.ts'

/** The fleet under a market. */
export type Picture = {
  readonly prepared: Prepared
  readonly basis: MarginBasis
  readonly market: Market
  readonly totals: FleetTotals
  /** what contracts say of hosts and committed energy; none where they cannot be weighed */
  readonly hosts: HostCosts
  /** what {@link totals} are made of */
  readonly sums: FleetSums
  /** null where the hashprice is not known, or where a contract cannot be weighed: then there are margins but no verdicts */
  readonly advice: Advice | null
  /** why a contract cannot be weighed, naming site and field; null where all can */
  readonly refusal: string | null
}

/** Kept from one picture for the next of the same fleet, so that a slider step sums and allocates nothing again. */
export type Kept = {
  /** written again */
  readonly decisions?: Decisions | undefined
  /** of a fleet without contracts: there they do not change with the market */
  readonly sums?: FleetSums | undefined
}

/** The advice first, because it writes what energy costs under contracts into the basis, then the sums of the basis. */
export function pictureOf(prepared: Prepared, market: Market, kept: Kept = {}): Picture {
  const { basis } = prepared
  const { value: advice, refusal } = weighed(() => advise(prepared, market, kept.decisions))
  const sums = (hasContracts(prepared) ? undefined : kept.sums) ?? fleetSums(basis)
  const hosts = advice === null ? NO_HOSTS : keptHostCosts(prepared)
  const totals = totalsOf(sums, market.conditions, hosts.owedUsdPerDay)
  return { prepared, basis, market, totals, hosts, sums, advice, refusal }
}

/** Whether energy of some rows is priced by a contract, so that their columns change with the market. */
export const hasContracts = ({ groups }: Prepared): boolean =>
  groups.some(({ contract }) => contract !== null)

/** Whether some site was decided as a whole, so that what its rows are worth does not add up to the sum. */
export const hasClearedSites = ({ kept }: Prepared): boolean =>
  kept.offers?.some(({ supply }) => supply?.isCoupled === true) ?? false
