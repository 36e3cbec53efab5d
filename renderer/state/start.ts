import type { Api } from '#shared/ipc/api.ts'
import { api, settle } from '../lib/api.ts'
import { tellStarted } from '../ui/after-start.ts'
import { useStore } from './store.ts'

/** All that the window starts with: one answer, and one change of the state once the engine has the machines. */
export async function startWindow(
  asked: ReturnType<Api['app']['start']>,
  askedCase: ReturnType<Api['case']['read']>,
): Promise<void> {
  const [answer, inputs] = await Promise.all([settle(asked), settle(askedCase)])
  if (answer.ok && inputs.ok) {
    const { fleet, past: pastStatus, ...rest } = answer.value
    await useStore.getState().takeFleet(fleet, inputs.value, { ...rest, pastStatus })
  } else {
    const failed = answer.ok ? inputs : answer
    useStore.setState({ fleetFault: failed.ok ? null : failed.error.message })
  }
  // After the picture is painted, so that nothing takes time from it.
  requestAnimationFrame(() => setTimeout(tellStarted))
}

/** Tries again what has failed: the start, or reading the fleet. */
export function readAgain(): Promise<void> {
  return useStore.getState().settings === null
    ? startWindow(api.app.start({}), api.case.read({}))
    : useStore.getState().readFleet()
}
