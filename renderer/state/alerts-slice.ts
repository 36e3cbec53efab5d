import type { StateCreator } from 'zustand'
import type { AlertsState } from '#shared/ipc/schemas/alerts.ts'
import type { Failure } from '#shared/ipc/errors.ts'
import type { AlertRule } from '#shared/domain/alerts.ts'
import { conditionsOf, withoutSample } from '#shared/ipc/conditions.ts'
import { api, settle } from '../lib/api.ts'
import { memo } from './memo.ts'
import type { WindowState } from './store.ts'

export type AlertsSlice = {
  readonly alerts: AlertsState | null
  takeAlerts: (alerts: AlertsState) => void
  putAlert: (key: number | null, rule: AlertRule) => Promise<Failure | null>
  removeAlert: (key: number) => Promise<Failure | null>
  markAlertsRead: () => Promise<Failure | null>
}

export const alertsSlice: StateCreator<WindowState, [], [], AlertsSlice> = (set) => {
  const take = async (call: ReturnType<typeof api.alerts.put>): Promise<Failure | null> => {
    const answer = await settle(call)
    if (!answer.ok) return answer.error
    set({ alerts: answer.value })
    return null
  }
  return {
    alerts: null,
    takeAlerts: (alerts) => set({ alerts }),
    putAlert: (key, rule) => take(api.alerts.put({ key, rule })),
    removeAlert: (key) => take(api.alerts.remove({ key })),
    markAlertsRead: () => take(api.alerts.markRead({})),
  }
}

/** How many of the events at hand nobody has read. */
export const selectUnreadAlerts = ({ alerts }: WindowState): number =>
  alerts === null ? 0 : alerts.events.reduce((unread, { read }) => unread + Number(!read), 0)

const network = (state: WindowState) => state.network

/** What an alert can look at: the network as it is, without anything that is being tried and without the sample; null while a value is missing. */
export const selectAlertConditions = memo([network], (state) =>
  state === null ? null : conditionsOf(withoutSample(state)),
)
