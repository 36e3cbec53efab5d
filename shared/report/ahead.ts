import type { NetworkEpoch, NextAdjustment } from '../domain/ahead/project.ts'
import { epochsAhead, HALF_YEAR_EPOCHS, responseScale } from '../domain/ahead/project.ts'
import type { Scenario } from '../domain/ahead/scenario.ts'
import { NOTHING_TRIED } from '../domain/ahead/scenario.ts'
import type { NetworkConditions } from '../domain/chain/network.ts'
import { payFactor, subsidyBtc } from '../domain/chain/network.ts'
import type { FleetCash } from '../domain/decision/fleet-cash.ts'
import type { Horizon } from '../domain/decision/horizon.ts'
import type { Prepared } from '../domain/decision/prepare.ts'
import { scenariosOver } from '../domain/decision/under-scenario.ts'
import { goneSitesWords } from '../format/tried-words.ts'
import { conditionsOf } from '../ipc/conditions.ts'
import { AS_IT_IS } from './as-it-is.ts'
import { NO_NETWORK } from './facts.ts'
import type { ReportFacts } from './facts.ts'

/** An epoch of a projection, with the day on which the subsidy halves in it; null: it does not. */
export type EpochAhead = NetworkEpoch & { readonly halvesAtDay: number | null }

/** What a projection starts from, with what its scenario tries. */
type Start = {
  /** as of now; its moment is null where no date is known, as of the sample's values */
  readonly network: NetworkConditions
  readonly adjustment: NextAdjustment
  readonly prepared: Prepared
  /** whose prices of energy are in the cash */
  readonly horizon: Horizon
  readonly cash: FleetCash
}

export type ScenarioAhead = Scenario &
  Start & {
    /** of `responseScale` */
    readonly scale: number | null
    readonly epochs: readonly EpochAhead[]
  }

/** What sections that look ahead share: the start is that of the first scenario. */
export type Ahead = Start & {
  /** the first is the one of the pages; a flat one where none is stored */
  readonly scenarios: readonly [ScenarioAhead, ...ScenarioAhead[]]
  /** of scenarios that cannot be projected, and of what they try in vain, a sentence each */
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
  const { scenarios, unreadableScenarios = [], network: state, asOfMs, horizonDays, inputs } = facts.case
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
  // Prices of energy are mixed over the usual horizon; where another one was chosen the picture's own stay as they are.
  const prepared = horizonDays === null ? picture.prepared : null
  const over = scenariosOver({ fleet: facts.fleet, inputs, conditions, nowMs: asOfMs }, prepared)
  const leftOut = unreadableScenarios.map(({ fault }) => fault)
  let isDated = false as boolean
  const [first, ...others] = (scenarios.length > 0 ? scenarios : [AS_IT_IS]).flatMap((given) => {
    const scenario = { ...given, tried: given.tried ?? NOTHING_TRIED }
    try {
      const { start, goneSites, horizon, cash, ...under } = over(scenario.tried)
      if (start === null || horizon === null) throw new RangeError('nothing dates the adjustments ahead')
      isDated = true
      const { network, adjustment } = start
      const begun = { network, adjustment, prepared: under.prepared, horizon, cash: cash()! }
      const ahead = scenarioAhead(scenario, begun)
      const gone = goneSitesWords(goneSites)
      if (gone !== null) leftOut.push(`Scenario “${scenario.name}”: ${gone}`)
      return [ahead]
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault
      leftOut.push(`Scenario “${scenario.name}” is left out: ${fault.message}.`)
      return []
    }
  })
  if (first === undefined) return { refusal: isDated ? leftOut.join(' ') : NO_EPOCH }
  const { network, adjustment, horizon, cash } = first
  return {
    ...{ network, adjustment, prepared: first.prepared, horizon, cash },
    ...{ scenarios: [first, ...others], leftOut },
  }
}

const NO_EPOCH = 'The running epoch is not known, so there is no projection.'

function scenarioAhead(scenario: Scenario, start: Start): ScenarioAhead {
  const { assumptions } = scenario
  const { network, adjustment } = start
  const epochs: EpochAhead[] = []
  let subsidy = subsidyBtc(network.height)
  for (const { row, spans } of epochsAhead(network, adjustment, assumptions)) {
    const halved = spans.find((span) => span.subsidyBtc < subsidy)
    subsidy = spans.at(-1)!.subsidyBtc
    epochs.push({ ...row, halvesAtDay: halved?.startsAtDay ?? null })
    if (epochs.length === HALF_YEAR_EPOCHS) break
  }
  return { ...scenario, ...start, scale: responseScale(assumptions, network, adjustment.change), epochs }
}
