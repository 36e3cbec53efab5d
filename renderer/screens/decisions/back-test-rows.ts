import type { Backtest, BacktestWay } from '#shared/domain/backtest/result.ts'
import { WAY_WORDS } from '#shared/format/backtest-words.ts'
import type { Money } from '#shared/format/money.ts'
import { count, percent } from '#shared/format/numbers.ts'
import { moneyColumn } from '#shared/format/printed-sums.ts'
import { calendarMonth } from '#shared/format/times.ts'
import type { RunningLine } from '../../charts/back-test/plan.ts'

/** As they are read: what is done at no cost of thinking first, what nobody can reach last. */
export const WAYS_SHOWN = [
  'alwaysOn',
  'averageRule',
  'advice',
  'hindsight',
] as const satisfies readonly BacktestWay[]

export type MonthRow = {
  readonly month: string
  readonly days: string
  readonly hashprice: string
  /** in the order of {@link WAYS_SHOWN} */
  readonly earned: readonly string[]
  /** by the advice than by always running */
  readonly more: string
  readonly isLoss: boolean
}
export type MonthTable = { readonly rows: readonly MonthRow[]; readonly total: MonthRow }

type Span = Pick<Backtest['total'], 'days' | 'missingDays'>
/** `31`, or `24 of 31` where values of some are missing. */
const dayWords = ({ days, missingDays }: Span) =>
  missingDays === 0 ? count(days) : `${count(days - missingDays)} of ${count(days)}`

const moreOf = (span: Backtest['total'], way: BacktestWay) => span[way].cashUsd - span.alwaysOn.cashUsd

/** The months as they are printed: every column of money adds up to its total. */
export function monthTable({ months, total }: Backtest, money: Money): MonthTable {
  const earned = WAYS_SHOWN.map((way) =>
    moneyColumn(
      money,
      months.map((month) => month[way].cashUsd),
      total[way].cashUsd,
    ),
  )
  const more = moneyColumn(
    money,
    months.map((month) => moreOf(month, 'advice')),
    moreOf(total, 'advice'),
  )
  return {
    rows: months.map((month, i) => ({
      month: calendarMonth(`${month.month}-01`),
      days: dayWords(month),
      hashprice: money.perPh(month.meanHashpriceUsdPerPhDay),
      earned: earned.map(({ parts }) => parts[i]!),
      more: more.parts[i]!,
      isLoss: moreOf(month, 'advice') < 0,
    })),
    total: {
      month: 'All months',
      days: dayWords(total),
      hashprice: money.perPh(total.meanHashpriceUsdPerPhDay),
      earned: earned.map((column) => column.total),
      more: more.total,
      isLoss: moreOf(total, 'advice') < 0,
    },
  }
}

export type WayRow = {
  readonly way: BacktestWay
  readonly earned: string
  readonly more: string
  readonly restarts: string
  readonly starts: string
  /** machines × days off, as a share of all */
  readonly off: string
}

export function wayRows({ total, machines }: Backtest, money: Money): readonly WayRow[] {
  const known = total.days - total.missingDays
  return WAYS_SHOWN.map((way) => {
    const { cashUsd, restartsUsd, starts, machineDaysOff } = total[way]
    return {
      way,
      earned: money.amount(cashUsd),
      more: way === 'alwaysOn' ? '' : money.amount(moreOf(total, way)),
      restarts: money.amount(restartsUsd),
      starts: count(starts),
      off: percent(machineDaysOff / (machines * known), 1),
    }
  })
}

const LOOKS = { averageRule: 'average', advice: 'advice', hindsight: 'hindsight' } as const

/** What each way earned more than always on, as running sums. */
export const runningLines = ({ months }: Backtest): readonly RunningLine[] =>
  (['hindsight', 'advice', 'averageRule'] as const).map((way) => {
    let sum = 0
    return {
      look: LOOKS[way],
      name: WAY_WORDS[way],
      moreUsd: months.map((month) => (sum += moreOf(month, way))),
    }
  })
