import { MS_PER_DAY } from '../../units.ts'
import { budgetMonths } from './budget-month.ts'
import { dayNumber, dayOf, lastDay } from './calendar.ts'
import { countedMonth } from './counted-month.ts'
import type { CountedMonth } from './counted.ts'
import { energyMonths } from './energy-month.ts'
import type { Books, Entry, Month } from './entry.ts'
import type { Fold } from './fold.ts'
import { foldBooks, noFlow } from './fold.ts'
import { nameKey } from './identity.ts'
import { textOf } from './month-text.ts'
import type { AssetMonth, CoinMonth, DailyNetwork, LedgerEvidence, LedgerMonth } from './month.ts'
import { poolMonths } from './pool-month.ts'
import { valueUsdCents } from './shares.ts'
import { isOver, todayIn } from './standing.ts'
import { balancesAt, statementOf } from './sums.ts'

/** @param sha256 64 hex digits of a text, for the hash of a closed month as it would be now */
export function ledgerMonth(
  books: Books,
  month: Month,
  evidence: LedgerEvidence,
  sha256: (text: string) => string,
): LedgerMonth {
  const fold = foldBooks(books, month)
  const counted = countedMonth(fold.timeline, month, books.pools)
  const close = fold.standing.closed.get(month)
  const plans = plansOf(counted, close === undefined ? evidence.plansNow : [])
  const isPast = close !== undefined || isOver(month, zonesOf(counted), todayIn(evidence.nowMs))
  const statement = statementOf(fold.postings, month)
  return {
    month,
    isOver: isPast,
    costing: books.costing,
    closed:
      close === undefined
        ? null
        : {
            entry: close.key,
            atMs: close.recordedMs,
            hash: close.fact.hash,
            hashNow: sha256(textOf(fold, month)),
          },
    statement,
    resultUsdCents: statement.reduce((sum, { usdCents }) => sum + usdCents, 0),
    balances: balancesAt(fold.postings, month),
    pools: poolMonths(counted, books.pools, plans, evidence.network, isPast),
    energy: energyMonths(counted, plans, isPast),
    budgets: budgetMonths(counted, books.pools, plans, evidence.network),
    coins: coinMonth(fold, month, evidence),
    assets: assetMonths(fold, month),
    plans,
    entries: entriesOf(counted).length,
  }
}

/** Recorded plans, and the fleet of now for the sites that have none. @param plansNow none of a closed month: sites that came later are not of it */
function plansOf({ month, plans }: CountedMonth, plansNow: LedgerEvidence['plansNow']): LedgerMonth['plans'] {
  const recorded = new Set(plans.map(({ entry }) => nameKey(entry.site)))
  return [
    ...plans.map(({ entry, fact }) => ({ site: entry.site, plan: fact, isRecorded: true })),
    ...plansNow
      .filter(({ site }) => !recorded.has(nameKey(site)))
      .map(({ site, plan }) => ({ site, plan: { ...plan, month }, isRecorded: false })),
  ]
}

function coinMonth({ flows, lotsAt }: Fold, month: Month, { network, nowMs }: LedgerEvidence): CoinMonth {
  const before = noFlow()
  for (const [each, flow] of flows)
    if (each < month) {
      before.openingSat += flow.openingSat + flow.receivedSat - flow.soldSat
      before.openingUsdCents += flow.openingUsdCents + flow.receivedUsdCents - flow.soldUsdCents
    }
  const { receivedSat, receivedUsdCents, soldSat, soldUsdCents, gainUsdCents, ...opening } =
    flows.get(month) ?? noFlow()
  const openingSat = before.openingSat + opening.openingSat
  const openingUsdCents = before.openingUsdCents + opening.openingUsdCents
  const closingSat = openingSat + receivedSat - soldSat
  const price = priceAtEnd(network, month, nowMs)
  return {
    openingSat,
    receivedSat,
    soldSat,
    closingSat,
    openingUsdCents,
    receivedUsdCents,
    soldCostUsdCents: soldUsdCents,
    closingUsdCents: openingUsdCents + receivedUsdCents - soldUsdCents,
    gainUsdCents,
    marketUsdCents: price === null ? null : valueUsdCents(closingSat, price),
    lots: lotsAt(month),
  }
}

/** The price of a month's last day, or of the last full day where the month is not over; null where none is stored. */
function priceAtEnd(network: DailyNetwork | null, month: Month, nowMs: number): number | null {
  if (network === null) return null
  const yesterday = dayOf(Math.floor(nowMs / MS_PER_DAY) - 1)
  const day = lastDay(month) < yesterday ? lastDay(month) : yesterday
  const price = network.priceUsd[dayNumber(day) - dayNumber(network.fromDay)]
  return price === undefined || Number.isNaN(price) ? null : price
}

const assetMonths = ({ assets }: Fold, month: Month): AssetMonth[] =>
  assets.flatMap(({ entry, months }) =>
    months
      .filter((each) => each.month === month)
      .map(({ usdCents, costUsdCents, bookUsdCents }) => ({
        entry: entry.key,
        what: entry.fact.what,
        site: entry.site,
        costUsdCents,
        depreciationUsdCents: usdCents,
        bookUsdCents,
      })),
  )

const entriesOf = (counted: CountedMonth): readonly Entry[] =>
  Object.values(counted).flatMap((list) =>
    typeof list === 'string' ? [] : list.flatMap((of) => (typeof of === 'string' ? [] : [of.entry])),
  )

/** Of all entries, and that of the past that they are held against. */
const zonesOf = (counted: CountedMonth): ReadonlySet<string> =>
  new Set(['UTC', ...entriesOf(counted).map(({ zone }) => zone)])
