import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import type { MachineFigures } from '#shared/domain/margins/fleet-margins.ts'
import { machineFigures } from '#shared/domain/margins/fleet-margins.ts'
import { accountingMarginUsdPerDay, allInMarginUsdPerDay, headroom } from '#shared/domain/margins/margin.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import {
  hashpriceBtcPerPhDay,
  networkHashrateHs,
  rewardBtcPerPhDay,
  subsidyBtc,
} from '#shared/domain/chain/network.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'
import { basisOf, machine, network } from '../unit/machines.ts'

/** Published figures, recomputed; each with its source and how far its own rounding lets it be off. */
type Golden = { readonly id: string; readonly source: string; readonly tolerance: number }
type GoldenHashprice = Golden & {
  readonly difficulty?: number
  readonly networkHashrateEhs?: number
  readonly subsidyBtc: number
  /** fees over subsidy and fees together, as published; or the fees themselves */
  readonly feeShareOfReward?: number
  readonly feesBtcPerBlock?: number
  readonly priceUsdPerBtc: number
  readonly hashpriceUsdPerPhDay: number
}
type GoldenMachine = Golden & {
  readonly network?: {
    readonly difficulty?: number
    readonly hashrateEhs?: number
    readonly hashesPerBlock?: number
    readonly height: number
    readonly feesBtcPerBlock: number
    readonly priceUsdPerBtc: number
  }
  readonly hashpriceUsdPerPhDay?: number
  readonly machine: Partial<Machine>
  readonly expected: Readonly<Record<string, number>>
}
const golden = JSON.parse(readFileSync(new URL('economics.json', import.meta.url), 'utf8')) as {
  readonly networkHashrates: readonly (Golden & {
    readonly difficulty: number
    readonly hashrateEhs: number
  })[]
  readonly hashprices: readonly GoldenHashprice[]
  readonly machines: readonly GoldenMachine[]
}

const difficultyOf = (hashrateEhs: number) => (hashrateEhs * 1e18 * 600) / 2 ** 32
const offBy = (actual: number, expected: number) => Math.abs(actual / expected - 1)

/** Figures of one machine that takes nothing from its site. */
function figuresOf(given: Partial<Machine>, conditions: NetworkConditions): MachineFigures {
  return machineFigures(basisOf([machine(given)]), 0, conditions)
}

/** The network of a case; where only a hashprice is published, one that pays it. */
function networkOf(given: GoldenMachine): NetworkConditions {
  if (given.network === undefined) {
    const conditions = network({})
    return { ...conditions, priceUsdPerBtc: given.hashpriceUsdPerPhDay! / hashpriceBtcPerPhDay(conditions) }
  }
  const { difficulty, hashrateEhs, hashesPerBlock, ...rest } = given.network
  if (hashrateEhs !== undefined) return network({ ...rest, difficulty: difficultyOf(hashrateEhs) })
  return network({ ...rest, difficulty: difficulty ?? hashesPerBlock! / 2 ** 32 })
}

describe('published network hashrates', () => {
  it.each(golden.networkHashrates)('$id', ({ difficulty, hashrateEhs, tolerance }) => {
    expect(offBy(networkHashrateHs(difficulty) / 1e18, hashrateEhs)).toBeLessThan(tolerance)
  })
})

describe('published hashprices', () => {
  it.each(golden.hashprices)('$id', (given) => {
    const reward =
      given.feesBtcPerBlock === undefined
        ? given.subsidyBtc / (1 - given.feeShareOfReward!)
        : given.subsidyBtc + given.feesBtcPerBlock
    const difficulty = given.difficulty ?? difficultyOf(given.networkHashrateEhs!)
    const hashprice = rewardBtcPerPhDay(reward, difficulty) * given.priceUsdPerBtc
    expect(offBy(hashprice, given.hashpriceUsdPerPhDay)).toBeLessThan(given.tolerance)
  })
})

describe('published machine figures', () => {
  it.each(golden.machines)('$id', (given) => {
    const conditions = networkOf(given)
    const figures = figuresOf(given.machine, conditions)
    const btcPerDay = figures.revenueUsdPerDay / conditions.priceUsdPerBtc
    const daysPerBlock = (subsidyBtc(conditions.height) + conditions.feesBtcPerBlock) / btcPerDay
    const withoutHost = figuresOf({ ...given.machine, hostShare: 0 }, conditions)
    const actual: Readonly<Record<string, number>> = {
      ...figures,
      btcPerDay,
      hoursPerBlock: daysPerBlock * 24,
      kwhPerBlock: daysPerBlock * figures.energyKwhPerDay,
      usdPerBlock: daysPerBlock * figures.avoidableCostUsdPerDay,
      shareAsPowerPriceUsdPerKwh:
        (withoutHost.revenueUsdPerDay - figures.revenueUsdPerDay) / figures.energyKwhPerDay,
    }
    for (const [name, expected] of Object.entries(given.expected)) {
      expect(offBy(actual[name]!, expected), `${name}: ${actual[name]!} for ${expected}`).toBeLessThan(
        given.tolerance,
      )
    }
  })

  it('5 000 machines of 200 TH/s are 1 EH/s (a quiz of TheMinerMag)', () => {
    const basis = basisOf([machine({ quantity: 5000, hashrateThs: 200 })])
    expect(fleetTotals(basis, network()).hashrateThs).toBe(1e6)
  })
})

describe('published and wrong: figures that must not come out', () => {
  const today = network({ difficulty: difficultyOf(1160), feesBtcPerBlock: 0.0201, priceUsdPerBtc: 88_300 })
  const hashprice = hashpriceBtcPerPhDay(today) * today.priceUsdPerBtc

  it('62.81 USD/PH/day, from a hashprice in BTC that was rounded to three digits first', () => {
    const exact = rewardBtcPerPhDay(3.125, 1e14) * 100_000
    expect(offBy(exact, 62.81)).toBeGreaterThan(0.0005)
  })

  it('“300+ BTC a month” from 10 MW of S19 XP: it is 5.2', () => {
    const lot = figuresOf(
      { quantity: 10e6 / 3010, hashrateThs: 140, powerW: 3010, powerPriceUsdPerKwh: 0.05, uptime: 0.95 },
      network({ difficulty: difficultyOf(1147), feesBtcPerBlock: 0, priceUsdPerBtc: 1 }),
    )
    expect(lot.revenueUsdPerDay * 30).toBeCloseTo(5.2, 2)
  })

  it('hashprice as the BTC price over the network’s EH/s', () => {
    expect(offBy(hashprice, 88_300 / 1160)).toBeGreaterThan(0.5)
  })

  it('hashprice with the ratio upside down: more difficulty pays less', () => {
    const harder = { ...today, difficulty: today.difficulty * 1.1 }
    expect(hashpriceBtcPerPhDay(harder)).toBeCloseTo(hashpriceBtcPerPhDay(today) / 1.1, 12)
    expect(headroom(40, 30)).toBeGreaterThan(0)
    expect(headroom(30, 40)).toBeLessThan(0)
  })

  it('an operating margin from which depreciation was taken', () => {
    expect(allInMarginUsdPerDay(10, 2)).toBe(8)
    expect(accountingMarginUsdPerDay(10, 2, 3)).toBe(5)
  })

  it('0.0416 USD/TH/day at a difficulty of 141.67 T and 83 625 USD: that needs fees of a tenth of the reward', () => {
    const withFees = (share: number) => (rewardBtcPerPhDay(3.125 / (1 - share), 141.67e12) * 83_625) / 1000
    expect(offBy(withFees(0.015), 0.0416)).toBeGreaterThan(0.05)
    expect(offBy(withFees(0.108), 0.0416)).toBeLessThan(0.002)
  })

  it('a fleet efficiency that is the mean of the rows', () => {
    const rows = [machine({ hashrateThs: 14, powerW: 1400 }), machine({ hashrateThs: 234, powerW: 3510 })]
    const totals = fleetTotals(basisOf(rows), today)
    expect(totals.efficiencyJPerTh).toBeCloseTo(4910 / 248, 12)
    expect(totals.efficiencyJPerTh).not.toBeCloseTo((100 + 15) / 2, 0)
  })
})
