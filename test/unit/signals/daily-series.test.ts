import { describe, expect, test } from 'vitest'
import { withoutPartialEnd } from '#shared/domain/signals/daily-series.ts'
import { dailySeries } from './daily.ts'

const lengthAfter = (through: { readonly price: number; readonly fees: number }, atMostDays: number) => {
  const series = dailySeries(10, {
    priceUsd: (i) => (i < through.price ? 1 : NaN),
    feesBtc: (i) => (i < through.fees ? 1 : NaN),
  })
  const whole = withoutPartialEnd(series, atMostDays)
  expect(whole.priceUsd).toHaveLength(whole.dates.length)
  return whole.dates.length
}

describe('days at the end that are not whole', () => {
  test.each([
    ['all columns through the last day', { price: 10, fees: 10 }, 3, 10],
    ['a source one day later than another', { price: 10, fees: 9 }, 3, 9],
    ['three days later', { price: 10, fees: 7 }, 3, 7],
    ['a column that ended long ago takes nothing with it', { price: 10, fees: 6 }, 3, 10],
    ['two late ones: the latest counts', { price: 9, fees: 8 }, 3, 8],
    ['no more days than asked', { price: 10, fees: 8 }, 1, 10],
  ])('%s', (_, through, atMostDays, length) => {
    expect(lengthAfter(through, atMostDays)).toBe(length)
  })

  test('a day that a source left out and went on after is no end', () => {
    const series = dailySeries(10, { priceUsd: () => 1, feesBtc: (i) => (i === 8 ? NaN : 1) })
    expect(withoutPartialEnd(series, 3).dates).toHaveLength(10)
  })

  test('an empty series and one of a day stay as they are', () => {
    expect(withoutPartialEnd(dailySeries(0, {}), 3).dates).toHaveLength(0)
    expect(withoutPartialEnd(dailySeries(1, { priceUsd: () => 1 }), 3).dates).toHaveLength(1)
  })
})
