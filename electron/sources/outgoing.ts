import type { Permit } from '#electron/security/outgoing.ts'
import { mayLeave } from '#electron/security/outgoing.ts'
import type { Fetch } from './http.ts'

/**
 * The one way out of the program: a request leaves where a kind of connection that is on at this moment allows its address, see
 * `OUTGOING`; any other is refused before a name is looked up.
 *
 * @param send Node's own fetch by default; Electron's knows the system's proxy
 */
export function outgoing(
  permits: () => Promise<readonly Permit[]>,
  send: Fetch = (url, init) => fetch(url, init),
): Fetch {
  return async (url, init) => {
    if (!mayLeave(await permits(), url)) throw new Error('it is switched off')
    return send(url, init)
  }
}
