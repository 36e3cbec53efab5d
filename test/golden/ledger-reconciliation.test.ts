import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { costOfPowerUsdPerKwh } from '#shared/domain/money/cost-bridge.ts'
import { budgetMonths } from '#shared/domain/money/ledger/budget-month.ts'
import type { CountedMonth } from '#shared/domain/money/ledger/counted.ts'
import { energyMonths } from '#shared/domain/money/ledger/energy-month.ts'
import { ledgerMonth } from '#shared/domain/money/ledger/ledger-month.ts'
import { poolMonths } from '#shared/domain/money/ledger/pool-month.ts'
import { booksOf, newEntry, usd, withAdmitted } from '../unit/money/ledger/books.ts'
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
} from '../unit/money/ledger/reconciled.ts'
import { exampleOn, expectResults, inputsOf } from './page-example.ts'

const golden = JSON.parse(readFileSync(new URL('returns.json', import.meta.url), 'utf8')) as {
  readonly costOfPower: readonly {
    readonly id: string
    readonly energyUsd: number
    readonly demandResponseCreditsUsd: number
    readonly energyKwh: number
    readonly usdPerKwh: number
    readonly tolerance: number
  }[]
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const PAGE = 'ledger-reconciliation.md'

const outage = exampleOn(PAGE, 'an FPPS pool with an outage')
const invoice = exampleOn(PAGE, 'machines, meter and invoice')

/** What the pool of the first example gave. */
function earningsOf(): CountedMonth['earnings'] {
  const input = inputsOf(outage)
  return DAYS.map((day, index) => {
    const isOff = index + 1 >= input('firstDayOff') && index + 1 <= input('lastDayOff')
    const paidAt = index < 15 ? input('paidAtUsdDays1To15') : input('priceUsdDays16To31')
    return earning({
      day,
      sat: isOff ? 0 : input('satPerDay'),
      feeSat: isOff ? 0 : input('feeSatPerDay'),
      hashratePhs: isOff ? 0 : input('planPhs') * input('planUptime'),
      price: { usdPerBtc: paidAt, source: 'pool' },
    })
  })
}

function networkOfOutage() {
  const input = inputsOf(outage)
  return networkOf({
    difficulty: input('difficulty'),
    subsidyBtc: input('subsidyBtc'),
    feesBtc: input('feesBtc'),
    priceUsd: (day) => input(day < 15 ? 'priceUsdDays1To15' : 'priceUsdDays16To31'),
  })
}

function energyOf(): Pick<CountedMonth, 'meters' | 'bills'> {
  const input = inputsOf(invoice)
  return {
    meters: [meter(input('meterKwh') * 1000)],
    bills: [
      bill({ wh: input('invoiceKwh') * 1000, amount: usd(input('energyUsd') * 100), part: 'energy' }),
      bill({ amount: usd(input('demandUsd') * 100), part: 'demand' }),
    ],
  }
}

function planOfSite() {
  const [pool, site] = [inputsOf(outage), inputsOf(invoice)]
  return planOf('Dallas', {
    hashratePhs: pool('planPhs'),
    uptime: pool('planUptime'),
    poolFee: pool('fee'),
    powerKw: site('planKw'),
    usdPerKwh: site('usdPerKwh'),
  })
}

describe('months worked by hand', () => {
  it('an FPPS pool with an outage', () => {
    const [month] = poolMonths(
      countedMonth({ earnings: earningsOf() }),
      [terms({ fee: inputsOf(outage)('fee') })],
      [planOfSite()],
      networkOfOutage(),
    )
    const { sat, usdCents, steps, luck } = month!.theory!
    expect(luck).toBeNull()
    expect(month!.missing).toEqual([])
    expectResults(outage, {
      theorySat: sat,
      uptimeSat: steps.uptime.sat,
      feesSat: steps.fees.sat,
      luckSat: steps.luck.sat,
      unexplainedSat: steps.unexplained.sat,
      actualSat: month!.actualSat,
      theoryUsdCents: usdCents,
      uptimeUsdCents: steps.uptime.usdCents,
      feesUsdCents: steps.fees.usdCents,
      priceUsdCents: steps.price.usdCents,
      unexplainedUsdCents: steps.unexplained.usdCents,
      actualUsdCents: month!.actualUsdCents,
    })
  })

  it('a PPLNS pool with little luck', () => {
    const example = exampleOn(PAGE, 'a PPLNS pool with little luck')
    const input = inputsOf(example)
    const price = { usdPerBtc: input('paidAtUsd'), source: 'pool' }
    const [month] = poolMonths(
      countedMonth({ payouts: [payout({ day: DAYS.at(-1)!, sat: input('sat'), price })] }),
      [
        terms({
          scheme: 'pplns',
          fee: input('fee'),
          revenue: 'paid',
          poolHashrateEhs: input('poolHashrateEhs'),
        }),
      ],
      [planOf('Oslo', { hashratePhs: input('planPhs'), uptime: input('planUptime') })],
      networkOf({
        difficulty: input('difficulty'),
        subsidyBtc: input('subsidyBtc'),
        feesBtc: input('feesBtc'),
        priceUsd: () => input('priceUsd'),
      }),
    )
    const { sat, usdCents, steps, luck } = month!.theory!
    expectResults(example, {
      theorySat: sat,
      ...luck!,
      luckSat: steps.luck.sat,
      unexplainedSat: steps.unexplained.sat,
      theoryUsdCents: usdCents,
      luckUsdCents: steps.luck.usdCents,
      priceUsdCents: steps.price.usdCents,
      unexplainedUsdCents: steps.unexplained.usdCents,
      actualUsdCents: month!.actualUsdCents,
    })
  })

  it('machines, meter and invoice', () => {
    const [month] = energyMonths(countedMonth(energyOf()), [planOfSite()])
    const steps = month!.stepsUsdCents!
    expectResults(invoice, {
      machinesWh: month!.machinesWh!,
      expectedUsdCents: month!.expectedUsdCents!,
      meteredUsdCents: steps.metered,
      invoicedUsdCents: steps.invoiced,
      priceUsdCents: steps.price,
      otherChargesUsdCents: steps['other charges'],
      invoiceUsdCents: month!.invoiceUsdCents!,
    })
  })

  it('a budget and the month that came', () => {
    const example = exampleOn(PAGE, 'a budget and the month that came')
    const input = inputsOf(example)
    const budget = counts(
      {
        kind: 'budget',
        month: MONTH,
        priceUsdPerBtc: input('priceUsdPerBtc'),
        difficulty: input('difficulty'),
        rewardBtcPerBlock: input('rewardBtcPerBlock'),
        uptime: input('uptime'),
        tariffUsdPerKwh: input('tariffUsdPerKwh'),
        hashratePhs: input('hashratePhs'),
        powerKw: input('powerKw'),
      },
      'Dallas',
    )
    const [month] = budgetMonths(
      countedMonth({ earnings: earningsOf(), ...energyOf(), budgets: [budget] }),
      [terms({ fee: inputsOf(outage)('fee') })],
      [planOfSite()],
      networkOfOutage(),
    )
    const { planUsd, actualUsd, effectsUsd } = month!.variance!
    expectResults(example, {
      planUsd,
      actualUsd,
      priceUsd: effectsUsd.price,
      difficultyUsd: effectsUsd.difficulty,
      rewardUsd: effectsUsd.reward,
      uptimeUsd: effectsUsd.uptime,
      tariffUsd: effectsUsd.tariff,
      fleetUsd: effectsUsd.fleet,
      actualUptime: month!.actual!.uptime,
      actualKw: month!.actual!.powerKw,
      restUsdCents: month!.restUsdCents!,
    })
  })
})

describe('published figures', () => {
  it.each(golden.costOfPower)('$id: cost of power from bills, credits and kWh of twelve months', (of) => {
    const year = of.id.slice(-4)
    const days = { from: `${year}-01-01`, to: `${year}-12-31` }
    const books = withAdmitted(booksOf([]), [
      newEntry({
        kind: 'bill',
        payee: 'Grid',
        days,
        wh: of.energyKwh * 1000,
        amount: usd(of.energyUsd * 100),
        part: 'all',
      }),
      newEntry({
        kind: 'credit',
        payer: 'Grid',
        days,
        amount: usd(of.demandResponseCreditsUsd * 100),
        programme: 'Curtailment',
      }),
    ])
    const total = { wh: 0, power: 0, credits: 0 }
    for (let month = 1; month <= 12; month++) {
      const name = `${year}-${String(month).padStart(2, '0')}`
      const { energy, statement } = ledgerMonth(
        books,
        name,
        { network: null, plansNow: [], nowMs: 0 },
        sha256,
      )
      total.wh += energy[0]!.invoiceWh!
      for (const { account, usdCents } of statement)
        if (account === 'power' || account === 'credits') total[account] += usdCents
    }
    expect(total).toEqual({
      wh: of.energyKwh * 1000,
      power: -of.energyUsd * 100,
      credits: of.demandResponseCreditsUsd * 100,
    })
    const usdPerKwh = costOfPowerUsdPerKwh(-total.power / 100, total.credits / 100, total.wh / 1000)
    expect(Math.abs(usdPerKwh - of.usdPerKwh)).toBeLessThanOrEqual(of.tolerance)
  })

  /** Theory of so many PH/s on some days, of a pool without a fee. */
  const theoryOf = (
    phs: number,
    uptime: number,
    days: number,
    network: Parameters<typeof networkOf>[0] & { readonly feesBtcOn?: (day: number) => number },
  ) => {
    const daily = networkOf(network)
    daily.feesBtcPerBlock.forEach(
      (fees, day) => (daily.feesBtcPerBlock[day] = network.feesBtcOn?.(day) ?? fees),
    )
    const [month] = poolMonths(
      countedMonth({ days: DAYS.slice(0, days) }),
      [terms({ fee: 0 })],
      [planOf('Dallas', { hashratePhs: phs, uptime })],
      daily,
    )
    return month!.theory!
  }

  // hashrateindex.com, roundups of 2021: USD per TH/s and day, with fees as a share of the reward.
  it.each([
    { id: 'G4a', usdPerThDay: 0.2787, priceUsd: 31_338, feeShare: 0.0157, difficulty: 14.37e12 },
    { id: 'G4b', usdPerThDay: 0.315, priceUsd: 33_806, feeShare: 0.0126, difficulty: 13.67e12 },
    { id: 'G4c', usdPerThDay: 0.3835, priceUsd: 43_629, feeShare: 0.0134, difficulty: 14.5e12 },
    { id: 'G4d', usdPerThDay: 0.38, priceUsd: 60_028, feeShare: 0.0107, difficulty: 20.08e12 },
  ])('$id: a day of 1 TH/s', ({ usdPerThDay, priceUsd, feeShare, difficulty }) => {
    const network = {
      priceUsd: () => priceUsd,
      difficulty,
      subsidyBtc: 6.25,
      feesBtc: (6.25 * feeShare) / (1 - feeShare),
    }
    // 1 EH/s, so that a cent is nothing.
    const usdPerTh = theoryOf(1000, 1, 1, network).usdCents / 100 / 1e6
    expect(Math.abs(usdPerTh / usdPerThDay - 1)).toBeLessThan(0.002)
  })

  it('G20: the mean of rates that follow each other, not the last one', () => {
    // Foreman: the 24-hour mean of 0.000629, 0.000635, 0.000620 and 0.000625 is 0.00062725 BTC. Here a day each.
    const rates = [0.000629, 0.000635, 0.00062, 0.000625]
    const btcPerBlock = (rate: number) => (rate * 1e13 * 2 ** 32) / (86_400 * 1e15)
    const theory = theoryOf(1, 1, 4, {
      difficulty: 1e13,
      subsidyBtc: 0,
      feesBtcOn: (day) => btcPerBlock(rates[day] ?? 0),
    })
    expect(theory.sat).toBe(4 * 62_725)
  })

  it('10 MW of S19 XP make 5.2 BTC in a month, not the 300 that a published model says', () => {
    const phs = 10_000_000 / 21.5 / 1000
    const difficulty = (1147e18 * 600) / 2 ** 32
    expect(theoryOf(phs, 0.95, 30, { difficulty, feesBtc: 0 }).sat / 1e8).toBeCloseTo(5.2, 2)
  })
})

describe('known mistakes', () => {
  it('a month has the days that it has: October is 31 of them, not 30 or 30.4', () => {
    const [october, thirty] = [DAYS, DAYS.slice(0, 30)].map(
      (days) =>
        poolMonths(countedMonth({ days }), [terms()], [planOfSite()], networkOfOutage())[0]!.theory!.sat,
    )
    expect(october).toBe(18_288_404)
    expect(thirty).toBe(17_698_456)
  })

  it('what was mined and sold is not marked again at the price of another day', () => {
    const price = { usdPerBtc: 50_000, source: 'pool' }
    const books = withAdmitted(booksOf([], 'fifo', [terms()]), [
      newEntry({ ...earning({ day: '2026-10-02', sat: 100_000_000, price }).fact }),
      newEntry({ ...payout({ day: '2026-10-03', sat: 100_000_000, price }).fact }),
      newEntry({
        kind: 'sale',
        venue: 'Desk',
        day: '2026-10-10',
        sat: 50_000_000,
        proceeds: usd(3_000_000),
        fee: null,
      }),
    ])
    const monthAt = (priceUsd: number) =>
      ledgerMonth(
        books,
        MONTH,
        {
          network: networkOf({ priceUsd: () => priceUsd }),
          plansNow: [planOfSite()],
          nowMs: Date.UTC(2027, 0),
        },
        sha256,
      )
    const [low, high] = [monthAt(60_000), monthAt(120_000)]
    expect(low.coins).toMatchObject({
      soldCostUsdCents: 2_500_000,
      gainUsdCents: 500_000,
      marketUsdCents: 3_000_000,
    })
    expect(high.coins).toEqual({ ...low.coins, marketUsdCents: 6_000_000 })
    expect(high.statement).toEqual(low.statement)
    expect(high.resultUsdCents).toBe(5_500_000)
    expect(high.pools.map(({ actualUsdCents }) => actualUsdCents)).toEqual([5_000_000])
  })
})
