import type { StateCreator } from 'zustand'
import type { AlertsState } from '#shared/ipc/schemas/alerts.ts'
import type { Failure } from '#shared/ipc/errors.ts'
import type { AlertRule } from '#shared/domain/alerts.ts'
import { api, settle } from '../lib/api.ts'
import type { Store } from './store.ts'

export type AlertsSlice = {
  readonly alerts: AlertsState | null
  takeAlerts: (alerts: AlertsState) => void
  putAlert: (key: number | null, rule: AlertRule) => Promise<Failure | null>
  removeAlert: (key: number) => Promise<Failure | null>
  markAlertsRead: () => Promise<Failure | null>
}

export const alertsSlice: StateCreator<Store, [], [], AlertsSlice> = (set) => {
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
export const selectUnreadAlerts = ({ alerts }: Store): number =>
  alerts === null ? 0 : alerts.events.reduce((unread, { read }) => unread + Number(!read), 0)
