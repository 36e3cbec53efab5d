import { MS_PER_DAY } from '../units.ts'
import type { TariffVersion, WeekPrices } from './tariff.ts'

/** Changes of a dated tariff, each giving new versions. Which of them may stand together tells tariffFault. */

export type Tariffs = readonly TariffVersion[]

/** A week of a tariff: of a version, or of one of its seasons; null: of the months that have none. */
export type WeekPlace = { readonly version: number; readonly season: number | null }

/** null: there is no such week */
export function weekAt(tariffs: Tariffs, { version, season }: WeekPlace): WeekPrices | null {
  const found = tariffs[version]
  return (season === null ? found : found?.seasons[season]) ?? null
}

export function withWeek(tariffs: Tariffs, { version, season }: WeekPlace, week: WeekPrices): Tariffs {
  const { baseUsdPerKwh, periods } = week
  return withVersion(tariffs, version, (before) =>
    season === null
      ? { ...before, baseUsdPerKwh, periods }
      : {
          ...before,
          seasons: before.seasons.map((each, s) =>
            s === season ? { ...each, baseUsdPerKwh, periods } : each,
          ),
        },
  )
}

export function withVersion(
  tariffs: Tariffs,
  version: number,
  change: (before: TariffVersion) => TariffVersion,
): Tariffs {
  return tariffs.map((each, v) => (v === version ? change(each) : each))
}

/** One of a week's prices at another value; hours that cost the other value already are not told apart afterwards. */
export function repriced({ baseUsdPerKwh, periods }: WeekPrices, from: number, to: number): WeekPrices {
  const price = (each: number) => (each === from ? to : each)
  return {
    baseUsdPerKwh: price(baseUsdPerKwh),
    periods: periods.map((period) => ({ ...period, usdPerKwh: price(period.usdPerKwh) })),
  }
}

/** Prices of a week, the base price first, the others from the cheapest to the dearest. */
export function pricesOf({ baseUsdPerKwh, periods }: WeekPrices): readonly number[] {
  const others = new Set(periods.map(({ usdPerKwh }) => usdPerKwh))
  others.delete(baseUsdPerKwh)
  return [baseUsdPerKwh, ...[...others].sort((a, b) => a - b)]
}

/** A tariff of one price. @param from first day, YYYY-MM-DD */
export function flatTariff(from: string, usdPerKwh: number): TariffVersion {
  return {
    ...{ from, to: null, baseUsdPerKwh: usdPerKwh, periods: [], seasons: [], tiers: [] },
    meteredKwhThisMonth: 0,
  }
}

/**
 * A version that holds from a day on, a copy of the one that held there, which ends the day before; in order of their days.
 * @returns the versions and the place of the new one; null where one begins on that day, or none holds on it
 */
export function splitAt(
  tariffs: Tariffs,
  from: string,
): { readonly tariffs: Tariffs; readonly version: number } | null {
  const holds = tariffs.findIndex((each) => each.from < from && (each.to === null || each.to >= from))
  if (holds < 0) return null
  const before = tariffs[holds]!
  const added = { ...before, from }
  const all = [...withVersion(tariffs, holds, (each) => ({ ...each, to: dayBefore(from) })), added]
  all.sort((a, b) => (a.from < b.from ? -1 : 1))
  return { tariffs: all, version: all.indexOf(added) }
}

/** Without a version; the one before it goes on in its place. */
export function withoutVersion(tariffs: Tariffs, version: number): Tariffs {
  const gone = tariffs[version]!
  return tariffs
    .filter((_, v) => v !== version)
    .map((each) => (each.to === dayBefore(gone.from) ? { ...each, to: gone.to } : each))
}

/** A season with a copy of the version's week, for months that no other season has; null where none is left. */
export function withSeason(tariffs: Tariffs, version: number, name: string): Tariffs | null {
  const { seasons, baseUsdPerKwh, periods } = tariffs[version]!
  const taken = new Set(seasons.flatMap(({ months }) => months))
  const months = MONTHS.filter((month) => !taken.has(month))
  if (months.length === 0) return null
  return withVersion(tariffs, version, (before) => ({
    ...before,
    seasons: [...seasons, { name, months: months.slice(0, 1), baseUsdPerKwh, periods }],
  }))
}

export const MONTHS: readonly number[] = Array.from({ length: 12 }, (_, i) => i + 1)

/** Gives a season a month or takes it away; a month that another season has leaves that one, and the last one of a season stays. */
export function withMonth(
  tariffs: Tariffs,
  { version, season }: { readonly version: number; readonly season: number },
  month: number,
): Tariffs {
  return withVersion(tariffs, version, (before) => {
    const isIn = before.seasons[season]!.months.includes(month)
    const seasons = before.seasons.map((each, s) => {
      const others = each.months.filter((one) => one !== month)
      const months = s === season && !isIn ? [...others, month].sort((a, b) => a - b) : others
      return { ...each, months }
    })
    return seasons.every(({ months }) => months.length > 0) ? { ...before, seasons } : before
  })
}

export function withoutSeason(tariffs: Tariffs, version: number, season: number): Tariffs {
  return withVersion(tariffs, version, (before) => ({
    ...before,
    seasons: before.seasons.filter((_, s) => s !== season),
  }))
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00Z`) - MS_PER_DAY).toISOString().slice(0, 10)
}
