import { create } from 'zustand'
import type { Scenario } from '#shared/domain/ahead/scenario.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import type { PlanSettings } from '#shared/ipc/plan-settings.ts'
import { USUAL_PLAN } from '#shared/ipc/plan-settings.ts'
import { AS_IT_IS as OF_REPORTS } from '#shared/report/as-it-is.ts'
import type { ChanceView, LotChances, PlanQuestion, PlanRefused, PlanView } from '../engine/plan-protocol.ts'
import { useStore } from './store.ts'

/** Price and hashrate stay as they are; the same as in a report that names no scenario. */
export const AS_IT_IS: Scenario = { ...OF_REPORTS, tried: NOTHING_TRIED }

/** The dialog of the place that is open. */
export type PlanDialog =
  /** name: of the scenario that it begins with; null: as it is. saveAs: it is to become another one */
  | { readonly kind: 'assumptions'; readonly name: string | null }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'duplicate'; readonly name: string }

/** Steps that are done, of all; of 0 while it has not begun. */
export type Progress = { readonly done: number; readonly total: number }

/** What the place Plan knows. It is a store of its own, because the window starts without it. */
export type PlanState = {
  /** those that are stored, by name; null until they are read */
  readonly stored: readonly Scenario[] | null
  /** of the place's lists, in words */
  readonly fault: string | null
  readonly dialog: PlanDialog | null
  /** the last one, with what was asked for it; both stay until the next are there */
  readonly view: PlanView | PlanRefused | null
  readonly question: PlanQuestion | null
  /** another one is on its way, and takes a while: how far it is; null: none is */
  readonly working: Progress | null
  /** a person has ended it, or it has failed; the next change begins another one */
  readonly isHalted: boolean
  /** of the first scenario; null while it is not known */
  readonly chance: ChanceView | PlanRefused | null
  /** what it is of: {@link simulatedOf} */
  readonly chanceOf: string | null
  /** grows with every simulation that has ended: what was read of the one before is none of its rows */
  readonly chances: number
  /** of the simulation that is under way; null: none is */
  readonly progress: Progress | null
  /** a person has ended it; the next change begins another one */
  readonly isCancelled: boolean
  /** a part of them, as far as it was asked for */
  readonly lots: LotChances | null
}

export const usePlan = create<PlanState>()(() => ({
  stored: null,
  fault: null,
  dialog: null,
  view: null,
  question: null,
  working: null,
  isHalted: false,
  chance: null,
  chanceOf: null,
  chances: 0,
  progress: null,
  isCancelled: false,
  lots: null,
}))

export const openPlanDialog = (dialog: PlanDialog | null): void => usePlan.setState({ dialog })

/** What is kept of the place. */
export const selectPlanSettings = (): PlanSettings => useStore.getState().settings?.plan ?? USUAL_PLAN

/** What a simulation is of, whatever the network does meanwhile. */
export const simulatedOf = ({ scenarios, epochs, underWater }: PlanQuestion): string =>
  JSON.stringify([scenarios[0], epochs, underWater])

/** The simulation of what is shown; one of other assumptions says nothing about it. */
export const selectChance = ({ chance, chanceOf, question }: PlanState): ChanceView | null =>
  chance !== null && chance.refusal === null && question !== null && chanceOf === simulatedOf(question)
    ? chance
    : null

export const MOST_COLUMNS = 4

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** The stored scenario of that name; null: as it is. */
export const storedNamed = (stored: readonly Scenario[], name: string | null): Scenario | null =>
  name === null ? null : (stored.find((each) => isSame(each.name, name)) ?? null)

/**
 * What stands side by side, the first is what the sentence is about: those that were chosen, as far as they are there; else as it is, and the
 * first that are stored.
 */
export function columnsOf(stored: readonly Scenario[], chosen: PlanSettings['columns']): readonly Scenario[] {
  if (chosen === null) return [AS_IT_IS, ...stored].slice(0, MOST_COLUMNS)
  const found = chosen.flatMap((name) => {
    const scenario = name === null ? AS_IT_IS : storedNamed(stored, name)
    return scenario === null ? [] : [scenario]
  })
  return found.length === 0 ? [AS_IT_IS] : found
}

/** Whether a scenario is that of no assumption. */
export const isAsItIs = (scenario: Scenario): boolean => scenario === AS_IT_IS
