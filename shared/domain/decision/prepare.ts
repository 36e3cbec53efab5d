import type { Fleet } from '../fleet/fleet.ts'
import { rowLadders } from '../ladders/of-row.ts'
import type { RowLadders } from '../ladders/of-row.ts'
import type { Ladder } from '../ladders/point.ts'
import { prepareMargins } from '../margins/fleet-margins.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import type { HostCosts } from '../money/cost-bridge.ts'
import { EXEMPT } from '../power/machine-policy.ts'
import type { SiteContract } from '../power/site-contract.ts'
import type { IdleCosts } from './advice-totals.ts'
import type { SwitchStrikes } from './plain-rows.ts'
import type { CaseInputs, OperatorLimits } from './case-inputs.ts'
import { contractsBySite, policyByRow } from './case-inputs.ts'
import { isUnlimited } from './schedule/intervals.ts'
import type { SwitchLimits } from './schedule/intervals.ts'
import type { SiteOffer } from './sites/site-offer.ts'

/** Rows that are weighed together: those of one site under its contract, or all that have only points to choose from. */
export type RowGroup = {
  /** row of the site columns; −1: machines of any site that pay the fleet's prices */
  readonly site: number
  readonly contract: SiteContract | null
  readonly rows: Uint32Array
}

/** A fleet with all that its verdicts rest on beside the market. */
export type Prepared = {
  readonly basis: MarginBasis
  readonly inputs: CaseInputs
  /** codes of machine-policy.ts per row; null: all follow */
  readonly policies: Uint8Array | null
  readonly laddersOf: (row: number) => RowLadders
  readonly ladderOf: ((row: number) => Ladder | null) | null
  readonly limits: SwitchLimits
  /** the rows that pay one price and have no points to choose from are in none of these */
  readonly groups: readonly RowGroup[]
  /** index of the group that a row is in, and its place there; −1 and its place among those in none; null: no row is in any */
  readonly groupOf: Int32Array | null
  readonly placeOf: Uint32Array | null
  /** how many rows are in no group */
  readonly plainRows: number
  /** kept from one market to the next */
  readonly kept: Kept
}

/** What does not change with every market; written by those who make it. */
export type Kept = {
  /** the market's part that the column of strikes rests on */
  strikeShape?: string
  strikes?: SwitchStrikes
  idleCosts?: IdleCosts
  hosts?: HostCosts
  /** dates of the stages that the offers are for */
  dates?: string
  offers?: readonly SiteOffer[]
}

/** Index of the group that a row is in; −1: it pays one price and has no points to choose from. */
export function groupAt({ groupOf }: Pick<Prepared, 'groupOf'>, row: number): number {
  return groupOf === null ? -1 : groupOf[row]!
}

/** Place of a row in its group, or among those in none. */
export function placeAt({ placeOf }: Pick<Prepared, 'placeOf'>, row: number): number {
  return placeOf === null ? row : placeOf[row]!
}

const NO_LADDERS: RowLadders = { counted: null, possible: [] }

/**
 * One pass over the fleet for its margins, and one that finds the rows with terms of their own.
 * @param into a basis of the same length that is no longer needed; its columns are written again
 */
export function prepare(fleet: Fleet, inputs: CaseInputs, into?: MarginBasis): Prepared {
  const basis = prepareMargins(fleet, into)
  const policies = policyByRow(fleet, inputs)
  const contracts = contractsBySite(fleet, inputs)
  const { ofLots, ofModels, shipped, firmware = '' } = inputs.ladders
  const hasLadders = ofLots.length + ofModels.length + shipped.length > 0
  const lookUp = hasLadders ? rowLadders(inputs.models, inputs.ladders) : null
  const laddersOf = (row: number) => lookUp?.(fleet, row) ?? NO_LADDERS
  const mayCount =
    ofLots.length + ofModels.length > 0 ||
    firmware !== '' ||
    fleet.machines.firmware.labels.some((name) => name !== '')
  const ladderOf = hasLadders && mayCount ? (row: number) => laddersOf(row).counted : null
  const limits = switchLimits(inputs.limits)
  const groups = rowGroups(fleet, contracts, policies, ladderOf, !isUnlimited(limits, Infinity))
  const places = placesOf(fleet.machines.length, groups)
  return {
    basis,
    inputs,
    policies,
    laddersOf,
    ladderOf,
    limits,
    groups,
    ...places,
    kept: {},
  }
}

function switchLimits({ mostSwitchesPerDay, leastHoursOn, leastHoursOff }: OperatorLimits): SwitchLimits {
  return {
    switchesPerDay: mostSwitchesPerDay ?? Infinity,
    leastHoursOn: leastHoursOn ?? 0,
    leastHoursOff: leastHoursOff ?? 0,
  }
}

function rowGroups(
  { machines, sites }: Fleet,
  contracts: readonly (SiteContract | null)[],
  policies: Uint8Array | null,
  ladderOf: ((row: number) => Ladder | null) | null,
  areLimited: boolean,
): readonly RowGroup[] {
  const hasContracts = contracts.some((contract) => contract !== null)
  if (!hasContracts && ladderOf === null && !areLimited) return []
  const ofSite = Array.from({ length: sites.length }, (): number[] => [])
  const alone: number[] = []
  for (let row = 0; row < machines.length; row++) {
    const site = machines.site[row]!
    const isUnder = (contracts[site] ?? null) !== null && policies?.[row] !== EXEMPT
    if (isUnder) ofSite[site]!.push(row)
    // Limits on switching are kept by those who look at a price per interval.
    else if (areLimited || (ladderOf !== null && ladderOf(row) !== null)) alone.push(row)
  }
  const groups = ofSite.flatMap((rows, site) =>
    (contracts[site] ?? null) === null
      ? []
      : [{ site, contract: contracts[site]!, rows: Uint32Array.from(rows) }],
  )
  return alone.length === 0
    ? groups
    : [...groups, { site: -1, contract: null, rows: Uint32Array.from(alone) }]
}

function placesOf(length: number, groups: readonly RowGroup[]) {
  if (groups.length === 0) return { groupOf: null, placeOf: null, plainRows: length }
  const groupOf = new Int32Array(length).fill(-1)
  const placeOf = new Uint32Array(length)
  groups.forEach(({ rows }, group) =>
    rows.forEach((row, place) => {
      groupOf[row] = group
      placeOf[row] = place
    }),
  )
  let plainRows = 0
  for (let row = 0; row < length; row++) if (groupOf[row] === -1) placeOf[row] = plainRows++
  return { groupOf, placeOf, plainRows }
}
