import { describe, expect, it } from 'vitest'
import type { Books, Fact, FactOf, PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import { termsFinder, termsIn } from '#shared/domain/money/ledger/identity.ts'
import { ledgerMonth } from '#shared/domain/money/ledger/ledger-month.ts'
import { postings } from '#shared/domain/money/ledger/postings.ts'
import { booksOf, EARNED, newEntry, NOW_MS, price, withAdmitted } from './books.ts'

const LATER: PoolTerms = { ...EARNED, from: '2026-11' }

describe('terms of a pool', () => {
  const pools: readonly PoolTerms[] = [LATER, { ...EARNED, name: 'Ocean', from: '2026-12' }, EARNED]

  it('hold from the first of their month until others begin', () => {
    const termsOf = termsFinder(pools)
    expect(['2026-10-31', '2026-11-01', '2027-01'].map((when) => termsOf('BRAIINS', when))).toEqual([
      EARNED,
      LATER,
      LATER,
    ])
    expect([termsOf('Ocean', '2026-11-30'), termsOf('Luxor', '2026-11')]).toEqual([undefined, undefined])
    expect(termsIn(pools, '2026-10')).toEqual([EARNED])
    expect(termsIn(pools, '2026-12')).toEqual(pools.slice(0, 2))
  })

  it('change theory of the months that they hold in, and of no other', () => {
    const plan = (month: string): FactOf<'plan'> => ({
      ...{ kind: 'plan', month, hashratePhs: 10, powerKw: 170, uptime: 0.95, poolFee: 0.02, usdPerKwh: 0.05 },
    })
    const network = {
      ...{ fromDay: '2026-09-30', priceUsd: new Float64Array(62).fill(100_000) },
      difficulty: new Float64Array(62).fill(1e14),
      subsidyBtcPerBlock: new Float64Array(62).fill(3.125),
      feesBtcPerBlock: new Float64Array(62).fill(0.025),
    }
    const theoryOf = (month: string, given: readonly PoolTerms[]) => {
      const books = withAdmitted(booksOf([], 'fifo', given), [
        newEntry(plan('2026-10'), { site: 'Bravo' }),
        newEntry(plan('2026-11'), { site: 'Bravo' }),
      ])
      const evidence = { network, plansNow: [], nowMs: Date.UTC(2026, 11, 5) }
      return ledgerMonth(books, month, evidence, () => '').pools.map(({ theory }) => theory?.sat)
    }
    const before = theoryOf('2026-10', [EARNED])
    expect(before[0]).toBeGreaterThan(0)
    const both = [EARNED, { ...LATER, fee: 0.01 }]
    expect(theoryOf('2026-10', both)).toEqual(before)
    expect(theoryOf('2026-11', both)).toEqual(theoryOf('2026-11', [{ ...EARNED, fee: 0.01 }]))
    expect(theoryOf('2026-11', both)[0]).toBeGreaterThan(theoryOf('2026-11', [EARNED])[0]!)
    // Terms that begin later are none of the months before.
    expect(theoryOf('2026-10', [LATER])).toEqual([])
  })
})

describe('income that counts otherwise from a month on', () => {
  const earning = (day: string, sat: number): Fact => ({
    ...{ kind: 'earning', pool: 'Braiins', day, sat, feeSat: null, hashratePhs: null, price: price(1e6) },
  })
  const payout = (day: string, sat: number, feeSat: number | null = null): Fact => ({
    ...{ kind: 'payout', pool: 'Braiins', day, sat, feeSat, price: price(2e6) },
  })
  const journal = (pools: readonly PoolTerms[], ...facts: readonly Fact[]): string[] => {
    const books = facts.reduce<Books>(
      (all, fact) => withAdmitted(all, [newEntry(fact)], NOW_MS),
      booksOf([], 'fifo', pools),
    )
    return postings(books, null).map(({ day, lines }) => {
      expect(lines.reduce((sum, { usdCents }) => sum + usdCents, 0)).toBe(0)
      return `${day.slice(5)}: ${lines.map(({ account, usdCents }) => `${account} ${usdCents}`).join(', ')}`
    })
  }
  const PAID: PoolTerms = { ...EARNED, revenue: 'paid' }

  it('is taken once: what was still owed is paid first', () => {
    expect(
      journal(
        [EARNED, { ...PAID, from: '2026-11' }],
        earning('2026-10-31', 100),
        payout('2026-11-01', 60),
        earning('2026-11-01', 70),
        payout('2026-11-02', 90, 10),
        payout('2026-11-03', 50),
      ),
    ).toEqual([
      '10-31: poolReceivable 100, mining -100',
      '11-01: bitcoin 60, poolReceivable -60',
      // 40 that were owed, and 60 at 2 cents, of which a tenth is the fee of sending
      '11-02: bitcoin 144, saleFees 16, poolReceivable -40, mining -120',
      '11-03: bitcoin 100, mining -100',
    ])
  })

  it('is not left out: what was earned before and not paid yet is income when it is paid', () => {
    expect(
      journal(
        [PAID, LATER],
        earning('2026-10-30', 100),
        payout('2026-10-31', 100),
        earning('2026-10-31', 80),
        earning('2026-11-01', 70),
        payout('2026-11-02', 50),
        payout('2026-11-03', 100),
      ),
    ).toEqual([
      '10-31: bitcoin 200, mining -200',
      '11-01: poolReceivable 70, mining -70',
      '11-02: bitcoin 100, mining -100',
      '11-03: bitcoin 130, poolReceivable -70, mining -60',
    ])
  })
})
