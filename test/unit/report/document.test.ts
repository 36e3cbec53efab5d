import { describe, expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { actsOf } from '#shared/domain/decision/acts/called.ts'
import { sitesToCall } from '#shared/domain/decision/acts/sites-to-call.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import { siteSums, totalsOf } from '#shared/domain/margins/totals.ts'
import { checksOf } from '#shared/report/checks.ts'
import { factsOf, NO_NETWORK } from '#shared/report/facts.ts'
import { documentOf, reportDocument } from '#shared/report/make.ts'
import { SECTION_NAMES } from '#shared/report/pack.ts'
import { machine, site } from '../machines.ts'
import { takeOrPay, tariff } from '../power/plain-contracts.ts'
import {
  blocksOf,
  caseOf,
  columnOf,
  figuresOf,
  reportCase,
  sampleCase,
  sumOf,
  tables,
  textsOf,
  UNKNOWN_NETWORK,
  withContracts,
} from './report-case.ts'

const sample = factsOf(await sampleCase())
const document = documentOf(sample)
const made = tables(document)
const { totals, advice, basis } = sample.picture!
const LISTS = ['power-down', 'start', 'set-point', 'later'] as const

describe('the document of the sample fleet', () => {
  it('has the sections of its template in their order, and none that is not in it', () => {
    const order = document.sections.map(({ name }) => SECTION_NAMES.indexOf(name))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    for (const name of ['cover', 'position', 'sites', 'models', 'changes', 'sources', 'machines', 'signOff'])
      expect(blocksOf(document, name), name).not.toEqual([])
    const one = { ...sample.case.template, sections: ['sites', 'position'] as const }
    expect(reportDocument({ ...sample.case, template: one }).sections.map(({ name }) => name)).toEqual([
      'sites',
      'position',
    ])
  })

  it('opens with what the screen says, and warns that the values are made up', () => {
    const blocks = blocksOf(document, 'position')
    expect(blocks[0]).toMatchObject({ kind: 'headline' })
    expect(JSON.stringify(blocks[0])).toMatch(/Power down \d+ machines.*(saves|worth) \$/)
    expect(JSON.stringify(blocks)).toContain('Values of the sample of 5 Oct 2026')
  })

  it('totals are those of the engine', () => {
    const total = (table: string, key: string) => columnOf(made.get(table), key).total
    expect(total('sites', 'revenueUsdPerDay')).toBe(totals.revenueUsdPerDay)
    expect(total('sites', 'marginUsdPerDay')).toBe(totals.marginUsdPerDay)
    expect(total('sites', 'allInUsdPerDay')).toBe(totals.allInMarginUsdPerDay)
    expect(total('models', 'marginUsdPerDay')).toBe(totals.marginUsdPerDay)
    expect(total('machines', 'allInUsdPerDay')).toBe(totals.allInMarginUsdPerDay)
    expect(total('changes-by-site', 'worthUsd')).toBe(advice!.totals.gainUsd)
    expect(total('sites', 'meterKw')).toBeCloseTo(advice!.totals.powerKw.asIs, 6)
  })

  it('every column of a site, a model and of all machines adds up to its total', () => {
    for (const name of ['sites', 'sites-rest-on', 'models', 'models-advice', 'machines', ...LISTS])
      for (const { key, look, values, total } of made.get(name)?.columns ?? [])
        if (total !== null && ['count', 'usd', 'usdPerDay', 'kw', 'phs', 'kwh', 'btc'].includes(look))
          expect(sumOf(values as Float64Array), `${name} ${key}`).toBeCloseTo(total, 6)
  })

  it('a line of a site adds up: revenue less costs is its margin, less site cost all-in', () => {
    const of = (key: string) => figuresOf(made.get('sites'), key)
    const bySite = siteSums(basis).map((ofSite) => totalsOf(ofSite, sample.market!.conditions))
    for (let i = 0; i < 3; i++) {
      const margin = of('revenueUsdPerDay')[i]! + of('energyUsdPerDay')[i]! + of('hostingUsdPerDay')[i]!
      expect(margin).toBeCloseTo(of('marginUsdPerDay')[i]!, 8)
      expect(margin).toBeCloseTo(bySite[i]!.marginUsdPerDay, 8)
      expect(margin + of('siteCostUsdPerDay')[i]!).toBeCloseTo(of('allInUsdPerDay')[i]!, 8)
      const energy =
        figuresOf(made.get('sites-rest-on'), 'energyKwhPerDay')[i]! * of('powerPriceUsdPerKwh')[i]!
      expect(energy).toBeCloseTo(-of('energyUsdPerDay')[i]!, 8)
    }
  })

  it('counts what is advised of each model as the advice does', () => {
    for (const verdict of VERDICTS) {
      const key = verdict.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
      const column = made.get('models-advice')!.columns.find((each) => each.key === key)
      expect(column?.total ?? 0, verdict).toBe(advice!.totals.machines[verdict])
    }
  })

  it('lists every lot that is to change once, and all of its worth', () => {
    const lots = LISTS.flatMap((name) => (made.has(name) ? textsOf(made.get(name), 'lot') : []))
    expect(new Set(lots).size).toBe(lots.length)
    const goesOn = new Set(['run', 'stay-off', 'hold'])
    const changing = Array.from(advice!.decisions.verdict).filter(
      (code) => code < VERDICTS.length && !goesOn.has(VERDICTS[code]!),
    )
    expect(lots.length).toBe(changing.length)
    const gains = LISTS.flatMap((name) =>
      made.has(name) ? Array.from(figuresOf(made.get(name), 'worthUsd')) : [],
    )
    expect(sumOf(gains)).toBeCloseTo(advice!.totals.gainUsd, 6)
  })

  it('counts as many machines to power down and to start as the sentence, and frees as much power', () => {
    const { sites } = sitesToCall(sample.picture!.prepared, sample.market!, advice!)
    const called = actsOf({ sites, elsewhereUsd: 0 })
    expect(columnOf(made.get('power-down'), 'machines').total).toBe(called.powerDown + called.pause)
    const freed = columnOf(made.get('changes-by-site'), 'freedKw').total!
    expect(freed).toBeCloseTo(
      sites.reduce((sum, { freedKw }) => sum + freedKw, 0),
      8,
    )
  })

  it('lists every machine once, and none of its figures is missing', () => {
    const all = made.get('machines')!
    expect(all.rows).toBe(basis.length)
    expect(new Set(textsOf(all, 'lot')).size).toBe(basis.length)
    for (const { key, values } of all.columns)
      if (values instanceof Float64Array) expect(values.every(Number.isFinite), key).toBe(true)
  })

  it('says of every value of the network where it comes from and what its source allows', () => {
    expect(textsOf(made.get('sources'), 'source')).toEqual(Array(6).fill('sample'))
    expect(textsOf(made.get('sources'), 'figure')).toContain('132\u202f716\u202f002\u202f350\u202f731')
    const fresh = reportDocument(reportCase(sample.fleet))
    expect(textsOf(tables(fresh).get('licences'), 'terms')).toEqual([
      'mempool.space gives its data as is, without warranty; excessive use may be banned.',
    ])
  })

  it('is checked: columns add up, the sample is told, lots are counted', () => {
    const checks = checksOf(sample, document)
    expect(checks[0]).toEqual({ isFine: true, words: 'Columns add up as printed' })
    expect(checks[1]).toMatchObject({ isFine: false })
    expect(checks.slice(2).map(({ words }) => words)).toEqual([
      expect.stringMatching(/^\d+ lots on nameplate watts or hashrate/),
      'Every lot has its hashrate and power',
      'Every lot has a price of power',
    ])
  })
})

describe('idle machines', () => {
  const facts = factsOf(
    caseOf(
      [site(), site({ name: 'South', powerPriceUsdPerKwh: 0.05 })],
      [
        machine({ quantity: 3, fixedUsdPerDay: 0.4 }),
        machine({ id: 'off', status: 'off', fixedUsdPerDay: 0.7, standbyW: 100, quantity: 2 }),
        machine({ id: 'repair', site: 'South', status: 'repair', fixedUsdPerDay: 5 }),
      ],
    ),
  )
  const of = (key: string) => figuresOf(tables(documentOf(facts)).get('sites'), key)

  it('keep their fixed cost and their standby in the all-in of their site', () => {
    // 3 × 0.4 + 2 × 0.7, and 2 × 100 W × 24 h × 0.06 USD/kWh; in repair no standby.
    expect(Array.from(of('siteCostUsdPerDay'))).toEqual([expect.closeTo(-(2.6 + 0.288), 10), -5])
    expect(of('allInUsdPerDay')[0]).toBeCloseTo(of('marginUsdPerDay')[0]! - 2.888, 10)
    expect(of('allInUsdPerDay')[1]).toBe(-5)
    // Three machines of 3 kW, and the standby of two.
    expect(Array.from(of('meterKw'))).toEqual([expect.closeTo(9.2, 10), 0])
  })

  it('have no price of power where nothing is used', () => {
    expect(Array.from(of('powerPriceUsdPerKwh'))).toEqual([expect.closeTo(0.06, 12), Number.NaN])
  })
})

describe('a fleet with contracts', () => {
  const sites = [site({ powerPriceUsdPerKwh: 0.09 }), site({ name: 'South', otherUsdPerKwh: 0.01 })]
  const machines = [
    machine({ quantity: 10, fixedUsdPerDay: 0.2 }),
    machine({ id: 'old', quantity: 20, powerW: 4000 }),
    machine({ id: 's', site: 'South', quantity: 8 }),
    machine({ id: 's-off', site: 'South', status: 'off', quantity: 4 }),
  ]
  const fleet = fleetFrom(sites, machines)
  const facts = factsOf(
    reportCase(fleet, {
      inputs: withContracts(
        [
          {
            tariffs: [tariff({ baseUsdPerKwh: 0.04 })],
            takeOrPay: takeOrPay({ committedKwhPerDay: 1000, committedUsdPerKwh: 0.04 }),
          },
          { hosting: { model: 'flat', usdPerMonth: 60, per: 'machine' } },
        ],
        fleet,
      ),
    }),
  )
  const document = documentOf(facts)
  const made = tables(document)

  it('counts what the contract makes of energy, and the fee of a host in what goes on', () => {
    expect(facts.picture!.refusal).toBeNull()
    const of = (key: string) => figuresOf(made.get('sites'), key)
    const { totals } = facts.picture!
    expect(sumOf(of('marginUsdPerDay'))).toBeCloseTo(totals.marginUsdPerDay, 8)
    expect(of('powerPriceUsdPerKwh')[0]).toBeCloseTo(((2640 - 1000) * 0.04) / 2640, 8)
    // What is committed is paid either way, used or not.
    expect(of('siteCostUsdPerDay')[0]).toBeCloseTo(-(10 * 0.2 + 1000 * 0.04), 8)
    // 12 machines × 60 USD a month; power is in it.
    expect(of('energyUsdPerDay')[1]).toBe(0)
    expect(of('hostingUsdPerDay')[1]).toBe(0)
    expect(of('siteCostUsdPerDay')[1]).toBeCloseTo((-12 * 60 * 12) / 365.25, 8)
    expect(totals.owedUsdPerDay).toBeCloseTo(1000 * 0.04 + (12 * 60 * 12) / 365.25, 8)
    expect(sumOf(of('allInUsdPerDay'))).toBeCloseTo(totals.allInMarginUsdPerDay, 8)
  })

  it('adds up as printed, and every lot that is to change is there once', () => {
    expect(checksOf(facts, document)[0]!.isFine).toBe(true)
    const lots = LISTS.flatMap((name) => (made.has(name) ? textsOf(made.get(name), 'lot') : []))
    expect(new Set(lots).size).toBe(lots.length)
    expect(lots).toContain('s-off')
    const acts = actsOf(sitesToCall(facts.picture!.prepared, facts.market!, facts.picture!.advice!))
    const machines = (id: string) => columnOf(made.get(id), 'machines').total
    expect(machines('start')).toBe(acts.start)
    expect(made.has('power-down') ? machines('power-down') : 0).toBe(acts.powerDown + acts.pause)
  })

  it('says the same in every section, whichever others are in', () => {
    for (const { name, blocks } of document.sections.filter(({ name }) => name !== 'cover')) {
      const template = { ...facts.case.template, sections: [name] }
      expect(reportDocument({ ...facts.case, template }).sections, name).toEqual([{ name, blocks }])
    }
  })

  it('lists a lot of which a part stops with that part, and says that worth need not add up', () => {
    const fleet = fleetFrom(
      [site()],
      [machine({ quantity: 10 }), machine({ id: 'off', status: 'off', quantity: 5 })],
    )
    const facts = factsOf(
      reportCase(fleet, {
        inputs: withContracts([{ capKw: 20, tariffs: [tariff({ baseUsdPerKwh: 0.03 })] }], fleet),
      }),
    )
    const document = documentOf(facts)
    const list = tables(document).get('power-down')
    // Six machines of 3 kW fit below 20 kW.
    expect(textsOf(list, 'advice')).toEqual(['6 of 10 run, the others power down'])
    expect(Array.from(figuresOf(list, 'machines'))).toEqual([4])
    expect(figuresOf(list, 'meterKw')[0]).toBeCloseTo(12, 10)
    expect(JSON.stringify(blocksOf(document, 'changes'))).toContain('need not add up')
    expect(checksOf(facts, document)[0]!.isFine).toBe(true)
  })

  it('says why there is no advice where a contract cannot be weighed', () => {
    const twoPrices = [
      machine({ powerPriceUsdPerKwh: 0.03 }),
      machine({ id: 'b', powerPriceUsdPerKwh: 0.05 }),
    ]
    const fleet = fleetFrom([site()], twoPrices)
    const facts = factsOf(
      reportCase(fleet, {
        inputs: withContracts([{ takeOrPay: takeOrPay({ committedKwhPerDay: 10 }) }], fleet),
      }),
    )
    const document = documentOf(facts)
    expect(JSON.stringify(blocksOf(document, 'changes'))).toContain('site North, field takeOrPay')
    expect(checksOf(facts, document).at(-1)).toMatchObject({ isFine: false })
  })
})

describe('what is not known', () => {
  it('is said by every section that rests on it, and the rest is there', () => {
    const facts = factsOf(caseOf([site()], [machine()], { network: UNKNOWN_NETWORK }))
    const document = documentOf(facts)
    for (const name of ['sites', 'models', 'changes', 'machines'])
      expect(blocksOf(document, name), name).toEqual([{ kind: 'sentence', text: NO_NETWORK }])
    expect(blocksOf(document, 'position')[0]).toMatchObject({ text: 'No network data, so no advice.' })
    expect(textsOf(tables(document).get('sources'), 'state')).toEqual(Array(6).fill('missing'))
    expect(checksOf(facts, document)[1]).toMatchObject({ isFine: false })
  })

  it('is missing in its own line and left out of the sums, but for the cost that is known', () => {
    const facts = factsOf(
      caseOf(
        [site()],
        [machine({ fixedUsdPerDay: 1 }), machine({ id: 'bare', powerW: Number.NaN, fixedUsdPerDay: 2 })],
      ),
    )
    const document = documentOf(facts)
    const of = (key: string) => figuresOf(tables(document).get('machines'), key)
    expect([of('revenueUsdPerDay')[1], of('marginUsdPerDay')[1]]).toEqual([Number.NaN, Number.NaN])
    expect(of('allInUsdPerDay')[1]).toBe(-2)
    expect(sumOf(of('allInUsdPerDay'))).toBeCloseTo(facts.picture!.totals.allInMarginUsdPerDay, 10)
    expect(JSON.stringify(blocksOf(document, 'sites'))).toContain('1 running machine left out')
    expect(checksOf(facts, document).map(({ words }) => words)).toContain('1 lot without hashrate or power')
    expect(checksOf(facts, document)[0]!.isFine).toBe(true)
  })

  it('an empty fleet says so', () => {
    const document = reportDocument(caseOf([], []))
    expect(JSON.stringify(blocksOf(document, 'position')[0])).toContain('There are no machines yet.')
    expect(blocksOf(document, 'machines')).toEqual([{ kind: 'sentence', text: 'There are no machines yet.' }])
  })
})
