import { describe, expect, it } from 'vitest'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { marginVariance } from '#shared/domain/money/margin-variance.ts'
import { basisOf, machine, network, site } from '../machines.ts'

describe('the change of the margin by cause', () => {
  it('is what a person computes where two causes act on one another', () => {
    // 0.1 PH/s and 72 kWh a day. The tariff rises from 6 to 8 cents, and the machine runs half of the day.
    const before = { basis: basisOf([machine()]), conditions: network() }
    const after = {
      basis: basisOf([machine({ uptime: 0.5 })], [site({ powerPriceUsdPerKwh: 0.08 })]),
      conditions: network(),
    }
    const { effectsUsdPerDay, ...sums } = marginVariance(before, after)
    const revenue = 0.1 * hashpriceUsdPerPhDay(network())
    expect(sums.beforeUsdPerDay).toBeCloseTo(revenue - 4.32, 12)
    expect(sums.afterUsdPerDay).toBeCloseTo(revenue / 2 - 2.88, 12)
    // Alone, or after the other one: −1.44 or −0.72 for the tariff.
    expect(effectsUsdPerDay.tariff).toBeCloseTo(-1.08, 12)
    expect(effectsUsdPerDay.uptime).toBeCloseTo((-(revenue - 4.32) / 2 - (revenue - 5.76) / 2) / 2, 12)
    expect(effectsUsdPerDay).toMatchObject({
      price: 0,
      difficulty: 0,
      fees: 0,
      subsidy: 0,
      typed: 0,
      terms: 0,
      fleet: 0,
    })
  })

  it('counts machines that came, went, or were switched as fleet, by their ids', () => {
    const before = basisOf([machine({ id: 'a', quantity: 3 }), machine({ id: 'b' }), machine({ id: 'c' })])
    const after = basisOf([
      machine({ id: 'c' }),
      machine({ id: 'b', status: 'off' }),
      machine({ id: 'd', quantity: 5 }),
    ])
    const conditions = network()
    const variance = marginVariance({ basis: before, conditions }, { basis: after, conditions })
    expect([variance.machinesGone, variance.machinesAdded]).toEqual([4, 5])
    expect(variance.effectsUsdPerDay.fleet).toBeCloseTo(
      variance.afterUsdPerDay - variance.beforeUsdPerDay,
      12,
    )
  })

  it('splits the network: a halving is the subsidy, and what was typed is apart', () => {
    const basis = basisOf([machine()])
    const of = (before: NetworkConditions, after: NetworkConditions) =>
      marginVariance({ basis, conditions: before }, { basis, conditions: after }).effectsUsdPerDay
    const halved = of(network({ height: 1_049_999 }), network({ height: 1_050_000 }))
    expect(halved.subsidy).toBeLessThan(0)
    expect(halved).toMatchObject({ price: 0, difficulty: 0, fees: 0, typed: 0 })
    const asTyped = { typed: { hashpriceUsdPerPhDay: 50, adjustment: null } }
    const typed = of(network(), network(asTyped))
    expect(typed.typed).toBeCloseTo(0.1 * (50 - hashpriceUsdPerPhDay(network())), 12)
    expect(typed).toMatchObject({ price: 0, difficulty: 0, fees: 0, subsidy: 0 })
    const nothing = { height: NaN, difficulty: NaN, priceUsdPerBtc: NaN, feesBtcPerBlock: NaN }
    const unknown = of(network(), network({ ...nothing, ...asTyped }))
    expect(unknown.typed).toBeCloseTo(typed.typed, 12)
    expect(() => of(network(), network(nothing))).toThrow('hashprice: it is not known')
  })
})
