import { MS_PER_DAY } from '../units.ts'
import { dayOf } from './known-days.ts'
import type { DaysPast } from './known-days.ts'
import type { BacktestGap, BacktestValue } from './result.ts'
import { BACKTEST_VALUES } from './result.ts'

/** What a day lacks; empty: it has a hashprice. A price of 0 is how series write that there was none yet. */
export function missingValues(past: DaysPast, row: number): readonly BacktestValue[] {
  return BACKTEST_VALUES.filter(
    (name) => !(name === 'feesBtc' ? past[name][row]! >= 0 : past[name][row]! > 0),
  )
}

/** The days of some rows that lack something, those in a row that lack the same together. */
export function gapsOf(past: DaysPast, from: number, to: number): readonly BacktestGap[] {
  const firstMs = Date.parse(`${past.fromDay}T00:00:00Z`)
  const gaps: BacktestGap[] = []
  let before = ''
  for (let row = from; row <= to; row++) {
    const missing = missingValues(past, row)
    const names = missing.join()
    const day = dayOf(firstMs + row * MS_PER_DAY)
    const last = gaps.at(-1)
    if (names !== '' && names === before && last !== undefined)
      gaps[gaps.length - 1] = { ...last, toDay: day, days: last.days + 1 }
    else if (names !== '') gaps.push({ fromDay: day, toDay: day, days: 1, missing })
    before = names
  }
  return gaps
}
