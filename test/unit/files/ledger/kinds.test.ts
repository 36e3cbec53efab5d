import { describe, expect, it } from 'vitest'
import { facts, read, readFixture } from './reading.ts'

describe('each kind of file', () => {
  it('payouts: what is not paid yet is left out, days are of the zone', () => {
    const file = readFixture('pool-payouts', { kind: 'payout', party: 'Braiins' })
    expect(file.faultCount).toBe(0)
    expect(file.entries[0]).toEqual({
      fact: {
        ...{ kind: 'payout', pool: 'Braiins', day: '2026-10-01', sat: 4_120_000, feeSat: 1500 },
        price: { usdPerBtc: 64_000, source: 'daily history' },
      },
      ...{ site: '', zone: 'UTC', reference: 'a1f0', corrects: null, note: '' },
      origin: { file: 'file.csv', line: 2 },
    })
    expect(file.entries.length).toBe(3)
    expect(file.leftOut).toEqual([{ why: "'Pending', so not paid yet or never", rows: 1 }])
    const there = readFixture('pool-payouts', { kind: 'payout', party: 'Braiins', site: 'Plains' })
    expect(there.entries.map(({ fact, zone }) => ('day' in fact ? [fact.day, zone] : null))[0]).toEqual([
      '2026-10-01',
      'America/Chicago',
    ])
    const early = 'Date,BTC\n2026-10-02 03:00:00Z,0.01\n2026-10-02 03:00 +02:00,0.02\n2026-10-02,0.03\n'
    expect(
      facts(read(early, { kind: 'payout', party: 'B', site: 'Plains' })).map(
        (each) => 'day' in each && each.day,
      ),
    ).toEqual(['2026-10-01', '2026-10-01', '2026-10-02'])
  })

  it('earnings: decimal commas, points between thousands, hashrate, a price of its own, and days that are missing', () => {
    const file = readFixture('pool-earnings', { kind: 'earning', party: 'AntPool' })
    expect(facts(file)[0]).toEqual({
      ...{ kind: 'earning', pool: 'AntPool', day: '2026-10-01', sat: 4_120_000, feeSat: null },
      ...{ hashratePhs: 101.5, price: { usdPerBtc: 64_000.5, source: 'file' } },
    })
    expect(file.notes).toContain('AntPool: 1 day between the first and the last is missing: 2026-10-03.')
  })

  it('bills: energy in MWh, euros at the rate of a column, periods in the zone of the site', () => {
    const file = readFixture('power-bills', { kind: 'bill' })
    expect(file.faultCount).toBe(0)
    // 38 182.80 EUR × 1.0921
    expect(facts(file)[0]).toEqual({
      ...{ kind: 'bill', payee: 'Nordkraft', days: { from: '2026-09-01', to: '2026-09-30' } },
      ...{ wh: 812_400_000, part: 'all' },
      amount: {
        ...{ currency: 'EUR', hundredths: 3_818_280, usdCents: 4_169_944 },
        rate: { usdPerUnit: 1.0921, day: '2026-09-30', source: 'file' },
      },
    })
    expect(file.entries[0]).toMatchObject({ site: 'Nord', zone: 'Europe/Oslo', reference: '2026-1001' })
  })

  it('meters, credits, costs, purchases, opening coins and budgets', () => {
    expect(facts(readFixture('meter', { kind: 'meter', site: 'Nord' }))[2]).toEqual({
      ...{ kind: 'meter', meter: 'M-77', days: { from: '2026-10-03', to: '2026-10-03' }, wh: 26_990_250 },
    })
    expect(facts(readFixture('credits', { kind: 'credit', site: 'Plains' }))).toMatchObject([
      { payer: 'GridCo', programme: 'Demand response', amount: { usdCents: 1_845_000 } },
    ])
    expect(facts(readFixture('costs', { kind: 'cost' }))).toMatchObject([
      { category: 'rent', days: { from: '2026-10-01', to: '2026-10-31' }, amount: { usdCents: 1_200_000 } },
      { category: 'insurance', amount: { usdCents: 315_025 } },
    ])
    // 36 months from 15 March 2026 end on 15 March 2029, with a leap day
    expect(facts(readFixture('purchases', { kind: 'purchase' }))).toMatchObject([
      { what: '60 × S21 Pro', salvageUsdCents: 1_260_000, lifeDays: 1096 },
    ])
    expect(facts(readFixture('opening', { kind: 'opening' }))).toEqual([
      { kind: 'opening', day: '2026-09-30', sat: 350_000_000, costUsdCents: 18_240_000 },
    ])
    expect(facts(readFixture('budget', { kind: 'budget' }))).toEqual([
      {
        ...{ kind: 'budget', month: '2026-10', priceUsdPerBtc: 65_000, difficulty: 1.5e14 },
        ...{ rewardBtcPerBlock: 3.15, uptime: 0.97, tariffUsdPerKwh: 0.052, hashratePhs: 104 },
        powerKw: 1800,
      },
    ])
  })
})

describe('exports that are known', () => {
  it('Kraken: sales of bitcoin alone, bought and other coins are left out', () => {
    const file = readFixture('kraken-trades')
    expect([file.kind, file.shape]).toEqual(['sale', 'Kraken, trades'])
    expect(facts(file)).toMatchObject([
      {
        venue: 'Kraken',
        day: '2026-10-05',
        sat: 50_000_000,
        proceeds: { usdCents: 3_205_000 },
        fee: { usdCents: 5128 },
      },
    ])
    expect(file.leftOut.map(({ why }) => why)).toEqual([
      "'buy', which is no sale",
      'trade of XETHZUSD, which sells no bitcoin',
    ])
  })

  it('Coinbase: below its titles, with what goes out as negative', () => {
    const file = readFixture('coinbase')
    expect(file.shape).toBe('Coinbase, transactions')
    expect(facts(file)).toMatchObject([
      { sat: 25_000_000, proceeds: { usdCents: 1_605_000 }, fee: { usdCents: 6400 } },
    ])
    expect(file.entries[0]!.origin!.line).toBe(5)
  })

  it('Binance: dollars of a stable coin are none until somebody says so', () => {
    const file = readFixture('binance')
    expect(file.faults).toMatchObject([
      { row: 3, column: 'Amount', message: expect.stringContaining('USDT') as string },
    ])
    const said = readFixture('binance', { map: ['Amount=money:USD', 'Fee=money_fee:USD'] })
    // 5910 EUR in the other row
    expect(said.faults).toMatchObject([
      { row: 2, column: 'Amount', message: expect.stringContaining('EUR') as string },
    ])
  })

  it('Bitstamp', () => {
    expect(facts(readFixture('bitstamp'))).toMatchObject([
      { venue: 'Bitstamp', day: '2026-10-10', sat: 20_000_000, proceeds: { usdCents: 1_280_000 } },
    ])
  })
})
