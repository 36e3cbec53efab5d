import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AccountLine } from '#shared/domain/money/ledger/accounts.ts'
import { ACCOUNTS } from '#shared/domain/money/ledger/accounts.ts'
import type { Amount, Books, Costing, Fact, Month, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { amountOf } from '#shared/domain/money/ledger/amounts.ts'
import { ledgerMonth } from '#shared/domain/money/ledger/ledger-month.ts'
import { monthText } from '#shared/domain/money/ledger/month-text.ts'
import { valueUsdCents } from '#shared/domain/money/ledger/shares.ts'
import { isResult } from '#shared/domain/money/ledger/sums.ts'
import { booksOf, EARNED, newEntry, price, usd, withAdmitted } from '../unit/money/ledger/books.ts'

const PAGE = readFileSync(new URL('../../docs/ledger.md', import.meta.url), 'utf8')
const NOW_MS = Date.UTC(2026, 11, 2)

type Row = readonly string[]

/** The tables under a heading of the page, without their heads. */
function tablesUnder(heading: string): readonly (readonly Row[])[] {
  const start = PAGE.indexOf(`### ${heading}\n`)
  if (start < 0) throw new Error(`docs/ledger.md has no ${heading}`)
  const section = PAGE.slice(start + 4).split(/^#+ /m)[0]!
  return section
    .split('\n\n')
    .filter((block) => block.trimStart().startsWith('|'))
    .map((block) =>
      block
        .trim()
        .split('\n')
        .slice(2)
        .map((line) =>
          line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ),
    )
}

const cents = (text: string): number => Math.round(Number(text) * 100)
const usdText = (usdCents: number): string => (usdCents / 100).toFixed(2)

function moneyOf(text: string, more: string): Amount {
  const [hundredths, currency] = text.split(' ')
  const rate = /at ([\d.]+) of (\S+)/.exec(more)
  if (currency !== 'NOK' || rate === null) return usd(cents(hundredths!))
  const dated = { usdPerUnit: Number(rate[1]), day: rate[2]!, source: 'typed' }
  return amountOf(currency, cents(hundredths!), dated)
}

function entryOf([, kind, who, daysText, satText, feeText, priceText, amountText, more]: Row): NewEntry {
  const named = (name: RegExp) => name.exec(more!)?.[1]
  const [from, to] = daysText!.split(' … ')
  const days = { from: from!, to: to ?? from! }
  const sat = Number(satText)
  const feeSat = feeText === '' ? null : Number(feeText)
  const amount = moneyOf(amountText!, more!)
  const kWh = named(/(\S+) kWh/)
  const facts: Record<string, () => Fact> = {
    opening: () => ({ kind: 'opening', day: from!, sat, costUsdCents: amount.usdCents }),
    earning: () => ({
      kind: 'earning',
      pool: who!,
      day: from!,
      sat,
      feeSat,
      hashratePhs: null,
      price: price(Number(priceText)),
    }),
    payout: () => ({ kind: 'payout', pool: who!, day: from!, sat, feeSat, price: price(Number(priceText)) }),
    bill: () => ({
      kind: 'bill',
      payee: who!,
      days,
      amount,
      wh: kWh === undefined ? null : Number(kWh) * 1000,
      part: 'all',
    }),
    credit: () => ({ kind: 'credit', payer: who!, days, amount, programme: '4CP' }),
    cost: () => ({ kind: 'cost', payee: who!, days, amount, category: 'staff' }),
    purchase: () => ({
      kind: 'purchase',
      payee: who!,
      day: from!,
      what: 'S21',
      amount,
      salvageUsdCents: cents(named(/salvage ([\d.]+)/)!),
      lifeDays: Number(named(/life (\d+)/)),
    }),
    sale: () => ({
      kind: 'sale',
      venue: who!,
      day: from!,
      sat,
      proceeds: amount,
      fee: usd(cents(named(/fee ([\d.]+)/)!)),
    }),
  }
  const corrects = named(/corrects (\d+)/)
  return newEntry(facts[kind!]!(), {
    site: ['bill', 'credit', 'cost', 'purchase'].includes(kind!) ? 'Bravo' : '',
    corrects: corrects === undefined ? null : Number(corrects),
  })
}

const HASH = '0'.repeat(64)
const close = (books: Books, month: Month): Books =>
  withAdmitted(books, [newEntry({ kind: 'close', month, hash: HASH, costing: books.costing })], NOW_MS)

/** The books as the page says: what was found out later comes later; then September and October are closed. */
function booksOfPage(costing: Costing, isClosing: boolean): Books {
  const rows = tablesUnder('The entries')[0]!
  expect(rows.map(([key]) => Number(key))).toEqual(rows.map((_, index) => index + 1))
  const entries = rows.map(entryOf)
  const early = withAdmitted(booksOf([], costing, [EARNED]), entries.slice(0, 10), NOW_MS)
  const late = withAdmitted(early, entries.slice(10), NOW_MS)
  return isClosing ? close(close(late, '2026-09'), '2026-10') : late
}

const monthOn = (books: Books, month: Month, priceUsd: number) =>
  ledgerMonth(
    books,
    month,
    {
      network: {
        fromDay: '2026-09-01',
        priceUsd: new Float64Array(92).fill(priceUsd),
        difficulty: new Float64Array(92).fill(NaN),
        subsidyBtcPerBlock: new Float64Array(92).fill(NaN),
        feesBtcPerBlock: new Float64Array(92).fill(NaN),
      },
      plansNow: [],
      nowMs: NOW_MS,
    },
    (text) => (text === monthText(books, month) ? HASH : ''),
  )

const lineRow = ({ account, of, usdCents }: AccountLine): Row => [
  `${ACCOUNTS[account].number} ${ACCOUNTS[account].name}`,
  of,
  usdText(usdCents),
]

describe.each([
  { title: 'October 2026', month: '2026-10', priceUsd: 65_000 },
  { title: 'November 2026', month: '2026-11', priceUsd: 70_000 },
])('$title in docs/ledger.md', ({ title, month, priceUsd }) => {
  const books = booksOfPage('fifo', true)
  const of = monthOn(books, month, priceUsd)
  const [statement, coins, balances] = tablesUnder(title)

  it('has the statement of the page', () => {
    expect([...of.statement.map(lineRow), ['Result', '', usdText(of.resultUsdCents)]]).toEqual(statement)
  })

  it('has the bitcoin of the page, at cost and at the market', () => {
    const { openingSat, receivedSat, soldSat, closingSat, marketUsdCents, lots } = of.coins
    const row = (name: string, sat: number, usdCents: number) => [name, String(sat), usdText(usdCents)]
    expect([
      row('at the beginning', openingSat, of.coins.openingUsdCents),
      row('received', receivedSat, of.coins.receivedUsdCents),
      row('sold', soldSat, of.coins.soldCostUsdCents),
      row('at the end', closingSat, of.coins.closingUsdCents),
      ...lots.map(({ entry, sat, costUsdCents }) => row(`lot of entry ${entry}`, sat, costUsdCents)),
    ]).toEqual(coins)
    expect(marketUsdCents).toBe(valueUsdCents(closingSat, priceUsd))
  })

  it('has the balances of the page', () => {
    const soFar = of.balances
      .filter(({ account }) => isResult(account))
      .reduce((sum, { usdCents }) => sum - usdCents, 0)
    expect([
      ...of.balances.filter(({ account }) => !isResult(account)).map(lineRow),
      ['Result so far', '', usdText(soFar)],
    ]).toEqual(balances)
  })

  it('is sealed with the hash of its text where it is closed', () => {
    expect(of.closed?.hashNow).toBe(month === '2026-10' ? HASH : undefined)
  })
})

it('has the average of the page', () => {
  const { coins, resultUsdCents } = monthOn(booksOfPage('average', false), '2026-10', 65_000)
  const rows = tablesUnder('October 2026')[3]!
  expect([
    ['cost of sale', usdText(coins.soldCostUsdCents)],
    ['held at cost', usdText(coins.closingUsdCents)],
    ['result', usdText(resultUsdCents)],
  ]).toEqual(rows)
})
