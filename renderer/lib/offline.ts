import { useSyncExternalStore } from 'react'
import { useStore } from '../state/store.ts'

function onMoved(tell: () => void): () => void {
  window.addEventListener('online', tell)
  window.addEventListener('offline', tell)
  return () => {
    window.removeEventListener('online', tell)
    window.removeEventListener('offline', tell)
  }
}

/** Whether there is no internet: this computer says so, or not one source answered when it was asked last. */
export function useOffline(): boolean {
  const isCut = useSyncExternalStore(onMoved, () => !navigator.onLine)
  const isSilent = useStore(({ network }) => {
    const sources = network?.sources ?? []
    return sources.length > 0 && sources.every(({ lastError }) => lastError !== null)
  })
  return isCut || isSilent
}
