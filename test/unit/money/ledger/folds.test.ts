import { describe, expect, it } from 'vitest'
import type { Books, Fact, FactOf, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { ledgerMonth } from '#shared/domain/money/ledger/ledger-month.ts'
import {
  closedMonthsChanged,
  firstOpenMonth,
  ledgerMonths,
} from '#shared/domain/money/ledger/ledger-months.ts'
import { monthText } from '#shared/domain/money/ledger/month-text.ts'
import { postings } from '#shared/domain/money/ledger/postings.ts'
import { roundedShare, spreadShare, valueUsdCents } from '#shared/domain/money/ledger/shares.ts'
import { booksOf, EARNED, newEntry, NOW_MS, PAID, price, usd, withAdmitted } from './books.ts'

const earning = (day: string, sat: number, usdPerBtc: number, pool = 'Braiins'): FactOf<'earning'> => ({
  ...{ kind: 'earning', pool, day, sat, feeSat: null, hashratePhs: null, price: price(usdPerBtc) },
})
const payout = (day: string, sat: number, usdPerBtc: number, pool = 'Braiins'): FactOf<'payout'> => ({
  ...{ kind: 'payout', pool, day, sat, feeSat: null, price: price(usdPerBtc) },
})
const sale = (day: string, sat: number, cents: number): FactOf<'sale'> => ({
  ...{ kind: 'sale', venue: 'Kraken', day, sat, proceeds: usd(cents), fee: null },
})
const purchase = (
  day: string,
  cents: number,
  salvageUsdCents: number,
  lifeDays: number,
): FactOf<'purchase'> => ({
  ...{ kind: 'purchase', payee: 'Maker', day, what: 'S21', amount: usd(cents), salvageUsdCents, lifeDays },
})

/** Books of lots of one entry each, so that they have the keys 1, 2, 3, … in this order. */
const booked = (...entries: readonly (Fact | NewEntry)[]): Books =>
  entries.reduce<Books>(
    (books, entry) => withAdmitted(books, ['fact' in entry ? entry : newEntry(entry)]),
    booksOf([]),
  )
const correcting = (corrects: number, fact: Fact, reference = ''): NewEntry =>
  newEntry(fact, { corrects, reference })

/** The journal as `account of cents sat`, an entry of it per line. */
const journal = (books: Books): string[] =>
  postings(books, null).map(({ lines }) =>
    lines
      .map(({ account, usdCents, sat }) =>
        [account, usdCents, ...(sat === null ? [] : [`${sat} sat`])].join(' '),
      )
      .join(', '),
  )
const evidence = { network: null, plansNow: [], nowMs: NOW_MS }
const monthOn = (books: Books, month: string) => ledgerMonth(books, month, evidence, () => '')

describe('what a pool owes', () => {
  it('leaves at what it was worth when it was earned, the oldest first', () => {
    const books = booked(
      earning('2026-10-01', 100, 1e6),
      earning('2026-10-02', 100, 2e6),
      payout('2026-10-03', 150, 3e6),
    )
    expect(journal(books)).toEqual([
      'poolReceivable 100 100 sat, mining -100',
      'poolReceivable 200 100 sat, mining -200',
      'bitcoin 200 150 sat, poolReceivable -200 -150 sat',
    ])
  })

  it('counts what is paid ahead as earned at the worth of the day on which it was paid, and once', () => {
    const books = booked(payout('2026-10-01', 100, 1e6), earning('2026-10-02', 150, 2e6))
    expect(journal(books)).toEqual([
      'bitcoin 100 100 sat, poolReceivable -100 -100 sat',
      'poolReceivable 200 150 sat, mining -200',
    ])
    expect(monthOn(books, '2026-10').balances).toContainEqual({
      ...{ account: 'poolReceivable', of: 'Braiins', usdCents: 100, sat: 50 },
    })
  })

  it('takes back what was earned too much at what it was booked at, the lot itself first', () => {
    const books = booked(
      earning('2026-10-01', 100, 1e6),
      earning('2026-10-02', 100, 2e6),
      correcting(2, earning('2026-10-03', -50, 2e6)),
      correcting(1, earning('2026-10-04', -100, 1e6)),
    )
    expect(journal(books).slice(2)).toEqual([
      'poolReceivable -100 -50 sat, mining 100',
      'poolReceivable -100 -100 sat, mining 100',
    ])
  })

  it('is one account however the name of the pool is written', () => {
    const books = booked(earning('2026-10-01', 100, 1e6, 'BRAIINS '), payout('2026-10-03', 100, 3e6))
    const { balances, pools } = monthOn(books, '2026-10')
    expect(balances.map(({ account, of }) => [account, of])).toEqual([
      ['bitcoin', ''],
      ['mining', 'Braiins'],
    ])
    expect(pools.map(({ pool, actualSat }) => [pool, actualSat])).toEqual([['Braiins', 100]])
  })

  it('is nothing where income counts as it is paid: earnings are information', () => {
    const books = booked(earning('2026-10-01', 100, 1e6, 'Ocean'), payout('2026-10-02', 90, 2e6, 'Ocean'))
    expect(journal(books)).toEqual(['bitcoin 180 90 sat, mining -180'])
  })
})

describe('bitcoin held', () => {
  it('that was sold since is taken back from what is left, and the difference is gain or loss', () => {
    const books = booked(
      payout('2026-10-01', 100, 1e6, 'Ocean'),
      payout('2026-10-02', 100, 3e6, 'Ocean'),
      sale('2026-10-03', 100, 500),
      correcting(1, payout('2026-10-04', -40, 1e6, 'Ocean')),
    )
    expect(journal(books).slice(2)).toEqual([
      'bank 500, bitcoin -100 -100 sat, coinGain -400',
      'bitcoin -120 -40 sat, mining 40, coinGain 80',
    ])
  })

  it('comes back from a sale at what it cost', () => {
    const books = booked(
      payout('2026-10-01', 100, 1e6, 'Ocean'),
      sale('2026-10-03', 90, 500),
      correcting(2, sale('2026-10-05', -30, -200)),
    )
    expect(journal(books).slice(1)).toEqual([
      'bank 500, bitcoin -90 -90 sat, coinGain -410',
      'bank -200, bitcoin 30 30 sat, coinGain 170',
    ])
    expect(monthOn(books, '2026-10').coins).toMatchObject({
      soldSat: 60,
      closingSat: 40,
      closingUsdCents: 40,
    })
  })

  it('from before the books changes its cost while it is held', () => {
    const opening = (day: string, sat: number, costUsdCents: number): Fact => ({
      ...{ kind: 'opening', day, sat, costUsdCents },
    })
    const held = booked(opening('2026-10-01', 100, 1000), correcting(1, opening('2026-10-02', 0, 50)))
    expect(journal(held)).toEqual(['bitcoin 1000 100 sat, opening -1000', 'bitcoin 50 0 sat, opening -50'])
    const sold = booked(
      opening('2026-10-01', 100, 1000),
      sale('2026-10-01', 100, 1000),
      correcting(1, opening('2026-10-02', 0, 50)),
    )
    expect(journal(sold).at(-1)).toBe('opening -50, coinGain 50')
  })

  it('is shown at the price of the last day, of a month that is not over at that of yesterday', () => {
    const books = booked(
      payout('2026-10-01', 1e8, 60_000, 'Ocean'),
      payout('2026-11-01', 1e8, 60_000, 'Ocean'),
    )
    const network = {
      fromDay: '2026-10-31',
      priceUsd: Float64Array.from({ length: 27 }, (_, day) => 1000 * day),
      ...{
        difficulty: new Float64Array(27),
        subsidyBtcPerBlock: new Float64Array(27),
        feesBtcPerBlock: new Float64Array(27),
      },
    }
    const market = (month: string, priced: typeof network | null = network) =>
      ledgerMonth(books, month, { ...evidence, network: priced }, () => '').coins.marketUsdCents
    expect(market('2026-10')).toBe(0)
    expect(market('2026-11')).toBe(2 * 25_000_00)
    expect(market('2026-09')).toBeNull()
    expect(market('2026-11', null)).toBeNull()
  })
})

describe('depreciation', () => {
  const bookedAt = (books: Books, month: string) =>
    monthOn(books, month).assets.map(({ depreciationUsdCents, bookUsdCents }) => [
      depreciationUsdCents,
      bookUsdCents,
    ])
  const later = (day: string) => sale(day, 1, 1)
  const base = [payout('2026-01-01', 10, 1e6, 'Ocean'), purchase('2026-01-31', 1000, 100, 30)] as const

  it('runs from the day of the purchase to the salvage value and stops there', () => {
    const books = booked(...base, later('2026-04-01'))
    expect(['2026-01', '2026-02', '2026-03', '2026-04'].map((month) => bookedAt(books, month))).toEqual([
      [[30, 970]],
      [[840, 130]],
      [[30, 100]],
      [[0, 100]],
    ])
  })

  it('writes the rest off on the day on which a life is found to be over', () => {
    const books = booked(...base, correcting(2, purchase('2026-02-10', 0, 0, -25)))
    expect(bookedAt(books, '2026-02')).toEqual([[870, 100]])
  })

  it('goes on from what is left when cost and life change, and back up where the books carry less than the salvage', () => {
    const longer = booked(...base, correcting(2, purchase('2026-02-10', 100, 0, 20)))
    // By 9 February 10 days of 30.00 are written down; 700 over the 40 days that are left.
    expect(bookedAt(longer, '2026-02')).toEqual([
      [Math.round((700 * 19) / 40) + 270, 1100 - 300 - Math.round((700 * 19) / 40)],
    ])
    const cheaper = booked(...base, correcting(2, purchase('2026-03-05', -800, 0, 0)), later('2026-03-06'))
    expect(bookedAt(cheaper, '2026-03')).toEqual([[30 - 800, 100]])
  })

  it('is an entry of the journal on the last day of the month, for as long as it lasts', () => {
    const books = booked(...base, later('2026-06-01'))
    const written = postings(books, null).filter(({ kind }) => kind === 'depreciation')
    expect(written.map(({ day }) => day)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31'])
  })
})

describe('months', () => {
  const close = (month: string): Fact => ({ kind: 'close', month, hash: 'f'.repeat(64), costing: 'fifo' })
  const books = booked(payout('2026-08-05', 100, 1e6, 'Ocean'), payout('2026-11-01', 100, 1e6, 'Ocean'))

  it('are listed from the first to the last with what can be done about each', () => {
    const stands = (of: Books) =>
      ledgerMonths(of, NOW_MS).map(({ month, entries, closed, closable, isReopenable }) =>
        [month, entries, closed === null ? '' : 'closed', closable, isReopenable].join(' '),
      )
    expect(stands(books)).toEqual([
      '2026-08 1   false',
      '2026-09 0  an earlier month is open false',
      '2026-10 0  an earlier month is open false',
      '2026-11 1  not over false',
    ])
    expect(stands(withAdmitted(books, [newEntry(close('2026-08')), newEntry(close('2026-10'))]))).toEqual([
      '2026-08 1 closed  false',
      '2026-09 0   false',
      '2026-10 0 closed  true',
      '2026-11 1  not over false',
    ])
    expect(ledgerMonths(booksOf([]), NOW_MS)).toEqual([])
  })

  it('show by their hash that something under them has changed', () => {
    const sha256 = (text: string) => String(text.length) + text.slice(-40)
    const hash = sha256(monthText(books, '2026-08'))
    const closed = withAdmitted(books, [newEntry({ kind: 'close', month: '2026-08', hash, costing: 'fifo' })])
    expect(ledgerMonth(closed, '2026-08', evidence, sha256).closed).toMatchObject({ hash, hashNow: hash })
    const entries = closed.entries.map((entry) =>
      entry.key === 1 ? { ...entry, fact: payout('2026-08-05', 101, 1e6, 'Ocean') } : entry,
    )
    const seal = ledgerMonth({ ...closed, entries }, '2026-08', evidence, sha256).closed
    expect(seal?.hashNow).not.toBe(seal?.hash)
  })

  it('that are closed are changed by terms that hold in them, and not by those that begin later', () => {
    const closed = withAdmitted(books, [newEntry(close('2026-08'))])
    const withTerms = (terms: Partial<typeof PAID>): Books => ({
      ...closed,
      pools: [EARNED, { ...PAID, ...terms }],
    })
    expect(closedMonthsChanged(closed, withTerms({ revenue: 'earned' }))).toEqual(['2026-08'])
    for (const theory of [
      { fee: 0.01 },
      { scheme: 'solo' },
      { sites: ['Alpha'] },
      { poolHashrateEhs: 9 },
    ] as const)
      expect(closedMonthsChanged(closed, withTerms(theory))).toEqual(['2026-08'])
    const later = { ...PAID, from: '2026-09', fee: 0.01, scheme: 'solo', revenue: 'earned' } as const
    expect(closedMonthsChanged(closed, { ...closed, pools: [EARNED, PAID, later] })).toEqual([])
    expect([firstOpenMonth(books), firstOpenMonth(closed)]).toEqual(['', '2026-09'])
    expect(closedMonthsChanged(closed, { ...closed, costing: 'average' })).toEqual(['2026-08'])
  })

  it('know the fleet of now where no plan is recorded', () => {
    const plan = {
      kind: 'plan',
      hashratePhs: 1,
      powerKw: 20,
      uptime: 0.9,
      poolFee: 0.02,
      usdPerKwh: 0.05,
    } as const
    const planned = withAdmitted(books, [newEntry({ ...plan, month: '2026-08' }, { site: 'Bravo' })])
    const now = { ...plan, hashratePhs: 2 }
    const { plans } = ledgerMonth(
      planned,
      '2026-08',
      {
        ...evidence,
        plansNow: [
          { site: 'Bravo', plan: now },
          { site: 'Delta', plan: now },
        ],
      },
      () => '',
    )
    expect(plans.map((of) => [of.site, of.plan.hashratePhs, of.isRecorded])).toEqual([
      ['Bravo', 1, true],
      ['Delta', 2, false],
    ])
  })
})

describe('shares', () => {
  it('are exact beyond what floating point holds, and round halves away from 0', () => {
    expect(roundedShare(9_007_199_254_740_991, 2_099_999_999_999_999, 2_100_000_000_000_000)).toBe(
      Number(
        (9_007_199_254_740_991n * 2_099_999_999_999_999n * 2n + 2_100_000_000_000_000n) /
          4_200_000_000_000_000n,
      ),
    )
    expect([
      roundedShare(1, 1, 2),
      roundedShare(-1, 1, 2),
      roundedShare(5, 0, 7),
      roundedShare(5, 1, 0),
    ]).toEqual([1, -1, 0, 0])
    expect([0, 1, 2].map((day) => spreadShare(-100, day, day + 1, 3))).toEqual([-33, -34, -33])
    expect([valueUsdCents(1e8, 60_000.25), valueUsdCents(-1e6, 60_000), valueUsdCents(1, 60_000)]).toEqual([
      6_000_025, -60_000, 0,
    ])
  })
})
