import type { Amount, Days, Fact } from '../domain/money/ledger/entry.ts'
import { monthOf } from '../domain/money/ledger/entry.ts'
import { BILL_PART_WORDS, CATEGORY_WORDS, FACT_WORDS } from './ledger-kinds.ts'
import { inKwh, inUsd, monthWords, satBtc, signedSatBtc } from './ledger-month-words.ts'
import { moneyIn, usdCents } from './money.ts'
import { MISSING, number } from './numbers.ts'
import { calendarDay } from './times.ts'
import { sealWords } from './seal.ts'

/** What an entry of the ledger is told in, wherever entries are listed. */

/** First and last day of a fact; null: it is of a month as a whole, or of the books. */
export function daysOf(fact: Fact): Days | null {
  if ('days' in fact) return fact.days
  return 'day' in fact ? { from: fact.day, to: fact.day } : null
}

const lastOf = (month: string) => {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year!, number, 0)).toISOString().slice(0, 10)
}

/** `3 Oct 2026`, `October 2026`, `15 Oct 2026 – 14 Nov 2026`. */
export function spanWords({ from, to }: Days): string {
  if (from === to) return calendarDay(from)
  const month = monthOf(from)
  if (from === `${month}-01` && to === lastOf(month)) return monthWords(month)
  return `${calendarDay(from)} – ${calendarDay(to)}`
}

/** When it was: days, or the month that it is of; '' for what is of the books as a whole. */
export function whenWords(fact: Fact): string {
  const days = daysOf(fact)
  if (days !== null) return spanWords(days)
  return 'month' in fact ? monthWords(fact.month) : ''
}

/** Whom or what it is of: pool, payee, meter, reason. */
export function subjectWords(fact: Fact): string {
  switch (fact.kind) {
    case 'payout':
    case 'earning':
      return fact.pool
    case 'bill':
      return fact.part === 'all' ? fact.payee : `${fact.payee}, ${BILL_PART_WORDS[fact.part].toLowerCase()}`
    case 'meter':
      return fact.meter
    case 'credit':
      return fact.programme === '' ? fact.payer : `${fact.payer}, ${fact.programme}`
    case 'sale':
      return fact.venue
    case 'cost':
      return `${fact.payee}, ${CATEGORY_WORDS[fact.category].toLowerCase()}`
    case 'purchase':
      return `${fact.what}, ${fact.payee}`
    case 'opening':
    case 'plan':
    case 'budget':
      return ''
    case 'void':
      return `${'entry' in fact.of ? `entry ${fact.of.entry}` : `import ${fact.of.batch}`}: ${fact.reason}`
    case 'close':
      return `sealed as ${sealWords(fact.hash)}`
    case 'reopen':
      return fact.reason
  }
}

/** `Payout of a pool: Braiins, 3 Oct 2026` */
export const entryTitle = (fact: Fact): string => {
  const about = [subjectWords(fact), whenWords(fact)].filter((part) => part !== '')
  return about.length === 0 ? FACT_WORDS[fact.kind] : `${FACT_WORDS[fact.kind]}: ${about.join(', ')}`
}

/** Money as it was written, to the hundredth: `$1 250.50`, `31.60 NOK`. */
const amountWords = ({ currency, hundredths }: Pick<Amount, 'currency' | 'hundredths'>): string =>
  moneyIn(currency, 1).written(hundredths / 100, 2)

/** Bitcoin, energy and money of a fact; a difference of a correction with its sign. MISSING: the kind has none, it is not said, or nothing differs. */
type EntryFigures = { readonly btc: string; readonly kwh: string; readonly money: string }

export function entryFigures(fact: Fact, isCorrection: boolean): EntryFigures {
  const shown = (value: number | null, words: (value: number) => string) =>
    value === null || (isCorrection && value === 0) ? MISSING : words(value)
  return {
    btc: 'sat' in fact ? shown(fact.sat, isCorrection ? signedSatBtc : satBtc) : MISSING,
    kwh: 'wh' in fact ? shown(fact.wh, (wh) => kwhWords(wh, isCorrection)) : MISSING,
    money: moneyWords(fact, isCorrection),
  }
}

/** Without its unit, as precise as it is kept but for zeroes at its end. */
function kwhWords(wh: number, isSigned: boolean): string {
  const decimals = wh % 1000 === 0 ? 0 : 3
  return number(inKwh(wh), decimals, 'nearest', isSigned)
}

function moneyWords(fact: Fact, isCorrection: boolean): string {
  const written = (words: string, value: number) =>
    isCorrection ? (value === 0 ? MISSING : withPlus(words, value)) : words
  if ('amount' in fact) return written(amountWords(fact.amount), fact.amount.hundredths)
  if ('proceeds' in fact) return written(amountWords(fact.proceeds), fact.proceeds.hundredths)
  return 'costUsdCents' in fact ? written(usdCents(inUsd(fact.costUsdCents)), fact.costUsdCents) : MISSING
}

/** The figures of a fact in one line, with their units: `144 000 kWh, $6 480.00`; '' where it has none. */
export function figuresWords(fact: Fact, isCorrection = false): string {
  const { btc, kwh, money } = entryFigures(fact, isCorrection)
  return listOf([
    [btc, ' BTC'],
    [kwh, ' kWh'],
    [money, ''],
  ])
}

/** What a correction adds, whatever its kind: `+0.00100000 BTC, fee −0.00001000 BTC`. */
export function differenceWords(fact: Fact): string {
  const signed = (value: number | null, words: (value: number) => string) =>
    value === null || value === 0 ? MISSING : words(value)
  const money = (amount: Amount | null) =>
    signed(amount?.hundredths ?? null, (value) => withPlus(amountWords(amount!), value))
  const cents = (value: number) => withPlus(usdCents(inUsd(value)), value)
  const plain = (value: number) => number(value, Number.isInteger(value) ? 0 : 3, 'nearest', true)
  return listOf([
    ['sat' in fact ? signed(fact.sat, signedSatBtc) : MISSING, ' BTC'],
    ['wh' in fact ? signed(fact.wh, (wh) => kwhWords(wh, true)) : MISSING, ' kWh'],
    ['amount' in fact ? money(fact.amount) : MISSING, ''],
    ['proceeds' in fact ? money(fact.proceeds) : MISSING, ''],
    ['costUsdCents' in fact ? signed(fact.costUsdCents, cents) : MISSING, ''],
    ['feeSat' in fact ? signed(fact.feeSat, (sat) => `fee ${signedSatBtc(sat)}`) : MISSING, ' BTC'],
    [
      'fee' in fact && fact.fee !== null && fact.fee.hundredths !== 0 ? `fee ${money(fact.fee)}` : MISSING,
      '',
    ],
    ['hashratePhs' in fact ? signed(fact.hashratePhs, plain) : MISSING, ' PH/s'],
    [
      'salvageUsdCents' in fact
        ? signed(fact.salvageUsdCents, (value) => `salvage ${cents(value)}`)
        : MISSING,
      '',
    ],
    ['lifeDays' in fact ? signed(fact.lifeDays, (days) => `life ${plain(days)}`) : MISSING, ' days'],
  ])
}

const withPlus = (words: string, value: number) => (value > 0 ? `+${words}` : words)

const listOf = (parts: readonly (readonly [words: string, unit: string])[]): string =>
  parts.flatMap(([words, unit]) => (words === MISSING ? [] : [`${words}${unit}`])).join(', ')
