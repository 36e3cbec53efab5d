import { describe, expect, it } from 'vitest'
import { caseText, readCaseText } from '#electron/files/sealed/sealed-case.ts'
import { backtest } from '#shared/domain/backtest/backtest.ts'
import { reportDocument } from '#shared/report/make.ts'
import { backtestSection } from '#shared/report/sections/backtest.ts'
import { chainDays } from '../backtest/pasts.ts'
import { machine, site } from '../machines.ts'
import { factsFor, saidIn, tableIn } from './finance-case.ts'
import { caseOf, columnOf, textsOf } from './report-case.ts'

const days = chainDays({ fromDay: '2023-02-10', toDay: '2023-04-05' })
const SITES = [site({ powerPriceUsdPerKwh: 0.3 })]
const MACHINES = [machine({ quantity: 8, restartUsd: 3 }), machine({ id: 'n', powerW: 3600, status: 'off' })]

describe('the back-test in a report', () => {
  it('has the figures of the back-test by month', () => {
    const facts = factsFor(SITES, MACHINES, { backtest: days })
    const blocks = backtestSection(facts)
    const { inputs, asOfMs } = facts.case
    const found = backtest({ fleet: facts.fleet, inputs, heldAtMs: asOfMs, horizonDays: null, ...days })
    const table = tableIn(blocks, 'backtest')
    expect(textsOf(table, 'month')).toEqual(['Feb 2023', 'Mar 2023', 'Apr 2023'])
    expect([...columnOf(table, 'adviceUsd').values]).toEqual(found.months.map(({ advice }) => advice.cashUsd))
    expect(columnOf(table, 'hindsightUsd').total).toBe(found.total.hindsight.cashUsd)
    expect(columnOf(table, 'days').total).toBe(55)
    expect(saidIn(blocks)).toContain('From 10 Feb 2023 to 5 Apr 2023 the advice would have earned')
  })

  it('draws what each way earned more than always on, as running sums, and nothing where all earned the same', () => {
    const blocks = backtestSection(factsFor(SITES, MACHINES, { backtest: days }))
    const table = tableIn(blocks, 'backtest')
    const block = blocks.find(({ kind }) => kind === 'chart')
    const chart = block?.kind === 'chart' ? block.chart : null
    expect(chart?.atMs).toEqual(
      ['2023-02-10', '2023-03-01', '2023-04-01', '2023-04-06'].map((day) => Date.parse(day)),
    )
    const [advice, on] = ['adviceUsd', 'alwaysOnUsd'].map((key) => columnOf(table, key))
    const line = chart!.lines[0]!
    expect(line.values[0]).toBe(0)
    expect(line.values[1]).toBeCloseTo(Number(advice!.values[0]) - Number(on!.values[0]), 6)
    expect(line.values.at(-1)).toBeCloseTo(advice!.total! - on!.total!, 6)

    const cheap = factsFor([site({ powerPriceUsdPerKwh: 0.001 })], [machine({})], { backtest: days })
    const same = backtestSection(cheap)
    expect(same.map(({ kind }) => kind)).not.toContain('chart')
    expect(saidIn(same)).toContain('as much as always on, as much as one switch')
  })

  it('takes what was computed before, and may be left for later on a page of its own', () => {
    const facts = factsFor(SITES, MACHINES, { backtest: days })
    const later = backtestSection({ ...facts, lookedBack: 'later' })
    expect(later.map(({ kind }) => kind)).toEqual(['heading', 'sentence'])
    expect(saidIn(later)).toContain('is computed when the report is saved')
    const refusal = 'site North: capKw is below floorKw'
    expect(backtestSection({ ...facts, lookedBack: { value: null, refusal } })).toEqual([
      { kind: 'sentence', text: refusal },
    ])
  })

  it('says so where no history is stored', () => {
    for (const change of [{}, { backtest: null }])
      expect(backtestSection(factsFor(SITES, MACHINES, change))).toEqual([
        {
          kind: 'sentence',
          text: 'No daily history is stored, so nothing can be said of what the advice would have earned.',
        },
      ])
  })

  it('is sealed with the days that it rests on, and comes out the same', () => {
    const given = caseOf(SITES, MACHINES, { backtest: days })
    const text = caseText(given)
    const read = readCaseText(text, 'a report')
    expect(caseText(read)).toBe(text)
    expect(read.backtest).toEqual(days)
    const section = (of: typeof given) => reportDocument(of).sections.find(({ name }) => name === 'backtest')
    expect(section(read)).toEqual(section(given))
    expect(caseText(caseOf(SITES, MACHINES))).not.toContain('backtest":{')
    const damaged = { ...days, past: { ...days.past, priceUsd: new Float64Array(3) } }
    expect(() => readCaseText(caseText({ ...given, backtest: damaged }), 'a report')).toThrow(
      /backtest\.past/,
    )
  })
})
