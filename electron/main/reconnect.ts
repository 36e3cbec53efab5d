/**
 * Notices that this computer is back online. The main process has no event for that, so the system is polled, which
 * costs no traffic.
 *
 * @param isOnline false is certain, true is not: a link that is up may lead nowhere
 * @returns what to call from time to time
 */
export function createReconnectWatch(isOnline: () => boolean, onReconnect: () => void): () => void {
  let wasOnline = isOnline()
  return () => {
    const isOnlineNow = isOnline()
    if (isOnlineNow && !wasOnline) onReconnect()
    wasOnline = isOnlineNow
  }
}
