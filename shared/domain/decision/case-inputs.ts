import type { Model } from '../fleet/catalogue.ts'
import type { Fleet } from '../fleet/fleet.ts'
import type { KnownLadders } from '../ladders/of-row.ts'
import type { RateRow } from '../power/currency.ts'
import type { SiteContract } from '../power/site-contract.ts'

/** What an operator allows, and how often they look; null: no such limit. */
export type OperatorLimits = {
  /** changes between on and off of one lot in one day, at most */
  readonly mostSwitchesPerDay: number | null
  readonly leastHoursOn: number | null
  readonly leastHoursOff: number | null
  /** N: days until someone can act again */
  readonly reviewDays: number
  /** σ: standard deviation of ln(hashprice) per year; null: the fitted one. 0 turns price risk off. */
  readonly volatilityPerYear: number | null
}

export const NO_LIMITS: OperatorLimits = {
  mostSwitchesPerDay: null,
  leastHoursOn: null,
  leastHoursOff: null,
  reviewDays: 1,
  volatilityPerYear: null,
}

export const LIMIT_NAMES = Object.keys(NO_LIMITS) as readonly (keyof OperatorLimits)[]

/**
 * Everything beside the fleet and the market that a verdict rests on, for every door alike. Plain objects and typed arrays: it goes
 * from thread to thread as it is. Sites and machines are named by their keys, so that it fits a fleet whose rows have moved.
 */
export type CaseInputs = {
  /** of the fleet when this was read */
  readonly revision: number
  readonly contracts: readonly {
    readonly siteKey: number
    readonly site: string
    readonly contract: SiteContract
  }[]
  /** machines that do not simply follow: key, and index into MACHINE_POLICIES */
  readonly policies: { readonly machineKey: Float64Array; readonly policy: Uint8Array }
  readonly ladders: KnownLadders
  /** the catalogue, by which a ladder finds its machines */
  readonly models: readonly Model[]
  readonly limits: OperatorLimits
  /** every rate of every source, for contracts in a currency of their own */
  readonly rates: readonly RateRow[]
  /** keys of machines that are off because they were powered down until a change that was ahead; no verdict rests on them */
  readonly paused?: Float64Array
}

/** A case that knows nothing beside the fleet. */
export const PLAIN_CASE: CaseInputs = {
  revision: 0,
  contracts: [],
  policies: { machineKey: new Float64Array(), policy: new Uint8Array() },
  ladders: { ofLots: [], ofModels: [], shipped: [] },
  models: [],
  limits: NO_LIMITS,
  rates: [],
}

/** Contract of each site of a fleet, in the order of its sites; null where it has none. */
export function contractsBySite(
  { sites }: Pick<Fleet, 'sites'>,
  { contracts }: Pick<CaseInputs, 'contracts'>,
): readonly (SiteContract | null)[] {
  const bySite = new Map(contracts.map(({ siteKey, contract }) => [siteKey, contract]))
  return Array.from(sites.key, (key) => bySite.get(key) ?? null)
}

/** Policy of each row, an index into MACHINE_POLICIES; null where every machine follows. */
export function policyByRow(
  { machines }: Pick<Fleet, 'machines'>,
  { policies }: Pick<CaseInputs, 'policies'>,
): Uint8Array | null {
  if (policies.machineKey.length === 0) return null
  const byKey = new Map(Array.from(policies.machineKey, (key, i) => [key, policies.policy[i]!]))
  return Uint8Array.from(machines.key, (key) => byKey.get(key) ?? 0)
}

/** What an operator's limits say of price risk and of the days until someone can act again. */
export function riskOf({ limits: { reviewDays, volatilityPerYear } }: Pick<CaseInputs, 'limits'>) {
  return { reviewDays, volatilityPerYear }
}
