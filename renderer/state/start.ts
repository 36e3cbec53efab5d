import type { Api } from '#shared/ipc/api.ts'
import { api, settle } from '../lib/api.ts'
import { tellStarted } from '../ui/after-start.ts'
import { useStore } from './store.ts'

/** All that the window starts with: one answer, and one change of the state once the engine has the machines. */
export async function startWindow(asked: ReturnType<Api['app']['start']>): Promise<void> {
  const answer = await settle(asked)
  if (answer.ok) {
    const { settings, network, alerts, past, fleet } = answer.value
    await useStore.getState().takeFleet(fleet, { settings, network, alerts, pastStatus: past })
  } else {
    useStore.setState({ fleetFault: answer.error.message })
  }
  // After the picture is painted, so that nothing takes time from it.
  requestAnimationFrame(() => setTimeout(tellStarted))
}

/** Tries again what has failed: the start, or reading the fleet. */
export function readAgain(): Promise<void> {
  return useStore.getState().settings === null
    ? startWindow(api.app.start({}))
    : useStore.getState().readFleet()
}
