import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { constantGrowth, daysToAccumulate, factorOn, pathThrough } from '#shared/domain/ahead/growth-path.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { fleetInEpoch } from '#shared/domain/ahead/fleet-in-epoch.ts'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import {
  checkSupplyCurve,
  equilibriumScale,
  respond,
  responseOf,
  tierBreakevenUsdPerPhDay,
} from '#shared/domain/ahead/respond.ts'
import type { SupplyCurve } from '#shared/domain/ahead/respond.ts'
import { withCash } from '../machines.ts'

const network: NetworkConditions = {
  height: 925_000,
  difficulty: 1.5e14,
  priceUsdPerBtc: 88_300,
  feesBtcPerBlock: 0.02,
  epoch: { blocks: 1672, seconds: 1_040_000 },
  previousAdjustments: [0.012, -0.024],
  atMs: Date.UTC(2025, 10, 20),
}
const estimate = estimateAdjustment(network.epoch!, network.previousAdjustments)
const flat = { price: constantGrowth(0), hashrate: constantGrowth(0), response: null }
const someFleet = prepareMargins(
  fleetFrom(
    [{ name: 'North', powerPriceUsdPerKwh: 0.05, otherUsdPerKwh: 0, overhead: 0.04 }],
    [
      {
        ...PLAIN_MACHINE,
        id: 'a',
        model: '',
        site: 'North',
        quantity: 7,
        hashrateThs: 104,
        powerW: 3068,
        uptime: 0.97,
        poolFee: 0.01,
        standbyW: 15,
      },
    ],
  ),
)

describe('growth paths', () => {
  it('grow by their rate in a year and accumulate exactly that', () => {
    const path = constantGrowth(0.5)
    expect(factorOn(path, 0)).toBe(1)
    expect(factorOn(path, 365.25)).toBeCloseTo(1.5, 12)
    // ∫ 1.5^(t/y) over a year is 0.5·y / ln 1.5
    expect(daysToAccumulate(path, 0, (0.5 * 365.25) / Math.log(1.5))).toBeCloseTo(365.25, 9)
  })
  it('pass through their points and accumulate across them', () => {
    const path = pathThrough([0, 10, 30], [1, 2, 2], 0)
    expect(factorOn(path, 10)).toBeCloseTo(2, 12)
    expect(factorOn(path, 20)).toBeCloseTo(2, 12)
    expect(factorOn(path, 99)).toBeCloseTo(2, 12)
    const inFirst = 10 / Math.log(2)
    expect(daysToAccumulate(path, 0, inFirst + 2 * 25)).toBeCloseTo(35, 9)
  })
  it('never end where hashrate dies out faster than the work is done', () => {
    expect(daysToAccumulate(constantGrowth(-0.9), 0, 1e6)).toBe(Infinity)
  })
  it.each([
    [[0, 5, 5], [1, 1, 1], /point 3: its day/],
    [[0, 5], [1, 0], /point 2: its value/],
    [[1], [1], /start at day 0/],
  ])('refuse %j', (days, factors, message) => {
    expect(() => pathThrough(days, factors, 0)).toThrow(message)
  })
})

describe('a projection', () => {
  it('starts from today’s hashprice and the estimated adjustment', () => {
    const [now, next] = projectNetwork(network, estimate, { epochs: 2, ...flat })
    expect(now!.hashpriceUsdPerPhDay).toBeCloseTo(hashpriceUsdPerPhDay(network), 10)
    expect(now!.days).toBeCloseTo(estimate.secondsLeft / 86_400, 12)
    expect(next!.change).toBeCloseTo(estimate.change, 12)
    expect(next!.startsAtDay).toBeCloseTo(now!.days, 12)
    expect(next!.hashpriceUsdPerPhDay).toBeCloseTo(hashpriceUsdPerPhDay(network) / (1 + estimate.change), 10)
  })

  it('is constant after that without growth, in network and fleet', () => {
    const rows = projectNetwork(network, estimate, { epochs: 30, ...flat }).slice(1)
    for (const row of rows.slice(1)) {
      expect(row.change).toBeCloseTo(0, 12)
      expect(row.difficulty / rows[0]!.difficulty).toBeCloseTo(1, 12)
      expect(fleetInEpoch(someFleet, withCash(someFleet).cash, row).fleetMarginUsdPerDay).toBeCloseTo(
        fleetInEpoch(someFleet, withCash(someFleet).cash, rows[0]!).fleetMarginUsdPerDay,
        8,
      )
      expect(row.days).toBeCloseTo((14 * 2016) / 2015, 9)
    }
  })

  it('follows difficulty to the hashrate’s growth over a year', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.4, max: 1.5, noNaN: true }), (growth) => {
        const rows = projectNetwork(network, estimate, {
          epochs: 28,
          ...flat,
          hashrate: constantGrowth(growth),
        })
        const [first, last] = [rows[2]!, rows.at(-1)!]
        const years = (last.startsAtDay - first.startsAtDay) / 365.25
        // In a steady growth every epoch is adjusted for the mean of the one before: the lag cancels out.
        expect(last.difficulty / first.difficulty).toBeCloseTo((1 + growth) ** years, 2)
      }),
      { numRuns: 40 },
    )
  })

  it('steps the subsidy at the block of the halving, by blocks where it falls inside an epoch', () => {
    // Block 1 050 000 is the first with 1.5625 BTC; the epoch from 1 048 320 holds 1 680 blocks before it.
    const before: NetworkConditions = { ...network, height: 1_048_320 - 2016 + 1672 }
    const rows = projectNetwork(before, estimate, { epochs: 3, ...flat })
    expect(rows[0]!.subsidyBtc).toBe(3.125)
    expect(rows[1]!.subsidyBtc).toBeCloseTo((3.125 * 1680 + 1.5625 * 336) / 2016, 12)
    expect(rows[2]!.subsidyBtc).toBe(1.5625)
  })

  it('refuses a count of epochs that is none', () => {
    expect(() => projectNetwork(network, estimate, { epochs: 0, ...flat })).toThrow(/epochs/)
    expect(() => projectNetwork(network, estimate, { epochs: 1.5, ...flat })).toThrow(/epochs/)
  })
})

describe('the network’s own response', () => {
  const curve: SupplyCurve = {
    tiers: [
      { share: 0.8, jPerTh: 18, usdPerKwh: 0.04 },
      { share: 0.2, jPerTh: 34, usdPerKwh: 0.08 },
    ],
    leavingPerEpoch: 1,
    returningPerEpoch: 1,
    hysteresis: 0.1,
  }

  it('breaks even at the hashcost', () => {
    expect(tierBreakevenUsdPerPhDay(curve.tiers[1]!)).toBeCloseTo(24 * 34 * 0.08, 12)
  })

  it('answers the question: a fifth leaves, blocks come slower first, then difficulty falls by a fifth', () => {
    const dear = { ...network, priceUsdPerBtc: 2 * network.priceUsdPerBtc }
    const halved = { ...flat, price: pathThrough([0, 0.5], [1, 0.5], 0) }
    const rows = projectNetwork(dear, estimate, { epochs: 4, ...halved, response: curve })
    const calm = projectNetwork(dear, estimate, { epochs: 4, ...halved })
    expect(rows[0]).toEqual(calm[0])
    // Revenue per hash does not change until the retarget; the days of the epoch do.
    expect(rows[1]!.hashpriceUsdPerPhDay).toBe(calm[1]!.hashpriceUsdPerPhDay)
    expect(rows[1]!.days).toBeCloseTo(calm[1]!.days / 0.8, 9)
    expect(rows[2]!.difficulty / calm[2]!.difficulty).toBeCloseTo(0.8, 9)
    expect(rows[2]!.hashpriceUsdPerPhDay / calm[2]!.hashpriceUsdPerPhDay).toBeCloseTo(1.25, 9)
  })

  it('invents no departure while the price stays: any curve, any expected adjustment', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.double({ min: 500, max: 720, noNaN: true }),
        (dearer, pace) => {
          const next = estimateAdjustment({ blocks: 1672, seconds: 1672 * pace }, [])
          const tiers = DEFAULT_SUPPLY_CURVE.tiers.map((tier) => ({
            ...tier,
            usdPerKwh: tier.usdPerKwh * dearer,
          }))
          const rows = projectNetwork(network, next, {
            epochs: 30,
            ...flat,
            response: { ...DEFAULT_SUPPLY_CURVE, tiers },
          })
          expect(rows).toEqual(projectNetwork(network, next, { epochs: 30, ...flat }))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('lowers the curve just so far that its dearest tier still runs, and leaves one that runs as it is', () => {
    const breakeven = tierBreakevenUsdPerPhDay(curve.tiers[1]!)
    expect(equilibriumScale(curve, breakeven * 1.2)).toBe(1)
    expect(equilibriumScale(curve, breakeven / 2)).toBeCloseTo(0.5, 8)
    const { leavesBelow, scale } = responseOf(curve, breakeven / 2)
    expect(leavesBelow[1]!).toBeLessThanOrEqual(breakeven / 2)
    expect(leavesBelow[0]! / tierBreakevenUsdPerPhDay(curve.tiers[0]!)).toBeCloseTo(scale, 12)
  })

  it('comes back only above its break-even by the hysteresis', () => {
    const breakeven = tierBreakevenUsdPerPhDay(curve.tiers[1]!)
    const response = responseOf(curve, 2 * breakeven)
    const after = (gone: number, hashprice: number) => {
      const parts = Float64Array.of(0, gone)
      return [respond(response, parts, 0, hashprice), ...parts]
    }
    expect(after(1, breakeven * 1.05)).toEqual([0.8, 0, 1])
    expect(after(1, breakeven * 1.11)).toEqual([1, 0, 0])
    expect(after(0, breakeven * 0.99)).toEqual([0.8, 0, 1])
  })

  it('never leaves the network without a miner, and more hashprice never runs less', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 5, max: 200, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (hashprice, more) => {
          const response = responseOf(DEFAULT_SUPPLY_CURVE, 1000)
          const share = (at: number) => respond(response, new Float64Array(20), 0, at)
          expect(share(hashprice)).toBeGreaterThan(0)
          expect(share(hashprice + more)).toBeGreaterThanOrEqual(share(hashprice))
        },
      ),
    )
  })

  it('ships a curve that adds up, near its documented means', () => {
    expect(() => checkSupplyCurve(DEFAULT_SUPPLY_CURVE)).not.toThrow()
    const mean = DEFAULT_SUPPLY_CURVE.tiers.reduce((sum, tier) => sum + tier.share * tier.jPerTh, 0)
    expect(mean).toBeCloseTo(20.32, 2)
  })

  it.each([
    [{ ...curve, tiers: [] }, /tiers/],
    [{ ...curve, tiers: [{ share: 0.5, jPerTh: 20, usdPerKwh: 0.05 }] }, /add up/],
    [{ ...curve, leavingPerEpoch: 2 }, /leavingPerEpoch/],
    [{ ...curve, hysteresis: -1 }, /hysteresis/],
  ])('refuses a curve that cannot be', (bad, message) => {
    expect(() => checkSupplyCurve(bad)).toThrow(message)
  })
})
