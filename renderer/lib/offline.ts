import type { NetworkState } from '#shared/ipc/schemas/network.ts'

/** Whether there is no internet: this computer says so, or not one source answered when it was asked last. */
export function isOffline({ sources }: Pick<NetworkState, 'sources'>): boolean {
  return !navigator.onLine || (sources.length > 0 && sources.every(({ lastError }) => lastError !== null))
}
