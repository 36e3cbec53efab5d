import { MS_PER_HOUR } from '#shared/domain/units.ts'
import type { Store } from '#electron/store/sqlite/client.ts'

export type UpkeepOptions = {
  readonly store: Pick<Store, 'maintain'>
  readonly nowMs: () => number
  /** nobody waits for an answer; the next time it is tried again */
  readonly onError: (error: unknown) => void
}

export type Upkeep = {
  /** Looks after the database now and then every few hours: a program may run for weeks. */
  start(): void
  stop(): void
}

const EVERY_MS = 6 * MS_PER_HOUR

export function createUpkeep({ store, nowMs, onError }: UpkeepOptions): Upkeep {
  let timer: NodeJS.Timeout | null = null
  const look = () => {
    store.maintain(nowMs()).catch(onError)
  }
  return {
    start() {
      if (timer !== null) return
      look()
      timer = setInterval(look, EVERY_MS)
    },
    stop() {
      if (timer !== null) clearInterval(timer)
      timer = null
    },
  }
}
