import type { PriceDifficultyGrid } from '#shared/domain/ahead/price-difficulty.ts'
import type { Mark } from '#shared/domain/ahead/marks.ts'
import type { Scenario } from '#shared/domain/ahead/scenario.ts'
import type { ScenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import type { LotGroup } from '#shared/domain/ahead/simulate/lot-groups.ts'
import type { PathModel } from '#shared/domain/ahead/simulate/path-model.ts'
import type { LotsUnderWater, Quantiles, SimulatedEpoch } from '#shared/domain/ahead/simulate/simulate.ts'
import type { WhatMatters } from '#shared/domain/ahead/what-matters.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { Display } from '#shared/format/display.ts'
import type { MarketInputs } from './protocol.ts'
import type { RowWindow } from './view.ts'

/**
 * What the page and the thread of the place Plan say to each other. The thread gets the fleet from the engine, by a port that both
 * have; the page gets what fits the screen. NaN = not known, as everywhere.
 */

/** What every question of Plan is about. */
export type PlanCase = {
  /** revision of the fleet that the page knows: answered of that one or a newer */
  readonly revision: number
  /** as it is, without what is tried on Today; its choices of a change and a horizon do not count. null: not known */
  readonly real: MarketInputs | null
  /** how many, the running one included; HALF_YEAR_EPOCHS unless chosen */
  readonly epochs: number
  /** stop: every machine does what earns most; run: as it runs today */
  readonly underWater: LotsUnderWater
}

export type PlanQuestion = PlanCase & {
  /** from one to four. AS_IT_IS where none is stored */
  readonly scenarios: readonly Scenario[]
  /** which of them the grid, what matters most and the marks are of */
  readonly chosen: number
  /** rows of the grid, USD/BTC; null: around the price of the chosen scenario */
  readonly pricesUsdPerBtc: readonly number[] | null
  /** columns of the grid, fractions; null: around the expected change */
  readonly changes: readonly number[] | null
  /** how figures in words are written */
  readonly display: Display
}

/** A scenario beside the others, or why it cannot be projected. */
export type PlanScenario = {
  readonly name: string
  /** sites whose price it tries and that the fleet has not got: goneSitesWords */
  readonly goneSites: readonly string[]
} & (
  | { readonly ahead: ScenarioAhead; readonly refusal: null }
  | { readonly ahead: null; readonly refusal: string }
)

/** Why there is no plan at all, as a sentence: no network, a typed hashprice only, a contract that cannot be weighed. */
export type PlanRefused = { readonly refusal: string }

export type PlanView = {
  readonly refusal: null
  /** in the order of the question */
  readonly scenarios: readonly PlanScenario[]
  /** null where the chosen scenario cannot be projected, as the two that follow; refused: prices or changes out of bounds */
  readonly grid: PriceDifficultyGrid | PlanRefused | null
  readonly matters: WhatMatters | PlanRefused | null
  /** in order of time */
  readonly marks: readonly Mark[] | null
}

export type ChanceQuestion = PlanCase & {
  readonly scenario: Scenario
  /** the built-in supply curve responds where the scenario states none, as in `simulate` without a scenario */
  readonly responds: boolean
  readonly paths: number
  readonly seed: number
  /** how price and hashrate wander; absent: as fitted */
  readonly model?: PathModel
}

export type ChanceEpoch = SimulatedEpoch & {
  /** unix ms; NaN where no date is known */
  readonly startsAtMs: number
}

export type ChanceView = {
  readonly refusal: null
  readonly paths: number
  readonly seed: number
  readonly epochs: readonly ChanceEpoch[]
  /** share of the paths on which the margin a day is below 0 in the last epoch: "at the end" */
  readonly probabilityOfLossAtEnd: number
  /** of the margin summed over all epochs, each path with its own lengths of epochs */
  readonly sumUsd: Quantiles
  /** share of the paths on which that sum is below 0 */
  readonly probabilityOfLossInSum: number
  /** the same where every machine runs on as it does today */
  readonly probabilityOfLossAsItRuns: number
  /** lots as shown: machines of one model at one site are one */
  readonly lots: number
  /** of them, those under water on more than half of the paths at the end */
  readonly lotsMostlyUnderWater: number
}

/** Machines of one model at one site. */
export type LotChance = LotGroup & {
  /** per epoch: share of the paths on which one is under water, the mean over its machines */
  readonly chances: readonly number[]
}

export type LotChances = {
  /** in all, by break-even from the lowest; those without one are not among them */
  readonly lots: number
  readonly from: number
  readonly rows: readonly LotChance[]
}

/** What takes a while, tells how far it is, and can be ended. */
export type PlanWork = 'plan' | 'chance'
export type PlanProgress = (done: number, total: number) => void

/** Name of a call → what goes in, what comes out. */
export type PlanCalls = {
  /** null: cancelled, or a newer one was asked */
  readonly plan: { readonly input: PlanQuestion; readonly output: PlanView | PlanRefused | null }
  /** null: cancelled, or a newer one was asked */
  readonly chance: { readonly input: ChanceQuestion; readonly output: ChanceView | PlanRefused | null }
  /** of the simulation that ended last; null: none has */
  readonly lots: { readonly input: RowWindow; readonly output: LotChances | null }
  /** ends the one of that kind that is under way */
  readonly cancel: { readonly input: PlanWork; readonly output: null }
}
export type PlanCallName = keyof PlanCalls

export type ToPlan = {
  readonly [N in PlanCallName]: {
    readonly number: number
    readonly name: N
    readonly input: PlanCalls[N]['input']
  }
}[PlanCallName]

export type FromPlan =
  | { readonly number: number; readonly output: PlanCalls[PlanCallName]['output'] }
  | { readonly number: number; readonly fault: string }
  /** of figures the steps, of a simulation the epochs that are done, of all */
  | { readonly number: number; readonly done: number; readonly total: number }

/** The ends of the port between the engine and the thread of Plan. */
export type PlanPortMessage = { readonly planPort: MessagePort }
/** The thread wants a fleet of this revision or a newer one. */
export type FleetWish = { readonly revision: number }
export type FleetForPlan = { readonly revision: number; readonly fleet: Fleet; readonly inputs: CaseInputs }

/** The page's way to the thread of Plan (plan-client.ts): it is started with the first question. */
export type PlanClient = {
  /** the newest question counts; null: cancelled, or a newer one came */
  plan: (question: PlanQuestion, onProgress: PlanProgress) => Promise<PlanView | PlanRefused | null>
  /** a newer one, or cancel, ends the one under way, which then gives null */
  chance: (question: ChanceQuestion, onProgress: PlanProgress) => Promise<ChanceView | PlanRefused | null>
  cancel: (work: PlanWork) => void
  lots: (window: RowWindow) => Promise<LotChances | null>
  /** ends the thread */
  end: () => void
}
