import { riskOf } from '../domain/decision/case-inputs.ts'
import type { Market } from '../domain/decision/market.ts'
import { marketOf } from '../domain/decision/market.ts'
import type { Picture } from '../domain/decision/picture.ts'
import { pictureOf } from '../domain/decision/picture.ts'
import { prepare } from '../domain/decision/prepare.ts'
import { labelAt, textAt } from '../domain/fleet/columns.ts'
import type { Fleet } from '../domain/fleet/fleet.ts'
import type { HostCosts } from '../domain/money/cost-bridge.ts'
import { isForeignCurrency } from '../domain/power/currency.ts'
import type { Money } from '../format/money.ts'
import type { StaleValue } from '../format/stale-values.ts'
import { staleValues } from '../format/stale-values.ts'
import { conditionsOf } from '../ipc/conditions.ts'
import { ratesUsed, VALUES_BENEATH } from '../ipc/freshness.ts'
import { reportingMoney } from '../ipc/reporting-money.ts'
import type { ReportCase } from './case.ts'
import type { LookedBack } from './looked-back.ts'

/** What the sections share: computed once, whichever of them are in. */
export type ReportFacts = {
  readonly case: ReportCase
  /** null: not computed beforehand, so where it is asked for */
  readonly lookedBack: LookedBack | null
  readonly fleet: Fleet
  /** of every status */
  readonly machines: number
  /**
   * null while the network is not known. What energy costs over its days is written into its basis: a section that looks over other
   * days prepares the fleet anew.
   */
  readonly picture: Picture | null
  readonly market: Market | null
  /** what contracts say of hosts; null while the network is not known */
  readonly hosts: HostCosts | null
  /** in the reader's currency where its rate is known, else in USD */
  readonly money: Money
  /** unix ms: days of another year than its own say so */
  readonly asOfMs: number
  /** values beneath the figures that are old, typed or of the sample */
  readonly stale: readonly StaleValue[]
  readonly siteOf: (row: number) => string
  /** `no model` where it has none */
  readonly modelOf: (row: number) => string
  readonly lotOf: (row: number) => string
}

export function factsOf(reportCase: ReportCase, lookedBack: LookedBack | null = null): ReportFacts {
  const { network, currency, asOfMs } = reportCase
  const { machines, sites } = reportCase.fleet
  const picture = pictureIn(reportCase)
  return {
    case: reportCase,
    lookedBack,
    fleet: { machines, sites },
    machines: machines.quantity.reduce((sum, quantity) => sum + quantity, 0),
    picture,
    market: picture?.market ?? null,
    hosts: picture?.hosts ?? null,
    money: reportingMoney(network, currency),
    asOfMs,
    stale: staleValues(network, VALUES_BENEATH.advice, ratesUsed(paidIn(reportCase), currency)),
    siteOf: (row) => sites.name[machines.site[row]!]!,
    modelOf: (row) => modelWords(labelAt(machines.model, row)),
    lotOf: (row) => textAt(machines.id, row),
  }
}

/** Currencies in which sites pay: of their prices, and of their contracts. */
export function paidIn({ fleet, inputs }: Pick<ReportCase, 'fleet' | 'inputs'>) {
  const ofContracts = inputs.contracts
    .flatMap(({ contract }) => [contract.currency, contract.market?.currency ?? 'USD'])
    .filter(isForeignCurrency)
  return [...fleet.tariffs, ...ofContracts.map((currency) => ({ currency }))]
}

export const modelWords = (model: string): string => (model === '' ? 'no model' : model)

/** The fleet under the network of the case; null while that is not known. */
export function pictureIn(
  of: Pick<ReportCase, 'fleet' | 'inputs' | 'network' | 'horizonDays' | 'asOfMs'>,
): Picture | null {
  const { fleet, inputs, network, horizonDays, asOfMs } = of
  const conditions = conditionsOf(network)
  if (conditions === null) return null
  const prepared = prepare({ machines: fleet.machines, sites: fleet.sites }, inputs)
  return pictureOf(prepared, marketOf(conditions, { change: null, horizonDays, ...riskOf(inputs) }, asOfMs))
}

/** What a section says that rests on the network where that is not known. */
export const NO_NETWORK = 'No network data, so there are no figures here.'

/** In place of a text that nobody has typed. */
export const NOT_SAID = 'not said'

/** Names of the sites whose contract does not say what their committed energy costs: no figure has it. */
export function unsaidCommitted({
  fleet: { sites },
  hosts,
}: Pick<ReportFacts, 'fleet' | 'hosts'>): readonly string[] {
  return sites.name.filter((_, site) => Number.isNaN(hosts?.committedUsdPerDayOf(site) ?? 0))
}

/** What a figure with all cost lacks where {@link unsaidCommitted}; null where nothing is. */
export function unsaidWords(facts: Pick<ReportFacts, 'fleet' | 'hosts'>, figures: string): string | null {
  const sites = unsaidCommitted(facts)
  return sites.length === 0
    ? null
    : `What committed energy costs is not said of ${sites.join(', ')}: ${figures} without it.`
}
