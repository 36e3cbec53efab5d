import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { PastMark } from '#electron/store/port.ts'
import { askedSources } from '#electron/sources/ask.ts'
import { lastDayOver } from '#electron/sources/past/part.ts'
import { HISTORY_PARTS } from '#electron/sources/past/parts.ts'
import { CLOCK_TOLERANCE_MS } from '#electron/sources/in-force.ts'

/** How far the past has been filled: from the stored marks, so that it survives a restart. */
export type Filled = {
  /** the newest answer, unix ms; null: nothing was ever filled */
  readonly newestMs: number | null
  /** some part of an asked source has no mark, or one far behind the newest answer */
  readonly isBehind: boolean
}

/** Some sources publish a day only after two or three. */
const LAG_DAYS = 3

/** One made while the clock was ahead promises days that nobody has seen. */
const isBelieved = ({ throughDay, fetchedAtMs }: PastMark, nowMs: number) =>
  fetchedAtMs <= nowMs + CLOCK_TOLERANCE_MS && throughDay <= lastDayOver(nowMs)

/** The mark of a part; null where there is none to go on from. */
export function believedMark(
  marks: readonly PastMark[],
  source: string,
  part: string,
  nowMs: number,
): PastMark | null {
  const mark = marks.find((candidate) => candidate.source === source && candidate.part === part)
  return mark !== undefined && isBelieved(mark, nowMs) ? mark : null
}

/** Marks of sources that are no longer asked do not count. */
export function filledBy(marks: readonly PastMark[], settings: Settings, nowMs: number): Filled {
  const parts = askedSources(settings)
    .filter(({ addressFault }) => addressFault === null)
    .flatMap(({ name }) => HISTORY_PARTS[name].map((part) => believedMark(marks, name, part.name, nowMs)))
  const newestMs = parts.reduce<number | null>(
    (newest, mark) => (mark === null ? newest : Math.max(newest ?? mark.fetchedAtMs, mark.fetchedAtMs)),
    null,
  )
  return {
    newestMs,
    isBehind:
      newestMs !== null &&
      parts.some((mark) => mark === null || mark.throughDay < lastDayOver(newestMs) - LAG_DAYS),
  }
}
