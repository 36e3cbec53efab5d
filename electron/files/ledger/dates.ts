import { dayAt, dayOf, isDay, isMonth } from '#shared/domain/money/ledger/calendar.ts'
import type { Day, Month } from '#shared/domain/money/ledger/entry.ts'
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from '#shared/domain/units.ts'
import type { ZoneClock } from '#shared/domain/power/zone-clock.ts'
import { quoted } from '../shown.ts'

/** Days, months and moments as people and programs write them. Whether 03/04/2026 is of March or April is told, never guessed. */

export type DayOrder = 'day-first' | 'month-first'

/** What the cells of the columns of days say about their order. */
type OrderEvidence = { dayFirst: number; monthFirst: number; open: string | null }

export const noOrderEvidence = (): OrderEvidence => ({ dayFirst: 0, monthFirst: 0, open: null })

const CLOCK = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?)?`
const form = (day: string) => new RegExp(`^${day}${CLOCK}$`, 'i')
const YEAR_FIRST = form(String.raw`(\d{4})([-/.])(\d{1,2})\2(\d{1,2})`)
const YEAR_LAST = form(String.raw`(\d{1,2})([-/.])(\d{1,2})\2(\d{4})`)
const DAY_NAMED = form(String.raw`(\d{1,2})[-. ]+([a-z]{3,9})\.?[-, ]+(\d{4})`)
const MONTH_NAMED = form(String.raw`([a-z]{3,9})\.?[- ]+(\d{1,2})(?:st|nd|rd|th)?[-, ]+(\d{4})`)
/** "23:59:59 CDT" */
const ZONE_NAMED = /\d:\d{2}(?:[.,]\d+)?\s*([A-Z]{2,5})$/
const COMPACT = /^(20\d{2})(\d{2})(\d{2})$/
const UNIX = /^(\d{10})(\d{3})?(?:\.\d+)?$/
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH_NAMES =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i

/** Adds what a cell says about the order of day and month. */
export function addOrder(evidence: OrderEvidence, cell: string): void {
  const found = YEAR_LAST.exec(cell.trim())
  if (found === null) return
  const [first, sign, second] = [Number(found[1]), found[2], Number(found[3])]
  if (first === second) return
  // With points the day comes first wherever they are used.
  if (sign === '.' || first > 12) evidence.dayFirst++
  else if (second > 12) evidence.monthFirst++
  else evidence.open ??= cell.trim()
}

/** The order of a file: what its cells decide, else what was answered. @returns the order, or the cell that leaves it open */
export function orderOf(
  { dayFirst, monthFirst, open }: OrderEvidence,
  answered: DayOrder | null,
): DayOrder | { readonly open: string } {
  if (dayFirst > 0 !== monthFirst > 0) return dayFirst > 0 ? 'day-first' : 'month-first'
  return answered ?? (open === null ? 'day-first' : { open })
}

type DayRead =
  | {
      readonly day: Day
      readonly isMidnight: boolean
      /** 2026-10-31T14:05:00Z, without the Z where its zone is not known; null: none is written, or midnight, which exports write for a whole day */
      readonly time: string | null
    }
  | { readonly fault: string }

export type DayWay = {
  readonly order: DayOrder
  /** what a time without a zone is of: 'UTC', or 'local' for the zone of the entry; seconds since 1970 are told by themselves */
  readonly clock: string | null
  readonly zone: ZoneClock
}

/** The day of the entry's zone that a cell means. `isMidnight`: it is a moment at which the day begins. */
export function readDay(cell: string, { order, clock, zone }: DayWay): DayRead {
  const text = cell.trim()
  const unix = UNIX.exec(text)
  if (unix !== null && clock !== 'local')
    return moment(Math.floor(Number(text) * (unix[2] === undefined ? 1000 : 1)), zone)
  const written = partsOf(text, order)
  const named = ZONE_NAMED.exec(text)
  if (written === null && named !== null)
    return {
      fault: `${quoted(text)} has a zone '${named[1]!}' that may be of several places: write an offset such as -05:00`,
    }
  if (written === null)
    return {
      fault: `${quoted(text)} is not a day such as 2026-10-31 or 31 Oct 2026: write the year with four digits`,
    }
  const { day, time } = written
  if (!isDay(day)) return { fault: `${quoted(text)} is no day of the calendar` }
  if (time === null) return { day, isMidnight: false, time: null }
  if (Number.isNaN(time.ms)) return { fault: `${quoted(text)} has a time that no clock shows` }
  const wallMs = Date.parse(`${day}T00:00:00Z`) + time.ms
  if (time.offsetMs !== null) return moment(wallMs - time.offsetMs, zone)
  if (clock === 'UTC') return moment(wallMs, zone)
  return { day, isMidnight: time.ms === 0, time: time.ms === 0 ? null : toSecond(wallMs) }
}

function moment(atMs: number, zone: ZoneClock): DayRead {
  const day = dayAt(zone, atMs)
  const isMidnight = atMs > 0 && dayAt(zone, atMs - 1) !== day
  return { day, isMidnight, time: isMidnight || atMs % MS_PER_DAY === 0 ? null : `${toSecond(atMs)}Z` }
}

const toSecond = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19)

type Written = {
  readonly day: string
  /** null: none is written; offsetMs null: without a zone */
  readonly time: { readonly ms: number; readonly offsetMs: number | null } | null
}

function partsOf(text: string, order: DayOrder): Written | null {
  const compact = COMPACT.exec(text)
  if (compact !== null) return { day: `${compact[1]}-${compact[2]}-${compact[3]}`, time: null }
  const yearFirst = YEAR_FIRST.exec(text)
  if (yearFirst !== null) {
    const [, year, , month, day, ...time] = yearFirst
    return written(year!, Number(month), Number(day), time)
  }
  const yearLast = YEAR_LAST.exec(text)
  if (yearLast !== null) {
    const [, first, sign, second, year, ...time] = yearLast
    const isDayFirst = sign === '.' || order === 'day-first'
    const [day, month] = isDayFirst ? [Number(first), Number(second)] : [Number(second), Number(first)]
    return written(year!, month, day, time)
  }
  const dayNamed = DAY_NAMED.exec(text)
  if (dayNamed !== null) {
    const [, day, name, year, ...time] = dayNamed
    return written(year!, monthNumber(name!), Number(day), time)
  }
  const monthNamed = MONTH_NAMED.exec(text)
  if (monthNamed === null) return null
  const [, name, day, year, ...time] = monthNamed
  return written(year!, monthNumber(name!), Number(day), time)
}

/** 1..12; 0 where the name is none */
const monthNumber = (name: string): number =>
  MONTH_NAMES.test(name) ? MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1 : 0

const two = (value: number) => String(value).padStart(2, '0')

function written(year: string, month: number, day: number, time: readonly (string | undefined)[]): Written {
  const [hour, minute, second = '0', half, zone] = time
  if (hour === undefined || minute === undefined)
    return { day: `${year}-${two(month)}-${two(day)}`, time: null }
  const isAfternoon = half === undefined ? null : /^p/i.test(half)
  const hours = isAfternoon === null ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0)
  const isTime = hours < 24 && Number(minute) < 60 && Number(second) < 60
  const ms = isTime ? hours * MS_PER_HOUR + Number(minute) * MS_PER_MINUTE + Number(second) * 1000 : NaN
  return { day: `${year}-${two(month)}-${two(day)}`, time: { ms, offsetMs: offsetOf(zone) } }
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  if (sign === undefined) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * MS_PER_HOUR + Number(minutes) * MS_PER_MINUTE)
}

/** "2026-10", "10/2026", "Oct 2026", "October 2026"; null where it is no month, or more than one. */
export function readMonth(cell: string): Month | null {
  const text = cell.trim()
  const numbers = /^(\d{4})[-/.](\d{1,2})$/.exec(text) ?? /^(\d{1,2})[-/.](\d{4})$/.exec(text)
  if (numbers !== null) {
    const [year, month] = [numbers[1]!, numbers[2]!].sort((a, b) => b.length - a.length) as [string, string]
    return monthFrom(year, Number(month))
  }
  const named = /^([a-z]{3,9})\.?[-, ]*(\d{4})$/i.exec(text)
  return named === null ? null : monthFrom(named[2]!, monthNumber(named[1]!))
}

function monthFrom(year: string, month: number): Month | null {
  const text = `${year}-${two(month)}`
  return isMonth(text) ? text : null
}

/** The last day of a period whose end does not belong to it. */
export const dayBefore = (day: Day): Day => dayOf(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY - 1)
