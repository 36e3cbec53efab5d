import { backtest } from '../../domain/backtest/backtest.ts'
import type { Backtest, BacktestWay } from '../../domain/backtest/result.ts'
import { BACKTEST_WAYS } from '../../domain/backtest/result.ts'
import { weighed } from '../../domain/decision/weighed.ts'
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
import { columnsOver, heading, note, sentence, table, tableOf } from '../table.ts'

const KEYS: Readonly<Record<BacktestWay, string>> = {
  advice: 'adviceUsd',
  alwaysOn: 'alwaysOnUsd',
  averageRule: 'averageRuleUsd',
  hindsight: 'hindsightUsd',
}

/** What the advice would have earned on the stored days, by month. */
export function backtestSection(facts: ReportFacts): readonly Block[] {
  const { backtest: given, inputs, asOfMs, horizonDays } = facts.case
  if (given === undefined || given === null) return [sentence(NO_BACKTEST)]
  const { value: found, refusal } = weighed(() =>
    backtest({ fleet: facts.fleet, inputs, heldAtMs: asOfMs, horizonDays, ...given }),
  )
  if (found === null) return [sentence(refusal)]
  return [
    heading('Back-test', `${calendarDay(found.fromDay)} to ${calendarDay(found.toDay)}`),
    sentence(backtestWords(found, facts.money)),
    table(tableOf('backtest', 'Back-test by month', 'All months', columnsOf(found))),
    note(backtestAssumptionWords(found)),
    note(
      'Always on: nothing is ever switched. Average rule: the whole fleet is on while the hashprice of the day before is at or above its average break-even, else off. Hindsight: each lot as if all days had been known. Restarts, starts and days off are those of the advice.',
    ),
    ...backtestNotes(found).map(note),
  ]
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
      'Machine-days off',
      'count',
      ({ advice }) => advice.machineDaysOff,
      total.advice.machineDaysOff,
    ),
  ]
}
