import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advise, adviseOver } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { movedBy } from '#shared/domain/decision/flips.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { machineFigures } from '#shared/domain/margins/fleet-margins.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { anyMachine, anyNetwork, anySites } from './machines.ts'
import type { Kinds, SiteGiven } from './one-decision-site.ts'
import { anySite, choicesOf, horizonOf, machinesOf, preparedOf } from './one-decision-site.ts'

const fleets = fc.tuple(fc.array(anyMachine, { minLength: 1, maxLength: 6 }), anySites)

/** One stage without a date, as where the epoch is not known. */
const oneStage = (hashpriceUsd: number): Horizon => ({
  stages: [
    {
      opensWith: 'now',
      fromMs: NaN,
      days: 1,
      subsidyBtc: 3.125,
      difficulty: 1.5e14,
      hashpriceUsdPerPhDay: hashpriceUsd,
    },
  ],
  days: 1,
  volatilityPerYear: 0,
  reviewDays: 1,
  changeBelow: null,
  drawn: null,
})

const flat = (baseUsdPerKwh: number): SiteContract => ({
  ...NO_CONTRACT,
  tariffs: [
    {
      from: '2025-01-01',
      to: null,
      baseUsdPerKwh,
      periods: [],
      seasons: [],
      tiers: [],
      meteredKwhThisMonth: 0,
    },
  ],
})

describe('one price of energy, no restart, one stage', () => {
  it('is the margin and the break-even of the machine, to the bit', () => {
    fc.assert(
      fc.property(fleets, anyNetwork, ([machines, sites], network) => {
        const free = machines.map((each) => ({ ...each, restartUsd: 0 }))
        const prepared = prepare(fleetFrom(sites, free), PLAIN_CASE)
        const { basis } = prepared
        const hashprice = hashpriceUsdPerPhDay(network)
        const advice = adviseOver(prepared, oneStage(hashprice))
        free.forEach((each, row) => {
          const said = advice.row(row)
          const figures = machineFigures(basis, row, network)
          if (each.status === 'repair') {
            expect(said.verdict).toBeNull()
            return
          }
          const margin = figures.marginUsdPerDay
          const off = -figures.standbyCostUsdPerDay
          if (margin > off) expect(said.verdict).toBe(each.status === 'running' ? 'run' : 'start')
          if (margin < off - 1e-6 * Math.max(1, Math.abs(off)))
            expect(said.verdict).toBe(each.status === 'running' ? 'off' : 'stay-off')
          expect(said.marginNowUsdPerDay).toBe(margin)
          if (each.standbyW === 0) {
            const strikes = advice.strikes(row)
            expect(strikes.stopBelowUsdPerPhDay).toBe(figures.breakevenHashpriceUsdPerPhDay)
            expect(strikes.startAboveUsdPerPhDay).toBe(figures.breakevenHashpriceUsdPerPhDay)
          }
        })
        // the fleet, too
        const running = free.flatMap(({ status }, row) =>
          status === 'running' ? [machineFigures(basis, row, network).marginUsdPerDay] : [],
        )
        const sum = running.reduce((total, usd) => total + usd, 0)
        expect(Math.abs(advice.totals.marginNowUsdPerDay.asIs - sum)).toBeLessThanOrEqual(
          1e-9 * running.reduce((total, usd) => total + Math.abs(usd), 1e-9) + 1e-9,
        )
      }),
      { numRuns: 300 },
    )
  })

  it('is the same under a contract that only has that price', () => {
    fc.assert(
      fc.property(
        fleets,
        fc.integer({ min: 5, max: 200 }),
        fc.integer({ min: 10, max: 120 }),
        ([machines, sites], mills, hashprice) => {
          const price = mills / 1000
          const north = sites.map((each) => ({ ...each, powerPriceUsdPerKwh: price }))
          const fleet = fleetFrom(
            north,
            machines.map((each) => ({ ...each, powerPriceUsdPerKwh: NaN })),
          )
          const contracts = north.map(({ name }, siteKey) => ({ siteKey, site: name, contract: flat(price) }))
          const horizon = { ...oneStage(hashprice), volatilityPerYear: 0.7 }
          const dated = {
            ...horizon,
            stages: [{ ...horizon.stages[0]!, fromMs: Date.UTC(2025, 10, 20), days: 12 }],
            days: 12,
          }
          const plain = adviseOver(prepare(fleet, PLAIN_CASE), dated)
          const under = adviseOver(prepare(fleet, { ...PLAIN_CASE, contracts }), dated)
          const near = (a: number, b: number, what: string) =>
            Number.isNaN(a)
              ? expect(b, what).toBeNaN()
              : expect(Math.abs(a - b), `${what}: ${a}, under the contract ${b}`).toBeLessThanOrEqual(
                  1e-6 * Math.max(1, Math.abs(a)),
                )
          machines.forEach((_, row) => {
            const [a, b] = [plain.row(row), under.row(row)]
            expect(b.verdict).toBe(a.verdict)
            near(a.gainUsd, b.gainUsd, 'gain')
            near(a.marginNowUsdPerDay, b.marginNowUsdPerDay, 'margin')
            const [own, cleared] = [plain.strikes(row), under.strikes(row)]
            near(own.stopBelowUsdPerPhDay, cleared.stopBelowUsdPerPhDay, 'stop')
            // a start strike far out of sight is not looked for
            if (own.startAboveUsdPerPhDay < 50 * hashprice)
              near(own.startAboveUsdPerPhDay, cleared.startAboveUsdPerPhDay, 'start')
            for (const [word, usd] of Object.entries(a.valueUsd)) near(usd, b.valueUsd[word as 'run']!, word)
            expect(b.machines).toEqual(a.machines)
            expect(b.marginalEnergyUsdPerKwh).toBe(price)
          })
          const [a, b] = [plain.totals, under.totals]
          for (const name of ['gainUsd', 'startGainUsd'] as const) near(a[name], b[name], name)
          for (const name of ['marginNowUsdPerDay', 'allInNowUsdPerDay', 'powerKw'] as const) {
            near(a[name].asIs, b[name].asIs, name)
            near(a[name].advised, b[name].advised, `${name} advised`)
          }
          for (const name of ['run', 'off', 'advised'] as const)
            near(a.valueUsd[name], b.valueUsd[name], name)
          expect(b.actions).toEqual(a.actions)
          expect(b.machines).toEqual(a.machines)
          expect(b.underwater.now.machines).toBe(a.underwater.now.machines)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('without a known epoch has neither a date nor a total', () => {
    fc.assert(
      fc.property(fleets, anyNetwork, ([machines, sites], network) => {
        const market = marketOf(network, { change: null, horizonDays: null })
        const prepared = prepare(fleetFrom(sites, machines), PLAIN_CASE)
        const advice = advise(prepared, market)
        expect(market.isPerDay).toBe(true)
        machines.forEach((_, row) => {
          const said = advice!.row(row)
          expect(['run', 'off', 'start', 'stay-off', 'hold', null]).toContain(said.verdict)
          expect(said.then).toBeNull()
          expect(said.untilMs).toBeNaN()
          expect(said.probabilityOfAdjustment).toBeNaN()
          expect(said.marginAfterUsdPerDay).toBeNaN()
        })
        expect(advice!.totals.marginAfterUsdPerDay.asIs).toBeNaN()
      }),
      { numRuns: 100 },
    )
  })
})

describe('another hashprice', () => {
  const kinds: Kinds = {
    restarts: [0, 0.3],
    contracts: 'any',
    points: true,
    limits: false,
    lots: 2,
    quantity: 2,
  }
  const small = (each: Kinds) =>
    anySite(each).filter((given) => choicesOf(given) <= 3000 && machinesOf(given).length > 0)
  const at = (given: SiteGiven, volatility: number, factor: number) =>
    adviseOver(preparedOf(given), movedBy(horizonOf(given, volatility), factor))

  it('is worth a convex value: twice the middle is never more than both ends', () => {
    fc.assert(
      fc.property(
        small({ ...kinds, contracts: 'any' }),
        fc.double({ min: 0.3, max: 1.5, noNaN: true }),
        (given, step) => {
          const value = (factor: number) => settled(() => at(given, 0, factor).totals.valueUsd.advised)
          const [low, middle, high] = [value(1), value(1 + step), value(1 + 2 * step)]
          if (low === null || middle === null || high === null) return
          expect(2 * middle).toBeLessThanOrEqual(
            low + high + 1e-6 * Math.max(1, Math.abs(low), Math.abs(high)),
          )
          expect(high).toBeGreaterThanOrEqual(middle - 1e-6 * Math.max(1, Math.abs(middle)))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('never stops a machine by rising, where the price of energy is given', () => {
    fc.assert(
      fc.property(
        small({ ...kinds, contracts: 'uncoupled' }),
        fc.constantFrom(0, 0.8),
        fc.double({ min: 1, max: 2, noNaN: true }),
        (given, volatility, factor) => {
          const one = { ...given, stages: given.stages.slice(0, 1) }
          const [now, then] = [at(one, volatility, 1), at(one, volatility, factor)]
          one.lots.forEach(({ status }, row) => {
            const before = now.row(row)
            const after = then.row(row)
            if (status === 'repair') return
            const isOn = ({ machines }: typeof before) => machines.run > 0
            if (isOn(before)) expect(isOn(after), `${before.verdict} ${after.verdict}`).toBe(true)
          })
        },
      ),
      { numRuns: 200 },
    )
  })

  it('flips where it says: beyond the flip the verdict is another, before it none is', () => {
    let flips = 0
    fc.assert(
      fc.property(
        small({ ...kinds, contracts: 'uncoupled' }),
        fc.constantFrom(0, 0.8),
        (given, volatility) => {
          const advice = at(given, volatility, 1)
          const verdicts = given.lots.map((_, row) => advice.row(row).verdict)
          const today = given.stages[0]!.hashprice
          const { above, below } = advice.flips()
          for (const [flip, direction] of [
            [above, 1],
            [below, -1],
          ] as const) {
            if (flip === null) continue
            flips++
            const there = at(given, volatility, flip.hashpriceUsdPerPhDay / today)
            expect(there.row(flip.row).verdict).toBe(flip.verdict)
            expect(flip.verdict).not.toBe(verdicts[flip.row])
            expect(direction * (flip.hashpriceUsdPerPhDay - today)).toBeGreaterThan(0)
            // a thousandth nearer, and half way, everything is as it is now; a flip is known to a millionth of the hashprice
            const factor = flip.hashpriceUsdPerPhDay / today
            for (const share of [0.5, 0.999]) {
              if (Math.abs(factor - 1) * (1 - share) < 1e-6) continue
              const nearer = at(given, volatility, 1 + (factor - 1) * share)
              expect(given.lots.map((_, row) => nearer.row(row).verdict)).toEqual(verdicts)
            }
          }
        },
      ),
      { numRuns: 60 },
    )
    expect(flips).toBeGreaterThan(0)
  })
})

/** null where the limits of the site cannot be kept */
function settled<T>(ask: () => T): T | null {
  try {
    return ask()
  } catch (error) {
    expect(String(error)).toMatch(/site North, field (capKw|floorKw)/)
    return null
  }
}
