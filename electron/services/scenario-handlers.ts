import type { scenarioChannels } from '#shared/ipc/schemas/scenarios.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'

/** Stored scenarios. How they are read is loaded when it is asked for. */
export function createScenarioHandlers({
  store,
  emit,
}: Pick<HandlerPorts, 'store' | 'emit'>): Pick<Handlers, keyof typeof scenarioChannels> {
  const changed = async (work: Promise<void>) => {
    await work
    emit('scenarios.changed', {})
    return {}
  }
  return {
    async 'scenarios.read'() {
      const { storedScenarios } = await import('./scenarios.ts')
      const { scenarios, unreadable } = await storedScenarios(store)
      return { scenarios: [...scenarios], unreadable: [...unreadable] }
    },
    async 'scenarios.put'({ scenario, isReplacing }) {
      const { putScenario } = await import('./scenarios.ts')
      return changed(putScenario(store, scenario, isReplacing))
    },
    'scenarios.rename': ({ from, to }) => changed(store.renameScenario(from, to)),
    'scenarios.remove': ({ name }) => changed(store.removeScenario(name)),
  }
}
