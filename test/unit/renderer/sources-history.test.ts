import { describe, expect, it } from 'vitest'
import type { Coverage, PastStatus } from '#shared/ipc/schemas/past.ts'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import { DEFAULT_SETTINGS } from '#shared/ipc/schemas/settings.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { currencyName, exchangeRate } from '#shared/format/rates.ts'
import {
  coverageRows,
  coverageSources,
  pastSources,
  importedValues,
  progressWords,
  runWords,
} from '#renderer/screens/data/past-words.ts'
import { missingWords, rateFault, rateRows, useWords } from '#renderer/screens/data/rate-rows.ts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')
const NOW_MS = Date.UTC(2025, 10, 26, 12)

const price: Coverage = {
  column: 'priceUsd',
  days: 3931,
  from: '2015-01-01',
  through: '2025-10-05',
  sources: [
    { source: 'imported', days: 3210 },
    { source: 'kraken', days: 721 },
  ],
}

describe('coverage of the history', () => {
  it('has a row for every column, also for one without a day', () => {
    const rows = coverageRows([price])
    expect(rows.map(({ column }) => column)).toEqual([...DAILY_COLUMN_NAMES])
    expect(rows[0]).toBe(price)
    expect(rows[1]).toMatchObject({ days: 0, from: null, through: null })
  })

  it('says what a column rests on', () => {
    expect(plain(coverageSources(price))).toBe('imported file 3 210 days, Kraken 721 days')
  })

  it('counts imported values over all columns', () => {
    const fees: Coverage = { ...price, column: 'feesBtc', sources: [{ source: 'imported', days: 5 }] }
    expect(importedValues([price, fees])).toBe(3215)
    expect(importedValues([{ ...price, sources: [] }])).toBe(0)
  })
})

describe('filling the history', () => {
  const status: PastStatus = {
    revision: 1,
    running: false,
    progress: null,
    finishedMs: null,
    unfinished: false,
    faults: [],
  }
  const hourAgoMs = NOW_MS - 3_600_000

  it('says how it stands', () => {
    expect(runWords(status, NOW_MS)).toBe('The history was never filled from a source.')
    expect(plain(runWords({ ...status, finishedMs: hourAgoMs }, NOW_MS))).toBe(
      'Last filled to its end 1 h ago.',
    )
    expect(runWords({ ...status, running: true, unfinished: true }, NOW_MS)).toBe(
      'The history is being filled.',
    )
  })

  it('says that a run which ended early is gone on with', () => {
    expect(runWords({ ...status, unfinished: true }, NOW_MS)).toBe(
      'The last run ended early: filling goes on where it stopped.',
    )
    expect(plain(runWords({ ...status, unfinished: true, finishedMs: hourAgoMs }, NOW_MS))).toBe(
      'The last run ended early: filling goes on where it stopped. Last filled to its end 1 h ago.',
    )
  })

  it('counts only where the whole is known', () => {
    expect(progressWords({ words: 'Kraken: daily prices', done: 12, total: 40 })).toBe(
      'Kraken: daily prices, 12 of 40',
    )
    expect(progressWords({ words: 'own node: epochs', done: 3, total: 0 })).toBe('own node: epochs')
  })

  it('asks those that know the past and have an address, in the operator’s order', () => {
    const settings = { ...DEFAULT_SETTINGS, networkOrder: 'coingecko,kraken,bitcoind,mempool' }
    expect(pastSources(settings)).toEqual(['kraken', 'mempool'])
    expect(pastSources({ ...settings, bitcoindUrl: 'http://127.0.0.1:8332' })).toEqual([
      'kraken',
      'bitcoind',
      'mempool',
    ])
    expect(pastSources({ ...settings, networkOrder: '' })).toEqual([])
  })
})

describe('exchange rates', () => {
  const tariff = { currency: 'NOK' as const, powerPricePerKwh: 0.4, otherPerKwh: 0 }
  const tariffs = [
    { ...tariff, siteKey: 1 },
    { ...tariff, siteKey: 2 },
    { ...tariff, siteKey: 3, currency: 'PYG' as const },
  ]

  it('puts first what figures are shown in, then what sites pay in, and leaves none out', () => {
    const rows = rateRows({}, 'CAD', tariffs)
    expect(rows.slice(0, 4).map(({ currency }) => currency)).toEqual(['CAD', 'NOK', 'PYG', 'EUR'])
    expect(rows.map(({ currency }) => currency).toSorted()).toEqual(FOREIGN_CURRENCIES.toSorted())
    expect(rows.map(useWords).slice(0, 4)).toEqual([
      'figures are shown in it',
      '2 sites pay in it',
      '1 site pays in it',
      '',
    ])
    expect(useWords(rateRows({}, 'NOK', tariffs)[0]!)).toBe('figures are shown in it, 2 sites pay in it')
  })

  it('says what it costs that a rate is missing, only where one is needed', () => {
    const missing = Object.fromEntries(
      rateRows({}, 'NOK', tariffs).map((row) => [row.currency, missingWords(row)]),
    )
    expect(missing).toMatchObject({
      NOK: 'missing: figures are shown in USD, its sites have no power price',
      PYG: 'missing: its sites have no power price',
      EUR: null,
    })
  })

  it('keeps what is known of each, and null for what is not', () => {
    const rate = { value: 1.0842, source: 'mempool', asOfMs: NOW_MS, fetchedAtMs: NOW_MS, stale: false }
    const rows = rateRows({ EUR: rate, GBP: null }, 'USD', [])
    expect(rows.map(({ currency }) => currency)).toEqual([...FOREIGN_CURRENCIES])
    expect(rows.find(({ currency }) => currency === 'EUR')?.rate).toBe(rate)
    expect(rows.filter(({ rate }) => rate !== null)).toHaveLength(1)
  })

  it('refuses a rate that cannot be', () => {
    expect(rateFault(0.0923, 'NOK')).toBeNull()
    for (const value of [0, -1, 1_000_001]) expect(rateFault(value, 'NOK'), String(value)).toContain('1 NOK')
  })

  it('writes a rate with five digits whatever its size', () => {
    expect([1.08421, 0.00663214, 1, 7812.34, 123_456.7].map((value) => plain(exchangeRate(value)))).toEqual([
      '1.0842',
      '0.0066321',
      '1.0000',
      '7 812.3',
      '123 457',
    ])
    expect([0, Number.NaN, 1 / 0].map(exchangeRate)).toEqual(['–', '–', '–'])
    expect(currencyName('NOK')).toBe('Norwegian Krone')
  })
})
