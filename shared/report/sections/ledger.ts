import { ledgerMonth } from '../../domain/money/ledger/ledger-month.ts'
import type { Month } from '../../domain/money/ledger/entry.ts'
import type { CoinMonth, LedgerLack, LedgerMonth } from '../../domain/money/ledger/month.ts'
import { ledgerLackWords } from '../../format/ledger-lack-words.ts'
import {
  changedWords,
  closedWords,
  COSTING_WORDS,
  inUsd,
  ledgerMonthWords,
  luckWords,
  monthWords,
  satBtc,
  throughWords,
} from '../../format/ledger-month-words.ts'
import { usdCents } from '../../format/money.ts'
import { count } from '../../format/numbers.ts'
import { calendarMonth } from '../../format/times.ts'
import type { ReportLedger } from '../case.ts'
import type { Block, Fact, ReportTable } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { MOST_SEALED_ENTRIES } from '../ledger-case.ts'
import { lotTable } from '../ledger-lots.ts'
import {
  assetTable,
  balancesTable,
  budgetTable,
  coinTable,
  energyMoneyTable,
  energyTable,
  poolMoneyTable,
  poolTable,
  statementTable,
} from '../ledger-tables.ts'
import { heading, note, sentence, table, warning } from '../table.ts'

export const NO_LEDGER =
  'Nothing is booked of a month that is over. Import what pools, suppliers and exchanges sent under Ledger, or with ledger import.'

/** What really came in and went out, month by month, and why it is not what theory says. */
export function ledgerSection({ case: of }: ReportFacts): readonly Block[] {
  const { ledger, madeAtMs } = of
  if (ledger === undefined || ledger === null) return [sentence(NO_LEDGER)]
  const { months, entries, books, network, plansNow } = ledger
  if (books === null) return [sentence(tooMany(ledger, entries))]
  const evidence = { network, plansNow, nowMs: madeAtMs }
  return months.flatMap(({ month, hash }) =>
    // A page cannot compute the hash; that of these figures was sealed with them.
    monthBlocks(ledgerMonth(books, month, evidence, () => hash ?? '')),
  )
}

const tooMany = ({ months }: ReportLedger, entries: number) =>
  `The books have ${count(entries)} entries up to ${monthWords(months.at(-1)!.month)}, and a report seals ${count(MOST_SEALED_ENTRIES)} at the most. The place Ledger and ledger month tell the month, and ledger export writes its journal.`

/** A month as pages and the command line tell it. */
export function monthBlocks(month: LedgerMonth): readonly Block[] {
  const { isOver, statement, pools, energy, budgets, assets, balances } = month
  const changed = changedWords(month)
  const told = tablesOf(month.month)
  return [
    heading(monthWords(month.month), closedWords(month)),
    { kind: 'headline', text: ledgerMonthWords(month) },
    ...(changed === null ? [] : [warning(changed)]),
    ...(statement.length === 0 ? [] : [told(statementTable(month))]),
    ...(pools.length === 0 ? [] : [told(poolTable(pools)), told(poolMoneyTable(pools))]),
    ...pools.flatMap((pool) => {
      const luck = luckWords(pool)
      return [
        ...(pool.through === null ? [] : [`Compared${throughWords(pool.through)}.`]),
        ...(luck === null ? [] : [`Luck alone: ${luck}.`]),
        ...lacks(pool.missing, isOver),
      ].map((words) => note(`${pool.pool}: ${words}`))
    }),
    ...(energy.length === 0 ? [] : [told(energyTable(energy)), told(energyMoneyTable(energy))]),
    ...energy.flatMap(({ site, through, missing }) =>
      [...(through === null ? [] : [`Compared${throughWords(through)}.`]), ...lacks(missing, isOver)].map(
        (words) => note(atSite(site, words)),
      ),
    ),
    ...(budgets.length === 0 ? [] : [told(budgetTable(budgets))]),
    ...budgets.flatMap(({ site, missing }) =>
      lacks(missing, isOver).map((words) => note(atSite(site, words))),
    ),
    ...coinBlocks(month, told),
    ...(assets.length === 0 ? [] : [told(assetTable(assets))]),
    ...(balances.length === 0 ? [] : [told(balancesTable(month))]),
    ...(month.closed === null ? [] : [note(`Closed with SHA-256 ${month.closed.hash}.`)]),
  ]
}

const lacks = (missing: readonly LedgerLack[], isOver: boolean) =>
  missing.map((lack) => ledgerLackWords(lack, isOver))
const atSite = (site: string, words: string) => (site === '' ? words : `${site}: ${words}`)

/** Each says its month: it stands alone in a file, and on the next page. */
const tablesOf = (month: Month) => (of: ReportTable) =>
  table({ ...of, title: `${of.title}, ${calendarMonth(`${month}-01`)}` })

/** Nothing where none were held, came or went. */
function coinBlocks(month: LedgerMonth, told: ReturnType<typeof tablesOf>): readonly Block[] {
  const { coins, costing } = month
  if (coins.openingSat === 0 && coins.receivedSat === 0 && coins.soldSat === 0) return []
  return [
    told(coinTable(month)),
    ...(coins.lots.length === 0 ? [] : [told(lotTable(month))]),
    { kind: 'facts', facts: coinFacts(coins) },
    note(
      `What is sold costs what it was worth when it came: ${COSTING_WORDS[costing]}. Coins that are held stand at that cost; what they would fetch is no gain yet.`,
    ),
  ]
}

function coinFacts({ soldSat, gainUsdCents, closingSat, marketUsdCents }: CoinMonth): readonly Fact[] {
  return [
    {
      label: 'Gain or loss on what was sold, after fees',
      text: soldSat === 0 ? 'nothing was sold' : usdCents(inUsd(gainUsdCents)),
      origin: '',
    },
    {
      label: `${satBtc(closingSat)} BTC at the market`,
      text: usdCents(marketUsdCents === null ? NaN : inUsd(marketUsdCents)),
      origin:
        marketUsdCents === null
          ? 'no price of the month’s last day is stored'
          : 'price of the month’s last day',
    },
  ]
}
