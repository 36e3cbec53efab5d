import { pricesOf } from '../domain/power/tariff-edit.ts'
import { minutesOf } from '../domain/power/painted-week.ts'
import type { TariffPeriod, Weekday, WeekPrices } from '../domain/power/tariff.ts'
import { WEEKDAYS } from '../domain/power/tariff.ts'

const DAY_NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
}

/** One price of a week: when it counts, in words and in hours; the hours of all prices are 168. */
export type WeekLine = { readonly perKwh: number; readonly words: string; readonly hours: number }

/** A week's prices, the base price first: `Mon–Fri 06:00–22:00`, `all other hours`. */
export function weekLines(week: WeekPrices): readonly WeekLine[] {
  const minutes = minutesOf(week)
  return pricesOf(week).map((perKwh, i) => ({
    perKwh,
    words:
      i === 0
        ? week.periods.length === 0
          ? 'every hour'
          : 'all other hours'
        : week.periods
            .filter((period) => period.usdPerKwh === perKwh)
            .map(periodWords)
            .join(', '),
    hours: minutes.reduce((sum, price) => sum + Number(price === perKwh), 0) / 60,
  }))
}

function periodWords({ days, fromHour, toHour }: TariffPeriod): string {
  return `${dayWords(days)} ${clock(fromHour)}–${clock(toHour)}`
}

/** Runs of three days and more are a range: `Mon–Fri`, `Sat, Sun`. */
function dayWords(days: readonly Weekday[]): string {
  const runs: number[][] = []
  for (const [d, day] of WEEKDAYS.entries()) {
    if (!days.includes(day)) continue
    const run = runs.at(-1)
    if (run?.at(-1) === d - 1) run.push(d)
    else runs.push([d])
  }
  const name = (d: number) => DAY_NAMES[WEEKDAYS[d]!]
  return runs
    .flatMap((run) => (run.length > 2 ? [`${name(run[0]!)}–${name(run.at(-1)!)}`] : run.map(name)))
    .join(', ')
}

function clock(hour: number): string {
  const minutes = Math.round(hour * 60)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
