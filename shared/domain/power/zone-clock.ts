import { MS_PER_DAY, MS_PER_HOUR } from '../units.ts'

/** What a clock on the wall of a time zone shows. */
export type LocalTime = {
  readonly year: number
  /** 1..12 */
  readonly month: number
  readonly day: number
  /** 0 = Monday … 6 = Sunday */
  readonly weekday: number
  /** 0..23 */
  readonly hour: number
}

export type ZoneClock = {
  readonly local: (atMs: number) => LocalTime
  /**
   * The instants at which the clock shows a time, unix ms, earlier one first: two in the hour that an autumn change
   * repeats, none in the hour that a spring change skips.
   * @param wallMs the time shown, written as if it were UTC
   */
  readonly instants: (wallMs: number) => readonly number[]
  /** the time from one instant to another, cut where the clocks change, in order of time */
  readonly spans: (fromMs: number, toMs: number) => readonly ZoneSpan[]
}

/** A stretch of time in which the clock on the wall shows UTC + offset. */
export type ZoneSpan = { readonly fromMs: number; readonly toMs: number; readonly offsetMs: number }

const QUARTER_MS = MS_PER_HOUR / 4
/** No zone changes its clocks twice within so many days. */
const DAYS_BETWEEN_CHANGES = 7

/** Whether the name is a time zone of the IANA list, e.g. America/Chicago. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/**
 * A clock of a time zone, independent of the computer's zone.
 * @throws RangeError where {@link isTimeZone} is false
 */
export function zoneClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  // Offsets change on the quarter of an hour at most, and asking the formatter is slow.
  const offsets = new Map<number, number>()

  function offsetMs(atMs: number): number {
    const quarter = Math.floor(atMs / QUARTER_MS)
    let offset = offsets.get(quarter)
    if (offset === undefined) {
      const startMs = quarter * QUARTER_MS
      const part = Object.fromEntries(
        format.formatToParts(startMs).map(({ type, value }) => [type, Number(value)]),
      )
      const wallMs = Date.UTC(
        part['year']!,
        part['month']! - 1,
        part['day'],
        part['hour'],
        part['minute'],
        part['second'],
      )
      offset = wallMs - startMs
      offsets.set(quarter, offset)
    }
    return offset
  }

  /** The first quarter of an hour after `low` with another offset; the offset at `high` is another. */
  function changeBetween(low: number, high: number): number {
    const before = offsetMs(low)
    let first = Math.floor(low / QUARTER_MS)
    let last = Math.ceil(high / QUARTER_MS)
    while (last - first > 1) {
      const middle = (first + last) >>> 1
      if (offsetMs(middle * QUARTER_MS) === before) first = middle
      else last = middle
    }
    return last * QUARTER_MS
  }

  return {
    local(atMs) {
      const wall = new Date(atMs + offsetMs(atMs))
      return {
        year: wall.getUTCFullYear(),
        month: wall.getUTCMonth() + 1,
        day: wall.getUTCDate(),
        weekday: (wall.getUTCDay() + 6) % 7,
        hour: wall.getUTCHours(),
      }
    },
    instants(wallMs) {
      const candidates = new Set([MS_PER_DAY, -MS_PER_DAY].map((away) => wallMs - offsetMs(wallMs + away)))
      return [...candidates].filter((atMs) => atMs + offsetMs(atMs) === wallMs).sort((a, b) => a - b)
    },
    spans(fromMs, toMs) {
      const spans: ZoneSpan[] = []
      let beginMs = fromMs
      for (let low = fromMs; low < toMs;) {
        const high = Math.min(low + DAYS_BETWEEN_CHANGES * MS_PER_DAY, toMs)
        if (offsetMs(high) === offsetMs(low)) {
          low = high
          continue
        }
        const changeMs = changeBetween(low, high)
        if (changeMs >= toMs) break
        spans.push({ fromMs: beginMs, toMs: changeMs, offsetMs: offsetMs(low) })
        beginMs = changeMs
        low = changeMs
      }
      if (beginMs < toMs) spans.push({ fromMs: beginMs, toMs, offsetMs: offsetMs(beginMs) })
      return spans
    },
  }
}
