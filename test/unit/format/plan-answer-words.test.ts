import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import type { ScenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import type { ChanceFigures } from '#shared/format/plan-answer-words.ts'
import { planWords } from '#shared/format/plan-answer-words.ts'

const AHEAD = { sumUsd: 467_085, endsAtMs: Date.UTC(2026, 4, 14), days: 169 } as ScenarioAhead
const SCENARIO = {
  name: 'As it is',
  assumptions: { price: constantGrowth(0), hashrate: constantGrowth(0), response: null },
  tried: NOTHING_TRIED,
}
const CHANCE: ChanceFigures = {
  ...{ paths: 10_000, probabilityOfLossInSum: 0.2, probabilityOfLossAsItRuns: 0.381 },
  ...{ probabilityOfLossAtEnd: 0.16, lots: 41, lotsMostlyUnderWater: 12 },
}
type Case = Parameters<typeof planWords>[1]

function words(change: Partial<Case>) {
  const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ')
  const asked = {
    scenario: SCENARIO,
    ahead: AHEAD,
    chance: CHANCE,
    responds: true,
    underWater: 'stop' as const,
  }
  const { sentence, details } = planWords(US_DOLLARS, { ...asked, ...change })
  const { before, moneyUsd, after } = sentence
  return {
    sentence: plain(`${before}${US_DOLLARS.amount(moneyUsd)}${after}`),
    details: plain(details.join(' ')),
  }
}
const chanced = (change: Partial<ChanceFigures>) => words({ chance: { ...CHANCE, ...change } }).sentence

describe('what the fleet earns from now on, in one sentence', () => {
  it('carries the chance that it loses cash a day at the end', () => {
    expect(words({}).sentence).toBe(
      'The fleet earns about $467 085 by mid May, if the price stays; in 16 of 100 paths it loses cash at the end.',
    )
  })

  it('has no chance until it is simulated', () => {
    expect(words({ chance: null }).sentence).toBe(
      'The fleet earns about $467 085 by mid May, if the price stays.',
    )
  })

  it.each([
    [0, 'it loses cash at the end in none of 10 000 paths.'],
    [0.0001, 'in fewer than 1 of 100 paths it loses cash at the end.'],
    [0.9999, 'in more than 99 of 100 paths it loses cash at the end.'],
    [1, 'in all of 10 000 paths it loses cash at the end.'],
  ])('a chance of %d is never more certain than the paths', (probabilityOfLossAtEnd, end) => {
    expect(chanced({ probabilityOfLossAtEnd })).toContain(`; ${end}`)
  })

  it('says beneath what is assumed, the whole time, and the fleet that nobody stops', () => {
    expect(words({}).details).toBe(
      'Assumed: the network’s hashrate as it is, lots under water stopped. Prices do not stay: the chance is that of 10 000 simulated paths, on which the network responds to the hashprice. Over the whole time the fleet loses cash in 20 of 100 paths. If every machine ran on as it does today, it would in 38 of 100 paths. 12 of 41 lots are more likely under water than not at the end.',
    )
  })

  it('says who stays in the network where a scenario states that nobody leaves', () => {
    const { details } = words({ responds: false, underWater: 'run' })
    expect(details).toContain('nobody leaving the network, lots under water running on.')
    expect(details).not.toContain('responds')
    // They run on already.
    expect(details).not.toContain('If every machine')
  })

  it('does not call a loss earnings', () => {
    expect(words({ ahead: { ...AHEAD, sumUsd: -1200 } }).sentence).toMatch(
      /^The fleet comes to about −\$1 200 /,
    )
  })
})
