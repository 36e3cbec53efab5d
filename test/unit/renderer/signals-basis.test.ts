import { describe, expect, it } from 'vitest'
import type { Coverage } from '#shared/contract/history.ts'
import { DEFAULT_SETTINGS } from '#shared/contract/settings.ts'
import { dataWords, missingWords, staleSinceMs } from '#renderer/screens/signals/basis-words.ts'

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
      'Data: difficulty from our own computing, through 21 Nov 2026',
    )
  })
  it('is stale two days after the end of its last day', () => {
    const end = Date.UTC(2026, 10, 22)
    const days = (n: number) => end + n * 86_400_000
    expect(staleSinceMs('2026-11-21', days(2))).toBeNull()
    expect(staleSinceMs('2026-11-21', days(2) + 1)).toBe(end)
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
      'For value transferred, switch on blockchain.info charts (For your personal, lawful, non-commercial use only) under Data sources, or import a daily.csv with transfer_value_usd.',
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
