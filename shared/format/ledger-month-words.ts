import { SATS_PER_BTC, CENTS_PER_USD, WH_PER_KWH } from '#shared/domain/units.ts'
import type { Costing, Day, Month, Since } from '../domain/money/ledger/entry.ts'
import type { EnergyMonth, LedgerMonth, PayCause, PoolMonth } from '../domain/money/ledger/month.ts'
import { PAY_CAUSES } from '../domain/money/ledger/month.ts'
import { payTotal } from '../domain/money/ledger/pay-total.ts'
import type { PayFigures, PayTotal } from '../domain/money/ledger/pay-total.ts'
import { decimalMark } from './display.ts'
import { PAY_CAUSE_WORDS } from './ledger-causes.ts'
import { btc, usd, usdCents } from './money.ts'
import { count, counted, MISSING, number, percent, THIN_SPACE } from './numbers.ts'
import { printedSums } from './printed-sums.ts'
import { calendarDay, dateTime, parts } from './times.ts'

/** What a month of the ledger is told in, for window, pack and command line. Money is in USD, in which the books are kept. */

/** As a heading. */
export const capital = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`

export const COSTING_WORDS: Readonly<Record<Costing, string>> = {
  fifo: 'first in, first out',
  average: 'average cost',
}

/** `October 2026` */
export function monthWords(month: Month): string {
  return parts(Date.parse(`${month}-01T00:00:00Z`), { month: 'long', year: 'numeric' }, 'UTC')
}

/** When terms of a pool begin. */
export const sinceWords = (from: Since): string => (from === '' ? 'since ever' : `from ${monthWords(from)}`)

/** Bitcoin to the satoshi, for columns that add up: `0.41200000`; put together from whole numbers, so that no digit is lost. */
export function satBtc(sat: number): string {
  if (!Number.isFinite(sat)) return MISSING
  const size = Math.abs(sat)
  const rest = String(size % SATS_PER_BTC).padStart(8, '0')
  return `${sat < 0 ? '−' : ''}${count(Math.floor(size / SATS_PER_BTC))}${decimalMark()}${rest}`
}
/** The same with a plus before what is above 0. */
export const signedSatBtc = (sat: number): string => (sat > 0 ? `+${satBtc(sat)}` : satBtc(sat))
/** Cents of the books as USD. */
export const inUsd = (cents: number): number => cents / CENTS_PER_USD
/** Money of the books in a cell, to the cent; an en dash where it is not known. */
export const bookedUsd = (cents: number | null): string => usdCents(inUsd(cents ?? Number.NaN))
/** The same with a plus before what is above 0. */
export const signedBookedUsd = (cents: number | null): string =>
  `${(cents ?? 0) > 0 ? '+' : ''}${bookedUsd(cents)}`
export const inKwh = (wh: number): number => wh / WH_PER_KWH

const PERCENT_DECIMALS = 1

export type Against = NonNullable<PayTotal['against']>

/**
 * What each cause did as a share of theory, so that they add up as printed: `−2.4 %`; '' for one that is
 * nothing.
 */
export function payShares({ theory, steps }: Pick<Against, 'theory' | 'steps'>, unit: keyof PayFigures) {
  const printed = printedSums(
    PAY_CAUSES.map((cause) => (steps[cause][unit] / theory[unit]) * 100),
    PERCENT_DECIMALS,
    6,
  )
  const write = (value: number) =>
    value === 0 ? '' : `${number(value, PERCENT_DECIMALS, 'nearest', true)}${THIN_SPACE}%`
  return {
    of: Object.fromEntries(PAY_CAUSES.map((cause, i) => [cause, write(printed.parts[i]!)])) as Record<
      PayCause,
      string
    >,
    /** in per cent */
    total: printed.total,
  }
}

const WHERE: Partial<Record<PayCause, string>> = {
  luck: ' at some pools',
  unexplained: ' at others',
}

/** `3.1 % less than theory: uptime −2.4 %, fees −0.1 %, unexplained −0.6 %`: as printed the parts add up to the whole. */
function againstWords(against: Against): string {
  const { actual, theory } = against
  if (theory.sat === 0) return actual.sat === 0 ? 'as theory expects' : 'where theory expects nothing'
  const shares = payShares(against, 'sat')
  // Of one pool luck never goes the other way.
  const isSplit = against.steps.luck.sat * against.steps.unexplained.sat < 0
  const size = percent(Math.abs(shares.total) / 100, PERCENT_DECIMALS)
  const than =
    shares.total === 0
      ? 'as much as theory expects'
      : `${size} ${shares.total < 0 ? 'less' : 'more'} than theory`
  const causes = PAY_CAUSES.filter((cause) => shares.of[cause] !== '').map(
    (cause) => `${PAY_CAUSE_WORDS[cause]} ${shares.of[cause]}${isSplit ? (WHERE[cause] ?? '') : ''}`,
  )
  return causes.length === 0 ? than : `${than}: ${causes.join(', ')}`
}

/**
 * Why it is not what theory says, in one sentence: `October 2026: 0.412 BTC came in, 3.1 % less than theory: uptime −2.4 %, fees −0.1 %,
 * unexplained −0.6 %.` Where theory is not known of every pool, it is told of those of which it is. Of a month that is not
 * over its days so far are told, through the last one where that is the same of all pools.
 */
export function ledgerMonthWords({
  month,
  isOver,
  pools,
}: Pick<LedgerMonth, 'month' | 'isOver' | 'pools'>): string {
  const name = isOver ? monthWords(month) : `${monthWords(month)} so far${sameThrough(pools)}`
  if (pools.length === 0) return `${name}: nothing came in from a pool.`
  const { actual, against, without } = payTotal(pools)
  const came = cameWords(pools, actual.sat)
  if (against === null) return `${name}: ${came}. What theory expects is not known${isOver ? '' : ' yet'}.`
  if (without.length === 0) return `${name}: ${came}, ${againstWords(against)}.`
  return (
    `${name}: ${came}. Of it ${btc(against.actual.sat / SATS_PER_BTC)} from ${poolsNamed(against.pools)}, ` +
    `${againstWords(against)}; what theory expects of ${poolsNamed(without)} is not known.`
  )
}

/** ` through 24 Nov 2026`; '' for all of a month. */
export const throughWords = (through: Day | null): string =>
  through === null ? '' : ` through ${calendarDay(through)}`

function sameThrough(pools: readonly PoolMonth[]): string {
  const days = new Set(pools.map(({ through }) => through))
  return days.size === 1 && !days.has(null) ? `,${throughWords(pools[0]!.through)}` : ''
}

/** Of a pool without terms what it paid counts, not what it says was earned: where that is all there is, the file was not lost. */
function cameWords(pools: readonly PoolMonth[], sat: number): string {
  if (sat !== 0) return `${btc(sat / SATS_PER_BTC)} came in`
  return pools.every(({ scheme }) => scheme === null)
    ? `no payout came in; what ${poolsNamed(pools.map(({ pool }) => pool))} earned counts with the terms under Pools`
    : 'no bitcoin came in'
}

/** The same of one pool, without its name. */
export function poolMonthWords(pool: PoolMonth): string {
  const { against } = payTotal([pool])
  const came = `${cameWords([pool], pool.actualSat)}${throughWords(pool.through)}`
  return against === null
    ? `${came}. What theory expects is not known.`
    : `${came}, ${againstWords(against)}.`
}

/** How far chance alone may reach: `0.381 BTC … 0.437 BTC in 95 of 100 such months, 2.3 blocks expected`; null where luck has no part in it. */
export function luckWords({ theory }: PoolMonth): string | null {
  const luck = theory?.luck ?? null
  if (luck === null) return null
  const { blocksExpected, lowSat, highSat } = luck
  const blocks = number(blocksExpected, blocksExpected < 10 ? 1 : 0)
  return `${btc(lowSat / SATS_PER_BTC)} … ${btc(highSat / SATS_PER_BTC)} in 95 of 100 such months, ${blocks} blocks expected`
}

/** A change of money in words: `$1 210 more`, `$31.60 less`, `the same`. */
function moreWords(cents: number): string {
  return cents === 0 ? 'the same' : `${usd(Math.abs(inUsd(cents)))} ${cents > 0 ? 'more' : 'less'}`
}

/** Why the invoice of a site is not what machines and plan make, without its name. */
export function energyMonthWords({
  through,
  expectedUsdCents,
  invoiceUsdCents,
  stepsUsdCents,
}: EnergyMonth): string {
  if (invoiceUsdCents === null) return `No bill is there for this month${through === null ? '' : ` yet`}.`
  const billed = `${usd(inUsd(invoiceUsdCents))} was billed${throughWords(through)}`
  if (expectedUsdCents === null || stepsUsdCents === null)
    return `${billed}. What machines and plan make is not known.`
  const off = invoiceUsdCents - expectedUsdCents
  if (off === 0) return `${billed}, what machines and plan make.`
  return `${billed}, ${moreWords(off)} than machines and plan make.`
}

/** `Closed on 3 Nov 2026, 09:12 UTC`; `Open`. */
export function closedWords({ closed }: Pick<LedgerMonth, 'closed'>): string {
  return closed === null ? 'Open' : `Closed ${dateTime(closed.atMs, 'UTC')}`
}

/** Where figures have changed under a closed month; null: they are what was closed. */
export function changedWords({ closed }: Pick<LedgerMonth, 'closed'>): string | null {
  return closed === null || closed.hash === closed.hashNow
    ? null
    : 'The figures are no longer those that were closed: something has changed under a closed month. Reopen it, look at its entries, and close it again.'
}

const MOST_POOLS = 3

/** `A, B and C`, `4 pools`: one sentence has room for few. */
const poolsNamed = (names: readonly string[]): string =>
  names.length > MOST_POOLS ? counted(names.length, 'pool') : listed(names)

/** `A`, `A and B`, `A, B and C` */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`

/** What a kWh came to, USD; NaN where money or energy is missing. */
export const usdPerKwhOf = (usdCents: number | null, wh: number | null): number =>
  usdCents === null || wh === null || wh <= 0 ? Number.NaN : inUsd(usdCents) / inKwh(wh)
