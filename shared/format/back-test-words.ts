import type {
  Backtest,
  BacktestGap,
  BacktestValue,
  BacktestWay,
  SumsOfWays,
} from '../domain/backtest/result.ts'
import type { SentencePart } from './decision-log-words.ts'
import { count, percent } from './numbers.ts'
import { calendarDay } from './times.ts'

export const WAY_WORDS: Readonly<Record<BacktestWay, string>> = {
  advice: 'The advice',
  alwaysOn: 'Always on',
  averageRule: 'Average rule',
  hindsight: 'Perfect hindsight',
}

/** What each way of deciding does. */
export const WAY_RULES: Readonly<Record<BacktestWay, string>> = {
  advice: 'each lot as this program advises it on that day, knowing nothing of later ones',
  alwaysOn: 'every machine runs every day',
  averageRule: 'the whole fleet runs while the hashprice is above its average break-even',
  hindsight: 'each lot as somebody would have run it who knew all days before',
}

/** Less reads as nothing. */
const LEAST_USD = 0.005

/**
 * `Following the advice would have earned $41 200 more than always on from 26 Nov 2025 to 25 Nov 2026, 84 % of what perfect hindsight could.`
 * @param print amounts of USD
 */
export function backTestSentence(
  {
    total,
    reachedShare,
    fromDay,
    toDay,
  }: Pick<Backtest, 'fromDay' | 'toDay'> & {
    readonly total: SumsOfWays
    /** NaN or null where hindsight gains nothing */
    readonly reachedShare: number | null
  },
  print: (usd: number) => string,
): readonly SentencePart[] {
  const moreUsd = total.advice.cashUsd - total.alwaysOn.cashUsd
  const mostUsd = total.hindsight.cashUsd - total.alwaysOn.cashUsd
  const when = ` from ${calendarDay(fromDay)} to ${calendarDay(toDay)}`
  if (Math.abs(moreUsd) < LEAST_USD)
    return [
      `Following the advice would have earned as much as always on${when}${mostUsd < LEAST_USD ? '; nobody could have earned more' : ''}.`,
    ]
  const isLoss = moreUsd < 0
  const share =
    isLoss || reachedShare === null || !Number.isFinite(reachedShare)
      ? ''
      : `, ${percent(reachedShare, 0)} of what perfect hindsight could`
  return [
    'Following the advice would have earned ',
    { text: print(Math.abs(moreUsd)), isLoss },
    ` ${isLoss ? 'less' : 'more'} than always on${when}${share}.`,
  ]
}

const VALUE_WORDS: Readonly<Record<BacktestValue, string>> = {
  priceUsd: 'bitcoin price',
  difficulty: 'difficulty',
  issuanceBtc: 'new bitcoin',
  feesBtc: 'fees',
}

const MOST_GAPS = 4

/** `3 Mar 2026 to 9 Mar 2026 (bitcoin price), 4 Apr 2026 (fees) and 3 more spans`; '' where nothing is missing */
export function gapWords(gaps: readonly BacktestGap[]): string {
  const words = gaps.slice(0, MOST_GAPS).map(({ fromDay, toDay, missing }) => {
    const days = fromDay === toDay ? calendarDay(fromDay) : `${calendarDay(fromDay)} to ${calendarDay(toDay)}`
    return `${days} (${missing.map((value) => VALUE_WORDS[value]).join(', ')})`
  })
  const more = gaps.length - words.length
  return more > 0
    ? `${words.join(', ')} and ${count(more)} more ${more === 1 ? 'span' : 'spans'}`
    : words.join(', ')
}
