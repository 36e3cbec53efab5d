import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from '../units.ts'
import type { ZoneClock } from './zone-clock.ts'

type Form = {
  /** what its parts are called in {@link partsOf} */
  readonly pattern: RegExp
  readonly example: string
}

/** How times are written. Which part is the day is never guessed from the numbers. */
const FORMS = {
  'year-first': {
    pattern:
      /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?(?<zone>Z|[+-]\d{2}:?\d{2})?$/i,
    example: "2026-01-01T00:00:00Z, or 2026-01-01 00:00 in the site's time zone",
  },
  /** with a star in the second pass of an hour that is repeated */
  'month-first': {
    pattern:
      /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4}) (?<hour>\d{1,2})(?::(?<minute>\d{2}))?(?<pass>\*?)$/,
    example: '11/21/2025 02:00, the month first',
  },
  /** near a change of the clocks, some say which of the two counts */
  'day-first': {
    pattern:
      /^(?<day>\d{2})[./](?<month>\d{2})[./](?<year>\d{4}) (?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?: \((?<pass>CES?T)\))?$/,
    example: '21.11.2025 02:00, the day first',
  },
} as const satisfies Readonly<Record<string, Form>>
export type TimeForm = keyof typeof FORMS

/** Which pass of an hour that is repeated a mark stands for. */
const PASSES: Readonly<Record<string, 0 | 1>> = { '': 0, '*': 1, CEST: 0, CET: 1 }

/** A time as written: an instant, or what a local clock shows, as if it were UTC. */
export type WrittenTime = {
  readonly ms: number
  readonly isLocal: boolean
  /** in an hour that the clocks repeat: the first or the second; null: not said */
  readonly pass: 0 | 1 | null
}

/**
 * Reads a time such as `2026-01-01T00:00:00Z`, `…-06:00` or `2026-01-01 00:00`.
 * @param isEnd it ends an interval: 24:00 is the end of that day
 * @returns the time, or what is wrong with it as the end of a sentence
 */
export function writtenTime(
  text: string,
  form: TimeForm = 'year-first',
  isEnd = false,
): WrittenTime | { readonly fault: string } {
  const { pattern, example }: Form = FORMS[form]
  const parts: Readonly<Partial<Record<string, string>>> = pattern.exec(text)?.groups ?? {}
  const { zone, pass } = parts
  if (parts['hour'] === '24' && !isEnd)
    return {
      fault: `'${text}' is no begin of an interval: a column that counts to 24:00 holds the END of each interval; write when it begins, an interval earlier, or head the column hour_ending`,
    }
  const ms = wallMs(parts)
  if (Number.isNaN(ms)) return { fault: `'${text}' is not a time such as ${example}` }
  if (zone === undefined) return { ms, isLocal: true, pass: pass === undefined ? null : PASSES[pass]! }
  const offset = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase()
  const midnightMs = Date.parse(`1970-01-01T00:00${offset}`)
  return Number.isNaN(midnightMs)
    ? { fault: `'${text}' has a zone that does not exist` }
    : { ms: ms + midnightMs, isLocal: false, pass: null }
}

/** What a clock shows, as if it were UTC; NaN where no clock shows it. */
function wallMs(parts: Readonly<Partial<Record<string, string>>>): number {
  const { year = '', month = '', day = '' } = parts
  const [hour, minute, second] = [parts['hour'], parts['minute'], parts['second']].map((part = '0') =>
    Number(part),
  )
  const dayMs = Date.UTC(Number(year), Number(month) - 1, Number(day))
  // Days beyond the end of a month roll over; writing the day back shows it.
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (Number.isNaN(dayMs) || new Date(dayMs).toISOString().slice(0, 10) !== written) return NaN
  const inDayMs = hour! * MS_PER_HOUR + minute! * MS_PER_MINUTE + second! * 1000
  return minute! > 59 || second! > 59 || inDayMs > MS_PER_DAY ? NaN : dayMs + inDayMs
}

/**
 * The instant of a written time, unix ms; a local time that the clocks repeat is the first of the two.
 * @returns the instant, or what is wrong with the time
 */
export function writtenInstant(text: string, clock: ZoneClock): number | { readonly fault: string } {
  if (/[T ]24:/.test(text)) return { fault: `'${text}' is no time; write 00:00 of the next day` }
  const written = writtenTime(text)
  if ('fault' in written) return written
  if (!written.isLocal) return written.ms
  return clock.instants(written.ms)[0] ?? { fault: `'${text}' does not exist: the clocks skip it` }
}
