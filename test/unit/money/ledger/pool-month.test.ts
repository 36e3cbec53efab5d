import { describe, expect, it } from 'vitest'
import type { CountedMonth } from '#shared/domain/money/ledger/counted.ts'
import type { PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import type { PoolMonth } from '#shared/domain/money/ledger/month.ts'
import { poolMonths } from '#shared/domain/money/ledger/pool-month.ts'
import { countedMonth, counts, DAYS, earning, networkOf, payout, planOf, terms } from './reconciled.ts'

const NETWORK = networkOf({})
/** of 1 PH/s and day, before fees */
const SAT_PER_PH = (3.15e8 * 86_400 * 1e15) / (1e14 * 2 ** 32)

const months = (
  counted: Partial<CountedMonth>,
  pools: readonly PoolTerms[] = [terms()],
  plans = [planOf()],
  network: typeof NETWORK | null = NETWORK,
) => poolMonths(countedMonth(counted), pools, plans, network)

/** What a pool gives that does as it should. */
const asPlanned = (given: Parameters<typeof earning>[0] = {}, phs = 9.5, fee = 0.02) =>
  DAYS.map((day) => {
    const feeSat = Math.round(phs * SAT_PER_PH * fee)
    return earning({ day, hashratePhs: phs, sat: Math.round(phs * SAT_PER_PH) - feeSat, feeSat, ...given })
  })

const stepsSat = (month: PoolMonth | undefined) =>
  Object.fromEntries(Object.entries(month!.theory!.steps).map(([cause, { sat }]) => [cause, sat]))

describe('theory against what came from a pool', () => {
  it('finds nothing to explain where the pool paid what theory says: its fee is taken once', () => {
    const [month] = months({ earnings: asPlanned() })
    // A day is rounded to the satoshi, theory once.
    for (const sat of Object.values(stepsSat(month))) expect(Math.abs(sat)).toBeLessThanOrEqual(31)
    expect(month!.hashratePhs).toBe(9.5)
    expect(month!.missing).toEqual([])
  })

  it('names days that the pool did not give, and takes them as planned', () => {
    const earnings = asPlanned().filter((_, day) => day !== 4 && day !== 5)
    const [month] = months({ earnings })
    expect(month!.missing).toEqual([{ what: 'days', of: 'earning', days: ['2026-10-05', '2026-10-06'] }])
    expect(stepsSat(month)['uptime']).toBe(0)
    expect(stepsSat(month)['unexplained']).toBeCloseTo(-2 * 9.5 * SAT_PER_PH * 0.98, -2)
  })

  it('adds up accounts of one pool, and takes no hashrate from a correction', () => {
    const half = asPlanned({}, 4.75)
    const correction = counts({ ...half[0]!.fact, sat: -7000, feeSat: null, hashratePhs: 1 }, '', 1)
    const [month] = months({ earnings: [...half, ...half, correction] })
    expect(month!.hashratePhs).toBe(9.5)
    expect(stepsSat(month)['uptime']).toBe(0)
    expect(Math.abs(stepsSat(month)['unexplained']! + 7000)).toBeLessThanOrEqual(31)
  })

  it('takes an account without a hashrate for not given', () => {
    const [first, ...rest] = asPlanned()
    const other = earning({ sat: 5 })
    const [month] = months({ earnings: [first!, other, ...rest] })
    expect(month!.missing).toEqual([{ what: 'days', of: 'earning', days: ['2026-10-01'] }])
  })

  it('counts payouts where income counts when paid, with the cost of sending among fees', () => {
    const [month] = months({ payouts: [payout({ sat: 1000, feeSat: 30 }), payout({ sat: 500 })] }, [
      terms({ revenue: 'paid' }),
    ])
    expect(month!.actualSat).toBe(1500)
    expect(stepsSat(month)['fees']).toBe(-30)
    expect(month!.missing).toEqual([])
    expect(month!.hashratePhs).toBeNull()
  })

  it('shows a pool without terms as it paid', () => {
    const [month] = months({ payouts: [payout({ pool: 'B', sat: 1000 })] }, [])
    expect(month).toMatchObject({
      pool: 'B',
      scheme: null,
      actualSat: 1000,
      actualUsdCents: 100,
      theory: null,
    })
    expect(month!.missing).toEqual([{ what: 'pool terms' }])
  })

  it('takes a pool for the same however it is written', () => {
    const all = months({ earnings: asPlanned({ pool: ' a ' }) })
    expect(all.map(({ pool, theory }) => [pool, theory === null])).toEqual([['A', false]])
  })

  it('says what is not there', () => {
    const earnings = asPlanned()
    const lacks = (...given: Parameters<typeof months> extends [unknown, ...infer Rest] ? Rest : never) =>
      months({ earnings }, ...given)[0]!
    expect(lacks([terms()], [])).toMatchObject({ theory: null, missing: [{ what: 'plan' }] })
    expect(lacks([terms({ sites: ['Oslo'] })])).toMatchObject({ theory: null, missing: [{ what: 'plan' }] })
    expect(lacks([terms()], [planOf()], null)).toMatchObject({
      theory: null,
      missing: [{ what: 'network' }, { what: 'price' }],
    })
    const withoutFees = networkOf({ feesBtc: NaN })
    expect(lacks([terms()], [planOf()], withoutFees).missing).toEqual([{ what: 'network' }])
    expect(lacks([terms({ scheme: 'pps' })], [planOf()], withoutFees).theory).not.toBeNull()
    const smaller = lacks([terms({ scheme: 'pplns' })])
    expect(smaller.missing).toEqual([{ what: 'pool hashrate' }])
    expect(smaller.theory!.luck).toBeNull()
  })

  it('has no theory of a month whose days are not all stored', () => {
    const network = networkOf({ priceUsd: (day) => (day < 30 ? 100_000 : NaN) })
    expect(months({ earnings: asPlanned() }, [terms()], [planOf()], network)[0]).toMatchObject({
      theory: null,
      missing: [{ what: 'price' }],
    })
  })

  it('leaves what came at its worth then, whatever a bitcoin was worth on other days', () => {
    const earnings = asPlanned({ price: { usdPerBtc: 90_000, source: 'pool' } })
    const worth = (priceUsd: number) =>
      months({ earnings }, [terms()], [planOf()], networkOf({ priceUsd: () => priceUsd }))[0]!
    expect(worth(100_000).actualUsdCents).toBe(worth(200_000).actualUsdCents)
    expect(worth(90_000).theory!.steps.price.usdCents).toBeCloseTo(0, -2)
  })
})

describe('a month that is not over', () => {
  const soFar = (
    counted: Partial<CountedMonth>,
    pools = [terms()],
    priceUsd: (day: number) => number = () => 100_000,
  ) => poolMonths(countedMonth(counted), pools, [planOf()], networkOf({ priceUsd }), false)
  const storedTo = (last: number) => (day: number) => (day < last ? 100_000 : NaN)

  it('is compared through the last day that the pool gave', () => {
    const [month] = soFar({ earnings: asPlanned().slice(0, 20) })
    expect(month).toMatchObject({ through: '2026-10-20', missing: [] })
    expect(month!.theory!.sat).toBeCloseTo(20 * 9.5 * SAT_PER_PH * 0.98, -1)
    for (const sat of Object.values(stepsSat(month))) expect(Math.abs(sat)).toBeLessThanOrEqual(20)
  })

  it('is compared through the last day that the past has, and what came later waits', () => {
    const earnings = asPlanned().slice(0, 20)
    const late = counts({ ...earnings[0]!.fact, day: DAYS[17]!, sat: -7000, feeSat: null }, '', 1)
    const early = counts({ ...earnings[0]!.fact, day: DAYS[14]!, sat: -500, feeSat: null }, '', 1)
    const [month] = soFar({ earnings: [...earnings, late, early] }, [terms()], storedTo(15))
    const paid = earnings.slice(0, 15).reduce((sum, { fact }) => sum + fact.sat, -500)
    expect(month).toMatchObject({ through: '2026-10-15', actualSat: paid, hashratePhs: 9.5 })
  })

  it('of a pool that pays seldom ends with its last payout', () => {
    const payouts = [6, 13, 20].map((day) => payout({ day: DAYS[day]!, sat: 1000 }))
    const [month] = soFar({ payouts }, [terms({ revenue: 'paid' })], storedTo(18))
    expect(month).toMatchObject({ through: '2026-10-14', actualSat: 2000 })
  })

  it('has no theory before something came, without terms, or where the past has a gap before it', () => {
    expect(soFar({}, [terms()], storedTo(15))[0]).toMatchObject({ through: null, theory: null })
    const earnings = asPlanned().slice(0, 20)
    expect(soFar({ earnings }, [])[0]).toMatchObject({ through: null, theory: null })
    const gap = soFar({ earnings }, [terms()], (day) => (day === 0 ? NaN : 100_000))[0]
    expect(gap).toMatchObject({ through: null, theory: null, missing: [{ what: 'price' }, { what: 'days' }] })
  })

  it('names days that the pool did not give between those that it gave', () => {
    const [month] = soFar({ earnings: asPlanned().filter((_, day) => day < 20 && day !== 4) })
    expect(month!.missing).toEqual([{ what: 'days', of: 'earning', days: ['2026-10-05'] }])
  })
})

describe('several pools', () => {
  const [a, b] = [terms(), terms({ name: 'B' })]

  it('share a site by the hashrate that they counted on the day', () => {
    const earnings = [...asPlanned().slice(0, 15), ...asPlanned({ pool: 'B' }).slice(15)]
    const all = months({ earnings }, [a, b])
    const sat = all.map(({ theory }) => theory!.sat)
    expect(sat[0]! / sat[1]!).toBeCloseTo(15 / 16, 4)
    for (const month of all)
      for (const step of Object.values(stepsSat(month))) expect(Math.abs(step)).toBeLessThanOrEqual(31)
  })

  it('share it by what came where one gave no hashrate', () => {
    const paid = (sat: number, pool: string) => payout({ sat, pool })
    const all = months({ payouts: [paid(3000, 'A'), paid(1000, 'B')] }, [
      { ...a, revenue: 'paid' },
      { ...b, revenue: 'paid' },
    ])
    expect(all[0]!.theory!.sat / all[1]!.theory!.sat).toBeCloseTo(3, 4)
  })

  it('leave out one that nothing came from while another has the site', () => {
    expect(months({ earnings: asPlanned() }, [a, b]).map(({ pool }) => pool)).toEqual(['A'])
    expect(
      months({ earnings: [] }, [a]).map(({ actualSat, theory }) => [actualSat, theory!.sat > 0]),
    ).toEqual([[0, true]])
  })

  it('have their own sites', () => {
    const all = months(
      { earnings: [...asPlanned(), ...asPlanned({ pool: 'B' })] },
      [terms({ sites: ['Dallas'] }), terms({ name: 'B', sites: ['oslo'] })],
      [planOf(), planOf('Oslo', { hashratePhs: 20 })],
    )
    expect(all[1]!.theory!.sat / all[0]!.theory!.sat).toBeCloseTo(2, 6)
  })
})

describe('luck', () => {
  const luckOf = (scheme: PoolTerms['scheme'], share: number, poolHashrateEhs: number | null = 20) => {
    const earnings = asPlanned().map(({ entry, fact }) => ({
      entry,
      fact: { ...fact, feeSat: null, sat: Math.round(fact.sat * share) },
    }))
    return months({ earnings }, [terms({ scheme, poolHashrateEhs })])[0]!.theory!
  }

  it('is none where the pool pays whatever is found', () => {
    for (const scheme of ['fpps', 'pps'] as const) {
      expect(luckOf(scheme, 0.9).luck).toBeNull()
      expect(luckOf(scheme, 0.9).steps.luck).toEqual({ sat: 0, usdCents: 0 })
    }
  })

  it('explains all of a difference inside the interval, and of a larger one as far as it reaches', () => {
    const near = luckOf('pplns', 0.95)
    expect(near.steps.unexplained.sat).toBe(0)
    expect(near.steps.luck.sat).toBeLessThan(0)
    const far = luckOf('pplns', 1.5)
    expect(far.sat + far.steps.luck.sat).toBe(far.luck!.highSat)
    expect(far.steps.unexplained.sat).toBeGreaterThan(0)
  })

  it('reaches only as far as fees of transactions where the subsidy is paid whatever is found', () => {
    const { luck, sat } = luckOf('pps+', 1)
    const ofAll = luckOf('pplns', 1).luck!
    expect((luck!.highSat - sat) / (ofAll.highSat - sat)).toBeCloseTo(0.025 / 3.15, 3)
  })

  it('is by our own blocks where we mine alone: with 0.06 expected none is no surprise, nor is one, but two are', () => {
    const none = luckOf('solo', 0, null)
    expect(none.luck!.blocksExpected).toBeCloseTo((31 * 9.5 * 86_400e15) / (1e14 * 2 ** 32), 9)
    expect(none.luck).toMatchObject({ lowSat: 0 })
    expect(none.steps.unexplained.sat).toBe(0)
    expect(luckOf('solo', 16, null).steps.unexplained.sat).toBe(0)
    expect(luckOf('solo', 33, null).steps.unexplained.sat).toBeGreaterThan(0)
  })
})
