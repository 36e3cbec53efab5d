import { describe, expect, it } from 'vitest'
import type { Coverage } from '#shared/ipc/schemas/past.ts'
import { DEFAULT_SETTINGS } from '#shared/ipc/schemas/settings.ts'
import { RANGES } from '#renderer/charts/signals/day-ticks.ts'
import {
  dataWords,
  missingWords,
  nothingInViewWords,
  ofOldDay,
  staleSinceMs,
} from '#renderer/screens/market/signals/basis-words.ts'
import { panelsOf } from '#renderer/screens/market/signals/panels.ts'
import { signalsOf } from '#shared/domain/signals/signals.ts'
import { dailySeries } from '../signals/daily.ts'

const covered = (column: Coverage['column'], ...sources: [string, number][]): Coverage => ({
  column,
  days: sources.reduce((sum, [, days]) => sum + days, 0),
  from: '2024-01-01',
  through: '2026-11-21',
  sources: sources.map(([source, days]) => ({ source, days })),
})

describe('what a signal rests on', () => {
  it('names the sources of each column, the one with most days first', () => {
    const coverage = [
      covered('priceUsd', ['imported', 3], ['kraken', 700]),
      covered('issuanceBtc', ['mempool', 9]),
    ]
    expect(dataWords('puell', coverage, '2026-11-21')).toBe(
      'Data: new coins from mempool, price from Kraken and imported file, through 21 Nov 2026',
    )
    expect(dataWords('difficulty', [covered('difficulty', ['computed', 9])], '2026-11-21')).toBe(
      'Data: difficulty computed from the epochs, through 21 Nov 2026',
    )
  })
  it('says from what a column is computed, beside what sources gave', () => {
    const coverage = [
      covered('hashrateEhs', ['computed', 900], ['mempool', 3]),
      covered('marketCapUsd', ['computed', 900]),
      covered('transferValueUsd', ['blockchaininfo', 900]),
    ]
    expect(dataWords('hashRibbons', coverage, '2026-11-21')).toBe(
      'Data: network hashrate from mempool and computed from difficulty and new coins, through 21 Nov 2026',
    )
    expect(dataWords('nvtRatio', coverage, '2026-11-21')).toBe(
      'Data: market value of all coins computed from price and coins issued, value transferred from blockchain.info, through 21 Nov 2026',
    )
    expect(dataWords('hashRibbons', [], '2026-11-21')).toBe('Data: network hashrate, through 21 Nov 2026')
  })
  it('says what a source wants said where its values are shown', () => {
    const coverage = [
      covered('priceUsd', ['coinmetrics', 700]),
      covered('issuanceBtc', ['coinmetrics', 700], ['mempool', 9]),
    ]
    expect(dataWords('puell', coverage, '2026-11-21')).toBe(
      'Data: new coins from Coin Metrics and mempool, price from Coin Metrics, through 21 Nov 2026 · Data: Coin Metrics, CC BY-NC 4.0',
    )
  })
  it('is stale two days after the end of its last day', () => {
    const end = Date.UTC(2026, 10, 22)
    const days = (n: number) => end + n * 86_400_000
    expect(staleSinceMs('2026-11-21', days(2))).toBeNull()
    expect(staleSinceMs('2026-11-21', days(2) + 1)).toBe(end)
  })
})

describe('figures that are not of today', () => {
  it('say their day', () => {
    const end = Date.UTC(2021, 4, 6)
    expect(ofOldDay('2021-05-05', end + 2 * 86_400_000)).toBe('')
    expect(ofOldDay('2021-05-05', end + 2 * 86_400_000 + 1)).toBe(' on 5 May 2021')
  })
  it('have words in the place of an axis where none is in view', () => {
    const rows = 1200
    const series = dailySeries(rows, {
      hashrateEhs: (i) => (i < 200 ? 100 : NaN),
      difficulty: (i) => (i < 100 ? 100 : 90),
    })
    const panel = (name: string) =>
      panelsOf(series, signalsOf(series, null)).find((one) => one.name === name)!
    const last = { hashRibbons: series.dates[199]!, difficulty: series.dates[100]! }
    expect([last.hashRibbons, last.difficulty]).toEqual(['2021-07-19', '2021-04-11'])
    expect(nothingInViewWords(panel('hashRibbons'), RANGES[1])).toBe(
      'No value in these 2 years; the last is of 19 Jul 2021.',
    )
    expect(nothingInViewWords(panel('difficulty'), RANGES[0])).toBe(
      'No adjustment in these 365 days; the last is of 11 Apr 2021.',
    )
    expect(nothingInViewWords(panel('puell'), RANGES[3])).toBe('No value in these days.')
  })
})

describe('a signal without a value', () => {
  it('says which column is missing and which source that is asked has it', () => {
    const words = missingWords('hashRibbons', [], DEFAULT_SETTINGS)
    expect(words[0]).toBe('Switched off: network hashrate is missing.')
    expect(words[1]).toBe(
      'For network hashrate, fill the history (mempool) or import a daily.csv with hashrate_ehs.',
    )
  })
  it('names a source that is off with its terms', () => {
    const words = missingWords('nvtRatio', [covered('marketCapUsd', ['computed', 9])], DEFAULT_SETTINGS)
    expect(words).toEqual([
      'Switched off: value transferred is missing.',
      'For value transferred, switch on blockchain.info charts (For your personal, lawful, non-commercial use only) under Data, or import a daily.csv with transfer_value_usd.',
    ])
    const on = { ...DEFAULT_SETTINGS, networkOrder: 'mempool,blockchaininfo' }
    expect(missingWords('nvtRatio', [], on).at(-1)).toContain('fill the history (blockchain.info)')
  })
  it('says so where no source has it', () => {
    expect(missingWords('minerNetFlow', [], DEFAULT_SETTINGS)[1]).toBe(
      'No source gives net flow of miners: import a daily.csv with miner_net_flow_btc.',
    )
  })
  it('says how many days it takes where there are too few', () => {
    const coverage = [covered('marketCapUsd', ['computed', 9]), covered('transferValueUsd', ['imported', 9])]
    expect(missingWords('dynamicNvt', coverage, DEFAULT_SETTINGS)[0]).toContain('takes 819 days in a row')
  })
})
