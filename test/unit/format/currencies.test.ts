import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Currency } from '#shared/domain/power/currency.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import { moneyIn, rateSentence, tariffPrice, US_DOLLARS } from '#shared/format/money.ts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')

/** USD per unit, about. */
const RATES: Readonly<Record<Currency, number>> = {
  USD: 1,
  EUR: 1.0842,
  GBP: 1.27,
  CAD: 0.72,
  AUD: 0.66,
  CHF: 1.13,
  JPY: 0.0066,
  NOK: 0.0987,
  SEK: 0.0961,
  BRL: 0.184,
  CNY: 0.139,
  RUB: 0.0125,
  KZT: 0.0021,
  PYG: 0.000138,
  AED: 0.2723,
}
const MONEY = CURRENCIES.map((currency) => moneyIn(currency, RATES[currency]))

/** What a reader makes of a figure: the number in it, and the size of its last place. */
function read(shown: string): { readonly value: number; readonly lastPlace: number } {
  const digits = shown
    .replaceAll('\u202f', '')
    .replace('−', '-')
    .replace(/[^-\d.]/g, '')
  const decimals = digits.split('.')[1]?.length ?? 0
  return { value: Number(digits), lastPlace: 10 ** -decimals }
}

describe('money in other currencies', () => {
  it('puts a sign before the figure or a code behind it', () => {
    const shown = (currency: Currency, usd: number) => plain(moneyIn(currency, RATES[currency]).amount(usd))
    expect(shown('EUR', 33.8)).toBe('€31.18')
    expect(shown('GBP', -12.7)).toBe('−£10.00')
    expect(shown('JPY', 321.42)).toBe('¥48 700')
    expect(shown('NOK', 30.834)).toBe('312 NOK')
    expect(shown('NOK', -3.0834)).toBe('−31.24 NOK')
    expect(shown('PYG', 1)).toBe('7 246 PYG')
    expect(shown('CAD', Number.NaN)).toBe('–')
  })

  it('lets no two currencies look alike', () => {
    const looks = MONEY.map((money) => money.amount(money.usdPerUnit * 1234))
    expect(new Set(looks).size).toBe(CURRENCIES.length)
    expect(new Set(MONEY.map((money) => money.mark)).size).toBe(CURRENCIES.length)
    expect(looks.filter((look) => look.includes('$'))).toHaveLength(1)
    expect(looks.filter((look) => look.includes('¥'))).toHaveLength(1)
  })

  it('keeps at least three figures of a usual power price, and no cents of a tiny unit', () => {
    const prices = Object.fromEntries(MONEY.map((money) => [money.currency, plain(money.perKwh(0.0535))]))
    expect(prices).toMatchObject({
      USD: '$0.0535',
      EUR: '€0.0493',
      NOK: '0.542 NOK',
      JPY: '¥8.11',
      RUB: '4.28 RUB',
      KZT: '25.48 KZT',
      PYG: '387.7 PYG',
    })
    for (const price of Object.values(prices)) {
      expect(price.replace(/\D/g, '').replace(/^0+/, '').length, price).toBeGreaterThanOrEqual(3)
    }
    expect(plain(moneyIn('KZT', RATES.KZT).cents(34.5))).toBe('16 429 KZT')
    expect(plain(moneyIn('JPY', RATES.JPY).perPh(34.5))).toBe('¥5 227')
  })

  it('shows a tariff as it is paid', () => {
    expect(plain(tariffPrice('NOK', 0.4321))).toBe('0.4321 NOK')
    expect(plain(tariffPrice('NOK', 0.535))).toBe('0.535 NOK')
    expect(plain(tariffPrice('PYG', 390))).toBe('390 PYG')
    expect(tariffPrice('EUR', Number.NaN)).toBe('–')
  })

  it('tells a range once where its ends read the same', () => {
    const euro = moneyIn('EUR', RATES.EUR)
    expect(euro.perPhRange(34.501, 34.502)).toBe('€31.83')
    expect(euro.perPhRange(34.5, 40)).toBe('€31.83 … €36.90')
  })

  it('tells a rate with five figures whatever its size', () => {
    expect(rateSentence('EUR', 1.0842)).toBe('1 EUR = 1.0842 USD')
    expect(rateSentence('PYG', 0.000138)).toBe('1 PYG = 0.00013800 USD')
  })

  it('is USD as it always was where the currency is USD', () => {
    expect(moneyIn('USD', 7).amount(31.6)).toBe(US_DOLLARS.amount(31.6))
  })
})

describe('what is shown, at the rate it was converted at', () => {
  const money = fc.constantFrom(...MONEY)
  // A figure is cut to 12 significant digits before it is rounded.
  const slack = (amount: number) => 1e-11 * Math.abs(amount)

  it('is the figure in USD within half of its last place', () => {
    fc.assert(
      fc.property(
        money,
        fc.double({ min: -1e7, max: 1e7, noNaN: true }),
        fc.constantFrom('amount', 'cents', 'whole', 'perPh', 'perKwh'),
        (shown, usd, kind) => {
          const { value, lastPlace } = read(shown[kind](usd))
          const rate = shown.usdPerUnit
          expect(Math.abs(value * rate - usd)).toBeLessThanOrEqual((lastPlace / 2) * rate + slack(usd))
        },
      ),
    )
  })

  it('never puts a break-even on the other side of what it is', () => {
    fc.assert(
      fc.property(money, fc.double({ min: -1e5, max: 1e5, noNaN: true }), (shown, usd) => {
        const units = shown.units(usd)
        const up = [shown.perPh(usd, 'up'), shown.cost(usd), shown.whole(usd, 'up')].map(read)
        for (const { value, lastPlace } of up) {
          expect(value).toBeGreaterThanOrEqual(units - slack(units))
          expect(value).toBeLessThanOrEqual(units + lastPlace + slack(units))
        }
        const down = read(shown.perKwh(usd, 'down'))
        expect(down.value).toBeLessThanOrEqual(units + slack(units))
        expect(down.value).toBeGreaterThanOrEqual(units - down.lastPlace - slack(units))
      }),
    )
  })
})
