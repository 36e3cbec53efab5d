import { api, settle } from '../lib/api.ts'
import { useStore } from './store.ts'

/** All that the window starts with: one answer, and one change of the state once the engine has the machines. */
export async function startWindow(): Promise<void> {
  const answer = await settle(api.app.start({}))
  if (!answer.ok) {
    useStore.setState({ fleetFault: answer.error.message })
    return
  }
  const { settings, network, alerts, past, fleet } = answer.value
  await useStore.getState().takeFleet(fleet, { settings, network, alerts, historyStatus: past })
}

/** Tries again what has failed: the start, or reading the fleet. */
export function readAgain(): Promise<void> {
  return useStore.getState().settings === null ? startWindow() : useStore.getState().readFleet()
}
