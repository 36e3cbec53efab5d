import { describe, expect, it } from 'vitest'
import { budgetMonths } from '#shared/domain/money/ledger/budget-month.ts'
import type { CountedMonth } from '#shared/domain/money/ledger/counted.ts'
import type { FactOf, PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import type { DailyNetwork, LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import { periodMarginUsd } from '#shared/domain/money/budget.ts'
import { usd } from './books.ts'
import {
  bill,
  countedMonth,
  counts,
  DAYS,
  earning,
  meter,
  MONTH,
  networkOf,
  payout,
  planOf,
  terms,
} from './reconciled.ts'

const FIGURES: FactOf<'budget'> = {
  kind: 'budget',
  month: MONTH,
  priceUsdPerBtc: 100_000,
  difficulty: 1e14,
  rewardBtcPerBlock: 3.15,
  uptime: 0.95,
  tariffUsdPerKwh: 0.05,
  hashratePhs: 9.8,
  powerKw: 170,
}
const KWH = 24 * 31 * 170 * 0.95
const ENERGY = {
  meters: [meter(KWH * 1000)],
  bills: [bill({ wh: KWH * 1000, amount: usd(Math.round(KWH * 5)) })],
}
const NETWORK = networkOf({})

const monthsOf = (
  counted: Partial<CountedMonth>,
  {
    plans = [planOf()],
    pools = [terms()],
    site = 'Dallas',
    network = NETWORK,
  }: {
    readonly plans?: LedgerMonth['plans']
    readonly pools?: readonly PoolTerms[]
    readonly site?: string
    readonly network?: DailyNetwork | null
  } = {},
) => budgetMonths(countedMonth({ budgets: [counts(FIGURES, site)], ...counted }), pools, plans, network)

const hashed = (phs: number, site = '', pool = 'A') =>
  DAYS.map((day) => earning({ day, pool, hashratePhs: phs, sat: 100_000 }, site))

describe('budget against the month that came', () => {
  it('has the harmonic mean of the difficulty, as hashing pays by 1 ÷ difficulty', () => {
    const difficulty = Float64Array.from(DAYS, (_, day) => (day < 15 ? 1e14 : 1.5e14))
    const [month] = monthsOf({ ...ENERGY, earnings: hashed(9.5) }, { network: { ...NETWORK, difficulty } })
    expect(month!.actual!.difficulty / 1e14).toBeCloseTo(31 / (15 + 16 / 1.5), 9)
  })

  it('finds no difference where all went by the budget', () => {
    const [month] = monthsOf({ ...ENERGY, earnings: hashed(9.5) })
    expect(month!.actual!.uptime).toBeCloseTo(0.95, 12)
    expect(month!.actual!.powerKw).toBeCloseTo(170, 9)
    for (const effect of Object.values(month!.variance!.effectsUsd)) expect(effect).toBeCloseTo(0, 2)
    const marginCents = Math.round(periodMarginUsd(month!.actual!, 31) * 100)
    expect(month!.restUsdCents).toBe(31 * 10_000 - Math.round(KWH * 5) - marginCents)
  })

  it('splits what a pool says of no site by plan, and keeps what it says of one', () => {
    const plans = [planOf(), planOf('Oslo', { hashratePhs: 30 })]
    const actualAt = (earnings: CountedMonth['earnings']) =>
      monthsOf({ ...ENERGY, earnings }, { plans })[0]!.actual!
    const phs = ({ hashratePhs, uptime }: { hashratePhs: number; uptime: number }) =>
      (hashratePhs * uptime) / 0.98
    expect(phs(actualAt(hashed(36)))).toBeCloseTo(9, 9)
    expect(phs(actualAt([...hashed(5, 'Dallas'), ...hashed(28, 'Oslo')]))).toBeCloseTo(5, 9)
    // Nothing was said of Dallas: as planned.
    expect(phs(actualAt(hashed(28, 'Oslo')))).toBeCloseTo(9.5, 9)
  })

  it('shares out income of no site, from a pool without terms too', () => {
    const plans = [planOf(), planOf('Oslo', { hashratePhs: 30 })]
    const rest = (counted: Partial<CountedMonth>) =>
      monthsOf({ ...ENERGY, ...counted }, { plans })[0]!.restUsdCents!
    const none = rest({})
    expect(rest({ payouts: [payout({ pool: 'Z', sat: 4_000_000 })] }) - none).toBe(100_000)
    expect(rest({ payouts: [payout({ pool: 'Z', sat: 4_000_000 }, 'Oslo')] })).toBe(none)
  })

  it('takes the budget of no site for all together', () => {
    const plans = [planOf(), planOf('Oslo', { hashratePhs: 30, powerKw: 500 })]
    const energy = {
      bills: [...ENERGY.bills, bill({ wh: 1_000_000, amount: usd(5000) }, 'Oslo')],
      meters: [...ENERGY.meters, meter(1_000_000, 'Oslo')],
    }
    const [month] = monthsOf({ ...energy, earnings: hashed(38) }, { plans, site: '' })
    expect(month!.actual!.hashratePhs * month!.actual!.uptime).toBeCloseTo(38 * 0.98, 9)
    expect(month!.actual!.tariffUsdPerKwh).toBeCloseTo(0.05, 9)
    expect(monthsOf({ ...ENERGY, earnings: hashed(38) }, { plans, site: '' })[0]!.missing).toEqual([
      { what: 'bill' },
    ])
  })

  it('says what is not there', () => {
    expect(monthsOf({}, { plans: [], network: null })[0]).toMatchObject({
      actual: null,
      variance: null,
      restUsdCents: null,
      missing: [
        { what: 'plan' },
        { what: 'network' },
        { what: 'price' },
        { what: 'bill' },
        { what: 'meter' },
      ],
    })
    expect(budgetMonths(countedMonth(), [terms()], [planOf()], NETWORK)).toEqual([])
  })

  it('has a month in which nothing hashed', () => {
    const [month] = monthsOf({ ...ENERGY, earnings: hashed(0) })
    expect(month!.actual).toMatchObject({ uptime: 0, powerKw: 170 })
    expect(month!.variance!.actualUsd).toBe(0)
  })
})
