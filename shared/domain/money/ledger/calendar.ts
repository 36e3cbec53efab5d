import { MS_PER_DAY } from '../../units.ts'
import type { ZoneClock } from '../../power/zone-clock.ts'
import type { Day, Days, Month } from './entry.ts'

/** Days and months of the books. They are text of a fixed width, so that they sort as they read. */

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MONTH = /^\d{4}-\d{2}$/

/** Days since 1 January 1970. */
export const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY

export const dayOf = (number: number): Day => new Date(number * MS_PER_DAY).toISOString().slice(0, 10)

/** Whether the calendar has it: 2026-02-30 is none. */
export const isDay = (text: string): boolean =>
  DAY.test(text) && !Number.isNaN(dayNumber(text)) && dayOf(dayNumber(text)) === text

export const isMonth = (text: string): boolean => MONTH.test(text) && isDay(`${text}-01`)

export const dayAfter = (day: Day, days: number): Day => dayOf(dayNumber(day) + days)

/** How many days, both ends included. */
export const daysIn = ({ from, to }: Days): number => dayNumber(to) - dayNumber(from) + 1

export const firstDay = (month: Month): Day => `${month}-01`

export function lastDay(month: Month): Day {
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()
  return `${month}-${days}`
}

export const wholeMonth = (month: Month): Days => ({ from: firstDay(month), to: lastDay(month) })

/** Months since the year 0. */
const monthNumber = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

export function monthAfter(month: Month, months: number): Month {
  const number = monthNumber(month) + months
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`
}

/** Each month, in order; none where the second lies before the first. */
export function monthsFrom(first: Month, last: Month): Month[] {
  const length = monthNumber(last) - monthNumber(first) + 1
  return Array.from({ length: Math.max(length, 0) }, (_, index) => monthAfter(first, index))
}

/** Each day, in order. */
export function daysOf({ from, to }: Days): Day[] {
  const first = dayNumber(from)
  return Array.from({ length: dayNumber(to) - first + 1 }, (_, index) => dayOf(first + index))
}

/** The part of a period that lies in another; null where none does. */
export function common(one: Days, other: Days): Days | null {
  const from = one.from > other.from ? one.from : other.from
  const to = one.to < other.to ? one.to : other.to
  return from <= to ? { from, to } : null
}

/** The day that a clock on the wall of a zone shows. */
export function dayAt(clock: ZoneClock, atMs: number): Day {
  const { year, month, day } = clock.local(atMs)
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}
