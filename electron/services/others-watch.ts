import type { Store } from '#electron/store/sqlite/client.ts'
import type { PartTellers } from './part-tellers.ts'
import { nodeTimers, type Timers } from './timers.ts'

export type OthersWatchOptions = {
  readonly store: Pick<Store, 'changedByOthers'>
  /** used where another process has changed a part of what is stored */
  readonly tell: PartTellers
  readonly timers?: Timers
  /** the first fault of a row of faults; the next look is made all the same */
  readonly onError: (error: unknown) => void
}

export type OthersWatch = {
  /** Looks twice a second from now on, as long as a window shows what is stored. */
  start(): void
  /** Nothing is told after it has resolved. */
  stop(): Promise<void>
}

/** A window is to follow within a second. */
const EVERY_MS = 500

export function createOthersWatch({
  store,
  tell,
  onError,
  timers = nodeTimers,
}: OthersWatchOptions): OthersWatch {
  let started = false
  let timer: unknown = null
  let look: Promise<void> = Promise.resolve()
  let isFailing = false

  async function lookOnce(): Promise<void> {
    try {
      for (const part of await store.changedByOthers()) await tell[part]()
      isFailing = false
    } catch (error) {
      if (!isFailing) onError(error)
      isFailing = true
    }
  }
  function plan(): void {
    if (!started) return
    timer = timers.set(() => {
      look = lookOnce().then(plan)
    }, EVERY_MS)
  }

  return {
    start() {
      if (started) return
      started = true
      plan()
    },
    async stop() {
      started = false
      timers.clear(timer)
      await look
    },
  }
}
