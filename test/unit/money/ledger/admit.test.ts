import { describe, expect, it } from 'vitest'
import type { Books, Fact, FactOf, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import type { EntryFault } from '#shared/domain/money/ledger/faults.ts'
import { entryFaultWords } from '#shared/format/ledger-words.ts'
import { admitted, booksOf, newEntry, NOW_MS, price, usd, withAdmitted, withStored } from './books.ts'

const payout = (given: Partial<FactOf<'payout'>> = {}): FactOf<'payout'> => ({
  kind: 'payout',
  pool: 'Ocean',
  day: '2026-10-05',
  sat: 1_000_000,
  feeSat: null,
  price: price(60_000),
  ...given,
})
const bill = (given: Partial<FactOf<'bill'>> = {}): FactOf<'bill'> => ({
  kind: 'bill',
  payee: 'Grid',
  days: { from: '2026-10-01', to: '2026-10-31' },
  wh: 1_000_000,
  amount: usd(50_000),
  part: 'all',
  ...given,
})
const sale = (given: Partial<FactOf<'sale'>> = {}): FactOf<'sale'> => ({
  kind: 'sale',
  venue: 'Kraken',
  day: '2026-10-20',
  sat: 400_000,
  proceeds: usd(25_000),
  fee: null,
  ...given,
})
const close = (month: string): Fact => ({ kind: 'close', month, hash: '0'.repeat(64), costing: 'fifo' })
const voidOf = (entry: number): Fact => ({ kind: 'void', of: { entry }, reason: 'a mistake' })

const EMPTY = booksOf([])
const booked = (...facts: readonly Fact[]): Books =>
  withAdmitted(
    EMPTY,
    facts.map((fact) => newEntry(fact)),
  )
/** What is wrong with each of new entries, by place. */
const faultsOf = (
  books: Books,
  ...entries: readonly NewEntry[]
): readonly (readonly [number, EntryFault])[] =>
  admitted(books, entries).faults.map(({ at, fault }) => [at, fault])
const faultOf = (books: Books, fact: Fact, other: Partial<NewEntry> = {}) =>
  admitted(books, [newEntry(fact, other)]).faults[0]?.fault

it('takes a site for the same however it is written, and stores it as it is called', () => {
  const { taken, faults } = admitted(EMPTY, [newEntry(bill(), { site: ' bravo ' })])
  expect(faults).toEqual([])
  expect(taken.map(({ site }) => site)).toEqual(['Bravo'])
  expect(admitted(withStored(EMPTY, taken), [newEntry(bill(), { site: 'BRAVO' })]).known).toHaveLength(1)
})

describe('an entry by itself', () => {
  it.each<[string, Fact, Partial<NewEntry>, Partial<EntryFault>]>([
    ['a site that does not exist', bill(), { site: 'Nowhere' }, { what: 'site', site: 'Nowhere' }],
    ['no time zone', bill(), { zone: 'Mars' }, { what: 'zone' }],
    ['no name of a pool', payout({ pool: ' ' }), {}, { what: 'text', field: 'payee' }],
    [
      'a name that is too long',
      payout({ pool: 'x'.repeat(101) }),
      {},
      { what: 'text', field: 'payee', atMost: 100 },
    ],
    ['a name of two lines', bill({ payee: 'Grid\nof the north' }), {}, { what: 'text', field: 'payee' }],
    [
      'half a character, which no file keeps',
      payout(),
      { reference: 'a\ud800' },
      { what: 'text', field: 'reference' },
    ],
    ['a note that ends in its middle', payout(), { note: 'a\0b' }, { what: 'text', field: 'note' }],
    [
      'a price beyond all measure',
      payout({ price: price(1e300) }),
      {},
      { what: 'most', field: 'price', most: 1e9 },
    ],
    ['no number for a price', payout({ price: price(NaN) }), {}, { what: 'number', field: 'price' }],
    [
      'an amount whose sums would lose cents',
      bill({ amount: usd(1e12 + 1) }),
      {},
      { what: 'most', field: 'amount', most: 1e12 },
    ],
    [
      'a month that is closed before bitcoin began',
      { kind: 'close', month: '0001-01', hash: '', costing: 'fifo' },
      {},
      { what: 'day', field: 'month' },
    ],
    ['a day that no calendar has', payout({ day: '2026-02-30' }), {}, { what: 'day', value: '2026-02-30' }],
    [
      'a period that ends before it begins',
      bill({ days: { from: '2026-10-02', to: '2026-10-01' } }),
      {},
      { what: 'period' },
    ],
    ['tomorrow', payout({ day: '2026-11-27' }), {}, { what: 'future', last: '2026-11-26' }],
    ['satoshi below 0', payout({ sat: -5 }), {}, { what: 'number', field: 'sat', rule: 'above 0' }],
    ['half a satoshi', payout({ sat: 0.5 }), {}, { what: 'number', field: 'sat', rule: 'whole' }],
    ['a negative bill', bill({ amount: usd(-5) }), {}, { what: 'number', field: 'amount' }],
    ['no price', payout({ price: price(0) }), {}, { what: 'number', field: 'price' }],
    [
      'euro without a rate',
      bill({ amount: { currency: 'EUR', hundredths: 100, usdCents: 110, rate: null } }),
      {},
      { what: 'money', field: 'amount' },
    ],
    [
      'USD that the rate does not make',
      bill({
        amount: {
          currency: 'EUR',
          hundredths: 10_000,
          usdCents: 10_000,
          rate: { usdPerUnit: 1.1, day: '2026-10-31', source: 'typed' },
        },
      }),
      {},
      { what: 'money', field: 'amount' },
    ],
    [
      'a salvage value above the cost',
      {
        kind: 'purchase',
        payee: 'Maker',
        day: '2026-10-01',
        what: 'S21',
        amount: usd(100),
        salvageUsdCents: 101,
        lifeDays: 10,
      },
      {},
      { what: 'salvage' },
    ],
  ])('%s is named', (_, fact, other, expected) => {
    expect(faultOf(EMPTY, fact, other)).toMatchObject(expected)
  })

  it('may lie ahead where it is paid before: a year of insurance', () => {
    const days = { from: '2027-01-01', to: '2027-12-31' }
    const cost: Fact = { kind: 'cost', payee: 'Insurer', days, category: 'insurance', amount: usd(1) }
    expect(faultOf(EMPTY, cost)).toBeUndefined()
  })

  it('lies ahead by the clock of its own zone', () => {
    const fact = payout({ day: '2026-11-26' })
    const lateMs = Date.UTC(2026, 10, 26, 3)
    expect(admitted(EMPTY, [newEntry(fact, { zone: 'America/Chicago' })], lateMs).faults[0]?.fault).toEqual({
      what: 'future',
      day: '2026-11-26',
      last: '2026-11-25',
    })
    expect(admitted(EMPTY, [newEntry(fact)], lateMs).faults).toEqual([])
  })
})

describe('the same fact', () => {
  it('is known, however its pool is written and whatever its price was read to be', () => {
    const books = booked(payout(), bill())
    const again = [newEntry(payout({ pool: 'ocean ', price: price(61_000) })), newEntry(bill())]
    expect(admitted(books, again)).toEqual({
      taken: [],
      known: [
        { at: 0, key: 1 },
        { at: 1, key: 2 },
      ],
      faults: [],
    })
  })

  it('is a conflict with other figures, and nothing else of the lot is booked', () => {
    const books = booked(bill())
    const lot = [newEntry(payout()), newEntry(bill({ amount: usd(60_000) }))]
    const { taken, faults } = admitted(books, lot)
    expect(taken).toEqual([])
    expect(faults).toEqual([{ at: 1, fault: { what: 'conflict', other: { key: 1 } } }])
  })

  it('is told apart by figures where there may be several, and by references', () => {
    expect(faultsOf(booked(payout()), newEntry(payout({ sat: 7 })))).toEqual([])
    const [one, other] = ['a', 'b'].map((reference) => newEntry(payout(), { reference }))
    expect(faultsOf(EMPTY, one!, other!)).toEqual([])
  })

  it('cannot be there twice in one call', () => {
    expect(faultsOf(EMPTY, newEntry(payout()), newEntry(payout()))).toEqual([
      [1, { what: 'twice', other: { at: 0 } }],
    ])
  })

  it('is known in a closed month too', () => {
    const books = withAdmitted(booked(payout()), [newEntry(close('2026-10'))])
    expect(admitted(books, [newEntry(payout())]).known).toEqual([{ at: 0, key: 1 }])
  })
})

describe('periods', () => {
  const december = { from: '2026-10-31', to: '2026-11-25' }

  it('of bills for the same cannot overlap, not even by a day', () => {
    const overlap = { what: 'overlap', other: { key: 1 }, day: '2026-10-31' }
    expect(faultOf(booked(bill()), bill({ days: december }))).toEqual(overlap)
    expect(faultOf(booked(bill()), bill({ days: december, part: 'demand' }))).toEqual(overlap)
    expect(faultOf(booked(bill({ part: 'energy' })), bill({ days: december }))).toEqual(overlap)
    expect(faultOf(booked(bill({ part: 'energy' })), bill({ part: 'demand' }))).toBeUndefined()
    expect(faultOf(booked(bill()), bill({ payee: 'Host' }))).toBeUndefined()
    expect(faultOf(booked(bill()), bill(), { site: 'Bravo' })).toBeUndefined()
  })

  it('of a meter cannot overlap', () => {
    const meter = (from: string): Fact => ({
      kind: 'meter',
      meter: 'M1',
      days: { from, to: '2026-10-31' },
      wh: 1,
    })
    expect(faultsOf(EMPTY, newEntry(meter('2026-10-01')), newEntry(meter('2026-10-09')))).toEqual([
      [1, { what: 'overlap', other: { at: 0 }, day: '2026-10-09' }],
    ])
  })
})

describe('bitcoin', () => {
  it('cannot be sold before it came, or more than came', () => {
    const sold = { what: 'sold', day: '2026-10-20', heldSat: 1_000_000, sat: 1_000_001 }
    expect(faultOf(booked(payout()), sale({ sat: 1_000_001 }))).toEqual(sold)
    expect(faultOf(booked(payout()), sale({ day: '2026-10-04' }))).toMatchObject({ what: 'sold', heldSat: 0 })
    // On one day what comes in comes first.
    expect(faultOf(booked(payout()), sale({ day: '2026-10-05' }))).toBeUndefined()
  })

  it('names each sale of a file that goes short', () => {
    const lot = [
      newEntry(sale({ sat: 900_000 })),
      newEntry(sale({ sat: 200_000, day: '2026-10-21' })),
      newEntry(sale({ sat: 100_001, day: '2026-10-22' })),
      newEntry(sale({ sat: 100_000, day: '2026-10-23' })),
      newEntry(payout()),
    ]
    expect(faultsOf(EMPTY, ...lot).map(([at, { what }]) => [at, what])).toEqual([
      [1, 'sold'],
      [2, 'sold'],
    ])
  })

  it('that a later sale needs cannot be sold before it, taken back, or made void', () => {
    const books = booked(payout(), sale({ sat: 1_000_000 }))
    expect(faultOf(books, sale({ sat: 1, day: '2026-10-10' }))).toMatchObject({
      what: 'sold',
      day: '2026-10-20',
    })
    const back = payout({ sat: -1, day: '2026-10-06' })
    expect(faultOf(books, back, { corrects: 1 })).toMatchObject({ what: 'sold', heldSat: 999_999 })
    expect(faultOf(books, voidOf(1))).toMatchObject({ what: 'sold', heldSat: 0 })
    // With the sale it can.
    expect(faultsOf(books, newEntry(voidOf(2)), newEntry(voidOf(1)))).toEqual([])
  })
})

describe('corrections', () => {
  const books = withAdmitted(booked(payout(), bill(), sale()), [
    newEntry({
      kind: 'budget',
      month: '2026-10',
      priceUsdPerBtc: 1,
      difficulty: 1,
      rewardBtcPerBlock: 1,
      uptime: 1,
      tariffUsdPerKwh: 1,
      hashratePhs: 1,
      powerKw: 1,
    }),
  ])
  it.each<[string, Fact, number, string]>([
    ['an entry that is not there', payout({ sat: -1 }), 99, 'unknown'],
    ['another kind', payout({ sat: -1 }), 2, 'other kind'],
    ['another pool', payout({ sat: -1, pool: 'Luxor' }), 1, 'other subject'],
    ['a day before it', payout({ sat: -1, day: '2026-10-04' }), 1, 'before it'],
    ['more than there is', payout({ sat: -1_000_001 }), 1, 'below 0'],
    ['nothing', payout({ sat: 0 }), 1, 'changes nothing'],
    [
      'another currency',
      bill({
        amount: {
          currency: 'EUR',
          hundredths: -100,
          usdCents: -110,
          rate: { usdPerUnit: 1.1, day: '2026-10-31', source: 'typed' },
        },
      }),
      2,
      'other currency',
    ],
    [
      'a budget',
      {
        kind: 'budget',
        month: '2026-10',
        priceUsdPerBtc: 1,
        difficulty: 1,
        rewardBtcPerBlock: 1,
        uptime: 1,
        tariffUsdPerKwh: 1,
        hashratePhs: 1,
        powerKw: 1,
      },
      4,
      'no figures',
    ],
  ])('of %s are refused', (_, fact, corrects, why) => {
    expect(faultOf(books, fact, { corrects })).toMatchObject({ what: 'correction', why })
  })

  it('add up: a second one meets what the first has left, and none corrects a correction', () => {
    const less = bill({ amount: usd(-30_000), wh: null })
    const once = withAdmitted(books, [newEntry(less, { corrects: 2 })])
    expect(admitted(once, [newEntry(less, { corrects: 2 })]).known).toEqual([{ at: 0, key: 5 }])
    const again = { corrects: 2, reference: 'second' }
    expect(faultOf(once, less, again)).toMatchObject({ why: 'below 0' })
    expect(faultOf(once, bill({ amount: usd(-20_000), wh: null }), again)).toBeUndefined()
    expect(faultOf(once, bill({ amount: usd(1), wh: null }), { corrects: 5 })).toMatchObject({
      why: 'a correction',
    })
  })

  it('change nothing of a void entry, and keep what they correct from being void', () => {
    const voided = withAdmitted(books, [newEntry(voidOf(2))])
    expect(faultOf(voided, bill({ amount: usd(-1) }), { corrects: 2 })).toMatchObject({ why: 'void' })
    const corrected = withAdmitted(books, [newEntry(bill({ amount: usd(-1) }), { corrects: 2 })])
    expect(faultOf(corrected, voidOf(2))).toMatchObject({ what: 'void', why: 'corrected' })
    expect(faultsOf(corrected, newEntry(voidOf(5)), newEntry(voidOf(2)))).toEqual([])
  })
})

describe('voids', () => {
  it('free the fact to be entered anew, in the same call too', () => {
    const books = booked(bill())
    expect(faultsOf(books, newEntry(voidOf(1)), newEntry(bill({ amount: usd(7) })))).toEqual([])
    const voided = withAdmitted(books, [newEntry(voidOf(1))])
    expect(admitted(voided, [newEntry(bill())]).taken).toHaveLength(1)
    expect(faultOf(voided, voidOf(1))).toMatchObject({ what: 'void', why: 'void already' })
  })

  it('take a whole import, of open months alone', () => {
    const books = withAdmitted(booked(payout()), [newEntry(bill()), newEntry(sale())])
    const batch: Fact = { kind: 'void', of: { batch: 2 }, reason: 'wrong file' }
    expect(faultOf(books, batch)).toBeUndefined()
    expect(faultOf(books, { ...batch, of: { batch: 9 } })).toMatchObject({ what: 'void', why: 'unknown' })
    const closed = withAdmitted(books, [newEntry(close('2026-10'))])
    expect(faultOf(closed, batch)).toEqual({ what: 'closed', month: '2026-10' })
    expect(faultOf(closed, voidOf(4))).toMatchObject({ what: 'void', why: 'no fact' })
  })
})

describe('months', () => {
  const books = booked(payout({ day: '2026-08-05' }), bill())

  it('close in order, once, when they are over', () => {
    expect(faultOf(books, close('2026-10'))).toEqual({
      what: 'close before',
      month: '2026-10',
      first: '2026-08',
    })
    expect(faultsOf(books, newEntry(close('2026-08')), newEntry(close('2026-10')))).toEqual([])
    const closed = withAdmitted(books, [newEntry(close('2026-08')), newEntry(close('2026-10'))])
    expect(faultOf(closed, close('2026-10'))).toMatchObject({ what: 'close', why: 'closed already' })
    expect(faultOf(closed, close('2026-11'))).toMatchObject({ what: 'close', why: 'not over' })
    const average: Fact = { kind: 'close', month: '2026-08', hash: '', costing: 'average' }
    expect(faultOf(books, average)).toMatchObject({ what: 'close', why: 'costing' })
  })

  it('are over when the last zone of their entries says so', () => {
    const chicago = withStored(EMPTY, [newEntry(bill(), { zone: 'America/Chicago' })])
    const at = (ms: number) => admitted(chicago, [newEntry(close('2026-10'))], ms).faults.length
    expect(at(Date.UTC(2026, 10, 1, 4, 59))).toBe(1)
    expect(at(Date.UTC(2026, 10, 1, 5))).toBe(0)
  })

  it('that are closed take nothing more, nor do those before them', () => {
    const closed = withAdmitted(books, [newEntry(close('2026-08')), newEntry(close('2026-10'))])
    expect(faultOf(closed, payout({ day: '2026-09-01' }))).toEqual({ what: 'closed', month: '2026-09' })
    const across = bill({ days: { from: '2026-10-31', to: '2026-11-01' }, payee: 'Host' })
    expect(faultOf(closed, across)).toEqual({ what: 'closed', month: '2026-10' })
    expect(faultOf(closed, payout({ day: '2026-11-01' }))).toBeUndefined()
    const late = bill({ days: { from: '2026-11-02', to: '2026-11-02' }, amount: usd(-1), wh: null })
    expect(faultOf(closed, late, { corrects: 2 })).toBeUndefined()
  })

  it('reopen from the newest on', () => {
    const closed = withAdmitted(books, [newEntry(close('2026-08')), newEntry(close('2026-10'))])
    const reopen = (month: string): Fact => ({ kind: 'reopen', month, reason: 'late bill' })
    expect(faultOf(closed, reopen('2026-08'))).toEqual({
      what: 'reopen',
      month: '2026-08',
      newest: '2026-10',
    })
    expect(faultsOf(closed, newEntry(reopen('2026-10')), newEntry(reopen('2026-08')))).toEqual([])
    expect(faultOf(books, reopen('2026-08'))).toMatchObject({ newest: null })
  })
})

it('says each fault in a sentence that tells what to do', () => {
  const words = [
    faultOf(EMPTY, bill(), { site: 'Nowhere' }),
    faultOf(booked(bill()), bill({ amount: usd(1) })),
    faultOf(booked(payout()), sale({ sat: 2_000_000 })),
    admitted(booked(bill()), [newEntry(close('2026-10'))], NOW_MS).faults[0]?.fault,
    faultOf(booked(payout()), payout({ sat: -2_000_000 }), { corrects: 1 }),
  ].map((fault) => (fault === undefined ? '' : entryFaultWords(fault)))
  expect(words).toEqual([
    'There is no site Nowhere. Choose one of the sites, or none for the company as a whole.',
    'Entry 1 says the same thing with other figures. Correct or void that one, or give this one a reference of its own.',
    'More bitcoin goes out than is held: 0.02000000 BTC of 0.01000000 BTC on 20 Oct 2026. Enter what came in before, or what was held when the books began.',
    '',
    'Entry 1 cannot be corrected so. Together with its corrections it would come to less than 0, to no day of life, or to a salvage value above the cost. Differences are entered, not new figures.',
  ])
})

describe('what stands at a limit', () => {
  it('a bill may begin a year ahead, and not a day later', () => {
    const from = (day: string) => faultOf(EMPTY, bill({ days: { from: day, to: '2027-12-31' } }))
    expect(from('2027-11-27')).toBeUndefined()
    expect(from('2027-11-28')).toMatchObject({ what: 'future', last: '2027-11-27' })
  })

  it('a name is the same however it is spaced and capitalised', () => {
    const books = booked(payout({ pool: 'Braiins Pool' }))
    const again = admitted(books, [newEntry(payout({ pool: ' braiins  pool' }))])
    expect([again.taken, again.known]).toEqual([[], [{ at: 0, key: 1 }]])
  })

  it('bitcoin that was held before is not taken back while its cost is added', () => {
    const opening = (sat: number, costUsdCents: number): Fact => ({
      ...{ kind: 'opening', day: '2026-10-01', sat, costUsdCents },
    })
    const books = booked(opening(1000, 500))
    const corrected = (sat: number, cents: number) => faultOf(books, opening(sat, cents), { corrects: 1 })
    expect(corrected(-10, 5)).toMatchObject({ what: 'number', field: 'costUsdCents' })
    expect(corrected(10, -5)).toMatchObject({ what: 'number', field: 'costUsdCents' })
    expect(corrected(-10, -5)).toBeUndefined()
  })
})
