import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { putScenario, scenarioNamed, storedScenarios } from '#electron/services/scenarios.ts'
import { openDirect } from '../store/direct.ts'
import type { DirectStore } from '../store/direct.ts'
import { temporaryFolder } from '../store/stores.ts'

const assumptions = { price: constantGrowth(0), hashrate: constantGrowth(0.3), response: null }
const LOW = {
  name: 'Low',
  assumptions,
  tried: {
    ...{ priceUsdPerBtc: 70_000, change: -0.05 },
    sitePowerPrices: [{ site: 'North', powerPriceUsdPerKwh: 0.042 }],
  },
}

/** The store, whose calls a thread would make promises of. */
function later(store: DirectStore) {
  return {
    readScenarios: () => Promise.resolve(store.readScenarios()),
    putScenario: (...given: Parameters<DirectStore['putScenario']>) =>
      Promise.resolve().then(() => store.putScenario(...given)),
  }
}

describe('stored scenarios', () => {
  it('come back as they were put, and as assumptions alone where nothing is tried', async () => {
    const store = await openDirect(temporaryFolder())
    const flat = { name: 'Flat', assumptions, tried: NOTHING_TRIED }
    await putScenario(later(store), LOW, false)
    await putScenario(later(store), flat, false)
    expect(await storedScenarios(later(store))).toEqual({ scenarios: [flat, LOW], unreadable: [] })
    // The form of before anything could be tried.
    expect(store.readScenarios()[0]).toEqual({ name: 'Flat', text: JSON.stringify(assumptions) })
  })

  it('are not overwritten unasked, in whatever letters the name is', async () => {
    const store = await openDirect(temporaryFolder())
    await putScenario(later(store), { ...LOW, name: 'Änderung' }, false)
    const again = { ...LOW, name: 'änderung', tried: NOTHING_TRIED }
    await expect(putScenario(later(store), again, false)).rejects.toMatchObject({
      code: 'conflict',
      message: 'There is a scenario ‘Änderung’ already.',
    })
    await putScenario(later(store), again, true)
    const { scenarios } = await storedScenarios(later(store))
    expect(scenarios.map(({ name, tried }) => [name, tried])).toEqual([['Änderung', NOTHING_TRIED]])
  })

  it('take another name, or the same in other letters, but not that of another one', async () => {
    const store = await openDirect(temporaryFolder())
    await putScenario(later(store), LOW, false)
    await putScenario(later(store), { ...LOW, name: 'Flat' }, false)
    const names = () => store.readScenarios().map(({ name }) => name)
    expect(() => store.renameScenario('low', 'FLAT')).toThrow('There is a scenario ‘Flat’ already.')
    expect(() => store.renameScenario('low', ' ')).toThrow('must not be empty')
    expect(() => store.renameScenario('Lower', 'Lowest')).toThrow('There is no scenario ‘Lower’.')
    store.renameScenario('low', 'LOW')
    expect(names()).toEqual(['Flat', 'LOW'])
    store.renameScenario('LOW', 'Bear')
    expect(names()).toEqual(['Bear', 'Flat'])
    store.removeScenario('BEAR')
    expect(names()).toEqual(['Flat'])
    expect(() => store.removeScenario('Bear')).toThrow('There is no scenario ‘Bear’.')
  })

  const document = (change: object) => JSON.stringify({ ...assumptions, ...change })
  it.each([
    ['[]', 'must be an object'],
    [document({ price: undefined }), 'field price: is missing'],
    [
      document({ hashrate: { days: [0, 0], factors: [1, 1], ratePerYear: 0 } }),
      'field hashrate: path, point 2',
    ],
    [document({ fees: 1 }), 'has a field that is not known here: fees'],
    [document({ tried: { ...LOW.tried, priceUsdPerBtc: -1 } }), 'field tried.priceUsdPerBtc: must be'],
    [document({ tried: { ...LOW.tried, change: 4 } }), 'field tried.change: must be at most 3'],
    [
      document({ tried: { ...LOW.tried, sitePowerPrices: [{ site: 'North' }] } }),
      'field tried.sitePowerPrices[0].powerPriceUsdPerKwh: is missing',
    ],
    [
      document({
        tried: {
          ...LOW.tried,
          sitePowerPrices: ['North', ' NORTH '].map((site) => ({ site, powerPriceUsdPerKwh: 0 })),
        },
      }),
      'field tried.sitePowerPrices: must name a site once',
    ],
    [
      document({
        response: { tiers: [], leavingPerEpoch: 1, returningPerEpoch: 1, hysteresis: 0 },
      }),
      'field response: tiers: there must be at least one',
    ],
  ])('that say what cannot be are named with it, and the others stay usable (%#)', async (text, words) => {
    const store = await openDirect(temporaryFolder())
    store.putScenario('Broken', text, false)
    await putScenario(later(store), LOW, false)
    const stored = await storedScenarios(later(store))
    expect(stored.scenarios).toEqual([LOW])
    expect(stored.unreadable.map(({ name }) => name)).toEqual(['Broken'])
    expect(stored.unreadable[0]!.fault).toMatch(/^Scenario ‘Broken’/)
    expect(stored.unreadable[0]!.fault).toContain(words)
    expect(scenarioNamed(stored, 'low')).toEqual(LOW)
    expect(() => scenarioNamed(stored, 'broken')).toThrow(words)
    expect(() => scenarioNamed(stored, 'other')).toThrow("There is no scenario 'other'; there are Low.")
  })
})
