import { describe, expect, it } from 'vitest'
import type { OptimumLine } from '#shared/domain/decision/sites/site-optimum.ts'
import type { SiteNow } from '#shared/domain/decision/sites/site-now.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import {
  countingPrice,
  finerWords,
  isChange,
  optimumWords,
  siteAheadWords,
  siteAnswer,
  sitesAnswer,
} from '#shared/format/site-words.ts'

const NOW: SiteNow = {
  pricesFrom: 'tariff',
  asIsKw: 2000,
  takeKw: 1860,
  meanUsdPerKwh: 0.046,
  nextUsdPerKwh: 0.052,
  steps: { kw: [Infinity], usdPerKwh: [0.052] },
  isAtCap: false,
  untilMs: NaN,
}
const LINE: OptimumLine = {
  ...{ model: 'S19', verdict: 'run', mode: null, hashrateThs: NaN, machines: 40, run: 40 },
}

describe('what is said of a site', () => {
  it('answers what a kWh costs and what the next one would', () => {
    const answer = (now: Partial<SiteNow>, capKw: number | null = null) =>
      siteAnswer(US_DOLLARS, { ...NOW, ...now }, capKw)
    expect(answer({})).toBe('A kWh costs $0.046 now; the next one costs $0.052 (λ).')
    expect(answer({ nextUsdPerKwh: 0.046 })).toBe('A kWh costs $0.046 now, and so does the next one (λ).')
    expect(answer({ isAtCap: true, nextUsdPerKwh: 0.061 }, 2000).replaceAll('\u202f', ' ')).toBe(
      'A kWh costs $0.046 now; the cap of 2.00 MW is reached, and one more would be worth $0.061 (λ).',
    )
    expect(answer({ meanUsdPerKwh: NaN })).toBe('What a kWh costs here is not known.')
  })

  it('answers for all sites from the cheapest to the dearest', () => {
    const at = (name: string, meanUsdPerKwh: number) => ({ name, meanUsdPerKwh })
    const all = [at('Ridge', 0.07), at('North', 0.04), at('Moor', NaN)]
    expect(sitesAnswer(US_DOLLARS, all)).toBe('A kWh costs from $0.040 at North to $0.070 at Ridge now.')
    expect(sitesAnswer(US_DOLLARS, all.slice(1))).toBe('A kWh costs $0.040 at North now.')
    expect(sitesAnswer(US_DOLLARS, [at('A', 0.04), at('B', 0.04)])).toBe(
      'A kWh costs $0.040 now, at each of 2 sites.',
    )
    expect(sitesAnswer(US_DOLLARS, [at('Moor', NaN)])).toBeNull()
  })

  it('tells machines what to do, those first that change something', () => {
    const words = (line: Partial<OptimumLine>) => optimumWords({ ...LINE, ...line }).replaceAll('\u202f', ' ')
    expect(words({ mode: 'eco', hashrateThs: 98 })).toBe('Set 40 S19 to 98.0 TH/s (eco)')
    expect(words({ mode: 'eco' })).toBe('Set 40 S19 to eco')
    expect(words({ run: 28 })).toBe('Run 28 of 40 S19')
    expect(words({ verdict: 'off', run: 0 })).toBe('Power down: 40 S19')
    expect(words({ verdict: 'hold' })).toBe('Leave 40 S19 as they are')
    expect(words({ verdict: 'hold', machines: 1, run: 1 })).toBe('Leave 1 S19 as it is')
    expect(words({ verdict: 'stay-off', run: 0, model: '' })).toBe('Leave 40 machines off')
    expect(isChange(LINE)).toBe(false)
    expect(isChange({ ...LINE, run: 28 })).toBe(true)
    expect(isChange({ ...LINE, verdict: 'pause', run: 0 })).toBe(true)
  })

  it('says which price counts beside the power price of the site', () => {
    expect(countingPrice('fleet')).toBeNull()
    expect(countingPrice('market-file')).toMatch(/^Not in use: market prices count/)
    expect(countingPrice('host')).toContain('the host’s invoice includes power')
  })

  it('says what would change before it is stored, and nothing of what stays', () => {
    const ahead = (after: Partial<SiteNow>, usdAfter: number) =>
      siteAheadWords(US_DOLLARS, {
        changes: { changed: 12, machines: 3058 },
        usdPerDay: { before: 500, after: usdAfter },
        before: NOW,
        after: { ...NOW, ...after },
      }).replaceAll('\u202f', ' ')
    expect(ahead({ nextUsdPerKwh: 0.14 }, 380)).toBe(
      '12 of 3 058 machines would change their advice. The fleet earns $120 a day less as advised. The next kWh: $0.052 → $0.140.',
    )
    expect(ahead({}, 500)).toBe(
      '12 of 3 058 machines would change their advice. The fleet earns the same a day as advised.',
    )
    expect(ahead({}, NaN)).toBe('12 of 3 058 machines would change their advice.')
  })

  it('names hours that a grid of hours cannot show', () => {
    const week = { baseUsdPerKwh: 0.05, periods: [] }
    expect(finerWords(week)).toBeNull()
    const night = { days: ['mon'], fromHour: 23.5, toHour: 24, usdPerKwh: 0.03 } as const
    expect(finerWords({ ...week, periods: [night] })).toMatch(/^1 hour of the week changes its price/)
  })
})
