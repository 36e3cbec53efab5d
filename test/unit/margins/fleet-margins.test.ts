import { describe, expect, it } from 'vitest'
import { BLOCK_ROWS, fleetFrom } from '#shared/domain/fleet/columns.ts'
import {
  machineFigures,
  marginsUsdPerDay,
  powerPriceUsdPerKwhAt,
  prepareMargins,
} from '#shared/domain/margins/fleet-margins.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { accountingMarginUsdPerDay } from '#shared/domain/margins/margin.ts'
import { basisOf, machine, network, site } from '../machines.ts'

const full = machine({
  quantity: 10,
  hashrateThs: 200,
  powerW: 3500,
  uptime: 0.9,
  poolFee: 0.02,
  hostShare: 0.1,
  standbyW: 50,
  fixedUsdPerDay: 0.4,
  restartUsd: 6,
})
const dear = site({ powerPriceUsdPerKwh: 0.05, otherUsdPerKwh: 0.01, overhead: 0.1 })

describe('figures of a lot', () => {
  const given = network()
  const figures = machineFigures(basisOf([full], [dear]), 0, given)
  const hashprice = hashpriceUsdPerPhDay(given)
  const acceptedPhs = 10 * 0.2 * 0.9 * 0.98 * 0.9
  const kwh = 10 * 0.024 * 1.1 * (3500 * 0.9 + 50 * 0.1)

  it('scale money and energy with the quantity, and leave hashrate, power and efficiency per machine', () => {
    expect(figures.revenueUsdPerDay).toBeCloseTo(acceptedPhs * hashprice, 10)
    expect(figures.energyKwhPerDay).toBeCloseTo(kwh, 10)
    expect(figures.avoidableCostUsdPerDay).toBeCloseTo(kwh * 0.06, 10)
    expect(figures.standbyCostUsdPerDay).toBeCloseTo(10 * 0.024 * 1.1 * 50 * 0.06, 12)
    expect(figures.hashrateThs).toBe(200)
    expect(figures.powerW).toBe(3500)
    expect(figures.efficiencyJPerTh).toBe(17.5)
  })

  it('keep fixed cost out of the cash margin and put it into the all-in margin', () => {
    expect(figures.marginUsdPerDay).toBeCloseTo(acceptedPhs * hashprice - kwh * 0.06, 10)
    expect(figures.allInMarginUsdPerDay).toBeCloseTo(figures.marginUsdPerDay - 4, 10)
    expect(figures.marginShare).toBeCloseTo(figures.marginUsdPerDay / figures.revenueUsdPerDay, 12)
    expect(accountingMarginUsdPerDay(figures.marginUsdPerDay, 4, 2.5)).toBeCloseTo(
      figures.marginUsdPerDay - 6.5,
      10,
    )
  })

  it('give the cost of a BTC from the cost and the BTC of the day', () => {
    const btc = figures.revenueUsdPerDay / given.priceUsdPerBtc
    expect(figures.costPerBtcUsd).toBeCloseTo(figures.avoidableCostUsdPerDay / btc, 6)
    expect(figures.allInCostPerBtcUsd).toBeCloseTo((figures.avoidableCostUsdPerDay + 4) / btc, 6)
  })

  it('break even where they say: the margin is zero at each break-even alone', () => {
    const marginAt = (conditions: typeof given, power = dear.powerPriceUsdPerKwh) =>
      machineFigures(basisOf([full], [{ ...dear, powerPriceUsdPerKwh: power }]), 0, conditions)
        .marginUsdPerDay
    expect(marginAt({ ...given, priceUsdPerBtc: figures.breakevenBtcPriceUsd })).toBeCloseTo(0, 9)
    expect(marginAt({ ...given, difficulty: figures.breakevenDifficulty })).toBeCloseTo(0, 9)
    expect(marginAt(given, figures.breakevenPowerPriceUsdPerKwh)).toBeCloseTo(0, 9)
    expect(marginsUsdPerDay(basisOf([full], [dear]), figures.breakevenHashpriceUsdPerPhDay)[0]).toBeCloseTo(
      0,
      9,
    )
    expect(figures.headroom).toBeCloseTo(hashprice / figures.breakevenHashpriceUsdPerPhDay - 1, 12)
  })
})

describe('whose price counts', () => {
  it('is the machine’s own, also where it is 0, else the site’s', () => {
    const basis = basisOf(
      [
        machine(),
        machine({ powerPriceUsdPerKwh: 0 }),
        machine({ powerPriceUsdPerKwh: 0.03, otherUsdPerKwh: 0.01, overhead: 0.5 }),
      ],
      [site({ powerPriceUsdPerKwh: 0.06, otherUsdPerKwh: 0.002, overhead: 0.25 })],
    )
    expect([0, 1, 2].map((row) => powerPriceUsdPerKwhAt(basis.fleet, row))).toEqual([0.06, 0, 0.03])
    expect(basis.avoidableCostUsdPerDay[0]).toBeCloseTo(72 * 1.25 * 0.062, 12)
    expect(basis.avoidableCostUsdPerDay[1]).toBeCloseTo(72 * 1.25 * 0.002, 12)
    expect(basis.avoidableCostUsdPerDay[2]).toBeCloseTo(72 * 1.5 * 0.04, 12)
  })
})

describe('what does not exist', () => {
  it.each([
    ['hashrate', { hashrateThs: NaN }],
    ['power', { powerW: NaN }],
  ] as const)('stays missing where %s is missing, and the row is not counted', (_, missing) => {
    const basis = basisOf([machine(missing)])
    const figures = machineFigures(basis, 0, network())
    expect(figures.marginUsdPerDay).toBeNaN()
    expect(figures.marginShare).toBeNaN()
    expect(figures.breakevenHashpriceUsdPerPhDay).toBeNaN()
    expect(figures.breakevenPowerPriceUsdPerKwh).toBeNaN()
    expect(figures.headroom).toBeNaN()
    expect(figures.efficiencyJPerTh).toBeNaN()
    expect(basis.counted[0]).toBe(0)
  })

  it('leaves revenue where only the power price is missing', () => {
    const basis = basisOf([machine()], [site({ powerPriceUsdPerKwh: NaN })])
    const figures = machineFigures(basis, 0, network())
    expect(figures.revenueUsdPerDay).toBeGreaterThan(0)
    expect(figures.breakevenPowerPriceUsdPerKwh).toBeGreaterThan(0)
    expect(figures.marginUsdPerDay).toBeNaN()
    expect(basis.counted[0]).toBe(0)
  })

  it.each([
    ['hashrate', { hashrateThs: 0 }],
    ['uptime', { uptime: 0, standbyW: 30 }],
  ] as const)('has no share, cost per BTC or break-even hashprice at no %s, yet costs money', (_, none) => {
    const figures = machineFigures(basisOf([machine(none)]), 0, network())
    expect(figures.marginUsdPerDay).toBeLessThan(0)
    for (const figure of [
      figures.marginShare,
      figures.costPerBtcUsd,
      figures.breakevenHashpriceUsdPerPhDay,
      figures.breakevenBtcPriceUsd,
      figures.breakevenDifficulty,
      figures.headroom,
    ]) {
      expect(figure).toBeNaN()
    }
  })

  it('has no break-even power price at no power', () => {
    const figures = machineFigures(basisOf([machine({ powerW: 0 })]), 0, network())
    expect(figures.breakevenPowerPriceUsdPerKwh).toBeNaN()
    expect(figures.breakevenDifficulty).toBeNaN()
    expect(figures.breakevenHashpriceUsdPerPhDay).toBe(0)
  })
})

describe('negative power prices', () => {
  it('give negative cost and break-evens, and no difficulty or headroom', () => {
    const figures = machineFigures(basisOf([machine({ powerPriceUsdPerKwh: -0.02 })]), 0, network())
    expect(figures.avoidableCostUsdPerDay).toBeCloseTo(-1.44, 12)
    expect(figures.breakevenHashpriceUsdPerPhDay).toBeCloseTo(-14.4, 12)
    expect(figures.breakevenBtcPriceUsd).toBeLessThan(0)
    expect(figures.marginUsdPerDay).toBeGreaterThan(figures.revenueUsdPerDay)
    expect(figures.breakevenDifficulty).toBeNaN()
    expect(figures.headroom).toBeNaN()
  })
})

describe('machines that do not run', () => {
  it('have the figures of one that does, and are not counted', () => {
    const basis = basisOf([machine(), machine({ status: 'off' }), machine({ status: 'repair' })])
    const margins = marginsUsdPerDay(basis, 40)
    expect(margins[1]).toBe(margins[0])
    expect(margins[2]).toBe(margins[0])
    expect([...basis.counted]).toEqual([1, 0, 0])
  })
})

describe('passes over many rows', () => {
  const machines = Array.from({ length: BLOCK_ROWS + 3 }, (_, i) =>
    machine({ powerW: 1000 + i, quantity: 1 + (i % 5) }),
  )
  const fleet = fleetFrom([site()], machines)

  it('write every row, the last of a part and the first of the next', () => {
    const basis = prepareMargins(fleet)
    for (const row of [0, BLOCK_ROWS - 1, BLOCK_ROWS, BLOCK_ROWS + 2]) {
      expect(basis.avoidableCostUsdPerDay[row]).toBeCloseTo(0.024 * (1000 + row) * (1 + (row % 5)) * 0.06, 9)
    }
    expect(basis.counted.every((counted) => counted === 1)).toBe(true)
  })

  it('write into the columns they are given, where these fit', () => {
    const basis = prepareMargins(fleet)
    const dearer = prepareMargins(fleetFrom([site({ powerPriceUsdPerKwh: 0.12 })], machines), basis)
    expect(dearer.avoidableCostUsdPerDay).toBe(basis.avoidableCostUsdPerDay)
    expect(dearer.avoidableCostUsdPerDay[7]).toBeCloseTo(
      prepareMargins(fleet).avoidableCostUsdPerDay[7]! * 2,
      10,
    )
    const other = prepareMargins(fleetFrom([site()], [machine()]), basis)
    expect(other.length).toBe(1)
    const margins = marginsUsdPerDay(basis, 40)
    expect(marginsUsdPerDay(basis, 50, margins)).toBe(margins)
    expect(marginsUsdPerDay(other, 50, margins)).toHaveLength(1)
  })

  it('take an empty fleet', () => {
    expect(marginsUsdPerDay(basisOf([]), 40)).toHaveLength(0)
  })
})
