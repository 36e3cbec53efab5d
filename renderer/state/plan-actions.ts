import type { Scenario } from '#shared/domain/ahead/scenario.ts'
import type { PlanSettings } from '#shared/ipc/plan-settings.ts'
import type { SectionName } from '#shared/report/pack.ts'
import { api, settle } from '../lib/api.ts'
import { tell, warn } from '../ui/toasts.ts'
import { done } from './actions.ts'
import { columnsOf, isAsItIs, MOST_COLUMNS, selectPlanSettings, storedNamed, usePlan } from './plan-slice.ts'
import { useStore } from './store.ts'

/** What a person does in the place Plan. */

const stored = (): readonly Scenario[] => usePlan.getState().stored ?? []

/** Reads the stored scenarios. */
export async function readScenarios(): Promise<void> {
  const answer = await settle(api.scenarios.read({}))
  if (!answer.ok) {
    usePlan.setState({ fault: answer.error.message })
    return
  }
  const { scenarios, unreadable } = answer.value
  const fault = unreadable
    .map(({ name, fault: why }) => `The scenario “${name}” cannot be read: ${why}`)
    .join(' ')
  const known = usePlan.getState().stored
  // The same ones are the same object: nothing is worked out anew for them.
  const isSame = known !== null && JSON.stringify(known) === JSON.stringify(scenarios)
  usePlan.setState({ stored: isSame ? known : scenarios, fault: fault === '' ? null : fault })
}

/** It holds at once: what is changed next begins from it. */
export function writePlan(patch: Partial<PlanSettings>): void {
  const plan = { ...selectPlanSettings(), ...patch }
  const { settings, writeSettings, readSettings } = useStore.getState()
  if (settings === null) return
  useStore.setState({ settings: { ...settings, plan } })
  void writeSettings({ plan }).then((failure) => {
    if (failure === null) return
    warn(failure.message)
    void readSettings()
  })
}

/** Names of what stands side by side; null: as it is. */
const columnsNow = (): readonly (string | null)[] =>
  columnsOf(stored(), selectPlanSettings().columns).map((each) => (isAsItIs(each) ? null : each.name))

const writeColumns = (columns: readonly (string | null)[]): void => writePlan({ columns: [...columns] })

/** Another scenario in a column; one that stands in another column changes places with it. */
export function showIn(column: number, name: string | null): void {
  const columns = [...columnsNow()]
  const at = columns.indexOf(name)
  if (at >= 0) columns[at] = columns[column]!
  columns[column] = name
  writeColumns(columns)
}

export const addColumn = (name: string | null): void =>
  writeColumns([...columnsNow(), name].slice(0, MOST_COLUMNS))

export const takeColumnOut = (column: number): void => writeColumns(columnsNow().toSpliced(column, 1))

/** The sentence and all that follows is about the first. */
export function makeFirst(column: number): void {
  const columns = columnsNow()
  writeColumns([columns[column]!, ...columns.toSpliced(column, 1)])
}

/**
 * Stores a scenario.
 * @param inPlaceOf name of the one that it was until now; it is shown where that stood, else as the first
 * @returns what is wrong, in words; null where it is stored
 */
export async function keepAsColumn(
  scenario: Scenario,
  {
    isReplacing,
    inPlaceOf,
  }: { readonly isReplacing: boolean; readonly inPlaceOf: string | null | undefined },
): Promise<string | null> {
  const answer = await settle(api.scenarios.put({ scenario, isReplacing }))
  if (!answer.ok) return answer.error.message
  const columns = columnsNow()
  await readScenarios()
  const { name } = scenario
  if (!columns.includes(name)) {
    const at = inPlaceOf === undefined ? -1 : columns.indexOf(inPlaceOf)
    const others = columns.toSpliced(at < 0 ? columns.length : at, at < 0 || inPlaceOf === null ? 0 : 1)
    writeColumns([...new Set([name, ...others])].slice(0, MOST_COLUMNS))
  }
  tell(`The scenario ${name} is kept.`)
  return null
}

/** @returns what is wrong, in words; null where it has its new name */
export async function renameScenario(from: string, to: string): Promise<string | null> {
  if (from === to) return null
  const columns = columnsNow()
  const answer = await settle(api.scenarios.rename({ from, to }))
  if (!answer.ok) return answer.error.message
  await readScenarios()
  writeColumns(columns.map((name) => (name === from ? to : name)))
  tell(`The scenario is called ${to} now.`)
  return null
}

/** @returns what is wrong, in words; null where there is a second one */
export async function duplicateScenario(name: string, as: string): Promise<string | null> {
  const scenario = storedNamed(stored(), name)
  if (scenario === null) return `There is no scenario ${name} any more.`
  const columns = columnsNow()
  const answer = await settle(api.scenarios.put({ scenario: { ...scenario, name: as }, isReplacing: false }))
  if (!answer.ok) return answer.error.message
  await readScenarios()
  if (columns.length < MOST_COLUMNS) writeColumns([...columns, as])
  tell(`${as} begins as ${name} is.`)
  return null
}

/** Removes a stored scenario; a message offers the way back. */
export async function removeScenario(name: string): Promise<void> {
  const scenario = storedNamed(stored(), name)
  const { columns } = selectPlanSettings()
  if (scenario === null || (await done(api.scenarios.remove({ name }))) === null) return
  await readScenarios()
  tell(`The scenario ${name} is removed.`, {
    label: 'Undo',
    run: () => void putBack(scenario, columns),
  })
}

async function putBack(scenario: Scenario, columns: PlanSettings['columns']): Promise<void> {
  if ((await done(api.scenarios.put({ scenario, isReplacing: false }))) === null) return
  await readScenarios()
  writePlan({ columns })
  tell(`The scenario ${scenario.name} is back.`)
}

/** Sections of a report that say what this place says. */
const OF_PLAN: readonly SectionName[] = ['projection', 'range']

/** The first scenario and what is read off it, in the report that is being made. */
export async function addToReport(): Promise<void> {
  const { changePack, readTemplates, useReports } = await import('./reports-slice.ts')
  if (useReports.getState().templates === null) await readTemplates()
  const [first = null] = columnsNow()
  useReports.setState({ scenario: first })
  changePack((pack) => ({ ...pack, isIn: new Set([...pack.isIn, ...OF_PLAN]) }))
  tell('Added to the report.', { label: 'Open Reports', run: () => useStore.getState().show('reports') })
}
