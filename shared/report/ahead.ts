import type { Assumptions, NetworkEpoch, NextAdjustment } from '../domain/ahead/project.ts'
import { epochsAhead, HALF_YEAR_EPOCHS, responseScale } from '../domain/ahead/project.ts'
import type { NetworkConditions } from '../domain/chain/network.ts'
import { payFactor, subsidyBtc } from '../domain/chain/network.ts'
import { horizonOf } from '../domain/decision/advise.ts'
import type { FleetCash } from '../domain/decision/fleet-cash.ts'
import { fleetCash } from '../domain/decision/fleet-cash.ts'
import { marketOf } from '../domain/decision/market.ts'
import type { Horizon } from '../domain/decision/horizon.ts'
import { startOfProjection } from '../domain/decision/start-of-projection.ts'
import { prepare } from '../domain/decision/prepare.ts'
import type { Prepared } from '../domain/decision/prepare.ts'
import { conditionsOf } from '../ipc/conditions.ts'
import { AS_IT_IS } from './as-it-is.ts'
import type { ReportScenario } from './case.ts'
import { NO_NETWORK } from './facts.ts'
import type { ReportFacts } from './facts.ts'

/** An epoch of a projection, with the day on which the subsidy halves in it; null: it does not. */
export type EpochAhead = NetworkEpoch & { readonly halvesAtDay: number | null }

export type ScenarioAhead = {
  readonly name: string
  readonly assumptions: Assumptions
  /** of `responseScale` */
  readonly scale: number | null
  readonly epochs: readonly EpochAhead[]
}

/** What sections that look ahead share. */
export type Ahead = {
  /** as of now; its moment is null where no date is known, as of the sample's values */
  readonly network: NetworkConditions
  readonly adjustment: NextAdjustment
  readonly prepared: Prepared
  /** whose prices of energy are in the cash */
  readonly horizon: Horizon
  readonly cash: FleetCash
  /** the first is the one of the pages; a flat one where none is stored */
  readonly scenarios: readonly [ScenarioAhead, ...ScenarioAhead[]]
  /** of scenarios that cannot be projected, a sentence each */
  readonly leftOut: readonly string[]
}

/** Why there is no projection, in a sentence. */
export type NoAhead = { readonly refusal: string }

const known = new WeakMap<ReportFacts, Ahead | NoAhead>()

/** The same as `scenario compare` of the command line projects, once per report. */
export function aheadOf(facts: ReportFacts): Ahead | NoAhead {
  const before = known.get(facts)
  if (before !== undefined) return before
  const ahead = computed(facts)
  known.set(facts, ahead)
  return ahead
}

function computed(facts: ReportFacts): Ahead | NoAhead {
  const { scenarios, network: state, asOfMs } = facts.case
  const { market, picture } = facts
  const conditions = conditionsOf(state)
  if (conditions === null || market === null || picture === null) return { refusal: NO_NETWORK }
  if (picture.refusal !== null)
    return {
      refusal: `A stored contract cannot be weighed, so there is no projection: ${picture.refusal}.`,
    }
  if (Number.isNaN(payFactor(conditions)))
    return {
      refusal:
        'A typed hashprice alone says nothing of the epochs ahead; price, difficulty, height and fees are needed too, so there is no projection.',
    }
  const start = startOfProjection(conditions, market, asOfMs)
  if (start === null) return { refusal: 'The running epoch is not known, so there is no projection.' }
  const { network, adjustment } = start
  const { prepared, horizon, cash } = cashAhead(facts, conditions)
  const leftOut: string[] = []
  const [first, ...others] = (scenarios.length > 0 ? scenarios : [AS_IT_IS]).flatMap((scenario) => {
    try {
      return [scenarioAhead(scenario, network, adjustment)]
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault
      leftOut.push(`Scenario “${scenario.name}” is left out: ${fault.message}.`)
      return []
    }
  })
  if (first === undefined) return { refusal: leftOut.join(' ') }
  return { network, adjustment, prepared, horizon, cash, scenarios: [first, ...others], leftOut }
}

/** Prices of energy are mixed over the usual horizon; where another one was chosen the picture's own stay as they are. */
function cashAhead(
  { case: { horizonDays, inputs, asOfMs }, fleet, picture, market }: ReportFacts,
  conditions: NetworkConditions,
) {
  const isUsual = horizonDays === null
  const prepared = isUsual ? picture!.prepared : prepare(fleet, inputs)
  const horizon = horizonOf(
    isUsual ? market! : marketOf(conditions, { horizonDays: null, change: null }, asOfMs),
  )
  return { prepared, horizon: horizon!, cash: fleetCash(prepared, horizon!) }
}

function scenarioAhead(
  { name, assumptions }: ReportScenario,
  network: NetworkConditions,
  adjustment: NextAdjustment,
): ScenarioAhead {
  const epochs: EpochAhead[] = []
  let subsidy = subsidyBtc(network.height)
  for (const { row, spans } of epochsAhead(network, adjustment, assumptions)) {
    const halved = spans.find((span) => span.subsidyBtc < subsidy)
    subsidy = spans.at(-1)!.subsidyBtc
    epochs.push({ ...row, halvesAtDay: halved?.startsAtDay ?? null })
    if (epochs.length === HALF_YEAR_EPOCHS) break
  }
  return { name, assumptions, scale: responseScale(assumptions, network, adjustment.change), epochs }
}
