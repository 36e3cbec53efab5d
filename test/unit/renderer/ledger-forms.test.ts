import { describe, expect, it } from 'vitest'
import type { CountedKind } from '#shared/domain/money/ledger/counted.ts'
import type { Entry, Fact } from '#shared/domain/money/ledger/entry.ts'
import type { EntryFault } from '#shared/domain/money/ledger/faults.ts'
import { admit } from '#shared/domain/money/ledger/admit.ts'
import { entryFaultWords } from '#shared/format/ledger-words.ts'
import { differenceWords, entryTitle, figuresWords, whenWords } from '#shared/format/ledger-entry-words.ts'
import {
  corrected,
  datedAt,
  differenceTo,
  figureFields,
  textsOf,
} from '../../../renderer/screens/ledger/entries/correct.ts'
import type { CorrectedFact } from '../../../renderer/screens/ledger/entries/correct.ts'
import { FIELDS_OF, TYPED_KINDS } from '../../../renderer/screens/ledger/entries/entry-fields.ts'
import type { EntryDraft, KnownPrices } from '../../../renderer/screens/ledger/entries/read-entry.ts'
import { entryFrom } from '../../../renderer/screens/ledger/entries/read-entry.ts'
import { refusalOf } from '../../../renderer/screens/ledger/entries/refusal.ts'
import { newPoolTexts, poolFrom, poolTexts } from '../../../renderer/screens/ledger/pools/pool-form.ts'

const PRICE = { usdPerBtc: 88_300, source: 'history' }
const RATE = { usdPerUnit: 1.0842, day: '2026-10-30', source: 'ecb' }
const KNOWN: KnownPrices = {
  priceOn: (day) => (day === '2026-10-03' ? PRICE : null),
  rateOn: (currency, day) => (currency === 'EUR' && day === '2026-10-31' ? RATE : null),
}
const NOTHING: KnownPrices = { priceOn: () => null, rateOn: () => null }

const TEXTS = {
  ...{
    currency: 'USD',
    part: 'all',
    category: 'rent',
    pool: 'Braiins',
    payee: 'ERCOT Retail',
    payer: 'ERCOT',
  },
  ...{ programme: 'ERS', meter: 'M-1', venue: 'Kraken', what: '100 S21', day: '2026-10-03' },
  ...{ from: '2026-10-01', to: '2026-10-31', month: '2026-10', sat: '0.12345678', feeSat: '1 000 sat' },
  ...{ hashrate: '12.5', wh: '144 MWh', billedWh: '144 000', amount: '6,480.50', proceeds: '$11,000' },
  ...{
    saleFee: '12.10',
    salvage: '500',
    life: '4',
    cost: '5000',
    monthPrice: '88.3k',
    difficulty: '150 T',
  },
  ...{ reward: '3.15', uptime: '98', tariff: '4.5 ¢', hashratePhs: '12500 TH/s', powerKw: '1.35 MW' },
  ...{ poolFee: '2.5', costPerKwh: '45 USD/MWh' },
} as const

const draftOf = (kind: CountedKind, texts: EntryDraft['texts'] = {}): EntryDraft => ({
  ...{
    kind,
    texts: { ...TEXTS, ...texts },
    site: '',
    zone: 'America/Chicago',
    reference: ' INV-1 ',
    note: '',
  },
})
const factOf = (kind: CountedKind, texts: EntryDraft['texts'] = {}): Fact => {
  const { entry, faults } = entryFrom(draftOf(kind, texts), KNOWN)
  expect(faults).toBeNull()
  return entry!.fact
}
const faultsOf = (kind: CountedKind, texts: EntryDraft['texts'], known = KNOWN) =>
  entryFrom(draftOf(kind, texts), known).faults ?? {}

describe('a typed entry', () => {
  it('is read into whole satoshi, cents and watt-hours', () => {
    expect(factOf('payout')).toEqual({
      ...{ kind: 'payout', pool: 'Braiins', day: '2026-10-03', sat: 12_345_678, feeSat: 1000, price: PRICE },
    })
    expect(factOf('meter')).toMatchObject({ days: { from: '2026-10-01', to: '2026-10-31' }, wh: 144_000_000 })
    expect(factOf('bill')).toMatchObject({
      ...{ wh: 144_000_000, part: 'all' },
      amount: { currency: 'USD', hundredths: 648_050, usdCents: 648_050, rate: null },
    })
    expect(factOf('purchase')).toMatchObject({ salvageUsdCents: 50_000, lifeDays: 1461 })
    expect(factOf('sale')).toMatchObject({
      ...{ sat: 12_345_678, proceeds: { usdCents: 1_100_000 }, fee: { usdCents: 1210 } },
    })
    expect(factOf('budget')).toMatchObject({
      ...{ priceUsdPerBtc: 88_300, difficulty: 1.5e14, rewardBtcPerBlock: 3.15, uptime: 0.98 },
      ...{ tariffUsdPerKwh: 0.045, hashratePhs: 12.5, powerKw: 1350 },
    })
    expect(factOf('plan')).toMatchObject({ poolFee: 0.025, usdPerKwh: 0.045 })
    expect(factOf('earning', { hashrate: '' })).toMatchObject({ hashratePhs: null })
  })

  it('is of a form that has a field for everything that it needs', () => {
    const admitted = admit(
      { entries: [], pools: [], costing: 'fifo' },
      TYPED_KINDS.filter((kind) => kind !== 'sale').map((kind) => {
        const texts = Object.fromEntries(
          FIELDS_OF[kind].map((name) => [name, (TEXTS as EntryDraft['texts'])[name] ?? '']),
        )
        const { entry, faults } = entryFrom({ ...draftOf(kind), texts }, KNOWN)
        expect(faults, kind).toBeNull()
        return entry!
      }),
      { sites: [], nowMs: Date.UTC(2026, 10, 5) },
    )
    expect(admitted.faults).toEqual([])
  })

  it('takes money of another currency at a rate of its day, typed or stored, and never without one', () => {
    expect(factOf('bill', { currency: 'EUR' })).toMatchObject({
      amount: { currency: 'EUR', hundredths: 648_050, usdCents: 702_616, rate: RATE },
    })
    expect(factOf('bill', { currency: 'EUR', rate: '1.1' })).toMatchObject({
      amount: { usdCents: 712_855, rate: { usdPerUnit: 1.1, day: '2026-10-31', source: 'typed' } },
    })
    expect(faultsOf('bill', { currency: 'EUR' }, NOTHING).rate).toContain('No rate of 31 Oct 2026 is stored')
  })

  it('takes the stored price of its day where none is typed, and says where there is none', () => {
    expect(factOf('payout', { price: '90 000' })).toMatchObject({
      price: { usdPerBtc: 90_000, source: 'typed' },
    })
    expect(faultsOf('payout', {}, NOTHING).price).toContain('No price of 3 Oct 2026 is stored')
  })

  it.each<[CountedKind, EntryDraft['texts'], string, RegExp]>([
    ['payout', { sat: '0.123456789' }, 'sat', /A satoshi is the smallest part/],
    ['payout', { sat: '-0.1' }, 'sat', /not be below 0/],
    ['payout', { sat: '' }, 'sat', /Type a value/],
    ['payout', { sat: '0' }, 'sat', /above 0/],
    ['payout', { pool: ' ' }, 'pool', /Write a name/],
    ['payout', { day: '' }, 'day', /Say the day/],
    ['bill', { to: '2026-09-30' }, 'to', /before the first/],
    ['bill', { amount: '12.345 USD' }, 'amount', /hundredth/],
    ['meter', { wh: '3 MW' }, 'wh', /not understood/],
    ['plan', { uptime: '110' }, 'uptime', /above 100/],
    ['budget', { month: '' }, 'month', /Say the month/],
  ])('says what is wrong with a %s of %j', (kind, texts, field, words) => {
    expect(faultsOf(kind, texts)[field as keyof EntryDraft['texts']]).toMatch(words)
  })

  it('names a zone that there is not', () => {
    const { faults } = entryFrom({ ...draftOf('meter'), zone: 'Texas' }, KNOWN)
    expect(faults?.zone).toContain('America/Chicago')
  })
})

describe('a correction', () => {
  const ownPrices = (fact: CorrectedFact): KnownPrices => ({
    priceOn: () => ('price' in fact ? fact.price : null),
    rateOn: () => ('amount' in fact ? fact.amount.rate : null),
  })
  /** What is booked where these fields are typed over. */
  const correctionOf = (fact: CorrectedFact, texts: EntryDraft['texts']) => {
    const draft = { ...draftOf(fact.kind), texts: { ...textsOf(fact), ...texts } }
    return differenceTo(entryFrom(draft, ownPrices(fact), true).entry!.fact, fact)
  }

  it('is nothing where nothing was typed over, whatever the kind', () => {
    for (const kind of TYPED_KINDS.filter((each) => each !== 'plan' && each !== 'budget')) {
      const fact = factOf(kind) as CorrectedFact
      expect(correctionOf(fact, {}), kind).toBeNull()
      expect(figureFields(fact.kind).length, kind).toBeGreaterThan(0)
    }
  })

  it('holds what is to be added, and counts on the days that were said', () => {
    const payout = factOf('payout') as CorrectedFact
    const less = correctionOf(payout, { sat: '0.12' })!
    expect(less).toMatchObject({ kind: 'payout', pool: 'Braiins', sat: -345_678, feeSat: 0, price: PRICE })
    expect(datedAt(less, { from: '2026-11-02', to: '2026-11-02' })).toMatchObject({ day: '2026-11-02' })
    expect(differenceWords(less)).toBe('−0.00345678 BTC')
    expect(correctionOf(payout, { sat: '0' })).toMatchObject({ sat: -12_345_678 })
  })

  it('adds up to the cent with those before it', () => {
    const bill = factOf('bill', { currency: 'EUR' }) as CorrectedFact
    const first = correctionOf(bill, { amount: '6,480.51' })!
    const now = corrected(bill, [first])
    const second = correctionOf(now, { amount: '6,400' })!
    expect(corrected(bill, [first, second])).toMatchObject({
      amount: { hundredths: 640_000, usdCents: Math.round(640_000 * RATE.usdPerUnit) },
    })
  })

  it('can say what was not said before, and leaves a hashrate as it is', () => {
    const earning = factOf('earning', { feeSat: '' }) as CorrectedFact
    expect(correctionOf(earning, { feeSat: '0.001' })).toMatchObject({
      ...{ feeSat: 100_000, sat: 0, hashratePhs: null },
    })
    expect(correctionOf(earning, { hashrate: '12.25' })).toBeNull()
  })

  it('is taken by the books', () => {
    const fact = factOf('purchase') as CorrectedFact
    const entry: Entry = {
      ...entryFrom(draftOf('purchase'), KNOWN).entry!,
      ...{ key: 1, batch: 1, recordedMs: 0 },
    }
    const difference = correctionOf(fact, { life: '3', amount: '6,000' })!
    const answer = admit(
      { entries: [entry], pools: [], costing: 'fifo' },
      [{ ...entry, fact: difference, corrects: 1, reference: '' }],
      { sites: [], nowMs: Date.UTC(2026, 10, 5) },
    )
    expect(answer.faults).toEqual([])
    expect(differenceWords(difference)).toBe('−$480.50, life −365 days')
  })
})

describe('an entry in words', () => {
  it('says what it is, of whom and when', () => {
    expect(entryTitle(factOf('payout'))).toBe('Payout of a pool: Braiins, 3 Oct 2026')
    expect(whenWords(factOf('bill'))).toBe('October 2026')
    expect(whenWords(factOf('bill', { to: '2026-10-30' }))).toBe('1 Oct 2026 – 30 Oct 2026')
    expect(figuresWords(factOf('bill'))).toBe('144\u202f000 kWh, $6\u202f480.50')
  })
})

describe('terms of a pool', () => {
  it('are read as they are written', () => {
    const texts = {
      ...newPoolTexts('Ocean', '2026-11'),
      scheme: 'pplns',
      fee: '2',
      hashrate: '18.5',
      sites: ['North'],
    } as const
    const { pool } = poolFrom(texts, [])
    expect(pool).toEqual({
      ...{ name: 'Ocean', from: '2026-11', scheme: 'pplns', fee: 0.02, revenue: 'earned', sites: ['North'] },
      poolHashrateEhs: 18.5,
    })
    expect(poolFrom(poolTexts(pool!), []).pool).toEqual(pool)
    expect(poolFrom({ ...texts, scheme: 'fpps', hashrate: 'x' }, []).pool?.poolHashrateEhs).toBeNull()
  })

  it('are refused by field', () => {
    const { faults } = poolFrom({ ...newPoolTexts(' ', ''), scheme: 'pplns', fee: '120', hashrate: '0' }, [])
    expect(Object.keys(faults ?? {})).toEqual(['name', 'fee', 'hashrate'])
  })

  it('are refused beside others of the pool that begin in the same month', () => {
    const texts = { ...newPoolTexts('ocean', ''), fee: '2' }
    const { pool } = poolFrom(texts, [])
    expect(poolFrom({ ...texts, from: '2026-11' }, [pool!]).faults).toBeNull()
    expect(poolFrom({ ...texts, name: 'Ocean' }, [pool!]).faults?.from).toContain('since ever')
  })
})

describe('what the books refuse', () => {
  const bill = entryFrom(draftOf('bill'), KNOWN).entry!.fact
  const sale = entryFrom(draftOf('sale'), KNOWN).entry!.fact
  const told = (fact: Fact, ...faults: readonly EntryFault[]) =>
    refusalOf(
      faults.map((fault) => ({ at: 0, fault, message: fault.what })),
      fact,
    )

  it('stands at the field that it is about', () => {
    expect(told(sale, { what: 'sold', day: '2026-10-03', heldSat: 0, sat: 1 })).toEqual({
      ...{ faults: { sat: 'sold' }, fault: null },
    })
    expect(told(bill, { what: 'closed', month: '2026-10' }).faults).toEqual({ from: 'closed' })
    expect(told(bill, { what: 'closed', month: '2026-09' }).faults).toEqual({ to: 'closed' })
    expect(told(sale, { what: 'closed', month: '2026-10' }).faults).toEqual({ day: 'closed' })
    const number = (field: string) => ({ what: 'number', field, value: 1e15, rule: 'whole' }) as const
    expect(told(bill, number('wh'), number('amount')).faults).toEqual({
      ...{ billedWh: 'number', amount: 'number' },
    })
    expect(told(sale, number('fee')).faults).toEqual({ saleFee: 'number' })
    expect(told(sale, { what: 'text', field: 'payee', atMost: 100 }).faults).toEqual({ venue: 'text' })
  })

  it('is told as a whole where it is about none, or two about one', () => {
    expect(told(bill, { what: 'conflict', other: { key: 1 } })).toEqual({ faults: {}, fault: 'conflict' })
    expect(told(bill, { what: 'text', field: 'note', atMost: 1 })).toEqual({ faults: {}, fault: 'text' })
    const sold = { what: 'sold', day: '2026-10-03', heldSat: 0, sat: 1 } as const
    expect(told(sale, sold, sold)).toEqual({ faults: { sat: 'sold' }, fault: 'sold' })
  })

  it('is the money that no fleet costs, in words, not the shape of a call', () => {
    const dear = entryFrom(draftOf('bill', { amount: '1,000,000,000,000.01' }), KNOWN).entry!
    const books = { entries: [], pools: [], costing: 'fifo' } as const
    const [first] = admit(books, [dear], { sites: [], nowMs: Date.parse('2026-11-05T00:00:00Z') }).faults
    expect(first?.fault).toMatchObject({ what: 'most', field: 'amount' })
    expect(entryFaultWords(first!.fault, () => '')).toBe(
      'The amount 1 000 000 000 000.01 is further from 0 than 10 000 000 000.00, the most that is taken. Look at its unit.',
    )
  })
})
