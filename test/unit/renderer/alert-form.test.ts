import { describe, expect, it, onTestFinished } from 'vitest'
import { alertRuleSchema } from '#shared/ipc/schemas/alerts.ts'
import type { AlertRule } from '#shared/domain/alerts.ts'
import { DEFAULT_DISPLAY, setDisplay } from '#shared/format/display.ts'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import type { HashpriceTyping } from '#renderer/screens/market/alerts/alert-form.ts'
import { formOf, readAlertForm, suggestedHashprice } from '#renderer/screens/market/alerts/alert-form.ts'

const DOLLARS: HashpriceTyping = { money: US_DOLLARS, priceUsdPerBtc: 88_300 }

describe('a threshold of the hashprice in the units of the reader', () => {
  const rule: AlertRule = { kind: 'hashprice-below', usdPerPhDay: 33.9 }
  const usdOf = (text: string, typing: HashpriceTyping, before: AlertRule | null = null) => {
    const reading = readAlertForm({ kind: 'hashprice-below', text }, typing, before)
    return 'rule' in reading && reading.rule.kind === 'hashprice-below' ? reading.rule.usdPerPhDay : reading
  }

  it('is typed in the reporting currency and kept in USD', () => {
    const euros = { money: moneyIn('EUR', 1.08), priceUsdPerBtc: 88_300 }
    expect(usdOf('30', euros)).toBeCloseTo(32.4, 10)
    expect(usdOf('$30', euros)).toBe(30)
    expect(formOf(rule, euros).text).toBe('31.39')
  })

  it('is typed in satoshi', () => {
    setDisplay({ ...DEFAULT_DISPLAY, hashpriceUnit: 'sat-th' })
    onTestFinished(() => setDisplay(DEFAULT_DISPLAY))
    const sats = { money: moneyIn('USD', 1, 88_300), priceUsdPerBtc: 88_300 }
    // 38 sat/TH × 1000 TH/PH ÷ 1e8 sat/BTC × 88 300 USD/BTC
    expect(usdOf('38', sats)).toBeCloseTo(33.554, 10)
    expect(formOf(rule, sats).text).toBe('38.39')
  })

  it('that nobody touched is kept to the last digit', () => {
    const euros = { money: moneyIn('EUR', 1.08), priceUsdPerBtc: null }
    expect(usdOf(formOf(rule, euros).text, euros, rule)).toBe(33.9)
    expect(usdOf('31.40', euros, rule)).toBeCloseTo(33.912, 10)
  })
})

describe('the form of an alert', () => {
  it.each<AlertRule>([
    { kind: 'hashprice-below', usdPerPhDay: 33.9 },
    { kind: 'adjustment-beyond', change: -0.07 },
    { kind: 'breakeven-crossed' },
    { kind: 'nvt-zone' },
    { kind: 'data-stale' },
  ])('gives back %j', (rule) => {
    expect(readAlertForm(formOf(rule, DOLLARS), DOLLARS)).toEqual({ rule })
  })

  it.each([
    ['hashprice-below', ''],
    ['hashprice-below', 'abc'],
    ['hashprice-below', '0'],
    ['hashprice-below', '-3'],
    ['hashprice-below', '100001'],
    ['adjustment-beyond', ''],
    ['adjustment-beyond', '0'],
    ['adjustment-beyond', '-76'],
    ['adjustment-beyond', '301'],
  ] as const)('says what is wrong with %s %j', (kind, text) => {
    expect(readAlertForm({ kind, text }, DOLLARS)).toHaveProperty('fault')
  })

  it.each([
    ['hashprice-below', '100000'],
    ['hashprice-below', '$33,90'],
    ['adjustment-beyond', '−75 %'],
    ['adjustment-beyond', '300'],
    ['adjustment-beyond', '-0.5'],
  ] as const)('makes a rule that the program accepts of %s %j', (kind, text) => {
    const reading = readAlertForm({ kind, text }, DOLLARS)
    expect('rule' in reading && alertRuleSchema.safeParse(reading.rule).success).toBe(true)
  })

  it('suggests a threshold below what is now', () => {
    expect(suggestedHashprice(34.47)).toBe(32.7)
    expect(suggestedHashprice(0.05)).toBe(0)
  })
})
