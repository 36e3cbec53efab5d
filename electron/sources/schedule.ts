import { MS_PER_MINUTE } from '#shared/domain/units.ts'
import type { Part } from './provider.ts'

/**
 * When each part of a source is asked next, per address, so that a new address is asked at once. A part is never
 * asked faster than its interval; a failing one is asked ever more rarely. Nothing here reads a clock or sets a
 * timer.
 */

/** 'busy': the source refuses because it is asked too much; 'failed': out of reach, or a useless answer */
export type Outcome = 'answered' | 'failed' | 'busy'

export type Schedule = {
  /** When the part may be asked, unix ms; −Infinity where it never was, or was under a clock that was ahead of this one. */
  dueMs(address: string, part: Part, nowMs: number): number
  asked(address: string, part: Part, outcome: Outcome, nowMs: number): void
  /** The connection may be back: what was out of reach is due at once. */
  forgive(): void
}

/** An unreachable source is not burdened by questions; a busy one is left alone for longer. */
const LONGEST_WAIT_MS = { failed: 10 * MS_PER_MINUTE, busy: 60 * MS_PER_MINUTE } as const
/** Many programs that lost the same server must not come back in the same second. */
const JITTER = 0.2

/** random: 0..1 */
export function createSchedule(random: () => number): Schedule {
  type Entry = {
    readonly askedMs: number
    readonly failures: number
    readonly waitMs: number
    readonly outcome: Outcome
  }
  const entries = new Map<string, Entry>()
  const keyOf = (address: string, part: Part) => `${address} ${part.name}`

  return {
    dueMs(address, part, nowMs) {
      const entry = entries.get(keyOf(address, part))
      return entry === undefined || entry.askedMs > nowMs
        ? -Infinity
        : entry.askedMs + Math.max(part.everyMs, entry.waitMs)
    },
    asked(address, part, outcome, nowMs) {
      const key = keyOf(address, part)
      if (outcome === 'answered') {
        entries.set(key, { askedMs: nowMs, failures: 0, waitMs: 0, outcome })
        return
      }
      const failures = (entries.get(key)?.failures ?? 0) + 1
      const waitMs = Math.min(MS_PER_MINUTE * 2 ** (failures - 1), LONGEST_WAIT_MS[outcome])
      entries.set(key, { askedMs: nowMs, failures, waitMs: waitMs * (1 - JITTER * random()), outcome })
    },
    forgive() {
      for (const [key, entry] of entries) {
        if (entry.outcome === 'failed') entries.delete(key)
      }
    },
  }
}
