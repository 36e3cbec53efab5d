import { afterEach, describe, expect, it } from 'vitest'
import type { Display } from '#shared/format/display.ts'
import { DEFAULT_DISPLAY, NUMBER_LANGUAGES, setDisplay } from '#shared/format/display.ts'
import { moneyIn, tariffPrice, tariffWords, unitPrice, US_DOLLARS } from '#shared/format/money.ts'
import { count, number, signedPercent } from '#shared/format/numbers.ts'
import { calendarMonth, dateTime, dayMonth, days } from '#shared/format/times.ts'
import { CHANGE_FIELD, HORIZON_FIELD, machineField, priceField } from '#shared/format/typed-fields.ts'
import { typedText } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'
import { hashrate, hashrateOfThs, power } from '#shared/format/units.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'

const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')
const chosen = (choice: Partial<Display>) => setDisplay({ ...DEFAULT_DISPLAY, ...choice })
afterEach(() => setDisplay(DEFAULT_DISPLAY))

describe('units', () => {
  it('a fleet’s hashrate stands in the chosen one, unless it would be a row of noughts', () => {
    expect(plain(hashrateOfThs(462_000))).toBe('462 PH/s')
    chosen({ hashrateUnit: 'TH' })
    expect(plain(hashrateOfThs(462_000))).toBe('462 000 TH/s')
    chosen({ hashrateUnit: 'EH' })
    expect(plain(hashrateOfThs(462_000))).toBe('0.462 EH/s')
    expect(plain(hashrateOfThs(1_234_000))).toBe('1.23 EH/s')
    expect(plain(hashrateOfThs(98))).toBe('98.0 TH/s')
    expect(plain(hashrateOfThs(0))).toBe('0 EH/s')
    expect(hashrateOfThs(Number.NaN)).toBe('–')
    // the network's has the unit of its size
    expect(plain(hashrate(1.16e21))).toBe('1.16 ZH/s')
  })

  it('power does too', () => {
    const MW_14 = 14_200_000
    expect(plain(power(MW_14))).toBe('14.2 MW')
    chosen({ powerUnit: 'kW' })
    expect([MW_14, 3510].map(power).map(plain)).toEqual(['14 200 kW', '3.51 kW'])
    chosen({ powerUnit: 'W' })
    expect(plain(power(MW_14))).toBe('14 200 000 W')
    chosen({ powerUnit: 'MW' })
    expect([MW_14, 3510].map(power).map(plain)).toEqual(['14.2 MW', '0.00351 MW'])
  })

  it('energy is priced per kWh or per MWh, other things per one', () => {
    expect(tariffWords('USD', 0.0535)).toBe('$0.0535 per kWh')
    chosen({ energyUnit: 'MWh' })
    expect(tariffWords('USD', 0.0535)).toBe('$53.50 per MWh')
    expect(plain(tariffPrice('NOK', 0.535))).toBe('535.00 NOK')
    expect(plain(tariffPrice('KZT', 25.4))).toBe('25 400 KZT')
    expect(moneyIn('EUR', 1.07).perKwh(0.0535)).toBe('€50.00')
    // rounded to the safe side in this unit as in the other
    expect(US_DOLLARS.perKwh(0.053509, 'down')).toBe('$53.50')
    expect(unitPrice('USD', 12)).toBe('$12.000')
    expect(tariffWords('USD', Number.NaN)).toBe('–')
    // what is written can be typed
    const field = priceField('USD', 1)
    expect(readTyped(tariffWords('USD', 0.0535), field).value).toBe(0.0535)
  })

  it('hashprice stands in money per PH/s, or in satoshi per TH/s at the price of now', () => {
    chosen({ hashpriceUnit: 'sat-th' })
    const money = moneyIn('EUR', 1.08, 88_300)
    // 38.20 USD = 43 262 sat per PH/s
    expect([money.perPh(38.2), money.perPh(38.2, 'up')].map(plain)).toEqual(['43.26 sat', '43.27 sat'])
    expect(plain(money.perPhRange(30, 38.2))).toBe('33.98 sat … 43.27 sat')
    expect(money.hashprice).toEqual({
      inSats: true,
      per: 'per TH/s a day',
      heading: 'sat/TH/s',
      words: 'sat per TH/s a day',
      signs: 'sat/TH/s/day',
    })
    expect(money.perPh(Number.NaN)).toBe('–')
    // without a price nobody can say how many satoshi that is
    const unpriced = moneyIn('EUR', 1.08)
    expect([unpriced.perPh(38.2), unpriced.hashprice.heading]).toEqual(['€35.37', '€/PH/s'])
  })
})

describe('the language of numbers', () => {
  it('has its decimal sign and its dates', () => {
    const at = Date.UTC(2026, 10, 28, 12)
    chosen({ numberLanguage: 'de' })
    expect(plain(number(-1234567.891, 1))).toBe('−1 234 567,9')
    expect([days(4.2), plain(signedPercent(0.012))]).toEqual(['4,2 days', '+1,2 %'])
    expect(dayMonth(at, 'UTC', at)).toBe('28. Nov.')
    expect(dateTime(at, 'UTC')).toMatch(/^28\. Nov\. 2026, 12:00 UTC$/)
    chosen({ numberLanguage: 'en-US' })
    expect([plain(count(88_300)), dayMonth(at, 'UTC', at)]).toEqual(['88 300', 'Nov 28'])
  })

  it('groups with the same narrow space in all of them, and writes digits that are read', () => {
    for (const numberLanguage of NUMBER_LANGUAGES) {
      chosen({ numberLanguage })
      expect(plain(number(1234567.5, 1)), numberLanguage).toMatch(/^1 234 567[.,]5$/)
      expect(calendarMonth('2026-09-05'), numberLanguage).toMatch(/2026/)
    }
  })

  it('is that of edit fields, and of what is typed', () => {
    const restart = machineField(MACHINE_FIELDS.restartUsd)
    chosen({ numberLanguage: 'de' })
    expect(typedText(-0.0475, CHANGE_FIELD)).toBe('-4,75')
    expect(readTyped('1,234', restart).value).toBe(1.234)
    expect(readTyped('1.234,5', restart).value).toBe(1234.5)
    // A point may group or not: both lie where such costs lie.
    expect(readTyped('1.234', restart)).toEqual({
      value: null,
      fault: "'1.234' is 1234 or 1,234: write the one that you mean.",
    })
    // Only one of both lies where horizons lie.
    expect(readTyped('9.650', HORIZON_FIELD).value).toBe(9.65)
    chosen({ numberLanguage: 'house' })
    expect(readTyped('1.234', restart).value).toBe(1.234)
    expect(readTyped('1,234', restart).fault).toContain('1234 or 1.234')
  })
})
