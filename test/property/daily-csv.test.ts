import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DAILY_COLUMNS, readDailyText } from '#electron/files/series/read-daily.ts'
import { writeDailyCsv } from '#electron/files/series/write-daily.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { dailyRange } from '#shared/domain/signals/daily-bounds.ts'
import type { DailyColumn, DailySeries } from '#shared/domain/signals/daily-series.ts'

const DAY_MS = 86_400_000
const FIRST = Date.parse('2017-12-20') / DAY_MS
const COLUMNS = Object.values(DAILY_COLUMNS)

/** Any value that a day can have, to the last bit, or none. */
const cell = (column: DailyColumn, day: number) => {
  const [min, max] = dailyRange(column, day)
  // −0 is written as 0
  const value = fc.double({ min, max, noNaN: true }).map((any) => any + 0)
  return fc.oneof({ weight: 3, arbitrary: value }, fc.constant(NaN))
}

const series: fc.Arbitrary<DailySeries> = fc
  .record({ start: fc.integer({ min: 0, max: 20 }), length: fc.integer({ min: 1, max: 12 }) })
  .chain(({ start, length }) => {
    const days = Array.from({ length }, (_, i) => FIRST + start + i)
    const columns = Object.fromEntries(
      COLUMNS.map((column) => [
        column,
        fc.tuple(...days.map((day) => cell(column, day))).map((values) => Float64Array.from(values)),
      ]),
    ) as Record<DailyColumn, fc.Arbitrary<Float64Array>>
    return fc.record({
      dates: fc.constant(days.map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10))),
      ...columns,
    })
  })

/** The last day is taken for one that was still running where it lacks what the day before has. */
function withoutRaggedEnd(written: DailySeries): DailySeries {
  const last = written.dates.length - 1
  const isRagged = COLUMNS.some(
    (column) => Number.isNaN(written[column][last]!) && !Number.isNaN(written[column][last - 1] ?? NaN),
  )
  const end = isRagged ? last : last + 1
  return {
    dates: written.dates.slice(0, end),
    ...(Object.fromEntries(COLUMNS.map((column) => [column, written[column].slice(0, end)])) as Record<
      DailyColumn,
      Float64Array
    >),
  }
}

it('any series: what was written is what is read', () => {
  fc.assert(
    fc.property(series, (written) => {
      const text = [...writeDailyCsv(written)].join('')
      const read = readDailyText(text, 'daily.csv', Infinity, { bounded: true })
      const expected = withoutRaggedEnd(written)
      expect(read.dates).toEqual(expected.dates)
      for (const column of COLUMNS) expect([...read[column]]).toEqual([...expected[column]])
    }),
    { numRuns: 300 },
  )
})

it('any text ends in a series or in a refusal that names the file', () => {
  const word = fc.constantFrom(
    ...['date', 'price_usd', 'hashrate_ehs', '2021-01-01', '2021-01-02', '2021-02-30', '1', '-1', '1e400'],
    ...['NaN', '', ' ', '"', '=x', 'é', '\u0000', '0x10', '9'.repeat(400)],
  )
  const text = fc
    .array(fc.array(word, { minLength: 1, maxLength: 4 }), { maxLength: 8 })
    .map((rows) => rows.map((cells) => cells.join(',')).join('\n'))
  const headed = text.map((rest) => `date,price_usd,hashrate_ehs\n${rest}`)
  fc.assert(
    fc.property(fc.oneof(text, headed), (any) => {
      try {
        const read = readDailyText(any, 'daily.csv', Infinity, { bounded: true })
        for (const column of COLUMNS) expect(read[column]).toHaveLength(read.dates.length)
        expect(read.priceUsd.every((value) => Number.isNaN(value) || Number.isFinite(value))).toBe(true)
      } catch (error) {
        if (!(error instanceof StrikelineError)) throw error
        expect(error.message).toMatch(/^daily\.csv/)
      }
    }),
    { numRuns: 1000 },
  )
})
