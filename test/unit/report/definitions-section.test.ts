import { describe, expect, it } from 'vitest'
import type { ReportFacts } from '#shared/report/facts.ts'
import { definitionsSection } from '#shared/report/sections/definitions.ts'
import { changesSection } from '#shared/report/sections/changes.ts'
import { writtenColumn } from '#shared/report/written.ts'
import { machine, site } from '../machines.ts'
import { tariff } from '../power/plain-contracts.ts'
import { NETWORK_STATE } from '../renderer/network-state.ts'
import { factsFor, saidIn, tableIn } from './finance-case.ts'
import { columnOf, textsOf } from './report-case.ts'

const MACHINES = [
  machine({ id: 'good', quantity: 90, hashrateThs: 200, powerW: 3500 }),
  machine({
    ...{
      id: 'bad',
      quantity: 40,
      hashrateThs: 95.5,
      powerW: 3250,
      uptime: 0.97,
      poolFee: 0.015,
      hostShare: 0.05,
    },
    ...{ standbyW: 18, fixedUsdPerDay: 0.2 },
  }),
]
const SITES = [site({ powerPriceUsdPerKwh: 0.0512, otherUsdPerKwh: 0.0035, overhead: 0.045 })]

function stepsIn(facts: ReportFacts) {
  const found = definitionsSection(facts).find(({ kind }) => kind === 'facts')
  if (found?.kind !== 'facts') throw new Error('no example')
  return new Map(found.facts.map(({ label, text, origin }) => [label, { text, origin }]))
}

/** The numbers that stand in a text, in order. */
const numbersIn = (text: string) =>
  Array.from(
    text
      .replaceAll('\u202f', '')
      .replaceAll('86 400', '86400')
      .replaceAll('1 000', '1000')
      .replace('10¹⁵', '1e15')
      .replace('2³²', String(2 ** 32))
      .matchAll(/\d+(?:\.\d+)?(?:e\d+)?/g),
    ([digits]) => Number(digits),
  )

describe('one lot, step by step', () => {
  const facts = factsFor(SITES, MACHINES)
  const steps = stepsIn(facts)
  const result = (label: string) => numbersIn(steps.get(label)!.text)[0]!
  const inputs = (label: string) => numbersIn(steps.get(label)!.origin)

  it('a reader comes from the printed values to the printed figures', () => {
    const [subsidy, fees, seconds, hashes, difficulty, perDifficulty, price] = inputs(
      'Hashprice, per PH/s and day',
    )
    const hashprice = (((subsidy! + fees!) * seconds! * hashes!) / (difficulty! * perDifficulty!)) * price!
    expect(hashprice).toBeCloseTo(result('Hashprice, per PH/s and day'), 5)

    const [machines, ths, perPh, uptime, , fee, , share] = inputs('Paid hashrate')
    const paid = ((machines! * ths!) / perPh!) * uptime! * (1 - fee!) * (1 - share!)
    expect(paid).toBeCloseTo(result('Paid hashrate'), 7)

    const revenue = result('Paid hashrate') * result('Hashprice, per PH/s and day')
    expect(revenue).toBeCloseTo(result('Revenue a day'), 3)

    const [lot, hours, watts, , overhead, powerW, on, standbyW, off] = inputs('Energy used a day')
    const kwh = ((lot! * hours!) / watts!) * (1 + overhead!) * (powerW! * on! + standbyW! * off!)
    expect(kwh).toBeCloseTo(result('Energy used a day'), 3)

    const [energyPrice, other] = inputs('Energy, hosting a day')
    const cost = result('Energy used a day') * (energyPrice! + other!)
    expect(cost).toBeCloseTo(result('Energy, hosting a day'), 3)

    const margin = result('Revenue a day') - result('Energy, hosting a day')
    expect(steps.get('Cash margin a day')!.text).toBe(`−$${Math.abs(margin).toFixed(2)}`)
    expect(result('Energy, hosting a day') / result('Paid hashrate')).toBeCloseTo(
      result('Break-even hashprice'),
      3,
    )
    expect(result('Revenue a day') / result('Energy used a day') - other!).toBeCloseTo(
      result('Break-even power price'),
      5,
    )
  })

  it('is of the lot whose powering down is worth most, with the figures of its table', () => {
    const list = tableIn(changesSection(facts), 'power-down')
    const at = textsOf(list, 'lot').indexOf('bad')
    expect(saidIn(definitionsSection(facts))).toContain('bad, S19, North')
    const cell = (key: string) => writtenColumn(columnOf(list, key), facts.money).cells[at]!
    const margin = Number(cell('marginUsdPerDay').replace('−', '-'))
    const printed = Number(steps.get('Cash margin a day')!.text.replace('−$', '-'))
    expect(margin).toBe(printed)
    const breakeven = numbersIn(cell('breakevenUsdPerPhDay'))[0]!
    expect(breakeven).toBe(Math.ceil(result('Break-even hashprice') * 100) / 100)
  })

  it('is of the largest lot where nothing is to be powered down, under a contract too', () => {
    const good = stepsIn(factsFor(SITES, [MACHINES[0]!]))
    expect(good.get('Paid hashrate')!.origin).toContain('90 machines × 200')
    const agreed = factsFor(SITES, MACHINES, {}, { North: { tariffs: [tariff({ baseUsdPerKwh: 0.03 })] } })
    const origin = stepsIn(agreed).get('Energy, hosting a day')!.origin
    expect(origin).toContain('$0.030000 + $0.003500 per kWh, what one costs its site on average')
  })

  it('is not there where hours are shed or a host takes a part, or nothing runs', () => {
    const hosting = { model: 'revenue-share', hostShare: 0.3, energyPaidBy: 'tenant' } as const
    expect(() => stepsIn(factsFor(SITES, MACHINES, {}, { North: { hosting } }))).toThrow('no example')
    expect(() => stepsIn(factsFor(SITES, [machine({ status: 'off' })]))).toThrow('no example')
  })
})

describe('definitions', () => {
  it('say what is assumed of the network, its money and the horizon', () => {
    const said = saidIn(definitionsSection(factsFor(SITES, MACHINES)))
    expect(said).toContain('Money in USD.')
    expect(said).toMatch(/Next adjustment [−+]\d+\.\d.*; 80 % range/u)
    expect(said).toContain(': until the adjustment and 14 days. Price and fees stay as they are.')
    const chosen = saidIn(definitionsSection(factsFor(SITES, MACHINES, { horizonDays: 30 })))
    expect(chosen).toContain('Horizon 30 days, chosen.')
  })

  it('have a formula for each figure, also where nothing is known of the network', () => {
    const values = { ...NETWORK_STATE.values, difficulty: null }
    const blocks = definitionsSection(factsFor(SITES, MACHINES, { network: { ...NETWORK_STATE, values } }))
    const figures = textsOf(tableIn(blocks, 'formulas'), 'figure')
    for (const figure of [
      'Hashprice',
      'Revenue',
      'Cash margin',
      'All-in',
      'Break-even hashprice',
      'Headroom',
      'At the meter',
      'Net present value',
      'Cost of power',
    ])
      expect(figures).toContain(figure)
  })
})
