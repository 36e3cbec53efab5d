import type { AdjustmentEstimate } from '#shared/domain/chain/adjustment.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import type { Decisions, Outlook } from '#shared/domain/decision/decide.ts'
import { decideFleet } from '#shared/domain/decision/decide.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { marginsUsdPerDay } from '#shared/domain/margins/fleet-margins.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import {
  hashpriceAfterChange,
  hashpriceBtcPerPhDay,
  hashpriceUsdPerPhDay,
  networkHashrateHs,
} from '#shared/domain/chain/network.ts'
import type { OutlookChoices } from '#shared/domain/chain/outlook.ts'
import { outlookFrom } from '#shared/domain/chain/outlook.ts'
import type { DecisionTotals } from '#shared/domain/decision/decision-totals.ts'
import type { FleetTotals } from '#shared/domain/margins/totals.ts'
import { decisionTotals } from '#shared/domain/decision/decision-totals.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'

const DAY_MS = 86_400_000

/** The network and what follows from it alone. NaN = not known. */
export type Market = {
  readonly conditions: NetworkConditions
  readonly hashpriceUsdPerPhDay: number
  readonly hashpriceBtcPerPhDay: number
  readonly networkHashrateHs: number
  /** null where the running epoch is not known */
  readonly estimate: AdjustmentEstimate | null
  /** expected or assumed change of the next adjustment */
  readonly change: number
  /** the change was chosen by a person, so that it has no range and no probability */
  readonly changeIsAssumed: boolean
  readonly hashpriceAfterUsdPerPhDay: number
  /** hashprice after the adjustment at the ends of its 80 % range, lowest first; null where there is no range */
  readonly hashpriceAfter80: readonly [number, number] | null
  readonly adjustmentAtMs: number
  readonly adjustmentAtMs80: readonly [number, number]
  /** null where the day of the adjustment is not known: then there are margins but no verdicts */
  readonly outlook: Outlook | null
  readonly horizonEndMs: number
}

/** @param choices what stands in for the estimate and the default horizon */
export function marketOf(conditions: NetworkConditions, choices: OutlookChoices): Market {
  const { epoch, previousAdjustments } = conditions
  const estimate = epoch === null ? null : estimateAdjustment(epoch, previousAdjustments)
  const hashprice = hashpriceUsdPerPhDay(conditions)
  const outlook =
    estimate === null || !Number.isFinite(hashprice) ? null : outlookFrom(hashprice, estimate, choices)
  const change = choices.change ?? estimate?.change ?? Number.NaN
  const after = (value: number) => hashpriceAfterChange(hashprice, value)
  const fromMs = conditions.atMs ?? Number.NaN
  const later = (seconds: number | undefined) => fromMs + (seconds ?? Number.NaN) * 1000
  return {
    conditions,
    hashpriceUsdPerPhDay: hashprice,
    hashpriceBtcPerPhDay: hashpriceBtcPerPhDay(conditions),
    networkHashrateHs: networkHashrateHs(conditions.difficulty),
    estimate,
    change,
    changeIsAssumed: choices.change !== null,
    hashpriceAfterUsdPerPhDay: after(change),
    // A higher difficulty is a lower hashprice, so the ends change places.
    hashpriceAfter80:
      estimate === null || choices.change !== null
        ? null
        : [after(estimate.change80[1]), after(estimate.change80[0])],
    adjustmentAtMs: later(estimate?.secondsLeft),
    adjustmentAtMs80: [later(estimate?.secondsLeft80[0]), later(estimate?.secondsLeft80[1])],
    outlook,
    horizonEndMs: fromMs + (outlook?.horizonDays ?? Number.NaN) * DAY_MS,
  }
}

/** The fleet under a market. */
export type Picture = {
  readonly basis: MarginBasis
  readonly market: Market
  readonly totals: FleetTotals
  readonly decisions: Decisions | null
  readonly advice: DecisionTotals | null
  /** cash margin per row, USD/day, now and (NaN where unknown) after the adjustment */
  readonly marginNowUsdPerDay: Float64Array
}

/** One pass over the fleet for margins and verdicts, one each for the totals. */
export function pictureOf(basis: MarginBasis, market: Market): Picture {
  const decisions = market.outlook === null ? null : decideFleet(basis, market.outlook)
  return {
    basis,
    market,
    totals: fleetTotals(basis, market.conditions),
    decisions,
    advice:
      decisions === null || market.outlook === null ? null : decisionTotals(basis, decisions, market.outlook),
    marginNowUsdPerDay: decisions?.marginNowUsdPerDay ?? marginsUsdPerDay(basis, market.hashpriceUsdPerPhDay),
  }
}
