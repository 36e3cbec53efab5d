import type { Permit } from '#electron/security/outgoing.ts'
import { mayLeave } from '#electron/security/outgoing.ts'
import type { Fetch } from './http.ts'

/** Asks for leave to send to an address, and gives what sends there. */
export type Leave = (url: string) => Promise<Fetch>

/**
 * The one way out of the program: a request leaves where a kind of connection that is on at this moment allows its address, see
 * `OUTGOING`; any other is refused before a name is looked up. Leave is asked for apart, because the database may be busy, and
 * that must not count as the silence of a server.
 *
 * @param send Node's own fetch by default; Electron's knows the system's proxy
 */
export function outgoing(
  permits: () => Promise<readonly Permit[]>,
  send: Fetch = (url, init) => fetch(url, init),
): Leave {
  return async (url) => {
    if (!mayLeave(await permits(), url)) throw new Error('it is switched off')
    return (asked, init) =>
      asked === url ? send(url, init) : Promise.reject(new Error('it was not asked for'))
  }
}
