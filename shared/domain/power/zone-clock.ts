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
}

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
    const quarter = Math.floor(atMs / (MS_PER_HOUR / 4))
    let offset = offsets.get(quarter)
    if (offset === undefined) {
      const startMs = quarter * (MS_PER_HOUR / 4)
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
  }
}
