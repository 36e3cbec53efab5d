import { describe, expect, it } from 'vitest'
import type { Entry, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { NOTHING_SAID } from '#electron/files/ledger/options.ts'
import { readLedgerText } from '#electron/files/ledger/read-ledger.ts'
import { facts, faultLines, read, WORLD } from './reading.ts'

const PAYOUT = { kind: 'payout', party: 'Ocean', site: '' } as const
const references = (text: string, said: Parameters<typeof read>[1] = PAYOUT) =>
  read(text, said).entries.map(({ reference }) => reference)

const booked = (entries: readonly NewEntry[]): readonly Entry[] =>
  entries.map((entry, i) => ({ ...entry, key: i + 1, recordedMs: 0, batch: 1 }))

describe('payouts of one day and amount', () => {
  it('are told apart by their time, in UTC where the file says its zone', () => {
    const times = (heading: string, ...cells: string[]) =>
      references([`${heading},BTC`, ...cells.map((cell) => `${cell},0.01`)].join('\n'))
    expect(
      times('Date', '2026-10-01 01:00', '2026-10-01 13:00:07', '2026-10-02 00:00', '2026-10-03'),
    ).toEqual(['2026-10-01T01:00:00', '2026-10-01T13:00:07', '', ''])
    expect(
      times('Date', '2026-10-02T01:00+02:00', '2026-10-02T02:00:00+02:00', '1790812800', '1790812801'),
    ).toEqual(['2026-10-01T23:00:00Z', '', '', '2026-10-01T00:00:01Z'])
    expect(times('Date (UTC)', '2026-10-01 01:00')).toEqual(['2026-10-01T01:00:00Z'])
  })

  it('keep their transaction id, and earnings are one a day', () => {
    expect(references('Date,BTC,Tx\n2026-10-01 01:00,0.01,a1\n2026-10-01 02:00,0.01,\n')).toEqual([
      'a1',
      '2026-10-01T02:00:00',
    ])
    expect(references('Date,BTC\n2026-10-01 01:00,0.01\n', { ...PAYOUT, kind: 'earning' })).toEqual([''])
  })

  it('are asked about where a booked one is the same under a reference of another sort, or for another site', () => {
    const bare = 'Date,BTC\n2026-10-01,0.01\n2026-10-02,0.02\n'
    const withIds = 'Date,BTC,Fee (BTC),Tx\n2026-10-01,0.01,0.0001,a1\n2026-10-02,0.03,0,b1\n'
    const asked = (before: string, text: string, said: Parameters<typeof read>[1] = PAYOUT) =>
      read(text, said, { ...WORLD, booked: booked(read(before, PAYOUT).entries) }).questions.map(
        ({ name, row, message }) => `${name} ${row}: ${message}`,
      )
    const again = (row: number, known: string) =>
      `same-again ${row}: entry 1 says the same ${known}: if it is the same, leave this row out or void that entry`
    expect(asked(bare, bare)).toEqual([])
    expect(asked(bare, withIds)).toEqual([again(2, 'without a reference')])
    expect(asked(withIds, withIds)).toEqual([])
    expect(asked(withIds, bare)).toEqual([again(2, 'with the reference a1')])
    expect(asked(withIds, withIds.replace('a1', 'a2'))).toEqual([])
    expect(asked('Date,BTC\n2026-10-01 01:00,0.01\n', withIds)).toEqual([
      again(2, 'with the reference 2026-10-01T01:00:00'),
    ])
    expect(asked(withIds, withIds, { ...PAYOUT, site: 'Nord' })).toEqual([
      again(2, 'with the reference a1 and for the company as a whole'),
      'same-again 3: entry 2 says the same with the reference b1 and for the company as a whole: if it is the same, leave this row out or void that entry',
    ])
  })
})

describe('which column counts', () => {
  it('of bitcoin what is left after fees; of two sums of money the one that is said', () => {
    expect(
      facts(read('Date,Amount (BTC),Fee (BTC),Net (BTC)\n2026-10-01,0.0102,0.0002,0.01\n', PAYOUT)),
    ).toMatchObject([{ sat: 1_000_000, feeSat: 20_000 }])
    expect(faultLines(read('Date,Amount (BTC),Gross (BTC)\n2026-10-01,0.01,0.0102\n', PAYOUT))).toEqual([
      'row 1, Gross (BTC): may be the bitcoin as well as Amount (BTC)',
    ])
    const bill = (...map: string[]) =>
      read('Month,kWh,Net (EUR),VAT (EUR),Total (EUR)\n2026-10,1000,100,19,119\n', {
        ...{ kind: 'bill', party: 'Grid', site: 'Nord', map },
      })
    expect(bill().faults).toMatchObject([
      {
        column: 'Net (EUR)',
        remedy: "; say which counts with --map 'Net (EUR)=money:EUR', or 'Net (EUR)=unused'",
      },
    ])
    expect(facts(bill('Net (EUR)=money:EUR'))).toMatchObject([{ amount: { hundredths: 10_000 } }])
    expect(facts(bill('Net (EUR)=unused'))).toMatchObject([{ amount: { hundredths: 11_900 } }])
  })

  it('the date of an invoice is no period, and the price of a piece no amount', () => {
    const bill = (heading: string) =>
      faultLines(read(`${heading},kWh,USD\n2026-11-03,1000,50\n`, { kind: 'bill', party: 'G', site: 'Nord' }))
    const noPeriod = 'row 1: no column is read as first day or last day or month or day'
    expect([bill('Invoice date'), bill('Date'), bill('Day')]).toEqual([[noPeriod], [noPeriod], []])
    const bought = (heading: string, ...map: string[]) =>
      read(`Date,Item,Quantity,${heading},Life (years)\n2026-10-05,S21,100,3500.50,3\n`, {
        ...{ kind: 'purchase', party: 'B', site: '', map },
      })
    expect(faultLines(bought('Price (USD)'))).toEqual([
      'row 1, Price (USD): may be the price of one, with the number of pieces beside it: the amount is that of all of them',
    ])
    expect(facts(bought('Total (USD)'))).toMatchObject([{ amount: { usdCents: 350_050 } }])
    expect(facts(bought('Price (USD)', 'Price (USD)=money:USD'))).toHaveLength(1)
  })

  it('a status that says neither paid nor pending is refused', () => {
    const file = read(
      'Date,BTC,Status\n2026-10-01,0.1,Paid\n2026-10-02,0.1,Scheduled\n2026-10-03,0.1,Lime\n',
      PAYOUT,
    )
    expect(faultLines(file)).toEqual([
      "row 4, Status: 'Lime' does not say whether it is paid: write paid or pending, or leave the column out",
    ])
    expect(file.leftOut).toEqual([{ why: "'Scheduled', so not paid yet or never", rows: 1 }])
  })

  it('a column headed currency that names a coin, a price headed by its pair, and cells that say nothing', () => {
    const text = [
      'Date,Revenue,Currency,Hashrate (PH/s),BTC/USD Price',
      '2026-10-01,0.0071,BTC,-,64100.5',
      '2026-10-02,1.2,LTC,15,64100.5',
      '2026-10-03,0.0072,BTC,15,n/a',
    ].join('\n')
    const file = read(text, { ...PAYOUT, kind: 'earning' })
    expect(facts(file)).toMatchObject([
      { sat: 710_000, hashratePhs: null, price: { usdPerBtc: 64_100.5, source: 'file' } },
      { sat: 720_000, hashratePhs: 15, price: { usdPerBtc: 64_000, source: 'daily history' } },
    ])
    expect(file.leftOut).toEqual([{ why: 'of LTC, not of bitcoin', rows: 1 }])
  })
})

it('a sale by its price stays in the currency of the price, and more than the world mines is asked about', () => {
  const sale = read('Date,Side,BTC,Price (EUR)\n2026-10-05,SELL,0.5,58000\n', {
    kind: 'sale',
    party: 'K',
    site: '',
  })
  // 0.5 · 58 000 EUR · 1.1
  expect(facts(sale)).toMatchObject([
    { proceeds: { currency: 'EUR', hundredths: 2_900_000, usdCents: 3_190_000 } },
  ])
  const large = read('Date,BTC\n2026-10-01,640\n', PAYOUT)
  expect(large.questions).toMatchObject([{ name: 'payout-size', row: 2 }])
})

it('half a cent that goes out is rounded as one that comes in', () => {
  const sold = (money: string, coins: string) =>
    facts(
      read(`Date,Type,BTC,USD\n2026-10-05,sell,${coins},${money}\n`, { kind: 'sale', party: 'K', site: '' }),
    )
  expect(sold('-64.005', '-0.001')).toMatchObject([{ proceeds: { usdCents: 6401 } }])
  expect(sold('64.005', '0.001')).toMatchObject([{ proceeds: { usdCents: 6401 } }])
})

it('a time of a zone that is only named says what to write', () => {
  expect(faultLines(read('Date,BTC\n2026-10-31 23:59:59 CDT,0.01\n', PAYOUT))).toEqual([
    "row 2, Date: '2026-10-31 23:59:59 CDT' has a zone 'CDT' that may be of several places: write an offset such as -05:00",
  ])
})

it('reading tells how far it is and ends where it is told to', () => {
  const text = `Date,BTC,Tx\n${Array.from({ length: 4001 }, (_, i) => `2026-10-01,0.01,t${i}`).join('\n')}\n`
  const said = { ...NOTHING_SAID, ...PAYOUT }
  const seen: number[] = []
  readLedgerText(text, 'file.csv', said, WORLD, (done, total) => void seen.push(done, total))
  expect(seen).toEqual([0, 4001, 2000, 4001, 4000, 4001])
  expect(() =>
    readLedgerText(text, 'file.csv', said, WORLD, (done) => {
      if (done > 0) throw new Error('stopped')
    }),
  ).toThrow('stopped')
})
