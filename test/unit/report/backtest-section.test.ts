import { describe, expect, it } from 'vitest'
import { caseText, readCaseText } from '#electron/files/sealed/sealed-case.ts'
import { backtest } from '#shared/domain/backtest/backtest.ts'
import { daysPast } from '#shared/domain/backtest/period.ts'
import { reportDocument } from '#shared/report/make.ts'
import { backtestSection } from '#shared/report/sections/backtest.ts'
import { chainPast, NO_BLOCKS } from '../backtest/pasts.ts'
import { machine, site } from '../machines.ts'
import { factsFor, saidIn, tableIn } from './finance-case.ts'
import { caseOf, columnOf, textsOf } from './report-case.ts'

const PERIOD = { fromDay: '2023-02-10', toDay: '2023-04-05' }
const { past } = chainPast(460, 5)
const days = { ...PERIOD, past: daysPast(seriesOf(), NO_BLOCKS, PERIOD) }
const SITES = [site({ powerPriceUsdPerKwh: 0.3 })]
const MACHINES = [machine({ quantity: 8, restartUsd: 3 }), machine({ id: 'n', powerW: 3600, status: 'off' })]

function seriesOf() {
  const none = new Float64Array(460).fill(NaN)
  return {
    ...past,
    dates: Array.from({ length: 460 }, (_, row) =>
      new Date(Date.parse(past.fromDay) + row * 86_400_000).toISOString().slice(0, 10),
    ),
    ...{ hashrateEhs: none, marketCapUsd: none, transferValueUsd: none, minerNetFlowBtc: none },
  }
}

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
