import type { Account, AccountLine } from './accounts.ts'
import { ACCOUNTS } from './accounts.ts'
import type { Month } from './entry.ts'
import { monthOf } from './entry.ts'
import { nameKey } from './identity.ts'
import type { Posting } from './postings.ts'

/** Sums by account and part, under its name as it stands first, in the order of the chart, then of names; those that come to nothing are left out. */
function sumLines(lines: Iterable<AccountLine>): AccountLine[] {
  const sums = new Map<string, { account: Account; of: string; usdCents: number; sat: number | null }>()
  for (const { account, of, usdCents, sat } of lines) {
    const key = `${account}\n${nameKey(of)}`
    const sum = sums.get(key)
    if (sum === undefined) sums.set(key, { account, of, usdCents, sat })
    else {
      sum.usdCents += usdCents
      if (sat !== null) sum.sat = (sum.sat ?? 0) + sat
    }
  }
  return [...sums.values()]
    .filter(({ usdCents, sat }) => usdCents !== 0 || (sat ?? 0) !== 0)
    .sort(
      (a, b) =>
        ACCOUNTS[a.account].number - ACCOUNTS[b.account].number || (a.of < b.of ? -1 : a.of > b.of ? 1 : 0),
    )
}

/** All accounts at the end of a month; they sum to 0. */
export const balancesAt = (postings: readonly Posting[], month: Month): AccountLine[] =>
  sumLines(linesWhere(postings, (of) => of <= month))

/** Income and cost of a month: income positive, cost negative, so that they sum to its result. */
export function statementOf(postings: readonly Posting[], month: Month): AccountLine[] {
  const result = [...linesWhere(postings, (of) => of === month)].filter(({ account }) => isResult(account))
  return sumLines(result).map((line) => ({ ...line, usdCents: 0 - line.usdCents }))
}

export const isResult = (account: Account): boolean =>
  ACCOUNTS[account].type === 'income' || ACCOUNTS[account].type === 'cost'

function* linesWhere(
  postings: readonly Posting[],
  isIn: (month: Month) => boolean,
): Generator<AccountLine, void> {
  for (const { day, lines } of postings) if (isIn(monthOf(day))) yield* lines
}
