import type { Scenario } from '#shared/domain/ahead/scenario.ts'
import { scenarioNameKey } from '#shared/domain/ahead/scenario.ts'
import { api, settle } from '../lib/api.ts'
import { tell, warn } from '../ui/toasts.ts'
import { done } from './actions.ts'

const put = (scenario: Scenario, isReplacing: boolean) => api.scenarios.put({ scenario, isReplacing })

/** The stored one of that name; null where there is none that can be read. */
async function stored(name: string): Promise<Scenario | null> {
  const answer = await settle(api.scenarios.read({}))
  const known = answer.ok ? answer.value.scenarios : []
  return known.find((other) => scenarioNameKey(other.name) === scenarioNameKey(name)) ?? null
}

/**
 * Stores a scenario and says where it stands, with the way back.
 * @param isReplacing whether one of that name gives way
 * @returns 'taken' where there is one and it is not to
 */
export async function keepScenario(
  scenario: Scenario,
  isReplacing: boolean,
): Promise<'kept' | 'taken' | 'failed'> {
  const before = isReplacing ? await stored(scenario.name) : null
  const answer = await settle(put(scenario, isReplacing))
  if (!answer.ok) {
    if (answer.error.code === 'conflict') return 'taken'
    warn(answer.error.message)
    return 'failed'
  }
  const { name } = scenario
  const takeBack = before === null ? () => api.scenarios.remove({ name }) : () => put(before, true)
  tell(`${name} is kept: it stands in Plan.`, { label: 'Undo', run: () => void done(takeBack()) })
  return 'kept'
}
