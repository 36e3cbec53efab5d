import { float64Columns } from '../fleet/columns.ts'
import type { Decisions, Outlook } from './decide.ts'
import { NO_VERDICT, OFF, offValueUsd, PAUSE, RUN, runValueUsd } from './decide.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { restartUsdAt } from '../margins/fleet-margins.ts'
import { hashpriceAfterChange } from '../chain/network.ts'
import type { CommittedSite } from './committed-rows.ts'
import { decideCommittedSite } from './committed-rows.ts'
import { FOLLOW, PROTECTED } from '../power/machine-policy.ts'
import { emptyRow, isUnder, readRow, weighRow } from './row-margins.ts'
import { daysOf } from '../power/site-terms.ts'
import type { SiteTerms } from '../power/site-terms.ts'

/**
 * Verdicts where sites have contracts. The same three options as without, over the same horizon; what changes is what
 * is avoidable. A machine that runs does so in the hours that its schedule leaves it.
 *
 * Gains are against running on in every hour, which is what the machine does without advice.
 */
export type ContractDecisions = Decisions & {
  /** cash margin while its option is to run, USD/day */
  readonly marginNowUsdPerDay: Float64Array
  /** the same after the adjustment, at the same price and fees */
  readonly marginAfterUsdPerDay: Float64Array
  /** worth of each option over the horizon, USD for the lot */
  readonly valueRunUsd: Float64Array
  readonly valuePauseUsd: Float64Array
  readonly valueOffUsd: Float64Array
  /** running every hour, USD/day */
  readonly alwaysOnNowUsdPerDay: Float64Array
  readonly alwaysOnAfterUsdPerDay: Float64Array
  /** being off, USD/day */
  readonly offNowUsdPerDay: Float64Array
  readonly offAfterUsdPerDay: Float64Array
  /** share of the hours that it runs while its option is to run; 0 where the advice is not to run then */
  readonly shareOfHoursNow: Float64Array
  readonly shareOfHoursAfter: Float64Array
  /** machines of the lot that run, and that pause; the rest is off. A lot is split where committed energy ends inside it. */
  readonly runMachines: Float64Array
  readonly pauseMachines: Float64Array
  /** results of sites under take-or-pay, by row of the site columns */
  readonly committedSites: ReadonlyMap<number, CommittedSite>
}

/** What verdicts are weighed with beside the fleet and the outlook. */
export type FleetContracts = {
  /** by row of the site columns; null: no contract */
  readonly terms: readonly (SiteTerms | null)[]
  /** policy code per machine row; null: all follow */
  readonly policies: Uint8Array | null
}

const COLUMNS = [
  'gainUsd',
  'marginNowUsdPerDay',
  'marginAfterUsdPerDay',
  'valueRunUsd',
  'valuePauseUsd',
  'valueOffUsd',
  'alwaysOnNowUsdPerDay',
  'alwaysOnAfterUsdPerDay',
  'offNowUsdPerDay',
  'offAfterUsdPerDay',
  'shareOfHoursNow',
  'shareOfHoursAfter',
  'runMachines',
  'pauseMachines',
] as const

/**
 * Verdicts of every row under the contracts of its site: one pass, a binary search per row where prices change by the
 * hour. Sites under take-or-pay are decided as a whole ({@link decideCommittedSite}).
 * @throws RangeError where a take-or-pay contract pays more for power handed back than power costs
 */
export function decideWithContracts(
  basis: MarginBasis,
  outlook: Outlook,
  contracts: FleetContracts,
): ContractDecisions {
  const { length } = basis
  const days = daysOf(outlook)
  const hashprices = hashpricesOf(outlook)
  const policyOf = (row: number) => contracts.policies?.[row] ?? FOLLOW
  const committedSites = decideCommitted(basis, contracts, policyOf, hashprices, days)
  const decisions = {
    length,
    verdict: new Uint8Array(length),
    ...float64Columns(length, COLUMNS),
    committedSites,
  }
  const { quantity, site: siteOf } = basis.fleet.machines
  const row = emptyRow()
  for (let i = 0; i < length; i++) {
    const site = siteOf[i]!
    const terms = contracts.terms[site] ?? null
    const policy = policyOf(i)
    const committed = committedSites.get(site)
    const place = committed?.placeOf.get(i)
    const restart = restartUsdAt(basis.fleet, i)
    const machines = quantity[i]!

    readRow(row, basis, i, terms, policy)
    weighRow(row, terms, 0, hashprices[0])
    let onNow = row.onUsdPerDay
    let alwaysNow = row.alwaysOnUsdPerDay
    let offNow = row.offUsdPerDay
    let shareNow = row.shareOfHours
    weighRow(row, terms, 1, hashprices[1])
    let onAfter = row.onUsdPerDay
    let alwaysAfter = row.alwaysOnUsdPerDay
    let offAfter = row.offUsdPerDay
    let shareAfter = row.shareOfHours

    if (committed !== undefined && place !== undefined) {
      const [kNow, kAfter] = [committed.committedShare[0][place]!, committed.committedShare[1][place]!]
      // Committed energy is there in every hour; a schedule is for the part that is bought.
      alwaysNow = committed.on[0][place]! + (1 - kNow) * (alwaysNow - onNow)
      alwaysAfter = committed.on[1][place]! + (1 - kAfter) * (alwaysAfter - onAfter)
      onNow = committed.on[0][place]!
      onAfter = committed.on[1][place]!
      offNow = committed.off[0][place]!
      offAfter = committed.off[1][place]!
      shareNow = kNow + (1 - kNow) * shareNow
      shareAfter = kAfter + (1 - kAfter) * shareAfter
    }
    const run = runValueUsd(onNow * days[0], onAfter * days[1])
    const pause = offNow * days[0] + onAfter * days[1] - restart
    // With the same worth before and after, the plain formula: the horizon is not split.
    const off =
      offNow === offAfter ? offValueUsd(-offNow, outlook.horizonDays) : offNow * days[0] + offAfter * days[1]
    const asIs = runValueUsd(alwaysNow * days[0], alwaysAfter * days[1])

    let runs = 0
    let pauses = 0
    let best: number
    if (committed !== undefined && place !== undefined) {
      runs = committed.run[place]!
      pauses = committed.pause[place]!
      const downs = machines - runs - pauses
      best = committed.advisedUsd[place]!
      decisions.verdict[i] = runs >= pauses && runs >= downs ? RUN : pauses >= downs ? PAUSE : OFF
    } else {
      best = Math.max(run, pause, off)
      if (policy === PROTECTED && isUnder(terms, policy) && !Number.isNaN(best)) best = run
      const verdict = best === run ? RUN : best === pause ? PAUSE : best === off ? OFF : NO_VERDICT
      decisions.verdict[i] = verdict
      if (verdict === RUN) runs = machines
      if (verdict === PAUSE) pauses = machines
    }
    decisions.gainUsd[i] = best - asIs
    decisions.marginNowUsdPerDay[i] = onNow
    decisions.marginAfterUsdPerDay[i] = onAfter
    decisions.valueRunUsd[i] = run
    decisions.valuePauseUsd[i] = pause
    decisions.valueOffUsd[i] = off
    decisions.alwaysOnNowUsdPerDay[i] = alwaysNow
    decisions.alwaysOnAfterUsdPerDay[i] = alwaysAfter
    decisions.offNowUsdPerDay[i] = offNow
    decisions.offAfterUsdPerDay[i] = offAfter
    decisions.shareOfHoursNow[i] = runs === 0 ? 0 : shareNow
    decisions.shareOfHoursAfter[i] = runs + pauses === 0 ? 0 : shareAfter
    decisions.runMachines[i] = runs
    decisions.pauseMachines[i] = pauses
  }
  return decisions
}

/** Hashprice before and after the adjustment, USD/PH/s/day. */
export function hashpricesOf(outlook: Outlook): [number, number] {
  return [outlook.hashpriceUsdPerPhDay, hashpriceAfterChange(outlook.hashpriceUsdPerPhDay, outlook.change)]
}

function decideCommitted(
  basis: MarginBasis,
  { terms }: FleetContracts,
  policyOf: (row: number) => number,
  hashprices: readonly [number, number],
  days: readonly [number, number],
): Map<number, CommittedSite> {
  const rowsOf = new Map<number, number[]>()
  terms.forEach((each, site) => {
    if (each?.contract.takeOrPay && each.contract.takeOrPay.committedKwhPerDay > 0) rowsOf.set(site, [])
  })
  if (rowsOf.size > 0)
    for (let i = 0; i < basis.length; i++) rowsOf.get(basis.fleet.machines.site[i]!)?.push(i)
  return new Map(
    [...rowsOf].map(([site, rows]) => [
      site,
      decideCommittedSite(basis, rows, terms[site]!, policyOf, hashprices, days),
    ]),
  )
}

/** 2^−52 of the range: no closer change has a number of its own. */
const BISECTIONS = 52
const LEAST_CHANGE = -0.75
const MOST_CHANGE = 3

/**
 * Probability, over the outlook's distribution of the change, that the verdict of a row is the best of its options, the
 * rest of its site doing as advised. What a machine earns after the adjustment falls as the change grows, and run and
 * pause both run after it, so the verdict turns at one change.
 * NaN where the row has no verdict, the change is an assumption, or the lot is split between options.
 */
export function contractVerdictProbability(
  basis: MarginBasis,
  decisions: ContractDecisions,
  outlook: Outlook,
  contracts: FleetContracts,
  i: number,
): number {
  const verdict = decisions.verdict[i]!
  const machines = basis.fleet.machines.quantity[i]!
  const most = Math.max(
    decisions.runMachines[i]!,
    decisions.pauseMachines[i]!,
    machines - decisions.runMachines[i]! - decisions.pauseMachines[i]!,
  )
  if (verdict === NO_VERDICT || outlook.changeBelow === null || most !== machines) return NaN
  const site = basis.fleet.machines.site[i]!
  const terms = contracts.terms[site] ?? null
  const policy = contracts.policies?.[i] ?? FOLLOW
  if (policy === PROTECTED && isUnder(terms, policy)) return 1
  const days = daysOf(outlook)
  const before = Math.max(
    decisions.marginNowUsdPerDay[i]! * days[0],
    decisions.offNowUsdPerDay[i]! * days[0] - restartUsdAt(basis.fleet, i),
  )
  const down = decisions.valueOffUsd[i]!
  const committed = decisions.committedSites.get(site)
  const place = committed?.placeOf.get(i)
  const share = place === undefined ? 0 : committed!.committedShare[1][place]!
  const row = emptyRow()
  readRow(row, basis, i, terms, policy)
  const earnedAfter = (change: number) => {
    weighRow(row, terms, 1, hashpriceAfterChange(outlook.hashpriceUsdPerPhDay, change))
    return row.onUsdPerDay + share * row.kwhOn * row.gainOn
  }
  // What others would do with the committed energy that this row takes does not depend on the change.
  const forOthers = earnedAfter(outlook.change) - decisions.marginAfterUsdPerDay[i]!
  const worthRunning = (change: number) => before + (earnedAfter(change) - forOthers) * days[1] - down
  const belowTurn = probabilityBelowTurn(worthRunning, outlook.changeBelow)
  const isOff = verdict === OFF
  return isOff ? 1 - belowTurn : belowTurn
}

function probabilityBelowTurn(worth: (change: number) => number, below: (change: number) => number): number {
  if (worth(MOST_CHANGE) >= 0) return 1
  if (worth(LEAST_CHANGE) < 0) return 0
  let low = LEAST_CHANGE
  let high = MOST_CHANGE
  for (let n = 0; n < BISECTIONS; n++) {
    const middle = (low + high) / 2
    if (worth(middle) >= 0) low = middle
    else high = middle
  }
  return below(low)
}
