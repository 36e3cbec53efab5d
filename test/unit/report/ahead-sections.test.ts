import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { fleetInEpoch } from '#shared/domain/ahead/fleet-in-epoch.ts'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import type { Ahead } from '#shared/report/ahead.ts'
import { aheadOf } from '#shared/report/ahead.ts'
import { projectionSection } from '#shared/report/sections/projection.ts'
import { treasurySection } from '#shared/report/sections/treasury.ts'
import { machine, site } from '../machines.ts'
import { takeOrPay, tariff } from '../power/plain-contracts.ts'
import { dated, NETWORK_STATE, NOON_MS } from '../renderer/network-state.ts'
import { NO_FINANCE, factsFor, listOf, saidIn, tableIn } from './finance-case.ts'
import { textsOf } from './report-case.ts'

const MACHINES = [
  machine({ id: 'new', quantity: 50, hashrateThs: 200, powerW: 3500, fixedUsdPerDay: 0.2 }),
  machine({ id: 'old', quantity: 80, hashrateThs: 95, powerW: 3250, fixedUsdPerDay: 0.1 }),
  machine({ id: 'shelf', quantity: 20, hashrateThs: 110, powerW: 3000, status: 'off', fixedUsdPerDay: 0.1 }),
]
const SITES = [site({ powerPriceUsdPerKwh: 0.045 })]
const scenario = (
  name: string,
  price: number,
  hashrate: number,
  response: typeof DEFAULT_SUPPLY_CURVE | null = null,
) => ({
  name,
  assumptions: { price: constantGrowth(price), hashrate: constantGrowth(hashrate), response },
})
const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0)

describe('projection', () => {
  const facts = factsFor(SITES, MACHINES)
  const blocks = projectionSection(facts)
  const network = tableIn(blocks, 'projection')
  const fleet = tableIn(blocks, 'projection-fleet')

  it('begins where the fleet stands today, half a year long', () => {
    expect(listOf(network, 'epoch')).toEqual(Array.from({ length: 13 }, (_, epoch) => epoch))
    expect(listOf(network, 'startsAtMs')[0]).toBe(NOON_MS)
    expect(sum(listOf(network, 'days'))).toBeGreaterThan(160)
    expect(listOf(network, 'hashpriceUsdPerPhDay')[0]).toBeCloseTo(facts.market!.hashpriceUsdPerPhDay, 9)
    expect(listOf(fleet, 'fleetMarginUsdPerDay')[0]).toBeCloseTo(facts.picture!.totals.marginUsdPerDay, 9)
    expect(listOf(network, 'change')[1]).toBeCloseTo(facts.market!.change, 12)
    expect(listOf(network, 'startsAtMs')[1]).toBeCloseTo(facts.market!.adjustmentAtMs, -1)
  })

  it('says that nothing is stored and what is assumed then', () => {
    expect(saidIn(blocks)).toContain('No scenario is stored. Assumed: price flat, hashrate flat')
    expect(blocks.some((block) => block.kind === 'table' && block.table.id === 'scenarios')).toBe(false)
  })

  it('stops what loses and starts what earns, and adds the epochs up', () => {
    const best = listOf(fleet, 'bestMarginUsdPerDay')
    const asItRuns = listOf(fleet, 'fleetMarginUsdPerDay')
    best.forEach((usd, i) => expect(usd).toBeGreaterThanOrEqual(asItRuns[i]! - 1e-9))
    // 95 TH/s at 3 250 W and 0.045 USD/kWh need 36.95 USD/PH/s/day and run at less; 110 TH/s at 3 000 W need 29.45 and are off.
    const hp = facts.market!.hashpriceUsdPerPhDay
    expect(hp).toBeLessThan(36.9)
    const alone = 10 * hp - 50 * 3.5 * 24 * 0.045 + 2.2 * hp - 20 * 3 * 24 * 0.045
    expect(best[0]).toBeCloseTo(alone, 6)
    const cash = listOf(fleet, 'bestUsd')
    const days = listOf(network, 'days')
    cash.forEach((usd, i) => expect(usd).toBeCloseTo(best[i]! * days[i]!, 9))
    const total = fleet.columns.find(({ key }) => key === 'bestUsd')!.total!
    expect(total).toBeCloseTo(sum(cash), 6)
  })

  it('puts scenarios beside it with the figures of `scenario compare`', () => {
    const scenarios = [
      scenario('Grows', 0.2, 0.3),
      scenario('Falls', -0.5, 0.1, DEFAULT_SUPPLY_CURVE),
      scenario('Flat', 0, 0),
    ]
    const of = factsFor(SITES, MACHINES, { scenarios })
    const said = projectionSection(of)
    const table = tableIn(said, 'scenarios')
    expect(textsOf(table, 'scenario')).toEqual(['Grows', 'Falls', 'Flat'])
    const ahead = aheadOf(of) as Ahead
    scenarios.forEach(({ assumptions }, s) => {
      const rows = projectNetwork(
        ahead.network,
        { change: of.market!.estimate!.change, secondsLeft: of.market!.daysToAdjustment * 86_400 },
        { epochs: 13, ...assumptions },
      )
      const fleetOf = rows.map((row) => fleetInEpoch(ahead.prepared.basis, ahead.cash, row))
      for (const [key, epoch] of [
        ['nowUsdPerDay', 0],
        ['epoch3UsdPerDay', 3],
        ['epoch6UsdPerDay', 6],
        ['epoch12UsdPerDay', 12],
      ] as const)
        expect(listOf(table, key)[s]).toBeCloseTo(fleetOf[epoch]!.bestMarginUsdPerDay, 6)
      expect(listOf(table, 'cashUsd')[s]).toBeCloseTo(
        sum(rows.map(({ days }, i) => days * fleetOf[i]!.bestMarginUsdPerDay)),
        3,
      )
    })
    // The first is the one of the pages.
    expect(listOf(table, 'cashUsd')[0]).toBeCloseTo(
      sum(listOf(tableIn(said, 'projection-fleet'), 'bestUsd')),
      6,
    )
    expect(saidIn(said)).toContain('Falls. Assumed: price −50.0')
  })

  it('names the halving in the epoch in which it falls', () => {
    const height = 1_049_000
    const of = factsFor(SITES, MACHINES, {
      network: {
        ...NETWORK_STATE,
        values: {
          ...NETWORK_STATE.values,
          height: dated(height),
          epochBlocks: dated(height % 2016),
          epochSeconds: dated((height % 2016) * 600),
        },
      },
    })
    const happens = textsOf(tableIn(projectionSection(of), 'projection'), 'opensWith')
    const halvings = happens.filter((text) => text.includes('halving'))
    expect(halvings).toHaveLength(1)
    expect(halvings[0]).toMatch(/^(Now|Adjustment); halving on \d+ \w+ 2025$/)
    expect(happens[0]!.startsWith('Now')).toBe(true)
  })

  it('has no dates where the values are of no day, and no projection without an epoch or a network', () => {
    const sample = Object.fromEntries(
      Object.entries(NETWORK_STATE.values).map(([name, value]) => [name, { ...value!, source: 'sample' }]),
    ) as typeof NETWORK_STATE.values
    const undated = projectionSection(
      factsFor(SITES, MACHINES, { network: { ...NETWORK_STATE, values: sample } }),
    )
    expect(listOf(tableIn(undated, 'projection'), 'startsAtMs').every(Number.isNaN)).toBe(true)
    expect(undated.some(({ kind }) => kind === 'chart')).toBe(false)
    const without = (names: readonly string[]) =>
      projectionSection(
        factsFor(SITES, MACHINES, {
          network: {
            ...NETWORK_STATE,
            values: { ...NETWORK_STATE.values, ...Object.fromEntries(names.map((name) => [name, null])) },
          },
        }),
      )
    expect(saidIn(without(['epochBlocks']))).toContain('The running epoch is not known')
    expect(saidIn(without(['priceUsdPerBtc']))).toContain('No network data')
  })

  it('refuses in words what a contract or a path cannot be', () => {
    const of = factsFor(SITES, MACHINES, {}, { North: { capKw: 10, floorKw: 500, tariffs: [tariff()] } })
    expect(saidIn(projectionSection(of))).toContain(
      'cannot be weighed, so there is no projection: site North',
    )
    const falls = scenario('Ends', 0, -1 + 1e-12)
    expect(saidIn(projectionSection(factsFor(SITES, MACHINES, { scenarios: [falls] })))).toBe(
      '[{"kind":"sentence","text":"Scenario “Ends” is left out: hashrate path: it falls so fast that an epoch never ends."}]',
    )
    const others = projectionSection(
      factsFor(SITES, MACHINES, { scenarios: [scenario('Flat', 0, 0), falls] }),
    )
    expect(saidIn(others)).toContain('Scenario “Ends” is left out')
    expect(saidIn(others)).toContain('Scenario “Flat”')
  })

  describe('of a scenario that tries other values of today', () => {
    const tried = {
      ...{ priceUsdPerBtc: 70_000, change: 0.1 },
      sitePowerPrices: [{ site: 'north', powerPriceUsdPerKwh: 0.03 }],
    }
    const of = factsFor(SITES, MACHINES, {
      scenarios: [{ ...scenario('Low', 0, 0), tried }, scenario('Flat', 0, 0)],
    })
    const said = projectionSection(of)
    const side = tableIn(said, 'scenarios')

    it('is the network and the fleet with these values, the others beside it as they are', () => {
      const values = { ...NETWORK_STATE.values, priceUsdPerBtc: dated(70_000) }
      const then = factsFor([site({ powerPriceUsdPerKwh: 0.03 })], MACHINES, {
        network: { ...NETWORK_STATE, values },
      })
      // An adjustment that is typed: nothing of the fleet of today is in it but its date.
      const epochs = listOf(tableIn(said, 'projection'), 'hashpriceUsdPerPhDay')
      expect(epochs[0]).toBeCloseTo(then.market!.hashpriceUsdPerPhDay, 12)
      expect(epochs[1]).toBeCloseTo(then.market!.hashpriceUsdPerPhDay / 1.1, 9)
      const asItRuns = listOf(tableIn(said, 'projection-fleet'), 'fleetMarginUsdPerDay')
      expect(asItRuns[0]).toBeCloseTo(then.picture!.totals.marginUsdPerDay, 9)
      const flat = tableIn(projectionSection(factsFor(SITES, MACHINES)), 'projection-fleet')
      expect(listOf(side, 'nowUsdPerDay')[1]).toBe(listOf(flat, 'bestMarginUsdPerDay')[0])
      expect(listOf(side, 'nowUsdPerDay')[0]).not.toBe(listOf(side, 'nowUsdPerDay')[1])
    })

    it('says what is tried, in the sentence and beside the others', () => {
      const words = 'Tried: bitcoin at $70 000, next adjustment +10.0 %, power at north $0.030 per kWh.'
      expect(saidIn(said).split(words)).toHaveLength(3)
      expect(saidIn(said)).toContain(
        '"Flat. Assumed: price flat, hashrate flat, the network does not respond to the hashprice."',
      )
      expect(
        saidIn(
          treasurySection(
            factsFor(SITES, MACHINES, {
              scenarios: of.case.scenarios,
              finance: { ...NO_FINANCE, treasury: { openingBtc: 1, shareHeld: 0, markPriceUsdPerBtc: null } },
            }),
          ),
        ),
      ).toContain(words)
    })

    it('warns of a site that is gone, and of a stored one that cannot be read', () => {
      const gone = { ...tried, sitePowerPrices: [{ site: 'Fjord', powerPriceUsdPerKwh: 0.03 }] }
      const words = saidIn(
        projectionSection(
          factsFor(SITES, MACHINES, {
            scenarios: [{ ...scenario('Low', 0, 0), tried: gone }],
            unreadableScenarios: [{ name: 'Broken', fault: 'Scenario ‘Broken’, field price: is missing.' }],
          }),
        ),
      )
      expect(words).toContain('Scenario “Low”: The fleet has no site ‘Fjord’')
      expect(words).toContain('Scenario ‘Broken’, field price: is missing.')
    })

    it('that types a change has a date where only the height is known; one that does not is left out', () => {
      const values = { ...NETWORK_STATE.values, epochBlocks: null, epochSeconds: null }
      const words = saidIn(
        projectionSection(
          factsFor(SITES, MACHINES, {
            scenarios: of.case.scenarios,
            network: { ...NETWORK_STATE, values, previousAdjustments: [] },
          }),
        ),
      )
      expect(words).toContain('Scenario “Flat” is left out: nothing dates the adjustments ahead.')
      expect(words).toContain('Scenario “Low”')
    })
  })

  it('is the same whatever horizon was chosen for the advice', () => {
    const contract = { North: { takeOrPay: takeOrPay({ committedKwhPerDay: 5000 }) } }
    const [usual, chosen] = [null, 3].map((horizonDays) =>
      tableIn(projectionSection(factsFor(SITES, MACHINES, { horizonDays }, contract)), 'projection-fleet'),
    )
    expect(listOf(chosen!, 'bestMarginUsdPerDay')).toEqual(listOf(usual!, 'bestMarginUsdPerDay'))
  })
})

describe('treasury', () => {
  const treasury = { openingBtc: 2, shareHeld: 0.5, markPriceUsdPerBtc: null }

  it('says which setting to fill where nothing is said', () => {
    expect(saidIn(treasurySection(factsFor(SITES, MACHINES)))).toContain('finance.treasury-btc')
  })

  it('pays the cost of the projection out of what is mined', () => {
    const finance = { ...NO_FINANCE, treasury, generalUsdPerDay: 25 }
    const facts = factsFor(SITES, MACHINES, { finance })
    const blocks = treasurySection(facts)
    const table = tableIn(blocks, 'treasury')
    const mined = listOf(table, 'btcMined')
    const days = listOf(tableIn(projectionSection(facts), 'projection'), 'days')
    const btcPerDay = listOf(tableIn(projectionSection(facts), 'projection-fleet'), 'bestBtcPerDay')
    mined.forEach((btc, i) => expect(btc).toBeCloseTo(btcPerDay[i]! * days[i]!, 9))
    // Margin less fixed cost (50 × 0.2 + 100 × 0.1) and general: at a flat price what is sold covers exactly what is paid.
    const fleet = listOf(tableIn(projectionSection(facts), 'projection-fleet'), 'bestMarginUsdPerDay')
    const revenue = listOf(tableIn(projectionSection(facts), 'projection-fleet'), 'bestRevenueUsdPerDay')
    const cover = listOf(table, 'btcSoldToCover')
    cover.forEach((btc, i) =>
      expect(btc * 88_300).toBeCloseTo((revenue[i]! - fleet[i]! + 20 + 25) * days[i]!, 4),
    )
    const held = listOf(table, 'btcHeld')
    expect(held[0]! - 2).toBeCloseTo((mined[0]! - cover[0]!) / 2, 9)
    expect(saidIn(blocks)).toContain('Not said, so not in it: demand-response credits.')
  })

  it('comes to the same both ways at one price', () => {
    const facts = factsFor(SITES, MACHINES, { finance: { ...NO_FINANCE, treasury } })
    const block = treasurySection(facts).find(({ kind }) => kind === 'facts')
    if (block?.kind !== 'facts') throw new Error('no results')
    expect(block.facts[0]!.text).toBe(block.facts[1]!.text)
  })
})
