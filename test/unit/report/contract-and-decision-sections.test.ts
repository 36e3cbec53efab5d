import { describe, expect, it } from 'vitest'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { PLAIN_CHARGE } from '#shared/domain/power/demand-charge.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { ReportCase } from '#shared/report/case.ts'
import { factsOf } from '#shared/report/facts.ts'
import { contractsSection } from '#shared/report/sections/contracts.ts'
import { decisionsSection } from '#shared/report/sections/decisions.ts'
import { machine, site } from '../machines.ts'
import { tariff } from '../power/plain-contracts.ts'
import { NOON_MS } from '../renderer/network-state.ts'
import { factsFor, listOf, saidIn, tableIn } from './finance-case.ts'
import { columnOf, textsOf } from './report-case.ts'

const decision = (change: Partial<RecordedDecision>): RecordedDecision => ({
  key: 1,
  atMs: NOON_MS,
  siteKey: 1,
  site: 'North',
  kind: 'done',
  reason: '',
  advised: { powerDown: 100, pause: 0, start: 0, set: 0 },
  machinesDone: 100,
  freedKw: 320,
  gainUsd: 1000,
  untilMs: NOON_MS + 20 * MS_PER_DAY,
  hashpriceUsdPerPhDay: 36,
  priceUsdPerBtc: 88_000,
  difficulty: 1.6e14,
  change: 0.01,
  isTakenBack: false,
  ...change,
})

describe('decisions of the period', () => {
  const section = (recorded: readonly RecordedDecision[], more: Partial<ReportCase> = {}) =>
    decisionsSection(
      factsFor([site()], [machine()], {
        decisions: { fromMs: NOON_MS - 30 * MS_PER_DAY, toMs: NOON_MS, recorded },
        ...more,
      }),
    )
  const blocks = section([
    decision({ key: 4, machinesDone: 80, site: 'Ridge' }),
    decision({
      key: 3,
      atMs: NOON_MS - MS_PER_DAY,
      kind: 'not-now',
      reason: 'no crew',
      machinesDone: 0,
      gainUsd: 300,
      advised: { powerDown: 10, pause: 5, start: 0, set: 0 },
    }),
    decision({ key: 2, atMs: NOON_MS - 2 * MS_PER_DAY, isTakenBack: true, gainUsd: 7777 }),
    decision({ key: 1, atMs: NOON_MS - 3 * MS_PER_DAY, untilMs: null, gainUsd: 12 }),
  ])
  const table = tableIn(blocks, 'decisions')
  const total = (key: string) => columnOf(table, key).total

  it('stand in the order of time, with sums of what is done and what is not', () => {
    expect(textsOf(table, 'outcome')).toEqual(['Done', 'Not now: no crew', 'Done'])
    expect(textsOf(table, 'advised')[1]).toBe('Power down 10 machines, pause 5 machines')
    expect(total('machinesAdvised')).toBe(215)
    expect(total('machinesDone')).toBe(180)
    expect(total('freedKw')).toBe(640)
    expect(total('worthDoneUsd')).toBe(1000)
    expect(total('worthNotDoneUsd')).toBe(300)
    // Money a day is in no sum of money.
    expect(listOf(table, 'worthUsdPerDay')).toEqual([12, NaN, NaN])
    expect(saidIn(blocks)).toContain(
      '3 decisions: 2 done, 180 of 200 machines switched; 1 not now. 1 more was taken back.',
    )
  })

  it('group large figures in the sentence too', () => {
    const advised = { powerDown: 45_212, pause: 0, start: 0, set: 0 }
    expect(saidIn(section([decision({ machinesDone: 40_200, advised })]))).toContain(
      '1 decision: 1 done, 40\u202f200 of 45\u202f212 machines switched.',
    )
  })

  it('that were taken back stand apart and are in no sum', () => {
    const back = tableIn(blocks, 'decisions-taken-back')
    expect(back.rows).toBe(1)
    expect(listOf(back, 'worthDoneUsd')).toEqual([7777])
    expect(back.columns.every((column) => column.total === null)).toBe(true)
    expect(saidIn(section([decision({ isTakenBack: true })]))).toContain(
      'No decision stands. 1 was taken back.',
    )
  })

  it('say by whom and what they really saved, where that was kept', () => {
    const part = { untilMs: NOON_MS + 20 * MS_PER_DAY, restartUsd: 0, restartAtEndUsd: 0, againMs: null }
    const kept = (change: Partial<RecordedDecision>) =>
      decision({
        atMs: NOON_MS - 3 * MS_PER_DAY,
        stake: {
          parts: [{ ...part, acceptedPhs: 10, costUsdPerDay: 400 }],
          foreseen: [{ fromMs: NOON_MS - 3 * MS_PER_DAY, usdPerPhDay: 36 }],
        },
        ...change,
      })
    // Three days before noon to the last midnight: half a day at 38, one without a value, one at 35.
    const midnightMs = NOON_MS - MS_PER_DAY / 2
    const recent = {
      usdPerPhDay: Float64Array.of(38, Number.NaN, 35),
      lastDayMs: midnightMs - MS_PER_DAY,
    }
    const said = section(
      [
        kept({ byWhom: 'Sam' }),
        kept({ kind: 'not-now', machinesDone: 0 }),
        kept({ isTakenBack: true }),
        decision({ site: 'Ridge', atMs: NOON_MS - 4 * MS_PER_DAY }),
      ],
      { recent },
    )
    expect(textsOf(tableIn(said, 'decisions'), 'byWhom')).toEqual(['–', 'Sam', '–'])
    // Of the one at Ridge it was not kept.
    const outcomes = tableIn(said, 'decision-outcomes')
    expect(outcomes.rows).toBe(2)
    // 0.5 · (400 − 380) + (400 − 350)
    expect(listOf(outcomes, 'savedDoneUsd')).toEqual([60, NaN])
    expect(listOf(outcomes, 'savedNotDoneUsd')).toEqual([NaN, 60])
    expect(listOf(outcomes, 'expectedUsd')).toEqual([60, 60])
    expect(listOf(outcomes, 'daysCovered')).toEqual([1.5, 1.5])
    expect(listOf(outcomes, 'daysMissing')).toEqual([1, 1])
    expect(columnOf(outcomes, 'savedDoneUsd').total).toBe(60)
    expect(saidIn(said)).toContain(
      'saved $60.00 against not doing it; what was not done would have saved $60.00 more. Expected for these days: $60.00 of what was done, $60.00 of what was not.',
    )
  })

  it('say nothing of it where it was not kept, so that reports of before are computed again as they were', () => {
    expect(table.columns.map(({ key }) => key)).not.toContain('byWhom')
    expect(blocks.filter(({ kind }) => kind === 'table')).toHaveLength(2)
  })

  it('says so where there is none', () => {
    expect(section([])).toEqual([
      { kind: 'sentence', text: 'No decision was recorded from 23 Oct 2025 to 22 Nov 2025.' },
    ])
  })
})

describe('tariffs and contracts', () => {
  const SITES = [
    site(),
    site({ name: 'Ridge', powerPriceUsdPerKwh: 0.06, otherUsdPerKwh: 0.004, overhead: 0.05 }),
  ]
  const MACHINES = [
    machine({ id: 'a', quantity: 10 }),
    machine({ id: 'b', quantity: 10, site: 'Ridge' }),
    machine({ id: 'c', site: 'Ridge', powerPriceUsdPerKwh: 0.07 }),
  ]
  const week = tariff({
    baseUsdPerKwh: 0.04,
    periods: [
      { days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromHour: 6, toHour: 22.5, usdPerKwh: 0.09 },
      { days: ['sat', 'sun'], fromHour: 12, toHour: 24, usdPerKwh: 0.02 },
    ],
    seasons: [{ name: 'Summer', months: [6, 7, 8], baseUsdPerKwh: 0.08, periods: [] }],
    to: '2030-12-31',
  })
  const contract = {
    timeZone: 'America/Chicago',
    currency: 'EUR',
    tariffs: [week],
    capKw: 500,
    demandCharge: { ...PLAIN_CHARGE, usdPerKwMonth: 8 },
  } as const
  const rates = [
    { currency: 'EUR', usdPerUnit: 1.1, source: 'ecb', asOfMs: NOON_MS, fetchedAtMs: NOON_MS } as const,
  ]
  const withRates = () => {
    const facts = factsFor(SITES, MACHINES, {}, { North: contract })
    return factsOf({ ...facts.case, inputs: { ...facts.case.inputs, rates } })
  }
  const blocks = contractsSection(withRates())

  it('lists every price of every week with its hours, as agreed and converted', () => {
    const table = tableIn(blocks, 'tariff-1')
    expect(textsOf(table, 'months')).toEqual([
      'Summer (Jun, Jul, Aug)',
      'all others',
      'all others',
      'all others',
    ])
    expect(textsOf(table, 'hours')).toEqual([
      'every hour',
      'all other hours',
      'Sat, Sun 12:00–24:00',
      'Mon–Fri 06:00–22:30',
    ])
    expect(textsOf(table, 'hoursPerWeek')).toEqual(['168', '61.50', '24', '82.50'])
    expect(textsOf(table, 'agreed')[3]).toBe('€0.090 per kWh')
    expect(listOf(table, 'usdPerKwh')[3]).toBeCloseTo(0.099, 12)
    expect(textsOf(table, 'to')[0]).toBe('31 Dec 2030')
  })

  it('says what was agreed beside it, its rate, and what a kWh costs now', () => {
    const said = saidIn(blocks)
    expect(said).toContain('hours in America/Chicago')
    expect(said).toContain('Agreed in EUR; 1 EUR = 1.1000 USD')
    expect(said).toContain('Cap: 500\u202fkW at most.')
    expect(said).toContain('Demand charge: €8.00')
    // Saturday noon in Chicago has not come yet: the base price, 0.04 EUR.
    expect(said).toMatch(/A kWh costs \$0\.04\d* now/)
  })

  it('has sites without a contract in one table, with lots that pay a price of their own', () => {
    const table = tableIn(blocks, 'site-prices')
    expect(textsOf(table, 'site')).toEqual(['Ridge'])
    expect(listOf(table, 'powerPriceUsdPerKwh')).toEqual([0.06])
    // 30 kW at 0.06 and 3 kW at 0.07 USD/kWh.
    expect(listOf(table, 'paidNowUsdPerKwh')[0]).toBeCloseTo((30 * 0.06 + 3 * 0.07) / 33, 9)
    expect(listOf(table, 'overhead')).toEqual([0.05])
    expect(saidIn(blocks)).toContain('1 lot has a price of energy of its own, which')
  })

  it('shows prices without a rate as missing, and says so', () => {
    const without = contractsSection(factsFor(SITES, MACHINES, {}, { North: contract }))
    expect(listOf(tableIn(without, 'tariff-1'), 'usdPerKwh').every(Number.isNaN)).toBe(true)
    expect(saidIn(without)).toContain('of which no rate is known')
    expect(saidIn(without)).toContain('A stored contract cannot be weighed: site North')
  })
})
