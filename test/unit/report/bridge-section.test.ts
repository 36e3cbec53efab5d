import { describe, expect, it } from 'vitest'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { moneyIn } from '#shared/format/money.ts'
import type { Finance } from '#shared/report/case.ts'
import { factsOf } from '#shared/report/facts.ts'
import { bridgeSection } from '#shared/report/sections/bridge.ts'
import { writtenColumn } from '#shared/report/written.ts'
import { machine, site } from '../machines.ts'
import { takeOrPay } from '../power/plain-contracts.ts'
import { dated, NETWORK_STATE, NOON_MS } from '../renderer/network-state.ts'
import { NO_FINANCE, factsFor, listOf, saidIn, tableIn } from './finance-case.ts'
import { columnOf, textsOf } from './report-case.ts'

const MACHINES = [
  machine({ id: 'a', quantity: 50, hashrateThs: 200, powerW: 3500, fixedUsdPerDay: 0.2, poolFee: 0.02 }),
  machine({ id: 'b', quantity: 30, hashrateThs: 110, powerW: 3100, fixedUsdPerDay: 0.1 }),
  machine({ id: 'off', quantity: 20, status: 'off', fixedUsdPerDay: 0.1, standbyW: 15 }),
]
const SITES = [site({ powerPriceUsdPerKwh: 0.045, otherUsdPerKwh: 0.003, overhead: 0.04 })]
const purchase = (name: string, boughtAtMs: number | null, costUsd = 365_000) => ({
  ...{ name, boughtAtMs, costUsd },
  salvageUsd: 0,
  lifeDays: 1000,
})
const ALL_SAID: Finance = {
  ...NO_FINANCE,
  generalUsdPerDay: 40,
  demandResponseCreditsUsdPerDay: 30,
  purchases: [purchase('2025', NOON_MS - 100 * MS_PER_DAY)],
}
const bridge = (finance: Finance) => {
  const facts = factsFor(SITES, MACHINES, { finance })
  return { facts, blocks: bridgeSection(facts), table: tableIn(bridgeSection(facts), 'cost-per-btc') }
}
const barsIn = (blocks: ReturnType<typeof bridgeSection>) => {
  const found = blocks.find(({ kind }) => kind === 'bridge')
  if (found?.kind !== 'bridge') throw new Error('no bridge')
  return found
}
const readBack = (text: string) => Number(text.replace(/[\s\u202f$]/g, '').replace('−', '-'))

describe('cost per BTC', () => {
  it('costs × BTC are what is paid, and with the margin they are the price', () => {
    const { facts, table } = bridge(ALL_SAID)
    const { totals, market } = facts.picture!
    const btcPerDay = totals.btcPerDay
    const perDay = listOf(table, 'usdPerDay')
    const running = listOf(table, 'soFarUsdPerBtc')
    const cash = textsOf(table, 'step').indexOf('= cash cost')
    const full = textsOf(table, 'step').indexOf('= full cost')
    // Everything but the credits is what stands in the sums of the fleet.
    expect(running[cash]! * btcPerDay).toBeCloseTo(
      totals.avoidableCostUsdPerDay + totals.fixedUsdPerDay + totals.idleStandbyUsdPerDay - 30,
      8,
    )
    const marginPerBtc = (totals.allInMarginUsdPerDay + 30) / btcPerDay
    expect(running[cash]! + marginPerBtc).toBeCloseTo(market.conditions.priceUsdPerBtc, 6)
    expect(perDay[full]).toBeCloseTo(perDay[cash]! + 40 + 365, 9)
    expect(perDay[0]! + perDay[1]! + perDay[2]! + perDay[3]!).toBeCloseTo(perDay[cash]!, 9)
    expect(listOf(table, 'usdPerBtc')[1]).toBeCloseTo(-30 / btcPerDay, 8)
  })

  it.each([
    ['USD', 1],
    ['EUR', 1.0842],
    ['JPY', 0.0066],
  ] as const)('adds up as printed in %s', (currency, rate) => {
    const facts = factsFor(SITES, MACHINES, {
      finance: ALL_SAID,
      currency,
      network: { ...NETWORK_STATE, rates: currency === 'USD' ? {} : { [currency]: dated(rate) } },
    })
    const blocks = bridgeSection(facts)
    const table = tableIn(blocks, 'cost-per-btc')
    const money = moneyIn(currency, rate)
    const printed = (key: string) => writtenColumn(columnOf(table, key), money).cells.map(readBack)
    const isSum = textsOf(table, 'step').map((step) => step.startsWith('='))
    for (const key of ['usdPerDay', 'usdPerBtc']) {
      let sum = 0
      printed(key).forEach((figure, i) => {
        if (isSum[i]) expect(figure).toBeCloseTo(sum, 6)
        else sum += figure
      })
    }
    // Sums are rounded up, and the bars say the same.
    const soFar = printed('soFarUsdPerBtc')
    listOf(table, 'soFarUsdPerBtc').forEach((usd, i) => {
      expect(soFar[i]).toBeGreaterThanOrEqual(money.units(usd) - 1e-6)
      expect(soFar[i]).toBeLessThan(money.units(usd) + 1)
    })
    const bars = barsIn(blocks).bars.map(({ printed: text }) => readBack(text.replace(/[€¥]/g, '')))
    expect(bars).toEqual(printed('usdPerBtc'))
    expect(barsIn(blocks).priceUsdPerBtc).toBe(88_300)
  })

  it('a step that nobody said is missing and not nought, and the bridge ends at the cash cost', () => {
    const { blocks, table, facts } = bridge(NO_FINANCE)
    const steps = textsOf(table, 'step')
    const at = (key: string, step: string) => listOf(table, key)[steps.indexOf(step)]
    for (const step of ['− demand-response credits', '+ general', '+ depreciation', '= full cost']) {
      expect(at('usdPerDay', step), step).toBeNaN()
      expect(at('usdPerBtc', step), step).toBeNaN()
    }
    expect(columnOf(table, 'usdPerBtc').printed!.at(-1)).toBe('–')
    expect(barsIn(blocks).bars.map(({ label }) => label)).toEqual([
      'Energy',
      '+ grid and hosting',
      '+ sites',
      '= cash cost',
    ])
    expect(saidIn(blocks)).toContain(
      'Demand-response credits, general cost and depreciation are not said, so credits are in no figure and the bridge ends at the cash cost.',
    )
    const { totals } = facts.picture!
    expect(at('soFarUsdPerBtc', '= cash cost')! * totals.btcPerDay).toBeCloseTo(
      totals.avoidableCostUsdPerDay + totals.fixedUsdPerDay + totals.idleStandbyUsdPerDay,
      8,
    )
  })

  it('general cost alone has its step but no full cost', () => {
    const { blocks, table } = bridge({
      ...NO_FINANCE,
      demandResponseCreditsUsdPerDay: 0,
      generalUsdPerDay: 40,
    })
    expect(barsIn(blocks).bars.at(-1)!.label).toBe('+ general')
    expect(listOf(table, 'soFarUsdPerBtc').at(-1)).toBeNaN()
    expect(saidIn(blocks)).toContain('Depreciation is not said, so there is no full cost.')
  })

  it('depreciates what still lives, and says which purchases have no day', () => {
    const { blocks, table } = bridge({
      ...ALL_SAID,
      purchases: [
        purchase('runs', NOON_MS - 10 * MS_PER_DAY),
        purchase('ended', NOON_MS - 1000 * MS_PER_DAY),
        purchase('ahead', NOON_MS + MS_PER_DAY),
        purchase('undated', null),
      ],
    })
    expect(listOf(table, 'usdPerDay')[6]).toBeCloseTo(365, 9)
    expect(saidIn(blocks)).toContain('of 1 purchase whose life still runs: runs.')
    expect(saidIn(blocks)).toContain('Not said on which day undated was bought')
    const undated = bridge({ ...ALL_SAID, purchases: [purchase('undated', null)] })
    expect(listOf(undated.table, 'usdPerDay')[6]).toBeNaN()
    const ended = bridge({ ...ALL_SAID, purchases: [purchase('ended', NOON_MS - 1001 * MS_PER_DAY)] })
    expect(listOf(ended.table, 'usdPerDay')[6]).toBe(0)
  })

  it('cost of power is energy less credits over the energy used', () => {
    const { blocks } = bridge(ALL_SAID)
    // (50 · 3.5 + 30 · 3.1) kW · 1.04 · 24 h = 6 689.28 kWh · 0.045 = 301.02 USD
    const kwh = (50 * 3.5 + 30 * 3.1) * 1.04 * 24
    expect(saidIn(blocks)).toContain(`$${(Math.ceil(((kwh * 0.045 - 30) / kwh) * 1e4) / 1e4).toFixed(4)}`)
    expect(saidIn(blocks)).toContain('(energy − credits) / energy used')
  })

  it('fees of a host in another currency count at its rate', () => {
    const hosting = { model: 'flat', usdPerMonth: 60, per: 'machine' } as const
    const of = (currency: 'USD' | 'EUR') => {
      const facts = factsFor(SITES, MACHINES, {}, { North: { currency, hosting } })
      const rates = [
        { currency: 'EUR', usdPerUnit: 1.1, source: 'ecb', asOfMs: NOON_MS, fetchedAtMs: NOON_MS } as const,
      ]
      const inputs = { ...facts.case.inputs, rates }
      return listOf(
        tableIn(bridgeSection(factsOf({ ...facts.case, inputs })), 'cost-per-btc'),
        'usdPerDay',
      )[2]!
    }
    expect(of('EUR')).toBeCloseTo(1.1 * of('USD'), 9)
  })

  it('says what is missing where there is no cost per BTC', () => {
    const network = { ...NETWORK_STATE, values: { ...NETWORK_STATE.values, priceUsdPerBtc: null } }
    expect(saidIn(bridgeSection(factsFor(SITES, MACHINES, { network })))).toContain('No network data')
    const typed = { ...network, typed: { hashpriceUsdPerPhDay: 36, adjustment: null, typedAtMs: NOON_MS } }
    expect(saidIn(bridgeSection(factsFor(SITES, MACHINES, { network: typed })))).toContain(
      'The price of a bitcoin is not known',
    )
    expect(saidIn(bridgeSection(factsFor(SITES, [machine({ status: 'off' })])))).toContain('Nothing is mined')
  })

  it('counts what a site is billed for energy, committed energy included', () => {
    for (const per of ['hour', 'day'] as const) {
      const committed = takeOrPay({
        committedKwhPerDay: 12_000,
        committedUsdPerKwh: 0.04,
        handBackUsdPerKwh: 0.01,
        per,
      })
      const running = MACHINES.filter(({ status }) => status !== 'off').map((each) => ({
        ...each,
        powerW: 2000,
      }))
      const facts = factsFor(SITES, running, {}, { North: { takeOrPay: committed } })
      const [advised] = facts.picture!.advice!.sites()
      // Everything runs on, so that what is billed as advised is what is billed as it runs.
      expect(facts.picture!.advice!.totals.actions).toMatchObject({ runOn: 80, powerDown: 0 })
      const { committedUsdPerDay, boughtUsdPerDay, handedBackUsdPerDay } = advised!.bill
      expect(handedBackUsdPerDay).toBeLessThan(0)
      expect(listOf(tableIn(bridgeSection(facts), 'cost-per-btc'), 'usdPerDay')[0], per).toBeCloseTo(
        committedUsdPerDay + boughtUsdPerDay + handedBackUsdPerDay,
        6,
      )
    }
    const unsaid = factsFor(
      SITES,
      MACHINES,
      {},
      { North: { takeOrPay: takeOrPay({ committedKwhPerDay: 100 }) } },
    )
    expect(saidIn(bridgeSection(unsaid))).toContain('What committed energy costs is not said of North')
  })
})
