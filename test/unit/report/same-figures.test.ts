import { describe, expect, it } from 'vitest'
import { marginsDocument } from '#electron/cli/commands/margins.ts'
import { workbookOfReport } from '#electron/files/workbook/from-report.ts'
import type { Sheet } from '#electron/files/workbook/sheet.ts'
import { workbookOf } from '#electron/files/workbook/workbook.ts'
import { horizonOf } from '#shared/domain/decision/advise.ts'
import { fleetCash } from '#shared/domain/decision/fleet-cash.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import { fleetReturns } from '#shared/domain/money/returns.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { AS_IT_IS } from '#shared/report/as-it-is.ts'
import type { ReportCase } from '#shared/report/case.ts'
import type { ReportFacts } from '#shared/report/facts.ts'
import { factsOf } from '#shared/report/facts.ts'
import { documentOf } from '#shared/report/make.ts'
import { NETWORK_STATE } from '../renderer/network-state.ts'
import { takeOrPay, tariff } from '../power/plain-contracts.ts'
import { NO_FINANCE } from './finance-case.ts'
import { blocksOf, columnOf, sampleCase, sumOf, tables, withContracts } from './report-case.ts'

/*
 * The same quantity stands in many places: position, sites, models, machines, bridge, projection, workbook, command line.
 * It is one number in all of them, and where two rightly differ the difference is a number of the pages too.
 */

const CREDITS = 40
const finance = { ...NO_FINANCE, generalUsdPerDay: 250, demandResponseCreditsUsdPerDay: CREDITS }

async function caseWith(contracts: Readonly<Record<string, Partial<SiteContract>>>): Promise<ReportCase> {
  const plain = await sampleCase({ finance, scenarios: [AS_IT_IS], network: NETWORK_STATE })
  const { machines, sites } = plain.fleet
  const ofSites = sites.name.map((name) => contracts[name] ?? null)
  return Object.keys(contracts).length === 0
    ? plain
    : { ...plain, inputs: withContracts(ofSites, { machines, sites }) }
}

const CASES: Readonly<Record<string, Readonly<Record<string, Partial<SiteContract>>>>> = {
  'a plain fleet': {},
  'a fleet with contracts': {
    North: {
      takeOrPay: takeOrPay({ committedKwhPerDay: 9000, handBackUsdPerKwh: 0.012, committedUsdPerKwh: 0.041 }),
    },
    Harbor: { hosting: { model: 'flat', usdPerMonth: 42, per: 'kw' } },
    Ridge: {
      tariffs: [
        tariff({
          baseUsdPerKwh: 0.046,
          periods: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromHour: 16, toHour: 21, usdPerKwh: 0.12 }],
        }),
      ],
    },
  },
}

/** By the words of its first cell, a row of a sheet. */
function rowOf(sheet: Sheet, words: string, column = 0): readonly unknown[] {
  for (const row of sheet.rows) if (row[column]?.value === words) return row.map((cell) => cell?.value)
  throw new Error(`no row ${words}`)
}

/** Text of a fact of the first section. */
function factText(document: ReturnType<typeof documentOf>, label: string): string {
  for (const block of blocksOf(document, 'position'))
    if (block.kind === 'facts') for (const fact of block.facts) if (fact.label === label) return fact.text
  throw new Error(`no fact ${label}`)
}

describe.each(Object.entries(CASES))('the same figure everywhere: %s', (name, contracts) => {
  const made = caseWith(contracts).then((reportCase) => {
    const facts: ReportFacts = factsOf(reportCase)
    const document = documentOf(facts)
    const workbook = workbookOf(workbookOfReport(reportCase))
    const sheet = (called: string) => workbook.sheets.find((each) => each.name === called)!
    return { facts, document, made: tables(document), sheet, picture: facts.picture! }
  })
  const isPlain = name === 'a plain fleet'

  it('is weighed as it is meant', async () => {
    const { picture } = await made
    expect(picture.refusal).toBeNull()
    expect(picture.totals.owedUsdPerDay > 0).toBe(!isPlain)
  })

  it('of sites, models and machines', async () => {
    const { made: all, picture } = await made
    const { totals, advice } = picture
    const total = (table: string, key: string) => columnOf(all.get(table), key).total!
    for (const table of ['sites', 'models', 'machines']) {
      expect(total(table, 'revenueUsdPerDay')).toBe(totals.revenueUsdPerDay)
      expect(total(table, 'marginUsdPerDay')).toBe(totals.marginUsdPerDay)
    }
    for (const table of ['sites', 'models']) {
      const stops = total(table, 'energyUsdPerDay') + total(table, 'hostingUsdPerDay')
      expect(stops).toBeCloseTo(-totals.avoidableCostUsdPerDay, 8)
      expect(total(table, 'running')).toBe(totals.running)
      expect(total(table, 'meterKw')).toBeCloseTo(advice!.totals.powerKw.asIs, 8)
    }
    expect(total('machines', 'costUsdPerDay')).toBe(-totals.avoidableCostUsdPerDay)
    expect(total('sites-rest-on', 'btcPerDay')).toBeCloseTo(totals.btcPerDay, 12)
    for (const table of ['sites-rest-on', 'models', 'machines', 'machine-terms', 'models-advice']) {
      const { columns } = all.get(table)!
      const machines = columns.filter(({ total: sum, look }) => look === 'count' && sum !== null)
      const counted =
        table === 'models-advice'
          ? machines.reduce((sum, column) => sum + column.total!, 0)
          : total(table, 'machines')
      expect(counted, table).toBe(totals.machines)
    }
  })

  it('of cash margin and all-in, of the engine’s margins and of its advice', async () => {
    const { facts, document, made: all, picture } = await made
    const { totals, advice } = picture
    const { money } = facts
    expect(advice!.totals.marginNowUsdPerDay.asIs).toBeCloseTo(totals.marginUsdPerDay, 6)
    expect(advice!.totals.allInNowUsdPerDay.asIs).toBeCloseTo(totals.allInMarginUsdPerDay, 6)
    const sites = all.get('sites')
    expect(columnOf(sites, 'allInUsdPerDay').total).toBe(totals.allInMarginUsdPerDay)
    expect(
      columnOf(sites, 'marginUsdPerDay').total! + columnOf(sites, 'siteCostUsdPerDay').total!,
    ).toBeCloseTo(totals.allInMarginUsdPerDay, 8)
    // Fees and committed energy are of sites, and in no lot.
    expect(columnOf(all.get('machines'), 'allInUsdPerDay').total! - totals.owedUsdPerDay).toBeCloseTo(
      totals.allInMarginUsdPerDay,
      8,
    )
    expect(factText(document, 'All-in')).toContain(money.amount(totals.allInMarginUsdPerDay))
    expect(factText(document, 'Cash margin now')).toContain(money.amount(totals.marginUsdPerDay))
    expect(factText(document, 'Cost of one BTC')).toContain(`${money.cost(totals.allInCostPerBtcUsd)} all-in`)
  })

  it('of what one BTC costs: the bridge is all-in less credits', async () => {
    const { made: all, picture, sheet } = await made
    const { totals } = picture
    const bridge = all.get('cost-per-btc')!
    const steps = columnOf(bridge, 'step').values as readonly string[]
    const at = (key: string, step: string) =>
      (columnOf(bridge, key).values as Float64Array)[steps.findIndex((each) => each.includes(step))]!
    const allIn = totals.revenueUsdPerDay - totals.allInMarginUsdPerDay
    expect(at('usdPerDay', 'cash cost')).toBeCloseTo(allIn - CREDITS, 8)
    expect(at('usdPerBtc', 'cash cost')).toBeCloseTo(
      totals.allInCostPerBtcUsd - CREDITS / totals.btcPerDay,
      4,
    )
    expect(columnOf(all.get('sites-rest-on'), 'allInCostPerBtcUsd').total).toBe(totals.allInCostPerBtcUsd)
    expect(rowOf(sheet('Bridge'), 'Cash cost').slice(1, 3)).toEqual([
      expect.closeTo(at('usdPerDay', 'cash cost'), 6),
      expect.closeTo(at('usdPerBtc', 'cash cost'), 3),
    ])
  })

  it('of the bridge of `returns`, with the same costs said', async () => {
    const { made: all, picture } = await made
    const { prepared, basis, hosts, market } = picture
    const { bridge } = fleetReturns(
      { basis, hosts, cash: fleetCash(prepared, horizonOf(market)!) },
      market.conditions,
      market.estimate!,
      {
        asset: { costUsd: 1, salvageUsd: 0, lifeDays: 365 },
        discountRatePerYear: 0.1,
        costs: {
          demandResponseCreditsUsdPerDay: CREDITS,
          poolAndHostingUsdPerDay: 0,
          siteUsdPerDay: 0,
          generalUsdPerDay: 250,
        },
        price: AS_IT_IS.assumptions.price,
        hashrate: AS_IT_IS.assumptions.hashrate,
        underWater: 'run',
      },
    )
    const steps = columnOf(all.get('cost-per-btc'), 'usdPerBtc').values as Float64Array
    bridge.steps.forEach(({ name: step, usdPerBtc, runningUsdPerBtc }, i) => {
      if (step === 'depreciation' || step === 'fullCost') return
      expect(step === 'cashCost' ? runningUsdPerBtc : usdPerBtc, step).toBeCloseTo(steps[i]!, 4)
    })
  })

  it('of the first epoch ahead, at the hashprice of now', async () => {
    const { made: all, picture } = await made
    const margin = columnOf(all.get('projection-fleet'), 'fleetMarginUsdPerDay').values[0]
    expect(margin).toBeCloseTo(picture.totals.marginUsdPerDay, 6)
    const hashprice = columnOf(all.get('projection'), 'hashpriceUsdPerPhDay').values[0]
    expect(hashprice).toBeCloseTo(picture.market.hashpriceUsdPerPhDay, 8)
  })

  it('of the workbook and of the command line', async () => {
    const { picture, sheet, made: all } = await made
    const { totals, prepared, market } = picture
    const fleet = (words: string) => rowOf(sheet('Fleet'), words)[1]
    const said: Readonly<Record<string, number>> = {
      Machines: totals.machines,
      Running: totals.running,
      Revenue: totals.revenueUsdPerDay,
      'Cost that stops with the machines': totals.avoidableCostUsdPerDay,
      'Cash margin': totals.marginUsdPerDay,
      'All-in margin': totals.allInMarginUsdPerDay,
      Mined: totals.btcPerDay,
      'Cost that stops, of one BTC': totals.costPerBtcUsd,
      'All cost of one BTC': totals.allInCostPerBtcUsd,
    }
    for (const [words, value] of Object.entries(said)) expect(fleet(words), words).toBeCloseTo(value, 4)
    const headings = [...sheet('Sites').rows][0]!.map((cell) => cell?.value)
    const allIn = columnOf(all.get('sites'), 'allInUsdPerDay').values as Float64Array
    picture.basis.fleet.sites.name.forEach((site, i) =>
      expect(rowOf(sheet('Sites'), site, 1)[headings.indexOf('All-in margin, USD/day')]).toBeCloseTo(
        allIn[i]!,
        6,
      ),
    )
    const { fleet: told } = marginsDocument(prepared, market.conditions, {
      stale: [],
      typed: [],
      sample: null,
    }).tail as { readonly fleet: Readonly<Record<string, number>> }
    for (const key of ['revenueUsdPerDay', 'marginUsdPerDay', 'allInMarginUsdPerDay', 'btcPerDay'] as const)
      expect(told[key], key).toBe(totals[key])
  })

  it('of machines by what is advised', async () => {
    const { made: all, picture } = await made
    const { machines, actions } = picture.advice!.totals
    const { columns } = all.get('models-advice')!
    for (const verdict of VERDICTS) {
      const key = verdict.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
      expect(columns.find((column) => column.key === key)?.total ?? 0, verdict).toBe(machines[verdict])
    }
    const listed = (table: string) =>
      all.has(table) ? sumOf(columnOf(all.get(table), 'machines').values as Float64Array) : 0
    expect(listed('power-down')).toBe(actions.powerDown)
    expect(listed('start')).toBe(actions.start)
    // A worth that is nothing but rounding makes no line.
    const worths = ['power-down', 'start', 'later'].flatMap((table) =>
      all.has(table) ? Array.from(columnOf(all.get(table), 'worthUsd').values as Float64Array) : [],
    )
    expect(worths.filter((usd) => Math.abs(usd) < 1e-6)).toEqual([])
  })
})

describe('committed energy whose price is not said', () => {
  it('is in no figure, and each section whose figures lack it says so', async () => {
    const facts = factsOf(await caseWith({ North: { takeOrPay: takeOrPay({ committedKwhPerDay: 9000 }) } }))
    const document = documentOf(facts)
    expect(facts.picture!.totals.owedUsdPerDay).toBe(0)
    for (const section of ['position', 'sites', 'bridge'] as const)
      expect(JSON.stringify(blocksOf(document, section)), section).toContain(
        'What committed energy costs is not said of North',
      )
  })
})

describe('a contract that cannot be weighed', () => {
  it('adds nothing to what goes on, in a currency that has no rate', async () => {
    const facts = factsOf(
      await caseWith({
        Harbor: { currency: 'PYG', hosting: { model: 'flat', usdPerMonth: 300_000, per: 'kw' } },
      }),
    )
    expect(facts.picture!.refusal).toContain('Harbor')
    expect(facts.picture!.totals.owedUsdPerDay).toBe(0)
    expect(JSON.stringify(blocksOf(documentOf(facts), 'sites'))).toContain('every machine pays its own price')
  })
})
