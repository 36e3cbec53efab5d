import type { DayWays, OpenSums } from './ledger.ts'
import { addSums, noDayWays, noSums } from './ledger.ts'
import type { Backtest, BacktestMonth, WaySums } from './result.ts'
import { BACKTEST_WAYS } from './result.ts'

/** A month while its days add up. */
export type OpenMonth = {
  readonly month: string
  days: number
  missingDays: number
  /** sum over the days that have one */
  hashprices: number
  readonly ways: DayWays
}

/** The last month, or a new one that is not among them yet. */
export function monthOf(months: readonly OpenMonth[], day: string): OpenMonth {
  const month = day.slice(0, 7)
  const last = months.at(-1)
  return last?.month === month ? last : { month, days: 0, missingDays: 0, hashprices: 0, ways: noDayWays() }
}

export function addDay({ ways }: OpenMonth, day: DayWays): void {
  addSums(ways.advice, day.advice)
  addSums(ways.alwaysOn, day.alwaysOn)
  addSums(ways.averageRule, day.averageRule)
}

/** @param parts hindsight of the month, of each part of the fleet */
export function closed(open: OpenMonth, parts: readonly WaySums[]): BacktestMonth {
  const { month, days, missingDays, hashprices, ways } = open
  const hindsight = noSums()
  for (const part of parts) addSums(hindsight, part)
  return {
    month,
    days,
    missingDays,
    meanHashpriceUsdPerPhDay: hashprices / (days - missingDays),
    ...ways,
    hindsight,
  }
}

export function totalOf(months: readonly BacktestMonth[]): Backtest['total'] {
  const sums: Record<(typeof BACKTEST_WAYS)[number], OpenSums> = { ...noDayWays(), hindsight: noSums() }
  let [days, missingDays, hashprices] = [0, 0, 0]
  for (const month of months) {
    for (const way of BACKTEST_WAYS) addSums(sums[way], month[way])
    days += month.days
    missingDays += month.missingDays
    if (month.days > month.missingDays)
      hashprices += month.meanHashpriceUsdPerPhDay * (month.days - month.missingDays)
  }
  return { ...sums, days, missingDays, meanHashpriceUsdPerPhDay: hashprices / (days - missingDays) }
}
