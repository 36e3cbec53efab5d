import { HOURS_PER_DAY, MS_PER_HOUR } from '../units.ts'
import type { Fault } from './fault.ts'
import { zoneClock } from './zone-clock.ts'

/** Position in this list is the day of the week, Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

const HOURS_PER_WEEK = 168

/** A price for some hours of some days of the week, local time. */
export type TariffPeriod = {
  readonly days: readonly Weekday[]
  /** 0..23 */
  readonly fromHour: number
  /** 1..24, the first hour that no longer belongs to it */
  readonly toHour: number
  readonly usdPerKwh: number
}

/** Prices of a week: the base price, and periods that replace it. */
export type WeekPrices = {
  readonly baseUsdPerKwh: number
  readonly periods: readonly TariffPeriod[]
}

export type TariffSeason = WeekPrices & {
  readonly name: string
  /** 1..12 */
  readonly months: readonly number[]
}

/** What a site pays from one local date to another. Months without a season of their own take the version's week. */
export type TariffVersion = WeekPrices & {
  /** first day, YYYY-MM-DD */
  readonly from: string
  /** last day, YYYY-MM-DD; null: until further notice */
  readonly to: string | null
  readonly seasons: readonly TariffSeason[]
}

/** What is wrong with the versions of a tariff: the first fault with its field, null where there is none. */
export function tariffFault(versions: readonly TariffVersion[]): Fault | null {
  for (const [i, version] of versions.entries()) {
    const field = `tariffs[${i}]`
    if (version.to !== null && version.to < version.from)
      return { field: `${field}.to`, message: `${version.to} is before the first day, ${version.from}` }
    const week = weekFault(version, field)
    if (week !== null) return week
    const taken = new Map<number, string>()
    for (const [s, season] of version.seasons.entries()) {
      const fault = weekFault(season, `${field}.seasons[${s}]`)
      if (fault !== null) return fault
      for (const month of season.months) {
        const other = taken.get(month)
        if (other !== undefined)
          return {
            field: `${field}.seasons[${s}].months`,
            message: `month ${month} belongs to the season '${other}' too; a month has one season`,
          }
        taken.set(month, season.name)
      }
    }
  }
  const inOrder = versions
    .map((version, i) => ({ version, i }))
    .sort((a, b) => (a.version.from < b.version.from ? -1 : 1))
  for (const [n, { version, i }] of inOrder.entries()) {
    const before = inOrder[n - 1]
    if (before !== undefined && (before.version.to === null || before.version.to >= version.from))
      return {
        field: `tariffs[${i}].from`,
        message: `${version.from} lies inside tariffs[${before.i}], which is valid from ${before.version.from} ${before.version.to === null ? 'on' : `to ${before.version.to}`}; end that version before this one begins`,
      }
  }
  return null
}

function weekFault(week: WeekPrices, field: string): Fault | null {
  const taken = new Int32Array(HOURS_PER_WEEK).fill(-1)
  for (const [p, period] of week.periods.entries()) {
    if (period.toHour <= period.fromHour)
      return {
        field: `${field}.periods[${p}].toHour`,
        message: `${period.toHour} is not after fromHour ${period.fromHour}; write a period over midnight as two`,
      }
    for (const hour of hoursOf(period)) {
      if (taken[hour]! >= 0)
        return {
          field: `${field}.periods[${p}]`,
          message: `overlaps periods[${taken[hour]!}] on ${WEEKDAYS[Math.floor(hour / HOURS_PER_DAY)]!} at ${hour % HOURS_PER_DAY}:00; an hour of the week has one price`,
        }
      taken[hour] = p
    }
  }
  return null
}

function* hoursOf({ days, fromHour, toHour }: TariffPeriod): Generator<number, void> {
  for (const day of new Set(days))
    for (let hour = fromHour; hour < toHour; hour++) yield WEEKDAYS.indexOf(day) * HOURS_PER_DAY + hour
}

/** USD/kWh of the 168 hours of a week, Monday 0:00 first. */
function pricesOfWeek(week: WeekPrices): Float64Array {
  const prices = new Float64Array(HOURS_PER_WEEK).fill(week.baseUsdPerKwh)
  for (const period of week.periods) for (const hour of hoursOf(period)) prices[hour] = period.usdPerKwh
  return prices
}

/**
 * What a tariff costs in each of a run of hours, USD/kWh. An hour takes the price of its local hour, season and day.
 * NaN where no version is valid.
 * @param firstHourMs begin of the first hour, unix ms
 */
export function tariffHours(
  versions: readonly TariffVersion[],
  timeZone: string,
  firstHourMs: number,
  hours: number,
): Float64Array {
  const clock = zoneClock(timeZone)
  const weeks = versions.map((version) => ({
    ...version,
    week: pricesOfWeek(version),
    seasonWeeks: version.seasons.map((season) => ({ months: season.months, week: pricesOfWeek(season) })),
  }))
  return Float64Array.from({ length: hours }, (_, i) => {
    const local = clock.local(firstHourMs + i * MS_PER_HOUR)
    const date = dateText(local.year, local.month, local.day)
    const version = weeks.find(({ from, to }) => from <= date && (to === null || date <= to))
    if (version === undefined) return NaN
    const season = version.seasonWeeks.find(({ months }) => months.includes(local.month))
    return (season ?? version).week[local.weekday * HOURS_PER_DAY + local.hour]!
  })
}

/** The local date of an instant, YYYY-MM-DD. */
export function localDate(timeZone: string, atMs: number): string {
  const { year, month, day } = zoneClock(timeZone).local(atMs)
  return dateText(year, month, day)
}

function dateText(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
