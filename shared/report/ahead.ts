import type { HalvingEpoch } from '../domain/ahead/halvings.ts'
import { epochsWithHalvings } from '../domain/ahead/halvings.ts'
import { HALF_YEAR_EPOCHS, responseScale } from '../domain/ahead/project.ts'
import type { Scenario } from '../domain/ahead/scenario.ts'
import { NOTHING_TRIED } from '../domain/ahead/scenario.ts'
import type { AheadStart } from '../domain/ahead/start.ts'
import { aheadStart } from '../domain/ahead/start.ts'
import { scenariosOver } from '../domain/decision/under-scenario.ts'
import { noStartWords } from '../format/plan-words.ts'
import { goneSitesWords } from '../format/tried-words.ts'
import { conditionsOf } from '../ipc/conditions.ts'
import { AS_IT_IS } from './as-it-is.ts'
import { NO_NETWORK } from './facts.ts'
import type { ReportFacts } from './facts.ts'

/** A scenario along its epochs, with what it starts from. */
export type ProjectedScenario = Scenario &
  AheadStart & {
    /** of `responseScale` */
    readonly scale: number | null
    readonly epochs: readonly HalvingEpoch[]
  }

/** What sections that look ahead share: the start is that of the first scenario. */
export type Ahead = AheadStart & {
  /** the first is the one of the pages; a flat one where none is stored */
  readonly scenarios: readonly [ProjectedScenario, ...ProjectedScenario[]]
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
    return { refusal: noStartWords({ missing: 'contract', fault: picture.refusal }) }
  // Prices of energy are mixed over the usual horizon; where another one was chosen the picture's own stay as they are.
  const prepared = horizonDays === null ? picture.prepared : null
  const over = scenariosOver({ fleet: facts.fleet, inputs, conditions, nowMs: asOfMs }, prepared)
  const leftOut = unreadableScenarios.map(({ fault }) => fault)
  const begun = (scenarios.length > 0 ? scenarios : [AS_IT_IS]).map((given) => {
    const scenario = { ...given, tried: given.tried ?? NOTHING_TRIED }
    const under = over(scenario.tried)
    return { scenario, under, start: aheadStart(under) }
  })
  const [first, ...others] = begun.flatMap(({ scenario, under, start }) => {
    try {
      if ('missing' in start) throw new RangeError(start.missing === 'contract' ? start.fault : NO_DATES)
      const ahead = projected(scenario, start)
      const gone = goneSitesWords(under.goneSites)
      if (gone !== null) leftOut.push(`Scenario “${scenario.name}”: ${gone}`)
      return [ahead]
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault
      leftOut.push(`Scenario “${scenario.name}” is left out: ${fault.message}.`)
      return []
    }
  })
  if (first !== undefined) return { ...first, scenarios: [first, ...others], leftOut }
  // Where none begins, what they lack is the same.
  const starts = begun.flatMap(({ start }) => ('missing' in start ? [start] : []))
  return { refusal: starts.length === begun.length ? noStartWords(starts[0]!) : leftOut.join(' ') }
}

const NO_DATES = 'nothing dates the adjustments ahead'

function projected(scenario: Scenario, start: AheadStart): ProjectedScenario {
  const { assumptions } = scenario
  const { network, adjustment } = start
  const epochs: HalvingEpoch[] = []
  for (const row of epochsWithHalvings(network, adjustment, assumptions)) {
    epochs.push(row)
    if (epochs.length === HALF_YEAR_EPOCHS) break
  }
  return { ...scenario, ...start, scale: responseScale(assumptions, network, adjustment.change), epochs }
}
