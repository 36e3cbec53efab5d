import { MS_PER_HOUR } from '#shared/domain/units.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Store } from '#electron/store/sqlite/client.ts'

export type UpkeepOptions = {
  readonly store: Pick<Store, 'maintain'>
  readonly nowMs: () => number
  /** nobody waits for an answer; the next time it is tried again */
  readonly onError: (error: unknown) => void
  /** after every look: what {@link Upkeep.fault} says then */
  readonly onLooked?: (fault: string | null) => void
}

export type Upkeep = {
  /** Looks after the database now and then every few hours: a program may run for weeks. */
  start(): void
  /** Looks after the database once. Never rejects: a fault goes to `onError`. */
  look(): Promise<void>
  /** why the database could not be looked after the last time, in words; null where it could */
  fault(): string | null
  stop(): void
}

const EVERY_MS = 6 * MS_PER_HOUR
/** Bound of the event that carries it. */
const LONGEST_FAULT = 2000

export function createUpkeep({ store, nowMs, onError, onLooked }: UpkeepOptions): Upkeep {
  let timer: NodeJS.Timeout | null = null
  let fault: string | null = null

  async function look(): Promise<void> {
    try {
      await store.maintain(nowMs())
      fault = null
    } catch (error) {
      onError(error)
      // What was broken off because the program closes is no fault.
      if (error instanceof StrikelineError && error.code === 'cancelled') return
      fault = wordsOf(error).slice(0, LONGEST_FAULT)
    }
    onLooked?.(fault)
  }

  return {
    start() {
      if (timer !== null) return
      void look()
      timer = setInterval(() => void look(), EVERY_MS)
    },
    look,
    fault: () => fault,
    stop() {
      if (timer !== null) clearInterval(timer)
      timer = null
    },
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof StrikelineError) return error.message
  return `The database could not be looked after: ${error instanceof Error ? error.message : String(error)}.`
}
