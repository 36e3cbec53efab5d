import type { Counted } from './counted.ts'
import type { Day, Days, Entry } from './entry.ts'
import type { PoolDays, PoolSays } from './hashing.ts'
import { shareOfDays } from './month-shares.ts'
import type { MonthNetwork } from './month-network.ts'
import { schemeSatPerPh } from './month-network.ts'

/** How far a month that is not over can be compared: through the last day that both sides have. */

/** Of a month, or of its days so far. */
export type PoolPart = {
  readonly days: readonly Day[]
  readonly said: PoolSays
  readonly counted: PoolDays
  /** PH/s on each day */
  readonly planned: Float64Array
  readonly market: MonthNetwork
  /** null: the whole month */
  readonly through: Day | null
}

/**
 * A pool's days so far: through the last day on which income came of it among those that the past has, from the first of the month on
 * without a gap. All of the month where there is no such day, or no terms to compare with.
 */
export function poolToDate(whole: Omit<PoolPart, 'through'>): PoolPart {
  const { days, said, counted, planned, market } = whole
  const length = said.terms === null ? 0 : daysToDate(said, days, market, said.terms.scheme)
  if (length === 0 || length === days.length) return { ...whole, through: null }
  const through = days[length - 1]!
  const isIn = ({ fact }: { readonly fact: { readonly day: Day } }) => fact.day <= through
  return {
    days: days.slice(0, length),
    said: { ...said, earnings: said.earnings.filter(isIn), payouts: said.payouts.filter(isIn) },
    counted: firstDays(counted, length),
    planned: planned.subarray(0, length),
    market: firstDays(market, length),
    through,
  }
}

function daysToDate(
  { terms, earnings, payouts }: PoolSays,
  days: readonly Day[],
  market: MonthNetwork,
  scheme: NonNullable<PoolSays['terms']>['scheme'],
): number {
  const satPerPh = schemeSatPerPh(market, scheme)
  const gap = days.findIndex((_, day) => Number.isNaN(satPerPh[day]! + market.priceUsd[day]!))
  const stored = days.slice(0, gap < 0 ? days.length : gap)
  const came = new Set<Day>()
  for (const { entry, fact } of terms?.revenue === 'earned' ? earnings : payouts)
    if (entry.corrects === null) came.add(fact.day)
  return stored.findLastIndex((day) => came.has(day)) + 1
}

const firstDays = <Of extends Readonly<Record<string, Float64Array | Uint8Array>>>(
  columns: Of,
  length: number,
): Of =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column.subarray(0, length)]),
  ) as unknown as Of

type Period = { readonly entry: Entry; readonly fact: { readonly days: Days } }

/** Days that no period of a list reaches; a correction reaches none. */
export function daysWithout(days: readonly Day[], list: readonly Period[]): readonly Day[] {
  const periods = list.filter(({ entry }) => entry.corrects === null).map(({ fact }) => fact.days)
  return days.filter((day) => !periods.some(({ from, to }) => from <= day && day <= to))
}

/** Through which day every list that has a period reaches without a gap; null: to the end, or none from the first day on. */
export function coveredThrough(days: readonly Day[], lists: readonly (readonly Period[])[]): Day | null {
  const lengths = lists.map((list) => {
    const [open] = daysWithout(days, list)
    return open === undefined ? days.length : days.indexOf(open)
  })
  const length = Math.min(days.length, ...lengths.filter((_, i) => hasPeriod(lists[i]!)))
  return length === days.length ? null : (days[length - 1] ?? null)
}

const hasPeriod = (list: readonly Period[]) => list.some(({ entry }) => entry.corrects === null)

/** What counts through a day, with its share of these days. */
export const countedThrough = <Of extends Counted<'bill'> | Counted<'meter'>>(
  list: readonly Of[],
  days: Days,
): readonly Of[] =>
  list
    .filter(({ fact }) => fact.days.from <= days.to)
    .map((of) => ({ ...of, fact: shareOfDays(of.fact, days) }))
