/**
 * Notices that this computer has come back online. The main process has no event for that, so it is asked from time to time
 * whether there is a way to the network, which costs no traffic.
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
