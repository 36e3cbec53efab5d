import { describe, expect, it } from 'vitest'
import { facts, faultLines, read, WORLD } from './reading.ts'

const PAYOUT = { kind: 'payout', party: 'Ocean' } as const

describe('what is not said is asked, never guessed', () => {
  it('what the file holds, whose it is, and which column is the day', () => {
    expect(faultLines(read('Date,BTC\n2026-10-01,0.1\n'))).toEqual([
      expect.stringContaining('row 0: nothing says what the file holds'),
    ])
    expect(faultLines(read('When,BTC\n2026-10-01,0.1\n', { kind: 'payout' }))).toEqual([
      'row 1: no column is read as day',
      'row 0: the file does not say the pool',
    ])
    expect(faultLines(read('When,BTC\n2026-10-01,0.1\n', { ...PAYOUT, map: ['When=day'] }))).toEqual([])
    expect(faultLines(read('Date,kWh\n2026-10-01,5\n', { kind: 'meter', party: 'M1' }))).toEqual([
      'row 0: the file does not say the site',
    ])
  })

  it('the unit of bitcoin and of energy, the currency of money', () => {
    expect(faultLines(read('Date,Amount\n2026-10-01,4120\n', PAYOUT))).toEqual([
      'row 2, Amount: neither heading nor cell says the unit of bitcoin: BTC, mBTC, µBTC, sat',
    ])
    expect(facts(read('Date,Amount\n2026-10-01,4120 sat\n2026-10-02,0.5 mBTC\n', PAYOUT))).toMatchObject([
      { sat: 4120 },
      { sat: 50_000 },
    ])
    const cost = { kind: 'cost', party: 'Landlord' } as const
    const rows = 'Month,Category,Amount\n2026-10,rent,100\n'
    expect(faultLines(read(rows, cost))).toEqual(['row 2, Amount: nothing says its currency'])
    expect(facts(read(rows, { ...cost, currency: 'CAD' }))).toEqual([])
    expect(faultLines(read(rows, { ...cost, currency: 'CAD' }))).toEqual([
      expect.stringContaining('in CAD, and no rate of CAD is stored') as string,
    ])
    expect(facts(read(rows, { ...cost, currency: 'USD' }))).toMatchObject([{ amount: { usdCents: 10_000 } }])
  })

  it('whether the day or the month comes first, and which sign is the decimal one', () => {
    const open = 'Date,BTC\n03/04/2026,0.1\n05/04/2026,0.1\n'
    const file = read(open, PAYOUT)
    expect([file.isDayOpen, faultLines(file)]).toEqual([
      true,
      [expect.stringContaining('day or the month first')],
    ])
    const world = { ...WORLD, priceOn: () => ({ usdPerBtc: 64_000, source: 'history' }) }
    const days = (order: 'day-first' | 'month-first') =>
      facts(read(open, { ...PAYOUT, dayOrder: order }, world)).map((fact) => 'day' in fact && fact.day)
    expect(days('day-first')).toEqual(['2026-04-03', '2026-04-05'])
    expect(days('month-first')).toEqual(['2026-03-04', '2026-05-04'])
    // one row decides for all
    expect(facts(read(`${open}25/04/2026,0.1\n`, PAYOUT, world))).toMatchObject([
      { day: '2026-04-03' },
      { day: '2026-04-05' },
      { day: '2026-04-25' },
    ])
    const sign = read('Date;USD;Category\n2026-10-01;1.200;rent\n', { kind: 'cost', party: 'L' })
    expect([sign.isSignOpen, sign.faultCount]).toEqual([true, 1])
    expect(
      facts(
        read('Date;USD;Category\n2026-10-01;1.200;rent\n', { kind: 'cost', party: 'L', decimalSign: ',' }),
      ),
    ).toMatchObject([{ amount: { usdCents: 120_000 } }])
  })

  it('which way round an exchange rate is, where both could be', () => {
    const bill = (heading: string, rate: string) =>
      read(`Month,EUR,${heading}\n2026-10,1000,${rate}\n`, { kind: 'bill', party: 'P', site: 'Nord' })
    expect(faultLines(bill('Rate', '0.92'))).toEqual([
      'row 2, Rate: nothing says whether 0.92 is USD for 1 EUR or EUR for 1 USD',
    ])
    expect(facts(bill('EUR per USD', '0.8'))).toMatchObject([{ amount: { usdCents: 125_000 } }])
    expect(facts(bill('EUR/USD', '1.25'))).toMatchObject([{ amount: { usdCents: 125_000 } }])
  })
})

it('a row of figures is none of headings, and a payee called Total is one', () => {
  const foreign = read('Kdy,Kolik,Stav\n2026-10-01,0.01 BTC,Paid\n', {
    ...PAYOUT,
    map: ['Kdy=day', 'Kolik=coins'],
  })
  expect([foreign.rows, faultLines(foreign)]).toEqual([1, []])
  const payees = read('Payee,Month,Category,USD\nTotal,2026-10,other,5\nTotal,,,5\n', { kind: 'cost' })
  expect([facts(payees).length, payees.leftOut]).toEqual([1, [{ why: 'a line of totals', rows: 1 }]])
})

describe('bad rows are named, all at once', () => {
  it('figures, days and words that cannot be', () => {
    const text = [
      'Date,BTC,Fee (BTC)',
      '2026-10-01,-0.1,0',
      '2026-02-30,0.1,0',
      'soon,0.1,0',
      '2026-10-04,many,0',
      ',0.1,0',
      '2026-10-06,0.1,0',
      '2026-09-06,0.1,0',
    ].join('\n')
    expect(faultLines(read(text, PAYOUT))).toEqual([
      'row 2, BTC: -0.1 is negative; what was booked wrong is corrected at its entry',
      "row 3, Date: '2026-02-30' is no day of the calendar",
      "row 4, Date: 'soon' is not a day such as 2026-10-31 or 31 Oct 2026: write the year with four digits",
      "row 5, BTC: 'many' is not a number: write digits, with the unit of the column or without",
      'row 6, Date: day is missing',
      'row 8: no price of a bitcoin is known for 2026-09-06: fill the history, or add a column with it',
    ])
  })

  it('two currencies in one file are both taken, each with its rate, and told', () => {
    const text =
      'Month,Category,Amount,Currency\n2026-10,rent,100,USD\n2026-10,staff,100,EUR\n2026-10,staff,1,XYZ\n'
    expect(faultLines(read(text, { kind: 'cost', party: 'P' }))).toEqual([
      "row 4, Amount: 1 is in 'XYZ', which is no currency that is known here",
    ])
    const both = read(text.split('\n').slice(0, 3).join('\n'), { kind: 'cost', party: 'P' })
    expect(facts(both)).toMatchObject([{ amount: { usdCents: 10_000 } }, { amount: { usdCents: 11_000 } }])
    expect(both.notes).toContain('Amounts are in USD (1 row) and EUR (1 row).')
    // the rate that is stored is of the 9th, the month ends on the 31st
    expect(both.questions).toMatchObject([{ name: 'rate', row: 3 }])
  })

  it('a heading that stands twice, two columns that are the same, and one that is not there', () => {
    expect(faultLines(read('Date,BTC,BTC\n2026-10-01,1,2\n', PAYOUT))).toEqual([
      'row 1, BTC: stands twice in the header',
    ])
    expect(
      faultLines(
        read('Date,BTC,Paid\n2026-10-01,1,2\n', { ...PAYOUT, map: ['Paid=coins:BTC', 'BTC=coins:BTC'] }),
      ),
    ).toEqual(['row 1, Paid: two columns are read as bitcoin'])
    expect(faultLines(read('Date,BTC\n2026-10-01,1\n', { ...PAYOUT, map: ['Sent=coins:BTC'] }))).toEqual([
      'row 1, sent: is named by --map, but the header has no such column',
    ])
  })

  it('an empty file, and one without rows', () => {
    expect(faultLines(read('', PAYOUT))).toEqual(['row 0: it is empty'])
    expect(faultLines(read('Date,BTC\n', PAYOUT))).toEqual(['row 0: it has no row below its headings'])
  })
})

describe('what is surprising is asked', () => {
  it('a price far from that of the day, a payout far above the usual, a price per kWh that nobody pays', () => {
    const priced = read('Date,BTC,Price (USD/BTC)\n2026-10-01,0.1,6400\n', PAYOUT)
    expect(priced.questions).toMatchObject([{ name: 'coin-price', row: 2, column: 'Price (USD/BTC)' }])
    const days = ['01', '02', '03', '04', '05'].map((day) => `2026-10-${day},0.04`)
    const sizes = read(['Date,BTC', ...days, '2026-10-06,4.1'].join('\n'), PAYOUT)
    expect(sizes.questions).toMatchObject([{ name: 'payout-size', row: 7 }])
    const said = { kind: 'bill', party: 'P', site: 'Nord' } as const
    const bill = read('Month,kWh,USD\n2026-10,1000,5000\n', said)
    expect(bill.questions).toMatchObject([{ name: 'kwh-price', row: 2 }])
    // the energy in Wh; a part of a bill may be as small
    const cheap = (part: string) => read(`Month,kWh,USD,Part\n2026-10,1e6,50,${part}\n`, said)
    expect(cheap('all').questions).toMatchObject([{ name: 'kwh-price', row: 2 }])
    expect(cheap('fixed').questions).toEqual([])
    const known = { ...WORLD, answersBefore: () => true }
    const again = read('Month,kWh,USD\n2026-10,1000,5000\n', said, known)
    expect([again.questions, again.answered.length]).toEqual([[], 1])
  })
})

it('periods: ends that do not belong to them, a line of totals, months by name', () => {
  const bill = { kind: 'bill', party: 'P', site: 'Nord' } as const
  const days = (text: string, map: readonly string[] = []) =>
    facts(read(text, { ...bill, map })).map((fact) => ('days' in fact ? Object.values(fact.days) : null))
  expect(days('From,To,USD\n2026-10-01,2026-11-01,1\n', ['To=to:excluded'])).toEqual([
    ['2026-10-01', '2026-10-31'],
  ])
  expect(days('From,To,USD\n2026-10-01,2026-10-31,1\nTotal,,1\n')).toEqual([['2026-10-01', '2026-10-31']])
  expect(days('Month,USD\nFebruary 2028,1\n')).toEqual([['2028-02-01', '2028-02-29']])
  // the end of a period as the moment at which the next one begins, in Oslo
  expect(days('From,To,USD\n2026-10-01T00:00:00+02:00,2026-11-01T00:00:00+01:00,1\n')).toEqual([
    ['2026-10-01', '2026-10-31'],
  ])
  expect(faultLines(read('From,To,USD\n2026-10-31,2026-10-01,1\n', bill))).toEqual([
    'row 2, To: the period ends on 2026-10-01, before it begins on 2026-10-31',
  ])
})
