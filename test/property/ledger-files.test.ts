import fc from 'fast-check'
import { expect, it } from 'vitest'
import { admit } from '#shared/domain/money/ledger/admit.ts'
import { amountOf } from '#shared/domain/money/ledger/amounts.ts'
import { dayAfter } from '#shared/domain/money/ledger/calendar.ts'
import type { Entry, Fact, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { COST_CATEGORIES } from '#shared/domain/money/ledger/entry.ts'
import { NOTHING_SAID } from '#electron/files/ledger/options.ts'
import { readLedgerText } from '#electron/files/ledger/read-ledger.ts'
import { writeEntries } from '#electron/files/ledger/write-entries.ts'
import { WORLD } from '../unit/files/ledger/reading.ts'

/** Names that a cell could trip over: separators, quotes, signs of formulas, figures. */
const name = fc
  .string({ unit: fc.constantFrom(...`aB9é漢'"=+-@,;. `.split('')), minLength: 1, maxLength: 12 })
  .map((text) => text.trim())
  .filter((text) => text !== '')
const day = fc.integer({ min: 0, max: 600 }).map((days) => dayAfter('2025-01-01', days))
const days = fc
  .tuple(day, fc.integer({ min: 0, max: 40 }))
  .map(([from, more]) => ({ from, to: dayAfter(from, more) }))
const sat = fc.integer({ min: 1, max: 2_000_000_000 })
const wh = fc.integer({ min: 0, max: 2_000_000_000_000 })
const number = fc.double({ min: 0.001, max: 200_000, noNaN: true })
const price = fc.record({ usdPerBtc: number, source: fc.constantFrom('typed', 'daily history') })
const amount = fc
  .tuple(
    fc.integer({ min: 0, max: 10_000_000_000 }),
    fc.option(fc.double({ min: 0.9, max: 1.3, noNaN: true })),
    day,
  )
  .map(([hundredths, rate, on]) =>
    rate === null
      ? amountOf('USD', hundredths, null)
      : amountOf('EUR', hundredths, { usdPerUnit: rate, day: on, source: 'typed' }),
  )

const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ kind: fc.constant('payout' as const), pool: name, day, sat, feeSat: fc.option(sat), price }),
  fc.record({
    ...{ kind: fc.constant('earning' as const), pool: name, day, sat, feeSat: fc.option(sat) },
    ...{ hashratePhs: fc.option(number), price },
  }),
  fc.record({
    ...{ kind: fc.constant('bill' as const), payee: name, days, wh: fc.option(wh), amount },
    part: fc.constantFrom('all' as const, 'energy' as const, 'demand' as const, 'fixed' as const),
  }),
  fc.record({ kind: fc.constant('meter' as const), meter: name, days, wh }),
  fc.record({
    kind: fc.constant('credit' as const),
    payer: name,
    days,
    amount,
    programme: fc.oneof(name, fc.constant('')),
  }),
  fc
    .record({
      kind: fc.constant('sale' as const),
      venue: name,
      day,
      sat,
      proceeds: amount,
      cents: fc.option(fc.nat(1e6)),
    })
    .map(({ cents, ...sale }) => ({
      ...sale,
      fee: cents === null ? null : amountOf(sale.proceeds.currency, cents, sale.proceeds.rate),
    })),
  fc.record({
    ...{ kind: fc.constant('cost' as const), payee: name, days, amount },
    category: fc.constantFrom(...COST_CATEGORIES),
  }),
  fc.record({
    ...{ kind: fc.constant('purchase' as const), payee: name, day, what: name, amount },
    ...{ salvageUsdCents: fc.nat(1_000_000), lifeDays: fc.integer({ min: 1, max: 3000 }) },
  }),
  fc.record({ kind: fc.constant('opening' as const), day, sat, costUsdCents: fc.nat(1_000_000_000) }),
  fc.record({
    ...{ kind: fc.constant('budget' as const), month: day.map((text) => text.slice(0, 7)) },
    ...{ priceUsdPerBtc: number, difficulty: fc.double({ min: 1e13, max: 3e14, noNaN: true }) },
    ...{ rewardBtcPerBlock: fc.integer({ min: 1, max: 700_000_000 }).map((reward) => reward / 1e8) },
    ...{ uptime: fc.double({ min: 0, max: 1, noNaN: true }), tariffUsdPerKwh: number },
    ...{ hashratePhs: number, powerKw: number },
  }),
)
const entry: fc.Arbitrary<NewEntry> = fc.record({
  fact,
  site: fc.constantFrom('', 'Nord', 'Plains'),
  zone: fc.constantFrom('UTC', 'America/Chicago', 'Asia/Kathmandu'),
  reference: fc.oneof(name, fc.constant('')),
  corrects: fc.constant(null),
  note: fc.oneof(name, fc.constant('')),
  origin: fc.constant(null),
})
const stored = (given: readonly NewEntry[]): Entry[] =>
  given.map((each, i) => ({ ...each, key: i + 1, batch: 1, recordedMs: 0 }))
/** without where they came from */
const saying = (given: readonly NewEntry[]) =>
  given.map(({ fact, site, zone, reference, note }) => ({ fact, site, zone, reference, note }))

it('entries that were written read back as they were, and are all known to the books that wrote them', () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 12 }), (given) => {
      const books = { entries: stored(given), pools: [], costing: 'fifo' as const }
      const { text, entries, leftOut } = writeEntries(books)
      const file = readLedgerText(text, 'entries.csv', NOTHING_SAID, WORLD)
      expect([entries, leftOut]).toEqual([given.length, 0])
      expect(file.faults).toEqual([])
      expect(saying(file.entries)).toEqual(saying(given))
      const { taken } = admit(books, file.entries, { sites: ['Nord', 'Plains'], nowMs: Date.UTC(2027, 0, 1) })
      expect(taken).toEqual([])
    }),
    { numRuns: 50 },
  )
})
