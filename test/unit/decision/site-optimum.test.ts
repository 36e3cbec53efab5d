import { describe, expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { outlookFrom } from '#shared/domain/chain/outlook.ts'
import { optionValuesUsd } from '#shared/domain/decision/decide.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { AS_IT_IS, optimiseFleet } from '#shared/domain/decision/optimise-fleet.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import { bestProfileOption, profileVerdict } from '#shared/domain/decision/profile-option.ts'
import type { SiteLot } from '#shared/domain/decision/site-optimum.ts'
import { siteOptimum, SiteLimitError } from '#shared/domain/decision/site-optimum.ts'
import { basisOf, machine, site } from '../machines.ts'

const choice = (drawW: number, marginUsdPerDay: number) => ({ drawW, marginUsdPerDay })
const OFF = choice(0, 0)

function refusal(lots: readonly SiteLot[], capW: number, floorW = 0): SiteLimitError {
  try {
    siteOptimum(lots, { capW, floorW })
  } catch (error) {
    if (error instanceof SiteLimitError) return error
    throw error
  }
  throw new Error('it was accepted')
}

describe('the site optimum', () => {
  it('takes a point under the hull where whole machines leave no better use of the cap', () => {
    // on the hull: off, 1 000 W and 3 000 W; the middle one is never chosen alone without a cap
    const lot = { quantity: 1, choices: [OFF, choice(1000, 10), choice(2000, 11), choice(3000, 16)] }
    expect(siteOptimum([lot], { capW: 3000, floorW: 0 }).counts).toEqual([[0, 0, 0, 1]])
    const capped = siteOptimum([lot], { capW: 2500, floorW: 0 })
    expect(capped.counts).toEqual([[0, 0, 1, 0]])
    expect(capped.marginUsdPerDay).toBe(11)
    expect(capped.relaxedMarginUsdPerDay).toBe(14.5)
    expect(capped).toMatchObject({ exact: true, upperBoundUsdPerDay: 11, limitValueUsdPerKwDay: 3 })
  })

  it('is not led astray by the best margin per watt', () => {
    // greedy by margin per watt takes the small machine and has no room for the large one
    const small = { quantity: 1, choices: [OFF, choice(1000, 6)] }
    const large = { quantity: 1, choices: [OFF, choice(3000, 15)] }
    expect(siteOptimum([small, large], { capW: 3000, floorW: 0 }).counts).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  it('runs machines at a loss to use the power that must be used, the least dear first', () => {
    const dear = { quantity: 2, choices: [OFF, choice(1000, -3)] }
    const cheap = { quantity: 2, choices: [OFF, choice(1000, -1)] }
    const optimum = siteOptimum([dear, cheap], { capW: 4000, floorW: 2500 })
    expect(optimum.counts).toEqual([
      [1, 1],
      [0, 2],
    ])
    expect(optimum.powerW).toBe(3000)
    expect(optimum.limitValueUsdPerKwDay).toBe(3)
    // two of the cheap ones are enough for a floor of 2 kW
    expect(siteOptimum([dear, cheap], { capW: 4000, floorW: 2000 }).marginUsdPerDay).toBe(-2)
  })

  it('counts the standby power of machines that are off', () => {
    const lot = { quantity: 10, choices: [choice(100, -0.1), choice(1000, 5)] }
    // nine at 1 kW would leave 0.1 kW for the tenth: 9.1 kW
    expect(siteOptimum([lot], { capW: 9000, floorW: 0 }).counts).toEqual([[2, 8]])
    expect(siteOptimum([lot], { capW: 9100, floorW: 0 }).counts).toEqual([[1, 9]])
  })

  it('takes a sum that is the cap itself as within the cap', () => {
    const lot = { quantity: 3, choices: [OFF, choice(1.1 * 1000, 1)] }
    expect(siteOptimum([lot], { capW: 3300, floorW: 0 }).counts).toEqual([[0, 3]])
  })

  it('is exact for a million machines of one kind', () => {
    const lot = { quantity: 1_000_000, choices: [OFF, choice(2001, 4), choice(3333, 6)] }
    const optimum = siteOptimum([lot], { capW: 2.5e9, floorW: 0 })
    expect(optimum.exact).toBe(true)
    expect(optimum.powerW).toBeLessThanOrEqual(2.5e9)
    expect(optimum.relaxedMarginUsdPerDay - optimum.marginUsdPerDay).toBeLessThan(2)
  })

  it('stops where it is told to, with a bound that holds', () => {
    const lots = Array.from({ length: 12 }, (_, i) => ({
      quantity: 5 + i,
      choices: [OFF, choice(900 + 37 * i, 3 + 0.11 * i), choice(1507 + 53 * i, 4.4 + 0.13 * i)],
    }))
    const limits = { capW: 98_765, floorW: 0 }
    const stopped = siteOptimum(lots, limits, 20)
    const best = siteOptimum(lots, limits)
    expect(best.exact).toBe(true)
    expect(stopped.exact).toBe(false)
    expect(stopped.marginUsdPerDay).toBeLessThanOrEqual(best.marginUsdPerDay)
    expect(stopped.upperBoundUsdPerDay).toBeGreaterThanOrEqual(best.marginUsdPerDay)
    expect(stopped.upperBoundUsdPerDay).toBeGreaterThan(stopped.marginUsdPerDay)
    expect(siteOptimum(lots, limits, 20)).toEqual(stopped)
  })

  it('says which limit cannot be kept', () => {
    const lot = { quantity: 2, choices: [choice(100, -0.1), choice(1000, 5)] }
    expect(refusal([lot], 1000, 1500)).toMatchObject({
      field: 'capW',
      message: '1 kW is below the floor of 1.5 kW',
    })
    expect(refusal([lot], 150)).toMatchObject({
      field: 'capW',
      message: '0.15 kW is below the 0.2 kW that the machines draw at the least, standby included',
    })
    expect(refusal([lot], 3000, 2500)).toMatchObject({
      field: 'floorW',
      message: '2.5 kW is above the 2 kW that the machines draw at the most',
    })
    expect(refusal([lot], 1000, 500)).toMatchObject({
      field: 'floorW',
      message: 'no choice of whole machines draws from 0.5 to 1 kW: lower the floor or raise the cap',
    })
    expect(refusal([lot], NaN).field).toBe('capW')
  })

  it('has nothing to do without machines', () => {
    expect(siteOptimum([], { capW: 1000, floorW: 0 })).toMatchObject({
      marginUsdPerDay: 0,
      powerW: 0,
      exact: true,
    })
  })
})

const LADDER: Ladder = {
  model: 'S19',
  firmware: '',
  source: '',
  points: [
    { name: 'eco', hashrateThs: 80, powerW: 2000 },
    { name: 'normal', hashrateThs: 100, powerW: 3000 },
  ],
}

const ALL = { ladderOf: () => null, isMeant: () => true, mayBeOff: () => true }

describe('the optimum of a fleet', () => {
  it('never switches a machine off that must run, but may turn it down', () => {
    const fleet = fleetFrom([site()], [machine({ quantity: 2 }), machine({ id: 'b', quantity: 2 })])
    const rules = { ...ALL, ladderOf: () => LADDER, mayBeOff: (row: number) => row !== 1 }
    // at 20 USD/PH/s/day every point loses
    const optimum = optimiseFleet(fleet, 20, { capW: 5000, floorW: 0 }, rules)
    expect(optimum.rows.map(({ off }) => off)).toEqual([2, 0])
    expect(optimum.rows[1]!.points).toEqual([{ ...LADDER.points[0], count: 2 }])
    expect(() => optimiseFleet(fleet, 20, { capW: 3000, floorW: 0 }, rules)).toThrow(SiteLimitError)
  })

  it('gives every row its machines, whichever rows are alike', () => {
    const fleet = fleetFrom(
      [site()],
      [
        machine({ id: 'a', quantity: 3 }),
        machine({ id: 'b', model: 'other', quantity: 2, hashrateThs: 50, powerW: 2500 }),
        machine({ id: 'c', quantity: 4 }),
        machine({ id: 'd', status: 'off', quantity: 9 }),
        machine({ id: 'e', powerW: NaN, model: 'other' }),
      ],
    )
    const ladderOf = (row: number) => (row === 0 || row === 2 ? LADDER : null)
    const optimum = optimiseFleet(fleet, 60, { capW: 17_000, floorW: 0 }, { ...ALL, ladderOf })
    expect(optimum.leftOut).toBe(1)
    expect(optimum.rows.map(({ row }) => row)).toEqual([0, 1, 2])
    const machines = (row: number) => {
      const { points, off } = optimum.rows.find((plan) => plan.row === row)!
      return points.reduce((sum, { count }) => sum + count, off)
    }
    expect([0, 1, 2].map(machines)).toEqual([3, 2, 4])
    // by hand: eco earns 4.80 − 2.88 with 2 kW, normal 6.00 − 4.32 with 3 kW, the other 3.00 − 3.60
    expect(optimum.marginUsdPerDay).toBeCloseTo(7 * (4.8 - 2.88), 12)
    expect(optimum.powerW).toBe(14_000)
    expect(optimum.rows[0]!.points).toEqual([{ ...LADDER.points[0], count: 3 }])
    expect(optimum.rows[1]).toMatchObject({ points: [], off: 2, marginUsdPerDay: 0 })
    const sum = optimum.rows.reduce((total, { marginUsdPerDay }) => total + marginUsdPerDay, 0)
    expect(sum).toBeCloseTo(optimum.marginUsdPerDay, 12)
  })

  it('counts cooling against the cap and leaves machines of other sites alone', () => {
    const fleet = fleetFrom(
      [site({ overhead: 0.25 }), site({ name: 'South' })],
      [machine({ quantity: 4 }), machine({ id: 's', site: 'South', quantity: 7 })],
    )
    const here = (row: number) => fleet.machines.site[row] === 0
    const optimum = optimiseFleet(fleet, 80, { capW: 12_000, floorW: 0 }, { ...ALL, isMeant: here })
    expect(optimum.rows).toHaveLength(1)
    expect(optimum.rows[0]).toMatchObject({ points: [{ name: AS_IT_IS, count: 3 }], off: 1 })
    expect(optimum.powerW).toBeCloseTo(3 * 3750, 9)
  })
})

describe('a profile as an option of the verdict', () => {
  const outlook = outlookFrom(45, estimateAdjustment({ blocks: 1000, seconds: 600_000 }, []), {
    change: -0.05,
    horizonDays: 21,
  })

  it('is worth what running is worth with its hashrate and power', () => {
    const basis = basisOf([machine({ quantity: 5, uptime: 0.95, standbyW: 20 })])
    const eco = basisOf([machine({ quantity: 5, uptime: 0.95, standbyW: 20, hashrateThs: 80, powerW: 2000 })])
    const option = bestProfileOption(basis, outlook, 0, LADDER.points)!
    expect(profileVerdict(option.profile)).toBe('profile:eco')
    expect(option.valueUsd).toBeCloseTo(optionValuesUsd(eco, outlook, 0).run, 9)
    expect(option.valueUsd).toBeGreaterThan(optionValuesUsd(basis, outlook, 0).run)
  })

  it('does not exist without profiles or without a price', () => {
    expect(bestProfileOption(basisOf([machine()]), outlook, 0, [])).toBeNull()
    const unpriced = basisOf([machine()], [site({ powerPriceUsdPerKwh: NaN })])
    expect(bestProfileOption(unpriced, outlook, 0, LADDER.points)).toBeNull()
  })
})
