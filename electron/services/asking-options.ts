import type { Fetch } from '#electron/sources/http.ts'
import type { Lanes } from '#electron/sources/one-at-a-time.ts'
import type { NodePassword } from './node-credentials.ts'
import type { Timers } from './timers.ts'

/** What every service needs that asks the network's sources. */
export type AskingOptions = {
  /** of the program, for the User-Agent and for network files */
  readonly version: string
  /** Node's fetch by default; Electron's net.fetch knows the system's proxy */
  readonly fetch?: Fetch
  readonly nowMs?: () => number
  readonly timers?: Timers
  /** 0..1 */
  readonly random?: () => number
  /** what was stored changes the figures of a site: the fleet has another revision */
  readonly onFleetChanged?: () => Promise<void>
  /** a fault of ours while nobody waits for an answer */
  readonly onError?: (error: unknown) => void
  /** "user:password" of the operator's node; null: its cookie file counts. A StrikelineError is shown as a fault of the node. */
  readonly bitcoindPassword?: NodePassword
  /** of one request, its body included */
  readonly timeoutMs?: number
  readonly maxBytes?: number
  /** shared with the other services that ask the same servers */
  readonly lanes?: Lanes
}
