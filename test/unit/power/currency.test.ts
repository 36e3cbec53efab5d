import { describe, expect, it } from 'vitest'
import { CURRENCIES, isForeignCurrency, rateInForce, tariffInUsd } from '#shared/domain/power/currency.ts'
import type { RateRow } from '#shared/domain/power/currency.ts'

const NOW_MS = 10_000_000
const euro = (usdPerUnit: number, asOfMs: number, source = 'kraken'): RateRow => ({
  currency: 'EUR',
  usdPerUnit,
  source,
  asOfMs,
  fetchedAtMs: 9_000,
})

it('knows fifteen currencies; all but the dollar need a rate', () => {
  expect(CURRENCIES).toHaveLength(15)
  expect(CURRENCIES.filter((currency) => !isForeignCurrency(currency))).toEqual(['USD'])
  expect(isForeignCurrency('eur')).toBe(false)
})

describe('the rate that counts', () => {
  it('is the youngest by the moment at which it was true, not by the order of arrival', () => {
    const rows = [euro(1.07, 100), euro(1.09, 300, 'coinbase'), euro(1.08, 200, 'mempool')]
    expect(rateInForce(rows, 'EUR', NOW_MS)).toBe(rows[1])
    expect(rateInForce(rows.toReversed(), 'EUR', NOW_MS)).toBe(rows[1])
  })

  it('is one of the future only where there is no other: a clock was ahead when it was fetched', () => {
    const ahead = euro(1.5, NOW_MS + 11 * 60_000, 'coinbase')
    const rows = [ahead, euro(1.07, 100), euro(1.08, 200, 'mempool')]
    expect(rateInForce(rows, 'EUR', NOW_MS)).toBe(rows[2])
    expect(rateInForce([ahead], 'EUR', NOW_MS)).toBe(ahead)
    // Clocks differ by some minutes.
    const skewed = euro(1.5, NOW_MS + 9 * 60_000, 'coinbase')
    expect(rateInForce([euro(1.07, 100), skewed], 'EUR', NOW_MS)).toBe(skewed)
  })

  it('is the first of equally young ones', () => {
    const rows = [euro(1.07, 100), euro(1.09, 100, 'coinbase')]
    expect(rateInForce(rows, 'EUR', NOW_MS)).toBe(rows[0])
  })

  it('is a typed one, however old', () => {
    const rows = [euro(1.07, 300), euro(1.2, 1, 'typed')]
    expect(rateInForce(rows, 'EUR', NOW_MS)).toBe(rows[1])
  })

  it('is none of another currency', () => {
    expect(rateInForce([euro(1.07, 100)], 'CHF', NOW_MS)).toBeNull()
    expect(rateInForce([], 'EUR', NOW_MS)).toBeNull()
  })
})

describe('a tariff in USD', () => {
  const tariff = { currency: 'JPY', powerPricePerKwh: 12, otherPerKwh: 0.5 } as const

  it('is amount × rate', () => {
    const usd = tariffInUsd(tariff, 0.0066)
    expect(usd.powerPriceUsdPerKwh).toBeCloseTo(0.0792, 12)
    expect(usd.otherUsdPerKwh).toBeCloseTo(0.0033, 12)
    expect(tariffInUsd({ ...tariff, powerPricePerKwh: -1 }, 0.0066).powerPriceUsdPerKwh).toBeCloseTo(-0.0066)
  })

  it('is missing where the rate is, but nothing is nothing in any currency', () => {
    expect(tariffInUsd(tariff, null)).toEqual({ powerPriceUsdPerKwh: NaN, otherUsdPerKwh: NaN })
    expect(tariffInUsd({ ...tariff, otherPerKwh: 0 }, null)).toEqual({
      powerPriceUsdPerKwh: NaN,
      otherUsdPerKwh: 0,
    })
  })

  it('has no power price where none is given', () => {
    expect(tariffInUsd({ ...tariff, powerPricePerKwh: null, otherPerKwh: 0 }, 0.0066)).toEqual({
      powerPriceUsdPerKwh: NaN,
      otherUsdPerKwh: 0,
    })
  })
})
