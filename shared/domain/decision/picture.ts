import type { MarginBasis } from '../margins/fleet-margins.ts'
import type { FleetSums, FleetTotals } from '../margins/totals.ts'
import { fleetSums, totalsOf } from '../margins/totals.ts'
import type { Decisions } from './decide.ts'
import { decideFleet } from './decide.ts'
import type { DecisionTotals } from './decision-totals.ts'
import { decisionTotals } from './decision-totals.ts'
import type { Market } from './market.ts'

/** The fleet under a market. */
export type Picture = {
  readonly basis: MarginBasis
  readonly market: Market
  readonly totals: FleetTotals
  /** null where the market has no outlook: then there are margins but no verdicts */
  readonly decisions: Decisions | null
  readonly advice: DecisionTotals | null
}

/** Kept from one picture for the next of the same basis, so that a slider step sums and allocates nothing again. */
export type Kept = {
  /** written again */
  readonly decisions?: Decisions | undefined
  /** what {@link fleetSums} gave for the basis */
  readonly sums?: FleetSums | undefined
}

/** One pass over the fleet for the verdicts, one for their totals. */
export function pictureOf(basis: MarginBasis, market: Market, kept: Kept = {}): Picture {
  const { outlook } = market
  const totals = totalsOf(kept.sums ?? fleetSums(basis), market.conditions)
  if (outlook === null) return { basis, market, totals, decisions: null, advice: null }
  const decisions = decideFleet(basis, outlook, kept.decisions)
  return { basis, market, totals, decisions, advice: decisionTotals(basis, decisions, outlook) }
}
