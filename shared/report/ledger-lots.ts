import { SATS_PER_BTC } from '../domain/units.ts'
import { marketShare } from '../domain/money/ledger/coin-market.ts'
import type { CoinMonth, LedgerMonth } from '../domain/money/ledger/month.ts'
import { COSTING_WORDS, inUsd } from '../format/ledger-month-words.ts'
import { counted } from '../format/numbers.ts'
import { calendarDay } from '../format/times.ts'
import type { ReportTable } from './document.ts'
import { columnsOver, tableOf } from './table.ts'

/** Lots that have a line of their own; a page is no place for thousands of them. */
export const MOST_LOTS = 20

type LotLine = {
  readonly name: string
  readonly sat: number
  readonly costUsdCents: number
  readonly marketUsdCents: number | null
}

/** The newest lots, and those before them in one line: they add up to what is held at the month's end. */
export function lotTable({ coins, costing }: LedgerMonth): ReportTable {
  const { text, figure } = columnsOver(lotLines(coins))
  return tableOf('ledger-lots', `Lots of bitcoin held, ${COSTING_WORDS[costing]}`, 'All lots', [
    text('lot', 'Lot of', ({ name }) => name),
    figure('btc', 'Bitcoin', 'bookedBtc', ({ sat }) => sat / SATS_PER_BTC, coins.closingSat / SATS_PER_BTC),
    figure(
      ...(['costUsd', 'At cost', 'bookedUsd'] as const),
      ({ costUsdCents }) => inUsd(costUsdCents),
      inUsd(coins.closingUsdCents),
    ),
    figure(
      ...(['marketUsd', 'At the market', 'bookedUsd'] as const),
      ({ marketUsdCents }) => inUsd(marketUsdCents ?? Number.NaN),
      inUsd(coins.marketUsdCents ?? Number.NaN),
    ),
  ])
}

function lotLines(coins: CoinMonth): readonly LotLine[] {
  const { lots } = coins
  const older = lots.slice(0, Math.max(lots.length - MOST_LOTS, 0))
  let before = 0
  const line = (name: string, sat: number, costUsdCents: number): LotLine => {
    const from = before
    before += sat
    return { name, sat, costUsdCents, marketUsdCents: marketShare(coins, from, before) }
  }
  return [
    ...(older.length === 0
      ? []
      : [
          line(
            `${counted(older.length, 'older lot')}, the last of ${calendarDay(older.at(-1)!.day)}`,
            older.reduce((sum, { sat }) => sum + sat, 0),
            older.reduce((sum, { costUsdCents }) => sum + costUsdCents, 0),
          ),
        ]),
    ...lots
      .slice(older.length)
      .map(({ day, sat, costUsdCents }) => line(calendarDay(day), sat, costUsdCents)),
  ]
}
