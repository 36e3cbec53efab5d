import { monthAfter } from './calendar.ts'
import type { Books, Month, Since } from './entry.ts'
import { monthOf } from './entry.ts'
import { foldBooks, noFlow } from './fold.ts'
import { nameKey, termsIn } from './identity.ts'
import { textOf } from './month-text.ts'
import { isOver, monthsWithEntries, newestOf, standingOf, todayIn } from './standing.ts'
import { isResult } from './sums.ts'

/** A line of the list of months. */
export type MonthHead = {
  readonly month: Month
  /** that count in it */
  readonly entries: number
  readonly closed: { readonly entry: number; readonly atMs: number; readonly hash: string } | null
  readonly resultUsdCents: number
  readonly receivedSat: number
  /** held at its end */
  readonly closingSat: number
  /** why it cannot be closed now; null: it can, or it is closed */
  readonly closable: 'not over' | 'an earlier month is open' | null
  /** the newest closed month is the one that can be reopened */
  readonly isReopenable: boolean
}

/** Every month from the first with entries to the last, or to the last closed one, in order, those between without entries too. */
export function ledgerMonths(books: Books, nowMs: number): readonly MonthHead[] {
  const { standing, postings, flows } = foldBooks(books, null)
  const { counting, closed } = standing
  const withEntries = monthsWithEntries(counting)
  const newest = newestOf(closed.keys())
  const known = [...withEntries.keys(), ...closed.keys()].sort()
  if (known.length === 0) return []
  const results = new Map<Month, number>()
  for (const { day, lines } of postings)
    for (const { account, usdCents } of lines)
      if (isResult(account)) results.set(monthOf(day), (results.get(monthOf(day)) ?? 0) - usdCents)

  const today = todayIn(nowMs)
  let held = 0
  let isEarlierOpen = false
  const heads: MonthHead[] = []
  for (let month = known[0]!; month <= known.at(-1)!; month = monthAfter(month, 1)) {
    const flow = flows.get(month) ?? noFlow()
    held += flow.openingSat + flow.receivedSat - flow.soldSat
    const close = closed.get(month)
    const isLocked = newest !== null && month <= newest
    const { entries, zones } = withEntries.get(month) ?? { entries: 0, zones: NO_ZONES }
    heads.push({
      month,
      entries,
      closed:
        close === undefined ? null : { entry: close.key, atMs: close.recordedMs, hash: close.fact.hash },
      resultUsdCents: results.get(month) ?? 0,
      receivedSat: flow.receivedSat,
      closingSat: held,
      closable: isLocked
        ? null
        : !isOver(month, zones, today)
          ? 'not over'
          : isEarlierOpen
            ? 'an earlier month is open'
            : null,
      isReopenable: month === newest,
    })
    if (!isLocked && entries > 0) isEarlierOpen = true
  }
  return heads
}

const NO_ZONES: ReadonlySet<string> = new Set()

/**
 * Closed months whose figures, or what theory expects of them, would be others with other terms of pools or another costing: such a
 * change is to be refused.
 */
export function closedMonthsChanged(before: Books, after: Books): readonly Month[] {
  const [was, is] = [foldBooks(before, null), foldBooks(after, null)]
  return [...was.standing.closed.keys()].filter(
    (month) =>
      theoryText(before, month) !== theoryText(after, month) || textOf(was, month) !== textOf(is, month),
  )
}

/** What theory of a month has from the terms of pools. */
const theoryText = ({ pools }: Books, month: Month): string =>
  termsIn(pools, month)
    .map(({ name, scheme, fee, sites, poolHashrateEhs }) =>
      JSON.stringify([nameKey(name), scheme, fee, sites.map(nameKey).sort(), poolHashrateEhs]),
    )
    .sort()
    .join('\n')

/** The month after the newest closed one: the first in which something can still change. '': none is closed */
export function firstOpenMonth({ entries }: Books): Since {
  const newest = newestOf(standingOf(entries).closed.keys())
  return newest === null ? '' : monthAfter(newest, 1)
}
