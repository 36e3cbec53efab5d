import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { decideWithContracts } from '#shared/domain/decision/decide-with-contracts.ts'
import type { FleetContracts } from '#shared/domain/decision/decide-with-contracts.ts'
import { priceCurve, runUpToUsdPerKwh, scheduledMarginUsdPerDay } from '#shared/domain/power/hourly-price.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { siteResults } from '#shared/domain/decision/site-results.ts'
import { siteTerms } from '#shared/domain/power/site-terms.ts'
import { decideFleet, runningMarginsUsdPerDay, VERDICTS } from '#shared/domain/decision/decide.ts'
import type { Outlook } from '#shared/domain/decision/decide.ts'
import { decisionTotals } from '#shared/domain/decision/decision-totals.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const AT_MS = Date.UTC(2026, 2, 27, 5, 20)

const outlook = fc.record({
  hashpriceUsdPerPhDay: number(20, 120),
  change: number(-0.2, 0.2),
  daysToAdjustment: number(0.5, 14),
  horizonDays: number(0.5, 30),
  changeBelow: fc.constant(null),
}) satisfies fc.Arbitrary<Outlook>

const machine = fc.record({
  model: fc.constant('m'),
  site: fc.constant('North'),
  status: fc.constantFrom('running', 'running', 'running', 'off'),
  quantity: fc.integer({ min: 1, max: 3 }),
  hashrateThs: number(50, 250),
  powerW: number(2500, 5500),
  uptime: fc.constantFrom(1, 0.95),
  poolFee: fc.constantFrom(0, 0.02),
  standbyW: fc.constantFrom(0, 0, 25),
  restartUsd: fc.oneof(fc.constant(0), number(0, 30)),
})
const machines = (maxLength: number) =>
  fc
    .array(machine, { minLength: 1, maxLength })
    .map((each): Machine[] => each.map((one, i) => ({ ...PLAIN_MACHINE, ...one, id: `m${i}` })))
const price = number(0.02, 0.14)

const PRICE = 0.07
const basisOf = (each: readonly Machine[], powerPriceUsdPerKwh = PRICE) =>
  prepareMargins(
    fleetFrom([{ name: 'North', powerPriceUsdPerKwh, otherUsdPerKwh: 0.004, overhead: 0.03 }], each),
  )
const under = (contract: Partial<SiteContract>, at: Outlook): FleetContracts => ({
  terms: [siteTerms('North', { ...NO_CONTRACT, ...contract }, at, AT_MS)],
  policies: null,
})
const market = (prices: readonly number[]): Pick<SiteContract, 'market'> => ({
  market: { firstHourMs: 0, usdPerKwh: Float64Array.from(prices), adderUsdPerKwh: 0 },
})
const takeOrPay = (
  committedKwhPerDay: number,
  handBackUsdPerKwh: number,
): Pick<SiteContract, 'takeOrPay'> => ({
  takeOrPay: { committedKwhPerDay, handBackUsdPerKwh, committedUsdPerKwh: null },
})
const advise = (each: readonly Machine[], at: Outlook, contract: Partial<SiteContract>) => {
  const basis = basisOf(each)
  const contracts = under(contract, at)
  const decisions = decideWithContracts(basis, at, contracts)
  return { basis, contracts, decisions, result: siteResults(basis, decisions, at, contracts)[0]! }
}
/** equal up to rounding of sums of this size */
const near = (a: number, b: number, size = Math.max(Math.abs(a), Math.abs(b))) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * (1 + size))

describe('a contract that changes nothing', () => {
  it.each(['no contract', 'K = 0', 'the same price as a tariff', 'the same price every hour'])(
    '%s',
    (what) => {
      const contract: Partial<SiteContract> = {
        'no contract': {},
        'K = 0': takeOrPay(0, 0.05),
        'the same price as a tariff': {
          tariffs: [{ from: '2020-01-01', to: null, baseUsdPerKwh: PRICE, periods: [], seasons: [] }],
        },
        'the same price every hour': market([PRICE, PRICE, PRICE]),
      }[what]!
      fc.assert(
        fc.property(machines(5), outlook, (each, at) => {
          const { basis, decisions, result } = advise(each, at, contract)
          const plain = decideFleet(basis, at)
          const totals = decisionTotals(basis, plain, at)
          for (let i = 0; i < basis.length; i++) {
            const values = [decisions.valueRunUsd[i]!, decisions.valuePauseUsd[i]!, decisions.valueOffUsd[i]!]
            const sorted = [...values].sort((a, b) => b - a)
            // the same money; verdicts may differ only on a tie
            if (sorted[0]! - sorted[1]! > 1e-9) expect(decisions.verdict[i]).toBe(plain.verdict[i])
            near(decisions.gainUsd[i]!, plain.gainUsd[i]!, Math.abs(values[0]!) + Math.abs(sorted[0]!))
            near(decisions.marginNowUsdPerDay[i]!, runningMarginsUsdPerDay(basis, at, i).now, 1000)
            near(decisions.marginAfterUsdPerDay[i]!, runningMarginsUsdPerDay(basis, at, i).after, 1000)
          }
          near(result.gainUsd, totals.gainUsd, 1e5)
          near(result.valueUsd.advised, totals.valueUsd.advised, 1e5)
          near(result.marginNowUsdPerDay.advised, totals.marginNowUsdPerDay.advised, 1e4)
        }),
        { numRuns: 60 },
      )
    },
  )
})

/** Avoidable money of a site by its meter: b below K, c above it, day by day. */
function meteredMoney(
  each: readonly Machine[],
  at: Outlook,
  committed: number,
  handBack: number,
  counts: readonly { readonly run: number; readonly pause: number }[],
): number {
  const before = Math.min(at.daysToAdjustment, at.horizonDays)
  const parts = [
    { days: before, hashprice: at.hashpriceUsdPerPhDay, on: (c: { run: number }) => c.run },
    {
      days: at.horizonDays - before,
      hashprice: at.hashpriceUsdPerPhDay / (1 + at.change),
      on: (c: { run: number; pause: number }) => c.run + c.pause,
    },
  ]
  let money = 0
  for (const { days, hashprice, on } of parts) {
    let revenue = 0
    let kwh = 0
    each.forEach((one, i) => {
      if (one.status !== 'running') return
      const running = on(counts[i]!)
      revenue += ((running * one.hashrateThs) / 1000) * one.uptime * (1 - one.poolFee) * hashprice
      kwh += running * 0.024 * 1.03 * (one.powerW * one.uptime + one.standbyW * (1 - one.uptime))
      kwh += (one.quantity - running) * 0.024 * 1.03 * one.standbyW
    })
    // Against using nothing: what is used of the committed energy is not handed back.
    const energy = handBack * Math.min(kwh, committed) + PRICE * Math.max(kwh - committed, 0) + 0.004 * kwh
    for (let left = days; left > 0; left -= 1) money += Math.min(left, 1) * (revenue - energy)
  }
  each.forEach((one, i) => (money -= counts[i]!.pause * one.restartUsd))
  return money
}

function* everyChoice(
  each: readonly Machine[],
  i = 0,
): Generator<{ readonly run: number; readonly pause: number }[], void> {
  if (i === each.length) {
    yield []
    return
  }
  for (const rest of everyChoice(each, i + 1)) {
    const most = each[i]!.status === 'running' ? each[i]!.quantity : 0
    for (let run = 0; run <= most; run++)
      for (let pause = 0; pause <= most - run; pause++) yield [{ run, pause }, ...rest]
  }
}

describe('take-or-pay', () => {
  it('finds the choice that earns most by the meter, out of all choices', () => {
    fc.assert(
      fc.property(machines(4), outlook, number(0, 700), number(0, PRICE), (each, at, committed, handBack) => {
        const { decisions, result } = advise(each, at, takeOrPay(committed, handBack))
        const chosen = each.map((one, i) => ({
          run: one.status === 'running' ? decisions.runMachines[i]! : 0,
          pause: one.status === 'running' ? decisions.pauseMachines[i]! : 0,
        }))
        const money = meteredMoney(each, at, committed, handBack, chosen)
        let best = -Infinity
        for (const choice of everyChoice(each))
          best = Math.max(best, meteredMoney(each, at, committed, handBack, choice))
        near(money, best, 1e4)
        near(result.valueUsd.advised, best, 1e4)
        if (result.committed !== null) {
          expect(result.committed.isProven).toBe(true)
          expect(result.committed.upperBoundUsd).toBeGreaterThanOrEqual(best - 1e-6)
        }
        near(
          result.valueUsd.advised - result.gainUsd,
          meteredMoney(
            each,
            at,
            committed,
            handBack,
            each.map((one) => ({ run: one.quantity, pause: 0 })),
          ),
          1e4,
        )
      }),
      { numRuns: 150 },
    )
  })

  it('never runs more machines when handing back pays more', () => {
    fc.assert(
      fc.property(
        machines(6),
        outlook,
        number(0, 700),
        number(0, PRICE),
        number(0, PRICE),
        (each, at, k, x, y) => {
          const runs = (handBack: number) => {
            const { result } = advise(each, at, takeOrPay(k, handBack))
            return { value: result.valueUsd.run - result.valueUsd.off, advised: result.valueUsd.advised }
          }
          const low = runs(Math.min(x, y))
          const high = runs(Math.max(x, y))
          expect(high.value).toBeLessThanOrEqual(low.value + 1e-6)
          expect(high.advised).toBeLessThanOrEqual(low.advised + 1e-6)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('makes no difference between a lot and its machines one by one', () => {
    fc.assert(
      fc.property(machines(4), outlook, number(0, 900), (each, at, committed) => {
        const single = each.flatMap((one) =>
          Array.from({ length: one.quantity }, (_, n) => ({ ...one, id: `${one.id}-${n}`, quantity: 1 })),
        )
        const lots = advise(each, at, takeOrPay(committed, 0.01)).result
        const ones = advise(single, at, takeOrPay(committed, 0.01)).result
        near(lots.valueUsd.advised, ones.valueUsd.advised, 1e4)
        near(lots.gainUsd, ones.gainUsd, 1e4)
      }),
      { numRuns: 60 },
    )
  })
})

describe('hourly prices', () => {
  const prices = fc.array(number(-0.05, 0.3), { minLength: 1, maxLength: 60 })

  it('a schedule never earns less than always on or always off', () => {
    fc.assert(
      fc.property(
        prices,
        number(0, 30),
        number(1, 100),
        number(0, 1),
        number(-0.01, 0.02),
        (hours, revenue, kwh, standby, other) => {
          const curve = priceCurve(Float64Array.from(hours))
          const upTo = runUpToUsdPerKwh(revenue, kwh, kwh * standby * 0.5, other)
          const follow = (price: number) =>
            scheduledMarginUsdPerDay(curve, price, revenue, kwh, kwh * standby * 0.5, other, 0)
          const scheduled = follow(upTo)
          expect(scheduled).toBeGreaterThanOrEqual(follow(Infinity) - 1e-9)
          expect(scheduled).toBeGreaterThanOrEqual(follow(-Infinity) - 1e-9)
        },
      ),
    )
  })

  it('earns what hour after hour of money adds up to', () => {
    fc.assert(
      fc.property(machines(3), outlook, prices, (each, at, hours) => {
        const running = each.map((one) => ({ ...one, restartUsd: 0 }))
        const { decisions } = advise(running, at, market(hours))
        running.forEach((one, i) => {
          const perHour =
            ((one.quantity * one.hashrateThs) / 1000 / 24) *
            one.uptime *
            (1 - one.poolFee) *
            at.hashpriceUsdPerPhDay
          const on = one.quantity * 0.00103 * (one.powerW * one.uptime + one.standbyW * (1 - one.uptime))
          const off = one.quantity * 0.00103 * one.standbyW
          let scheduled = 0
          let always = 0
          let ran = 0
          for (const hour of hours) {
            const onUsd = perHour - on * (hour + 0.004)
            const offUsd = -off * (hour + 0.004)
            always += onUsd
            scheduled += Math.max(onUsd, offUsd)
            if (onUsd >= offUsd) ran++
          }
          const perDay = 24 / hours.length
          near(decisions.marginNowUsdPerDay[i]!, (ran === 0 ? always : scheduled) * perDay, 1e3)
          near(decisions.alwaysOnNowUsdPerDay[i]!, always * perDay, 1e3)
        })
      }),
      { numRuns: 80 },
    )
  })

  it('with take-or-pay, is the sum of hours that are each decided by the meter', () => {
    fc.assert(
      fc.property(
        machines(3),
        outlook,
        fc.array(number(0.03, 0.3), { minLength: 1, maxLength: 12 }),
        number(1, 600),
        number(0, 0.03),
        (each, at, hours, committed, handBack) => {
          // Whole energy in any hour is one of two, so divisible machines make the hour's best exact.
          const running = each.map((one) => ({
            ...one,
            status: 'running' as const,
            standbyW: 0,
            restartUsd: 0,
          }))
          const { result } = advise(
            running,
            { ...at, change: 0 },
            { ...market(hours), ...takeOrPay(committed, handBack) },
          )
          const parts = running
            .map((one) => ({
              kwh: one.quantity * 0.00103 * one.powerW * one.uptime,
              usd:
                ((one.quantity * one.hashrateThs) / 1000 / 24) *
                one.uptime *
                (1 - one.poolFee) *
                at.hashpriceUsdPerPhDay,
            }))
            .sort((a, b) => b.usd / b.kwh - a.usd / a.kwh)
          let best = 0
          for (const hour of hours) {
            let left = committed / 24
            for (const { kwh, usd } of parts) {
              const cheap = Math.min(kwh, left)
              const worthCheap = Math.max((usd / kwh - 0.004 - handBack) * cheap, 0)
              best += worthCheap + Math.max((usd / kwh - 0.004 - hour) * (kwh - cheap), 0)
              if (worthCheap > 0) left -= cheap
            }
          }
          // Machines are whole, so the advice cannot beat the divisible best.
          expect(result.valueUsd.advised).toBeLessThanOrEqual(
            (best * 24 * at.horizonDays) / hours.length + 1e-6,
          )
          if (
            running.length === 1 &&
            running[0]!.quantity === 1 &&
            parts[0]!.usd / parts[0]!.kwh - 0.004 > 0.3
          )
            near(result.valueUsd.advised, (best * 24 * at.horizonDays) / hours.length, 1e3)
        },
      ),
      { numRuns: 80 },
    )
  })
})

describe('any contract', () => {
  const contract = fc.record({
    hours: fc.array(price, { minLength: 1, maxLength: 30 }),
    committed: fc.option(number(1, 500)),
    credit: fc.option(number(0, 20)),
    charge: fc.option(number(0, 20)),
  })
  const written = (of: {
    hours: number[]
    committed: number | null
    credit: number | null
    charge: number | null
  }) => ({
    ...market(of.hours),
    ...(of.committed === null ? {} : takeOrPay(of.committed, 0.01)),
    demandResponse:
      of.credit === null ? null : { creditUsdPerKwMonth: of.credit, hoursPerMonth: 20, capacityKw: null },
    demandCharge: of.charge === null ? null : { usdPerKwMonth: of.charge, isAlreadySet: false },
  })

  it('gives totals that do not depend on the order of rows', () => {
    fc.assert(
      fc.property(machines(5), outlook, contract, (each, at, of) => {
        const forward = advise(each, at, written(of)).result
        const backward = advise([...each].reverse(), at, written(of)).result
        near(forward.valueUsd.advised, backward.valueUsd.advised, 1e4)
        near(forward.gainUsd, backward.gainUsd, 1e4)
        near(forward.marginNowUsdPerDay.asIs, backward.marginNowUsdPerDay.asIs, 1e4)
      }),
      { numRuns: 60 },
    )
  })

  it('advises nothing that is worth less than running on, and no option that is worth more', () => {
    fc.assert(
      fc.property(machines(5), outlook, contract, (each, at, of) => {
        const { decisions, result } = advise(each, at, written(of))
        expect(result.gainUsd).toBeGreaterThanOrEqual(-1e-6)
        for (const option of ['run', 'pause', 'off'] as const)
          expect(result.valueUsd.advised).toBeGreaterThanOrEqual(result.valueUsd[option] - 1e-6)
        const days = Math.min(at.daysToAdjustment, at.horizonDays)
        for (let i = 0; i < decisions.length; i++) {
          const values = {
            run: decisions.valueRunUsd[i]!,
            pause: decisions.valuePauseUsd[i]!,
            off: decisions.valueOffUsd[i]!,
          }
          const asIs =
            decisions.alwaysOnNowUsdPerDay[i]! * days +
            decisions.alwaysOnAfterUsdPerDay[i]! * (at.horizonDays - days)
          const best = Math.max(...Object.values(values))
          expect(decisions.gainUsd[i]).toBeGreaterThanOrEqual(-1e-6)
          expect(asIs + decisions.gainUsd[i]!).toBeGreaterThanOrEqual(best - 1e-6)
          if (of.committed === null) expect(values[VERDICTS[decisions.verdict[i]!]!]).toBe(best)
        }
      }),
      { numRuns: 60 },
    )
  })
})
