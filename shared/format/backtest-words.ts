import type { Backtest, BacktestGap, BacktestValue, BacktestWay } from '../domain/backtest/result.ts'
import type { Money } from './money.ts'
import { counted, number, percent } from './numbers.ts'
import { calendarDay } from './times.ts'

/** Ways of deciding, as headings. */
export const WAY_WORDS: Readonly<Record<BacktestWay, string>> = {
  advice: 'Advice',
  alwaysOn: 'Always on',
  averageRule: 'Average rule',
  hindsight: 'Hindsight',
}

/** What each way does. */
export const WAY_RULES: Readonly<Record<BacktestWay, string>> = {
  advice: 'as advised that day, later days unknown',
  alwaysOn: 'everything runs, every day',
  averageRule: 'all or nothing, at the fleet’s average break-even',
  hindsight: 'as if all days had been known',
}

const VALUE_WORDS: Readonly<Record<BacktestValue, string>> = {
  priceUsd: 'price',
  difficulty: 'difficulty',
  issuanceBtc: 'issuance',
  feesBtc: 'fees',
}

/** Where a back-test has no days to look at. */
export const NO_BACKTEST =
  'No daily history is stored, so nothing can be said of what the advice would have earned.'

/** half a cent: less is rounding */
const LEAST_USD = 0.005

/** What came of it, in one or two sentences. */
export function backtestWords(found: Backtest, money: Money): string {
  const { total, reachedShare } = found
  const period = `From ${calendarDay(found.fromDay)} to ${calendarDay(found.toDay)}`
  if (total.days === total.missingDays)
    return `${period} no day has price, difficulty, issuance and fees, so nothing can be said.`
  const against = (way: BacktestWay, words: string) => {
    const more = total.advice.cashUsd - total[way].cashUsd
    if (Math.abs(more) < LEAST_USD) return `as much as ${words}`
    return `${money.amount(Math.abs(more))} ${more < 0 ? 'less' : 'more'} than ${words}`
  }
  const reached = Number.isNaN(reachedShare)
    ? ' Nobody could have earned more than by leaving everything on.'
    : ` It reached ${percent(reachedShare, 1, 'down')} of what hindsight gains over always on.`
  return `${period} the advice would have earned ${money.amount(total.advice.cashUsd)}: ${against('alwaysOn', 'always on')}, ${against('averageRule', 'one switch for the whole fleet at its average break-even')}.${reached}`
}

/** What the figures rest on. */
export function backtestAssumptionWords({ reviewDays, volatilityPerYear, machines }: Backtest): string {
  return `The fleet as it stands, ${counted(machines, 'machine')}, at its prices and agreements of today; a review ${reviewDays === 1 ? 'every day' : `every ${number(reviewDays, Number.isInteger(reviewDays) ? 0 : 1)} days`}, on the values of the days before; hashprice volatility ${percent(volatilityPerYear, 0)} a year. Cash after energy, standby and restarts, without fixed cost.`
}

/** What a reader must know of the figures beside them; empty: nothing. */
export function backtestNotes(found: Backtest): readonly string[] {
  const { total, machinesLeftOut, boundedSites } = found
  return [
    ...(total.missingDays > 0
      ? [
          `${counted(total.missingDays, 'day')} of ${total.days} lack a value and earn nothing for anybody: ${gapsWords(found.gaps)}.`,
        ]
      : []),
    ...(machinesLeftOut > 0
      ? [
          `${counted(machinesLeftOut, 'machine')} in repair or without a figure ${machinesLeftOut === 1 ? 'is' : 'are'} left out.`,
        ]
      : []),
    ...(boundedSites.length > 0
      ? [
          `Hindsight is a bound from above for ${namesWords(boundedSites)}: the best cash of each day, without restarts.`,
        ]
      : []),
  ]
}

const MOST_NAMED = 5

/** `3 Mar 2025 to 5 Mar 2025 (price), 9 Apr 2025 (fees) and 2 more`. */
function gapsWords(gaps: readonly BacktestGap[]): string {
  return namesWords(
    gaps.map(({ fromDay, toDay, missing }) => {
      const days =
        fromDay === toDay ? calendarDay(fromDay) : `${calendarDay(fromDay)} to ${calendarDay(toDay)}`
      return `${days} (${missing.map((value) => VALUE_WORDS[value]).join(', ')})`
    }),
  )
}

function namesWords(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ')
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown
}
