import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Counted, CountedMonth } from '#shared/domain/money/ledger/counted.ts'
import { energyMonths } from '#shared/domain/money/ledger/energy-month.ts'
import { PAYOUT_SCHEMES } from '#shared/domain/money/ledger/entry.ts'
import type { PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import { blockRange } from '#shared/domain/money/ledger/luck.ts'
import type { DailyNetwork } from '#shared/domain/money/ledger/month.ts'
import { poolMonths } from '#shared/domain/money/ledger/pool-month.ts'
import { usd } from '../unit/money/ledger/books.ts'
import {
  bill,
  countedMonth,
  DAYS,
  earning,
  meter,
  networkOf,
  payout,
  planOf,
  terms,
} from '../unit/money/ledger/reconciled.ts'

const RUNS = { numRuns: 60 }
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const anyDay = fc.constantFrom(...DAYS)
const anyPool = fc.constantFrom('A', 'B')
const anySat = fc.integer({ min: -1_000_000, max: 50_000_000 })
const anyPrice = between(1000, 300_000).map((usdPerBtc) => ({ usdPerBtc, source: 'any' }))
const anyFee = fc.option(fc.nat({ max: 1_000_000 }))

const anyEarning: fc.Arbitrary<Counted<'earning'>> = fc
  .record({
    pool: anyPool,
    day: anyDay,
    sat: anySat,
    feeSat: anyFee,
    price: anyPrice,
    hashratePhs: fc.option(between(0, 30)),
  })
  .map((given) => earning(given))
const anyPayout: fc.Arbitrary<Counted<'payout'>> = fc
  .record({ pool: anyPool, day: anyDay, sat: anySat, feeSat: anyFee, price: anyPrice })
  .map((given) => payout(given))

const anyTerms = (name: string): fc.Arbitrary<PoolTerms> =>
  fc
    .record({
      scheme: fc.constantFrom(...PAYOUT_SCHEMES),
      fee: between(0, 0.1),
      revenue: fc.constantFrom('earned' as const, 'paid' as const),
      poolHashrateEhs: fc.option(between(0.001, 300)),
      sites: fc.constantFrom([], ['Dallas'], ['Oslo']),
    })
    .map((given) => terms({ name, ...given }))

const anyMonth = fc.record({
  earnings: fc.array(anyEarning, { maxLength: 60 }),
  payouts: fc.array(anyPayout, { maxLength: 10 }),
})
const anyNetwork: fc.Arbitrary<DailyNetwork> = fc
  .record({ difficulty: between(1e13, 2e14), feesBtc: between(0, 3), priceUsd: between(1000, 300_000) })
  .map(({ priceUsd, ...given }) => networkOf({ ...given, priceUsd: (day) => priceUsd * (1 + day / 40) }))
const anyPlans = fc
  .tuple(between(0, 500), between(0, 1), between(0, 500), between(0, 1))
  .map(([a, upA, b, upB]) => [
    planOf('Dallas', { hashratePhs: a, uptime: upA }),
    planOf('Oslo', { hashratePhs: b, uptime: upB }),
  ])

const anyCase = fc.tuple(anyMonth, fc.tuple(anyTerms('A'), anyTerms('B')), anyPlans, anyNetwork)
type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never
const monthsOf = ([month, pools, plans, network]: Case, isOver = true) =>
  poolMonths(countedMonth(month), pools, plans, network, isOver)

describe('theory against what came', () => {
  it('is split so that the steps add up to the satoshi and to the cent', () => {
    fc.assert(
      fc.property(anyCase, fc.boolean(), (given, isOver) => {
        for (const { theory, actualSat, actualUsdCents } of monthsOf(given, isOver)) {
          const steps = Object.values(theory!.steps)
          const total = { sat: 0, usdCents: 0 }
          for (const { sat, usdCents } of steps) {
            expect(Number.isSafeInteger(sat) && Number.isSafeInteger(usdCents)).toBe(true)
            total.sat += sat
            total.usdCents += usdCents
          }
          expect(theory!.sat + total.sat).toBe(actualSat)
          expect(theory!.usdCents + total.usdCents).toBe(actualUsdCents)
          expect(theory!.steps.price.sat).toBe(0)
        }
      }),
      RUNS,
    )
  })

  it('puts no more down to luck than the interval allows, and nothing where there is none', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        for (const { theory, actualSat } of monthsOf(given)) {
          const { luck, steps, sat } = theory!
          if (luck === null) {
            expect(steps.luck.sat).toBe(0)
            continue
          }
          const expected = sat + steps.uptime.sat + steps.fees.sat
          expect(luck.lowSat).toBeLessThanOrEqual(luck.highSat)
          expect(steps.luck.sat).toBeGreaterThanOrEqual(Math.min(0, luck.lowSat - expected))
          expect(steps.luck.sat).toBeLessThanOrEqual(Math.max(0, luck.highSat - expected))
          if (luck.lowSat <= actualSat && actualSat <= luck.highSat) expect(steps.unexplained.sat).toBe(0)
          // It never goes the other way than the rest that it is taken from, nor turns that over.
          const rest = actualSat - expected
          for (const part of [steps.luck.sat, steps.unexplained.sat])
            expect([0, Math.sign(rest)]).toContain(Math.sign(part) + 0)
          expect(Math.abs(steps.unexplained.sat)).toBeLessThanOrEqual(Math.abs(rest))
        }
      }),
      RUNS,
    )
  })

  it('does not hang on the order of what was stored', () => {
    fc.assert(
      fc.property(anyCase, ([month, ...rest]) => {
        const turned = { earnings: month.earnings.toReversed(), payouts: month.payouts.toReversed() }
        const [one, other] = [monthsOf([month, ...rest]), monthsOf([turned, ...rest])]
        expect(other.map(({ pool, actualSat, actualUsdCents }) => [pool, actualSat, actualUsdCents])).toEqual(
          one.map(({ pool, actualSat, actualUsdCents }) => [pool, actualSat, actualUsdCents]),
        )
        one.forEach(({ theory }, index) => {
          // Sums of doubles in another order: a satoshi at most.
          expect(Math.abs(other[index]!.theory!.sat - theory!.sat)).toBeLessThanOrEqual(1)
        })
      }),
      RUNS,
    )
  })

  it('splits a site among pools without loss', () => {
    fc.assert(
      fc.property(anyMonth, anyPlans, anyNetwork, (month, plans, network) => {
        const [a, b] = [terms({ fee: 0 }), terms({ name: 'B', fee: 0 })]
        const theory = (pools: readonly PoolTerms[], counted: Partial<CountedMonth>) =>
          poolMonths(countedMonth(counted), pools, plans, network).reduce(
            (sum, { theory: of }) => sum + (of?.sat ?? 0),
            0,
          )
        expect(Math.abs(theory([a, b], month) - theory([a], {}))).toBeLessThanOrEqual(2)
      }),
      RUNS,
    )
  })
})

describe('how far luck reaches', () => {
  it('holds what is expected, and widens as its root', () => {
    fc.assert(
      fc.property(between(0, 5000), (expected) => {
        const { low, high } = blockRange(expected)
        expect(low).toBeLessThanOrEqual(Math.ceil(expected))
        expect(high).toBeGreaterThanOrEqual(Math.floor(expected))
        const deviation = Math.sqrt(expected)
        expect(high - low).toBeGreaterThanOrEqual(2 * 1.9599 * deviation - 3)
        expect(high - low).toBeLessThanOrEqual(2 * 1.96 * deviation + 3)
      }),
      RUNS,
    )
  })
})

describe('machines, meter and invoice', () => {
  const anyWh = fc.nat({ max: 1_000_000_000_000 })
  it('are split so that the steps add up to the cent', () => {
    fc.assert(
      fc.property(
        fc.option(anyWh),
        fc.option(anyWh),
        fc.array(fc.integer({ min: -1_000_000, max: 100_000_000 }), { minLength: 2, maxLength: 5 }),
        between(-0.1, 0.5),
        (meterWh, invoiceWh, [energy, ...others], usdPerKwh) => {
          const [month] = energyMonths(
            countedMonth({
              meters: meterWh === null ? [] : [meter(meterWh)],
              bills: [
                bill({ wh: invoiceWh, amount: usd(energy!), part: 'energy' }),
                ...others.map((cents, index) =>
                  bill({ amount: usd(cents), part: index === 0 ? 'demand' : 'fixed' }),
                ),
              ],
            }),
            [planOf('Dallas', { usdPerKwh })],
          )
          const sum = Object.values(month!.stepsUsdCents!).reduce((total, cents) => total + cents, 0)
          expect(month!.expectedUsdCents! + sum).toBe(month!.invoiceUsdCents)
          if (meterWh === null) expect(month!.stepsUsdCents!.metered).toBe(0)
        },
      ),
      RUNS,
    )
  })
})
