import type { Timers } from '#electron/services/timers.ts'

/** A clock and timers that stand still unless the test moves them; one piece of work waits at a time. */
export function standingClock(nowMs: number) {
  const clock = { nowMs }
  const waiting: { work: () => void; delayMs: number }[] = []
  const timers: Timers = {
    set(work, delayMs) {
      waiting.splice(0, waiting.length, { work, delayMs })
      return work
    },
    clear: () => void waiting.splice(0, waiting.length),
  }
  return { clock, waiting, options: { nowMs: () => clock.nowMs, random: () => 0, timers } }
}
