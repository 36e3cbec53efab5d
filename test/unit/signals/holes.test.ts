import { describe, expect, it } from 'vitest'
import { holesOf } from '#shared/domain/signals/holes.ts'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import type { DailyColumn, DailySeries } from '#shared/domain/signals/daily-series.ts'

/** Days that have everything, but for the given holes, which count from the end: 0 is the last day. */
function series(days: number, holes: readonly (readonly [DailyColumn, number])[] = []): DailySeries {
  const dates = Array.from({ length: days }, (_, i) =>
    new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10),
  )
  const columns = Object.fromEntries(
    DAILY_COLUMN_NAMES.map((name) => [name, new Float64Array(days).fill(1)]),
  ) as Record<DailyColumn, Float64Array>
  for (const [column, fromEnd] of holes) columns[column][days - 1 - fromEnd] = NaN
  return { dates, ...columns }
}
const names = (of: DailySeries) => holesOf(of).map(({ signal }) => signal)

describe('why a signal has no reading', () => {
  it('nothing where every day has everything', () => {
    expect(holesOf(series(1200))).toEqual([])
  })
  it('a day within the days in a row that it takes, by date and column', () => {
    const holes = holesOf(series(1200, [['hashrateEhs', 25]]))
    expect(holes).toEqual([
      { signal: 'hashRibbons', daysNeeded: 60, gap: { column: 'hashrateEhs', date: '2023-03-20' } },
    ])
    expect(names(series(1200, [['hashrateEhs', 60]]))).toEqual([])
    expect(names(series(1200, [['hashrateEhs', 59]]))).toEqual(['hashRibbons'])
  })
  it('a hole silences every signal that needs the column', () => {
    expect(names(series(1200, [['priceUsd', 100]]))).toEqual(['puell'])
    expect(names(series(1200, [['priceUsd', 0]]))).toEqual(['puell', 'hashprice'])
    expect(names(series(1200, [['marketCapUsd', 25]]))).toEqual(['nvtSignal', 'dynamicNvt'])
  })
  it('a series that is too short', () => {
    expect(holesOf(series(100)).find(({ signal }) => signal === 'puell')).toMatchObject({
      gap: null,
      daysNeeded: 365,
    })
  })
  it('nothing of a signal whose column is empty: that is told as missing', () => {
    const empty = { ...series(1200), minerNetFlowBtc: new Float64Array(1200).fill(NaN) }
    expect(names(empty)).toEqual([])
  })
})
