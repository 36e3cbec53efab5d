import { backtest } from '../../domain/backtest/backtest.ts'
import type { Backtest, BacktestWay } from '../../domain/backtest/result.ts'
import { BACKTEST_WAYS } from '../../domain/backtest/result.ts'
import { weighed } from '../../domain/decision/weighed.ts'
import { MS_PER_DAY } from '../../domain/units.ts'
import {
  backtestAssumptionWords,
  backtestNotes,
  backtestWords,
  NO_BACKTEST,
  WAY_WORDS,
} from '../../format/backtest-words.ts'
import { calendarDay, calendarMonth } from '../../format/times.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { backtestOf } from '../looked-back.ts'
import { columnsOver, heading, note, sentence, table, tableOf } from '../table.ts'

const KEYS: Readonly<Record<BacktestWay, string>> = {
  advice: 'adviceUsd',
  alwaysOn: 'alwaysOnUsd',
  averageRule: 'averageRuleUsd',
  hindsight: 'hindsightUsd',
}

/** It stands on a page of its own, as the table will: pages are counted with it. */
const LATER =
  'The back-test is computed when the report is saved, because it takes a while with this fleet. Once it is there, the preview shows it too.'

/** What the advice would have earned on the stored days, by month. */
export function backtestSection(facts: ReportFacts): readonly Block[] {
  const given = backtestOf(facts.case)
  if (given === null) return [sentence(NO_BACKTEST)]
  const period = heading(`${calendarDay(given.fromDay)} to ${calendarDay(given.toDay)}`)
  const known = facts.lookedBack ?? weighed(() => backtest(given))
  if (known === 'later') return [period, sentence(LATER)]
  const { value: found, refusal } = known
  if (found === null) return [sentence(refusal)]
  return [
    period,
    sentence(backtestWords(found, facts.money)),
    ...chartOf(found),
    table(tableOf('backtest', 'By month', 'All months', columnsOf(found))),
    note(backtestAssumptionWords(found)),
    note(
      'Always on: nothing is ever switched. Average rule: the whole fleet is on while the hashprice of the day before is at or above its average break-even, else off. Hindsight: each lot as if all days had been known. Restarts, starts and days off are those of the advice; days off are machines × days.',
    ),
    ...backtestNotes(found).map(note),
  ]
}

/** half a cent: less is rounding */
const LEAST_USD = 0.005

/** What each other way earned more than always on, from the first day to the end of each month; nothing where all earned the same. */
function chartOf({ fromDay, toDay, months }: Backtest): readonly Block[] {
  const endsMs = months.map(({ month }) => {
    const [year, of] = month.split('-').map(Number)
    return Math.min(Date.UTC(year!, of), Date.parse(toDay) + MS_PER_DAY)
  })
  const line = (way: BacktestWay, isDashed: boolean) => {
    let sum = 0
    return {
      label: WAY_WORDS[way],
      values: [0, ...months.map((month) => (sum += month[way].cashUsd - month.alwaysOn.cashUsd))],
      isDashed,
    }
  }
  const lines = [line('advice', false), line('averageRule', true), line('hindsight', true)]
  if (lines.every(({ values }) => values.every((usd) => Math.abs(usd) < LEAST_USD))) return []
  const title = 'Earned more than always on, sum since the first day'
  return [{ kind: 'chart', chart: { title, look: 'usd', atMs: [Date.parse(fromDay), ...endsMs], lines } }]
}

function columnsOf({ months, total }: Backtest) {
  const { text, figure } = columnsOver(months)
  return [
    text('month', 'Month', ({ month }) => calendarMonth(`${month}-01`)),
    figure('days', 'Days', 'count', ({ days }) => days, 'sum'),
    ...(total.missingDays > 0
      ? [figure('missingDays', 'Missing', 'count', ({ missingDays }) => missingDays, 'sum')]
      : []),
    figure(
      'hashpriceUsdPerPhDay',
      'Hashprice',
      'usdPerPhDay',
      ({ meanHashpriceUsdPerPhDay }) => meanHashpriceUsdPerPhDay,
      total.meanHashpriceUsdPerPhDay,
    ),
    ...BACKTEST_WAYS.map((way) =>
      figure(KEYS[way], WAY_WORDS[way], 'usd', (month) => month[way].cashUsd, total[way].cashUsd),
    ),
    figure('restartsUsd', 'Restarts', 'usd', ({ advice }) => advice.restartsUsd, total.advice.restartsUsd),
    figure('starts', 'Starts', 'count', ({ advice }) => advice.starts, total.advice.starts),
    figure(
      'machineDaysOff',
      'Days off',
      'count',
      ({ advice }) => advice.machineDaysOff,
      total.advice.machineDaysOff,
    ),
  ]
}
