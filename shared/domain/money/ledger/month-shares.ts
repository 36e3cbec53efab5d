import { common, dayNumber, daysIn, monthsFrom, wholeMonth } from './calendar.ts'
import type { CountedKind } from './counted.ts'
import type { Amount, Days, FactOf, Month } from './entry.ts'
import { spreadShare } from './shares.ts'
import { monthSpan } from './standing.ts'

type Fact = FactOf<CountedKind>

/** The months that a fact falls into, in order. */
export function monthsOfFact(fact: Fact, through: Month): Month[] {
  const [first, last] = monthSpan(fact)
  return monthsFrom(first, last < through ? last : through)
}

/** A fact's part of a month that it falls into: kWh and money are spread evenly over its days; the parts of all months are the whole. */
export const shareOfMonth = <Part extends Fact>(fact: Part, month: Month): Part =>
  shareOfDays(fact, wholeMonth(month))

/** The same of days some of which are the fact's. */
export function shareOfDays<Part extends Fact>(fact: Part, of: Days): Part
export function shareOfDays(fact: Fact, of: Days): Fact {
  if (!('days' in fact)) return fact
  const days = common(fact.days, of)!
  if (days.from === fact.days.from && days.to === fact.days.to) return fact
  const share = shareOf(fact.days, days)
  if (fact.kind === 'meter') return { ...fact, days, wh: share(fact.wh) }
  const amount = spreadAmount(fact.amount, share)
  if (fact.kind === 'bill') return { ...fact, days, amount, wh: fact.wh === null ? null : share(fact.wh) }
  return { ...fact, days, amount }
}

function shareOf(whole: Days, part: Days): (total: number) => number {
  const from = dayNumber(part.from) - dayNumber(whole.from)
  const to = dayNumber(part.to) - dayNumber(whole.from) + 1
  return (total) => spreadShare(total, from, to, daysIn(whole))
}

const spreadAmount = (amount: Amount, share: (total: number) => number): Amount => ({
  ...amount,
  hundredths: share(amount.hundredths),
  usdCents: share(amount.usdCents),
})
