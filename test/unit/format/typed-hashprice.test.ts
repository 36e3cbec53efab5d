import { describe, expect, it } from 'vitest'
import { hashpriceDoubt, readAdjustment, readHashprice } from '#shared/format/typed-hashprice.ts'

const RATES = { priceUsdPerBtc: 88_300, usdPerUnit: 1.1 }
const day = 86_400

describe('a hashprice as it is typed', () => {
  it.each([
    ['34.50', 'USD', 34.5],
    ['$34.50', 'sat', 34.5],
    ['34,50 USD/PH/day', 'USD', 34.5],
    ['39.1', 'sat', 34.5253],
    ['39.1 sat', 'USD', 34.5253],
    ['39.1 sat/TH/s/day', 'USD', 34.5253],
    ['39100 sat/PH/day', 'USD', 34.5253],
    ['30', 'EUR', 33],
  ] as const)('%s in %s', (text, unit, usd) => {
    const { usdPerPhDay, fault } = readHashprice(text, unit, RATES)
    expect(fault).toBeNull()
    expect(usdPerPhDay).toBeCloseTo(usd, 4)
  })

  it('in satoshi needs a price, in another currency a rate', () => {
    const none = { priceUsdPerBtc: null, usdPerUnit: null }
    expect(readHashprice('39.1 sat', 'USD', none)).toMatchObject({ usdPerPhDay: null, needsPrice: true })
    expect(readHashprice('30', 'EUR', none).fault).toContain('No rate for EUR is known')
  })

  it.each(['x', '0', '-3', '34.5 kg', '39.1 sat/kg'])('refuses %s', (text) => {
    expect(readHashprice(text, 'USD', RATES)).toMatchObject({ usdPerPhDay: null })
    expect(readHashprice(text, 'USD', RATES).fault).not.toBeNull()
  })

  it('is asked about where it is far from what it has been', () => {
    expect(hashpriceDoubt(34.5)).toBeNull()
    expect(hashpriceDoubt(3450)).toContain('per PH/s and day')
    expect(hashpriceDoubt(0.0345)).not.toBeNull()
  })
})

describe('an adjustment as it is typed', () => {
  it.each([
    ['−2.0 % in 2 days', -0.02, 2 * day],
    ['-2% 2d 9h', -0.02, 2 * day + 9 * 3600],
    ['3,5 % in 36 h', 0.035, 1.5 * day],
    ['4 in 3', 0.04, 3 * day],
  ])('%s', (text, change, secondsLeft) => {
    const { adjustment, fault } = readAdjustment(text)
    expect(fault).toBeNull()
    expect(adjustment!.change).toBeCloseTo(change, 12)
    expect(adjustment!.secondsLeft).toBeCloseTo(secondsLeft, 6)
  })

  it.each(['−2 %', '2 days', '-90 % in 2 days', '2 % in 90 days', 'up in 2 days'])('refuses %s', (text) => {
    expect(readAdjustment(text).adjustment).toBeNull()
    expect(readAdjustment(text).fault).not.toBeNull()
  })

  it('is nothing where nothing is typed', () => {
    expect(readAdjustment(' ')).toEqual({ adjustment: null, fault: null })
  })
})
