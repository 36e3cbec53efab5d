import { describe, expect, it } from 'vitest'
import type { Tried } from '#shared/domain/ahead/scenario.ts'
import { NOTHING_TRIED, scenarioNameKey, triedOver } from '#shared/domain/ahead/scenario.ts'
import { moneyIn } from '#shared/format/money.ts'
import { goneSitesWords, scenarioNameFor, triedWords } from '#shared/format/tried-words.ts'

const tried = (change: Partial<Tried>): Tried => ({ ...NOTHING_TRIED, ...change })
const at = (site: string, powerPriceUsdPerKwh: number) => ({ site, powerPriceUsdPerKwh })
const plain = (text: string | null) => text?.replaceAll('\u202f', ' ')

describe('what is tried, in words', () => {
  it('is nothing where nothing is', () => {
    expect([triedWords(NOTHING_TRIED), scenarioNameFor(NOTHING_TRIED), goneSitesWords([])]).toEqual([
      null,
      '',
      null,
    ])
  })

  it('is said in the money of the reader', () => {
    const all = tried({ priceUsdPerBtc: 70_000, change: -0.05, sitePowerPrices: [at('North', 0.042)] })
    expect(plain(triedWords(all))).toBe(
      'Tried: bitcoin at $70 000, next adjustment −5.0 %, power at North $0.042 per kWh.',
    )
    expect(plain(triedWords(all, moneyIn('EUR', 1.25)))).toContain('bitcoin at €56 000')
  })

  it('makes a name that can be typed and stored', () => {
    expect(scenarioNameFor(tried({ priceUsdPerBtc: 70_000.4 }))).toBe('Bitcoin at $70 000')
    expect(scenarioNameFor(tried({ change: 0.05 }))).toBe('Difficulty +5.0 %')
    expect(
      scenarioNameFor(
        tried({ priceUsdPerBtc: 70_000, change: -0.05, sitePowerPrices: [at('North', 0.042)] }),
      ),
    ).toBe('Bitcoin at $70 000, difficulty −5.0 %, North at $0.042')
    const sites = ['North', 'Ridge', 'Harbor'].map((name) => at(name, 0.04))
    expect(scenarioNameFor(tried({ sitePowerPrices: sites }))).toBe('Power at 3 sites')
    expect(scenarioNameFor(tried({ sitePowerPrices: [at('x'.repeat(100), 0.04)] }))).toHaveLength(100)
  })

  it('names the sites that are gone', () => {
    expect(goneSitesWords(['Fjord'])).toContain('no site ‘Fjord’')
    expect(goneSitesWords(['Fjord', 'Hill'])).toContain('no sites ‘Fjord’, ‘Hill’')
  })
})

describe('what is tried beside a scenario', () => {
  it('counts over that alone, a site however it is written', () => {
    const scenario = tried({
      priceUsdPerBtc: 1,
      change: 0.1,
      sitePowerPrices: [at('North', 1), at('Hill', 2)],
    })
    expect(triedOver(scenario, NOTHING_TRIED)).toEqual(scenario)
    expect(triedOver(NOTHING_TRIED, scenario)).toEqual(scenario)
    expect(triedOver(scenario, tried({ priceUsdPerBtc: 3, sitePowerPrices: [at(' north', 4)] }))).toEqual({
      ...{ priceUsdPerBtc: 3, change: 0.1 },
      sitePowerPrices: [at('Hill', 2), at(' north', 4)],
    })
  })
})

it('a name is the same in other letters, and with the spaces of the screen', () => {
  expect(scenarioNameKey(' Ärmer AT $70\u202f000')).toBe(scenarioNameKey('ärmer at $70 000'))
  expect(scenarioNameKey('Low')).not.toBe(scenarioNameKey('Lower'))
})
