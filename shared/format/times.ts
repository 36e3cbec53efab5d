import { MS_PER_MINUTE } from '#shared/domain/units.ts'
import { display, intlLocale } from './display.ts'
import { MISSING, THIN_SPACE, count, counted, number } from './numbers.ts'

const HOUR_MS = 60 * MS_PER_MINUTE
const DAY_MS = 24 * HOUR_MS

/**
 * How long ago, in words: `just now`, `2 min ago`, `3 h ago`, `5 days ago`. A time that lies ahead by more than a
 * minute (a clock that is wrong) says so instead of pretending to be fresh.
 */
export function age(atMs: number, nowMs: number): string {
  if (!Number.isFinite(atMs)) return MISSING
  const elapsedMs = nowMs - atMs
  if (elapsedMs < -MS_PER_MINUTE) return 'in the future'
  if (elapsedMs < MS_PER_MINUTE) return 'just now'
  return `${duration(elapsedMs / 1000)} ago`
}

/** A length of time in its largest whole unit: `12 min`, `3 h`, `5 days`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return MISSING
  const ms = seconds * 1000
  if (ms < HOUR_MS) return `${count(Math.floor(ms / MS_PER_MINUTE))}${THIN_SPACE}min`
  if (ms < 2 * DAY_MS) return `${count(Math.floor(ms / HOUR_MS))}${THIN_SPACE}h`
  return counted(Math.floor(ms / DAY_MS), 'day')
}

/** Days with one place below ten, whole above: `4.2 days`, `18 days`, `1 day`. */
export function days(value: number): string {
  if (!Number.isFinite(value)) return MISSING
  const rounded = value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value)
  return `${number(rounded, Number.isInteger(rounded) ? 0 : 1)} ${rounded === 1 ? 'day' : 'days'}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** A format is dear to make. One of the reader's own time zone is made anew where they have travelled to another. */
function formatOf(options: Intl.DateTimeFormatOptions, timeZone: string | undefined): Intl.DateTimeFormat {
  const zone = timeZone ?? String(new Date().getTimezoneOffset())
  const key = JSON.stringify([display().numberLanguage, zone, options])
  let format = formats.get(key)
  if (format === undefined) {
    // Days of the calendar of the bills and digits that the reader of numbers knows, in every language.
    const common = { calendar: 'gregory', numberingSystem: 'latn', ...options }
    format = new Intl.DateTimeFormat(intlLocale(), timeZone === undefined ? common : { ...common, timeZone })
    formats.set(key, format)
  }
  return format
}

/** Every short month has three letters: British English writes `Sept`, and a column of days would step. */
export function parts(
  atMs: number,
  options: Intl.DateTimeFormatOptions,
  timeZone: string | undefined,
): string {
  return formatOf(options, timeZone)
    .format(atMs)
    .replace(/\bSept\b/, 'Sep')
}

/** The year, where it is another one than that of now. */
export function yearOf(
  atMs: number,
  nowMs: number,
  timeZone: string | undefined,
): Intl.DateTimeFormatOptions {
  // The reader's own year needs no format: those are dear to make.
  const year = (ms: number) =>
    timeZone === undefined ? new Date(ms).getFullYear() : parts(ms, { year: 'numeric' }, timeZone)
  return Number.isFinite(nowMs) && year(atMs) === year(nowMs) ? {} : { year: 'numeric' }
}

/** A day: `26 Nov`, of another year than now's `3 Jan 2027`. In the reader's own time zone unless another is given. */
export function dayMonth(atMs: number, timeZone?: string, nowMs = Date.now()): string {
  if (!Number.isFinite(atMs)) return MISSING
  return parts(atMs, { day: 'numeric', month: 'short', ...yearOf(atMs, nowMs, timeZone) }, timeZone)
}

/** A day in a sentence: `10 December`, `3 January 2027`. */
export function longDay(atMs: number, timeZone?: string, nowMs = Date.now()): string {
  if (!Number.isFinite(atMs)) return MISSING
  return parts(atMs, { day: 'numeric', month: 'long', ...yearOf(atMs, nowMs, timeZone) }, timeZone)
}

/** A calendar day given as YYYY-MM-DD, the same in every time zone: `21 Nov 2026`. */
export function calendarDay(date: string): string {
  const atMs = Date.parse(`${date}T00:00:00Z`)
  if (!Number.isFinite(atMs)) return MISSING
  return parts(atMs, { day: 'numeric', month: 'short', year: 'numeric' }, 'UTC')
}

/** The calendar day of a moment, in UTC, as files and fields have it: `2026-11-21`. @throws RangeError where it is not finite */
export const isoDay = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)

/** The calendar day of a moment, in UTC: `21 Nov 2026`. */
export function calendarDayOf(atMs: number): string {
  return Number.isFinite(atMs) ? calendarDay(isoDay(atMs)) : MISSING
}

/** The month of a calendar day given as YYYY-MM-DD: `Nov 2026`. */
export function calendarMonth(date: string): string {
  const atMs = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(atMs) ? parts(atMs, { month: 'short', year: 'numeric' }, 'UTC') : MISSING
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/**
 * A moment not long ago: `14:02` on the day that it is, `20 Nov, 14:02` before, `20 Nov 2025, 14:02` in another year. In the
 * reader's own time zone.
 */
export function moment(atMs: number, nowMs: number, timeZone?: string): string {
  if (!Number.isFinite(atMs)) return MISSING
  if (dayMonth(atMs, timeZone, nowMs) === dayMonth(nowMs, timeZone, nowMs))
    return parts(atMs, CLOCK, timeZone)
  const day = { day: 'numeric', month: 'short', ...yearOf(atMs, nowMs, timeZone) } as const
  return parts(atMs, { ...day, ...CLOCK }, timeZone)
}

/** A moment on paper: `22 Nov 2026, 15:43 UTC`. */
export function dateTime(atMs: number, timeZone?: string): string {
  if (!Number.isFinite(atMs)) return MISSING
  return parts(
    atMs,
    {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    },
    timeZone,
  )
}

/** Hours near now: `16:00–21:00 today`, `22:00 today to 03:00 tomorrow`. In the reader's own time zone unless another is given. */
export function hourRange(fromMs: number, toMs: number, nowMs: number, timeZone?: string): string {
  if (!Number.isFinite(fromMs) || !Number.isFinite(toMs)) return MISSING
  const clock = (ms: number) => parts(ms, CLOCK, timeZone)
  const [from, to] = [nearDay(fromMs, nowMs, timeZone), nearDay(toMs, nowMs, timeZone)]
  return from === to
    ? `${clock(fromMs)}–${clock(toMs)} ${to}`
    : `${clock(fromMs)} ${from} to ${clock(toMs)} ${to}`
}

function nearDay(atMs: number, nowMs: number, timeZone: string | undefined): string {
  const day = dayMonth(atMs, timeZone, nowMs)
  if (day === dayMonth(nowMs, timeZone, nowMs)) return 'today'
  return day === dayMonth(nowMs + DAY_MS, timeZone, nowMs) ? 'tomorrow' : `on ${day}`
}
