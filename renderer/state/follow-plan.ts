import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { USUAL_SEED } from '#shared/domain/ahead/simulate/usual.ts'
import type { ChanceQuestion, PlanQuestion } from '../engine/plan-protocol.ts'
import type { RowWindow } from '../engine/view.ts'
import { api } from '../lib/api.ts'
import { readScenarios } from './plan-actions.ts'
import { planEngine } from './plan-engine.ts'
import type { Progress } from './plan-slice.ts'
import { columnsOf, isAsItIs, selectPlanSettings, simulatedOf, usePlan } from './plan-slice.ts'
import { realMarketInputsOf } from './question.ts'
import { selectDisplay } from './selectors.ts'
import { useStore } from './store.ts'

/** Keeps the figures of the place Plan as fleet, network and scenarios are, while it is shown. */

/** Changes that follow each other make one question. */
const SETTLE_MS = 120
/** An answer that takes longer is said to be on its way; the old one stays. */
const TOLD_AFTER_MS = 250

const set = usePlan.setState

const isEqual = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((part, i) => Object.is(part, b[i]))

/** What the figures rest on. */
function beneath(): readonly unknown[] {
  const { fleet, network, risk, settings } = useStore.getState()
  return [fleet?.revision, network, risk, settings?.plan, usePlan.getState().stored]
}

/** What was asked last, and what was simulated last: both stay while another place is shown. */
let asked: readonly unknown[] = []
let simulated: readonly unknown[] = []

function questionNow(): PlanQuestion | null {
  const state = useStore.getState()
  const { stored } = usePlan.getState()
  const { fleet } = state
  if (fleet === null || fleet.rows === 0 || stored === null || state.settings === null) return null
  const { columns, epochs, underWater } = selectPlanSettings()
  return {
    revision: fleet.revision,
    real: realMarketInputsOf(state, state.network),
    epochs,
    underWater,
    scenarios: columnsOf(stored, columns),
    chosen: 0,
    pricesUsdPerBtc: null,
    changes: null,
    display: selectDisplay(state),
  }
}

/** @returns ends it, and the simulation that is under way */
export function followPlan(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isEnded = false
  const hasEnded = () => isEnded

  async function ask(): Promise<void> {
    const now = beneath()
    if (hasEnded() || isEqual(now, asked)) return
    const question = questionNow()
    if (question === null) return
    asked = now
    set({ isHalted: false })
    let working: Progress = { done: 0, total: 0 }
    let isTold = false
    const telling = setTimeout(() => {
      isTold = true
      if (asked === now) set({ working })
    }, TOLD_AFTER_MS)
    try {
      const view = await planEngine().plan(question, (done, total) => {
        working = { done, total }
        if (isTold && asked === now) set({ working })
      })
      clearTimeout(telling)
      // null: a newer one is on its way, and tells; or a person has ended it.
      if (view === null || asked !== now) return
      set({ view, question, working: null })
      if (usePlan.getState().fault === failed) set({ fault: null })
      if (hasEnded()) return
      if (view.refusal === null && view.scenarios[0]?.refusal === null) await simulate(question)
      else set({ chance: null, chanceOf: null, lots: null })
    } catch (fault) {
      tellFault(fault)
    } finally {
      clearTimeout(telling)
    }
  }
  const later = () => {
    if (isEqual(beneath(), asked)) return
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), SETTLE_MS)
  }
  void ask()
  const ends = [
    useStore.subscribe(later),
    usePlan.subscribe(later),
    api.on['scenarios.changed'](() => void readScenarios()),
  ]
  return () => {
    isEnded = true
    clearTimeout(timer)
    ends.forEach((end) => end())
    if (usePlan.getState().progress !== null) stop()
    if (usePlan.getState().working !== null) halt()
  }
}

/** The simulation of the first scenario; one of the same is not begun again. */
async function simulate(question: PlanQuestion): Promise<void> {
  const { revision, real, epochs, underWater, scenarios } = question
  const { paths, priceVolatilityPerYear, hashrateVolatilityPerYear, correlation } = selectPlanSettings()
  const scenario = scenarios[0]!
  const input: ChanceQuestion = {
    ...{ revision, real, epochs, underWater, scenario, paths, seed: USUAL_SEED },
    // As the command line simulates where no scenario is named.
    responds: isAsItIs(scenario),
    model: { ...FITTED_PATHS, priceVolatilityPerYear, hashrateVolatilityPerYear, correlation },
  }
  const now = [
    JSON.stringify({ ...input, real: null }),
    useStore.getState().network,
    useStore.getState().risk,
  ]
  if (isEqual(now, simulated)) return
  simulated = now
  set({ progress: { done: 0, total: 0 }, isCancelled: false })
  const chance = await planEngine().chance(input, (done, total) => {
    if (simulated === now) set({ progress: { done, total } })
  })
  // null: cancelled, or a newer one is on its way.
  if (chance === null || simulated !== now) return
  const { chances } = usePlan.getState()
  set({ chance, chanceOf: simulatedOf(question), chances: chances + 1, progress: null, lots: null })
}

function halt(): void {
  asked = []
  planEngine().cancel('plan')
  set({ working: null })
}

/** As a person wants it: the figures of before stay until something has changed, or they ask for others. */
export function cancelFigures(): void {
  const of = beneath()
  halt()
  asked = of
  set({ isHalted: true })
}

/** The figures once more, of what there is now. */
export function figuresAgain(): void {
  asked = []
  // Whoever follows hears it, and asks.
  set({ isHalted: false })
}

function stop(): void {
  simulated = []
  planEngine().cancel('chance')
  set({ progress: null })
}

/** As a person wants it: no other begins until something has changed, or they ask for it. */
export function cancelChance(): void {
  stop()
  set({ isCancelled: true })
}

/** The simulation once more, of what is shown. */
export function chanceAgain(): void {
  const question = questionNow()
  if (question !== null) simulate(question).catch(tellFault)
}

/** Reads the rows of the lots in sight, of the last simulation. */
export function readLots(window: RowWindow): void {
  const { chances } = usePlan.getState()
  planEngine()
    .lots(window)
    .then((lots) => {
      if (usePlan.getState().chances === chances) set({ lots })
    }, tellFault)
}

/** What was said last of figures that could not be worked out. */
let failed = ''

/** What failed once fails again: no other begins until something has changed, or a person asks for it. */
function tellFault(fault: unknown): void {
  simulated = []
  failed = `The figures could not be worked out: ${fault instanceof Error ? fault.message : String(fault)}`
  set({ working: null, isHalted: true, progress: null, fault: failed })
}
