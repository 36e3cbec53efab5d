import { dayNumber, lastDay, monthsFrom } from './calendar.ts'
import { writtenDown } from './assets.ts'
import type { MonthEnd, WrittenDown } from './assets.ts'
import { createBookings, linesOf, moneyLines } from './bookings.ts'
import type { Books, Day, FactOf, Month } from './entry.ts'
import { monthOf } from './entry.ts'
import { daysOfFact, payeeOf, termsFinder } from './identity.ts'
import { monthsOfFact, shareOfMonth } from './month-shares.ts'
import type { CoinLot } from './month.ts'
import type { Posting } from './postings.ts'
import type { FactEntry, Standing } from './standing.ts'
import { monthSpan, newestOf, standingOf } from './standing.ts'
import type { Placed } from './timeline.ts'
import { isKind, timelineOf } from './timeline.ts'

/** What has moved in and out of the bitcoin held in a month; costs in USD cents. */
type CoinFlow = {
  openingSat: number
  openingUsdCents: number
  receivedSat: number
  receivedUsdCents: number
  soldSat: number
  soldUsdCents: number
  gainUsdCents: number
}

type WrittenAsset = { readonly entry: PurchaseEntry; readonly months: readonly WrittenDown[] }

type PurchaseEntry = FactEntry & { readonly fact: FactOf<'purchase'> }

/** Everything that the books come to up to the end of a month. */
export type Fold = {
  readonly books: Books
  readonly standing: Standing
  readonly through: Month
  readonly timeline: readonly Placed[]
  /** by day, then by what they are */
  readonly postings: readonly Posting[]
  readonly flows: ReadonlyMap<Month, CoinFlow>
  /** what is held at the end of a month */
  readonly lotsAt: (month: Month) => readonly CoinLot[]
  readonly assets: readonly WrittenAsset[]
}

const folds = new WeakMap<Books, Fold>()

/**
 * Books are folded once, to the last month with entries: what comes later changes nothing of a month, so that one fold tells all of them.
 * @param month that is looked at, which may lie beyond the last one with entries; null: that one
 */
export function foldBooks(books: Books, month: Month | null): Fold {
  let known = folds.get(books)
  if (known === undefined) {
    const standing = standingOf(books.entries)
    folds.set(books, (known = fold(books, standing, lastMonth(standing))))
  }
  return month === null || month <= known.through ? known : fold(books, known.standing, month)
}

function fold(books: Books, standing: Standing, last: Month): Fold {
  const timeline = timelineOf(standing.counting)
  const newBookings = () => createBookings(books.costing, termsFinder(books.pools))
  const bookings = newBookings()
  const postings: Posting[] = []
  const flows = new Map<Month, CoinFlow>()
  const purchases = new Map<number, PurchaseEntry[]>()

  function post(
    entry: FactEntry,
    day: Day,
    lines: Posting['lines'],
    kind: Posting['kind'] = entry.fact.kind,
  ) {
    if (lines.length > 0)
      postings.push({
        entry: entry.key,
        kind,
        day,
        payee: payeeOf(entry.fact),
        site: entry.site,
        reference: entry.reference,
        lines,
      })
  }
  function flowOf(day: Day): CoinFlow {
    const month = monthOf(day)
    let flow = flows.get(month)
    if (flow === undefined) flows.set(month, (flow = noFlow()))
    return flow
  }

  for (const { entry } of timeline) {
    const lines = bookings.book(entry)
    if (lines !== null) {
      const { from } = daysOfFact(entry.fact)
      post(entry, from, lines)
      addFlow(flowOf(from), entry.fact, moved(lines))
    } else if (isKind(entry, 'purchase')) {
      post(entry, entry.fact.day, moneyLines(entry.fact, entry.site))
      const of = entry.corrects ?? entry.key
      purchases.set(of, [...(purchases.get(of) ?? []), entry])
    } else if (isKind(entry, 'bill') || isKind(entry, 'credit') || isKind(entry, 'cost'))
      for (const month of monthsOfFact(entry.fact, last)) {
        const part = shareOfMonth(entry.fact, month)
        post(entry, part.days.to, moneyLines(part, entry.site))
      }
  }

  const calendar = timeline[0] === undefined ? [] : calendarOf(monthSpan(timeline[0].entry.fact)[0], last)
  const assets = [...purchases.values()].map((purchase) => ({
    entry: purchase[0]!,
    months: writtenDown(purchase, calendar),
  }))
  for (const { entry, months } of assets)
    for (const { day, usdCents } of months)
      if (usdCents !== 0)
        post(
          entry,
          day,
          linesOf(['depreciation', entry.site, usdCents], ['writtenDown', entry.site, -usdCents]),
          'depreciation',
        )
  // Stable: on one day they stay in the order of the timeline.
  postings.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const lastFlow = newestOf(flows.keys()) ?? ''
  function lotsAt(month: Month): readonly CoinLot[] {
    if (lastFlow <= month) return bookings.coins.lots()
    const until = newBookings()
    for (const { entry } of timeline) if (monthSpan(entry.fact)[0] <= month) until.book(entry)
    return until.coins.lots()
  }
  return { books, standing, through: last, timeline, postings, flows, lotsAt, assets }
}

const calendarOf = (first: Month, last: Month): MonthEnd[] =>
  monthsFrom(first, last).map((month) => {
    const day = lastDay(month)
    return { month, last: day, end: dayNumber(day) + 1 }
  })

function addFlow(flow: CoinFlow, fact: FactEntry['fact'], usdCents: number): void {
  if (fact.kind === 'payout') {
    flow.receivedSat += fact.sat
    flow.receivedUsdCents += usdCents
  } else if (fact.kind === 'opening') {
    flow.openingSat += fact.sat
    flow.openingUsdCents += usdCents
  } else if (fact.kind === 'sale') {
    flow.soldSat += fact.sat
    flow.soldUsdCents -= usdCents
    flow.gainUsdCents += fact.proceeds.usdCents - (fact.fee?.usdCents ?? 0) + usdCents
  }
}

const moved = (lines: Posting['lines']): number =>
  lines.find(({ account }) => account === 'bitcoin')?.usdCents ?? 0

export const noFlow = (): CoinFlow => ({
  openingSat: 0,
  openingUsdCents: 0,
  receivedSat: 0,
  receivedUsdCents: 0,
  soldSat: 0,
  soldUsdCents: 0,
  gainUsdCents: 0,
})

/** The last month with entries, or that is closed. */
function lastMonth({ counting, closed }: Standing): Month {
  let last = newestOf(closed.keys()) ?? ''
  for (const { fact } of counting) {
    const [, month] = monthSpan(fact)
    if (month > last) last = month
  }
  return last
}
