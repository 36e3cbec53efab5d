import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { marksAhead } from '#shared/domain/ahead/marks.ts'
import { priceDifficultyGrid } from '#shared/domain/ahead/price-difficulty.ts'
import { scenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import type { LotGroups } from '#shared/domain/ahead/simulate/lot-groups.ts'
import { groupChances, lotGroups } from '#shared/domain/ahead/simulate/lot-groups.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import type { Simulation } from '#shared/domain/ahead/simulate/simulate.ts'
import { simulateSteps } from '#shared/domain/ahead/simulate/simulate.ts'
import { startSpreadOf } from '#shared/domain/ahead/simulate/start-spread.ts'
import type { AheadStart, NoStart } from '#shared/domain/ahead/start.ts'
import { aheadStart } from '#shared/domain/ahead/start.ts'
import { whatMatters } from '#shared/domain/ahead/what-matters.ts'
import { scenariosOver } from '#shared/domain/decision/under-scenario.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { noStartWords } from '#shared/format/plan-words.ts'
import type {
  ChanceQuestion,
  ChanceView,
  FleetForPlan,
  LotChances,
  PlanCase,
  PlanQuestion,
  PlanRefused,
  PlanScenario,
  PlanView,
} from './plan-protocol.ts'
import type { RowWindow } from './view.ts'

/** What Plan computes of a fleet: the figures of `project`, `scenario compare`, `simulate`, `grid` and `sensitivity`. */

/** Scenarios over one day: computed anew where the day or the fleet is another one. */
export type OverToday = { readonly of: string; readonly under: ReturnType<typeof scenariosOver> }

/** Null: the network is not known. @param known of the question before */
export function overToday(
  { revision, fleet, inputs }: FleetForPlan,
  { real }: PlanCase,
  known: OverToday | null,
): OverToday | null {
  if (real === null) return null
  const { conditions, nowMs } = real
  const of = JSON.stringify([revision, conditions, nowMs])
  return known?.of === of ? known : { of, under: scenariosOver({ fleet, inputs, conditions, nowMs }) }
}

/** How many of the steps of an answer are done. */
export type PlanStep = { readonly done: number; readonly total: number }

/** @yields before each step, where something else that was asked may come first: a fleet under contracts takes a while */
export function* planSteps(
  over: OverToday | null,
  question: PlanQuestion,
): Generator<PlanStep, PlanView | PlanRefused> {
  const { epochs, underWater } = question
  // The scenarios, what matters most, and the rest.
  const total = question.scenarios.length + 2
  const scenarios: PlanScenario[] = []
  const starts: (AheadStart | NoStart)[] = []
  for (const { name, assumptions, tried } of question.scenarios) {
    yield { done: scenarios.length, total }
    const under = over?.under(tried) ?? null
    const start = aheadStart(under)
    starts.push(start)
    const ahead =
      'missing' in start
        ? { refusal: noStartWords(start) }
        : orRefused(() => scenarioAhead(start, assumptions, epochs, underWater))
    const goneSites = under?.goneSites ?? []
    scenarios.push(
      'refusal' in ahead
        ? { name, goneSites, ahead: null, refusal: ahead.refusal }
        : { name, goneSites, ahead, refusal: null },
    )
  }
  const faults = starts.flatMap((start) => ('missing' in start ? [start] : []))
  if (faults.length === starts.length) return { refusal: noStartWords(faults[0] ?? { missing: 'network' }) }
  const { ahead = null } = scenarios[question.chosen] ?? {}
  const chosen = starts[question.chosen]
  if (chosen === undefined || 'missing' in chosen || ahead === null)
    return { refusal: null, scenarios, grid: null, matters: null, marks: null }
  yield { done: total - 2, total }
  const matters = orRefused(() => whatMatters(chosen))
  yield { done: total - 1, total }
  return {
    refusal: null,
    scenarios,
    grid: orRefused(() => priceDifficultyGrid(chosen, question)),
    matters,
    marks: marksAhead(chosen, question.scenarios[question.chosen]!.assumptions, ahead.days),
  }
}

/** What a simulation leaves behind for whoever looks at its lots. */
export type Simulated = {
  readonly view: ChanceView
  readonly lots: LotGroups
  /** group · epochs + epoch */
  readonly chances: Float64Array
}

/** The same paths as `simulate --stop-under-water` with the same seed. @yields how many epochs are done */
export function* chanceSteps(
  over: OverToday | null,
  { scenario, responds, epochs, underWater, paths, seed, real, model = FITTED_PATHS }: ChanceQuestion,
): Generator<number, Simulated | PlanRefused> {
  const start = aheadStart(over?.under(scenario.tried) ?? null)
  if ('missing' in start) return { refusal: noStartWords(start) }
  const { network, drawn, carried, prepared, cash } = start
  const { assumptions } = scenario
  const response = assumptions.response ?? (responds ? DEFAULT_SUPPLY_CURVE : null)
  const simulation = yield* orRefusedSteps(
    simulateSteps({ ...prepared.basis, cash }, network, drawn, {
      ...assumptions,
      response,
      epochs,
      paths,
      seed,
      underWater,
      model,
      startSpread: startSpreadOf(model, carried, real?.conditions.atMs ?? null),
    }),
  )
  if ('refusal' in simulation) return simulation
  const lots = lotGroups(prepared.basis)
  const chances = groupChances(lots, simulation)
  const last = epochs - 1
  const mostlyUnder = lots.groups.filter((_, group) => chances[group * epochs + last]! > 0.5)
  return {
    view: {
      ...chanceView(simulation, network.atMs ?? Number.NaN, seed),
      lots: lots.groups.length,
      lotsMostlyUnderWater: mostlyUnder.length,
    },
    lots,
    chances,
  }
}

function chanceView({ paths, epochs, sum }: Simulation, nowMs: number, seed: number) {
  return {
    refusal: null,
    paths,
    seed,
    epochs: epochs.map((row) => ({ ...row, startsAtMs: nowMs + row.startsAtDay * MS_PER_DAY })),
    probabilityOfLossAtEnd: epochs.at(-1)!.probabilityOfLoss,
    sumUsd: sum.usd,
    probabilityOfLossInSum: sum.probabilityOfLoss,
    probabilityOfLossAsItRuns: sum.probabilityOfLossAsItRuns,
  }
}

export function lotChances({ lots, chances, view }: Simulated, { from, to }: RowWindow): LotChances {
  const epochs = view.epochs.length
  const first = Math.max(0, Math.min(from, lots.groups.length))
  return {
    lots: lots.groups.length,
    from: first,
    rows: lots.groups.slice(first, to).map((group, i) => ({
      ...group,
      chances: Array.from(chances.subarray((first + i) * epochs, (first + i + 1) * epochs)),
    })),
  }
}

/** What is asked for and cannot be is told in its words. */
function orRefused<T>(work: () => T): T | PlanRefused {
  try {
    return work()
  } catch (fault) {
    return refused(fault)
  }
}

function* orRefusedSteps<S, T>(steps: Generator<S, T>): Generator<S, T | PlanRefused> {
  try {
    return yield* steps
  } catch (fault) {
    return refused(fault)
  }
}

function refused(fault: unknown): PlanRefused {
  if (!(fault instanceof RangeError)) throw fault
  return { refusal: `There are no such figures: ${fault.message}.` }
}
