import type { CostCategory, FactOf } from '#shared/domain/money/ledger/entry.ts'
import { COST_CATEGORIES } from '#shared/domain/money/ledger/entry.ts'
import { currencyOf, isBitcoin, isStableCoin } from './units.ts'

/** Words of other programs in cells that say what a row is. */

const fold = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim()

/** What a row that sums up the others begins with. */
export const isTotal = (cell: string): boolean =>
  /^(?:grand |sub-? ?)?(?:totals?|sum)\s*[:.]?$/i.test(cell.trim())

/** Whether a row of an exchange's export is a sale of coins for money. */
export const isSale = (type: string): boolean => /\b(?:sell|sold|sale)\b/.test(fold(type))

/** Whether what a pool lists has been paid or earned; null where the word says nothing that is known. */
export function isSettled(status: string): boolean | null {
  const word = fold(status)
  if (
    /^(?:paid|complete|completed|success|successful|succeeded|confirmed|sent|done|settled|finished|ok|approved)$/.test(
      word,
    )
  )
    return true
  return /\b(?:pending|unpaid|not|scheduled|queued|requested|initiated|progress|hold|held|returned|reversed|expired|paying|processing|waiting|failed|failure|cancell?ed|rejected|unconfirmed|immature|orphan(?:ed)?)\b/.test(
    word,
  )
    ? false
    : null
}

const PART_WORDS: Readonly<Record<FactOf<'bill'>['part'], RegExp>> = {
  all: /^(?:|all|total|whole|invoice)$/,
  energy: /\b(?:energy|supply|consumption|usage|generation)\b/,
  demand: /\b(?:demand|capacity|peak)\b/,
  fixed: /\b(?:fixed|service|standing|basic|customer)\b/,
}

/** Which part of a bill a word means; null where it may be any. */
export function partOf(word: string): FactOf<'bill'>['part'] | null {
  const folded = fold(word)
  const found = (Object.keys(PART_WORDS) as FactOf<'bill'>['part'][]).filter((part) =>
    PART_WORDS[part].test(folded),
  )
  return found.length === 1 ? found[0]! : null
}

const CATEGORY_WORDS: Readonly<Record<CostCategory, RegExp>> = {
  rent: /\b(?:rent|lease)\b/,
  staff: /\b(?:staff|wages?|salar(?:y|ies)|payroll|labou?r)\b/,
  insurance: /\binsurance\b/,
  hosting: /\b(?:hosting|colocation)\b/,
  repair: /\b(?:repairs?|maintenance|spares?|parts)\b/,
  network: /\b(?:network|internet|connectivity|telecom)\b/,
  finance: /\b(?:finance|interest|bank|loan)\b/,
  other: /\b(?:other|misc|miscellaneous|sundry)\b/,
}

export function categoryOf(word: string): CostCategory | null {
  const folded = fold(word)
  const found = COST_CATEGORIES.filter((category) => CATEGORY_WORDS[category].test(folded))
  return found.length === 1 ? found[0]! : null
}

/** "XBTUSD", "BTC-EUR", "BTC/USDT": what is sold and for what, as written; null where it cannot be told. */
export function pairOf(text: string): { readonly base: string; readonly quote: string } | null {
  const bare = text.trim().toUpperCase()
  const [base, quote, ...more] = bare.split(/[-/_: ]+/)
  if (base !== undefined && quote !== undefined && more.length === 0) return { base, quote }
  for (let at = 3; at <= bare.length - 3; at++) {
    const [before, behind] = [bare.slice(0, at), bare.slice(at)]
    if (isBitcoin(before) && (currencyOf(behind) !== null || isStableCoin(behind)))
      return { base: before, quote: behind }
  }
  const money = /(?:Z?(?:USD|EUR|GBP|CAD|AUD|CHF|JPY)|USD[TC])$/.exec(bare)
  return money === null || money.index === 0 ? null : { base: bare.slice(0, money.index), quote: money[0] }
}
