import { describe, expect, it } from 'vitest'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { breakevenBands, breakevenSpread } from '#shared/domain/margins/breakeven-bands.ts'
import { fleetStand } from '#shared/domain/margins/fleet-stand.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import { basisOf, machine } from '../machines.ts'

/** Break-even 24 × J/TH × 0.06 USD/kWh: 0.72 × W at 100 TH/s, in 1/100 USD. */
const lot = (id: string, breakevenUsd: number, more: Partial<Machine> = {}) =>
  machine({ id, powerW: (breakevenUsd * 100) / 1.44, ...more })

const basis = basisOf([
  lot('A', 34.2, { quantity: 10 }),
  lot('B', 34.8, { quantity: 2 }),
  lot('C', 30, { quantity: 5 }),
  lot('D', 90),
  lot('off', 33, { status: 'off' }),
  lot('blank', 33, { hashrateThs: NaN }),
  lot('never', 33, { uptime: 0 }),
])
const GRID = { fromUsdPerPhDay: 30, stepUsdPerPhDay: 1, count: 6 }

describe('where a fleet stands', () => {
  it('counts machines, hashrate and money on either side of a hashprice', () => {
    const stand = fleetStand(basis, 34.5)
    // One that is paid for no hashrate runs all the same.
    expect(stand).toMatchObject({ lots: 5, machines: 19 })
    expect(stand.acceptedPhs).toBeCloseTo(1.8, 9)
    expect(stand.under).toMatchObject({ lots: 2, machines: 3 })
    expect(stand.under.usdPerDay).toBeCloseTo(0.2 * (34.5 - 34.8) + 0.1 * (34.5 - 90), 9)
    expect(stand.breakevenUsdPerPhDay).toBeCloseTo((34.2 + 0.2 * 34.8 + 0.5 * 30 + 0.1 * 90) / 1.8, 9)
  })
})

describe('bands of break-evens', () => {
  it('hold what runs, cut where a hashprice lies in them, with outliers in the last', () => {
    const bands = breakevenBands(basis, { now: 34.5, after: 29 }, GRID)
    expect(
      bands.map(({ fromUsdPerPhDay, state, lots, machines }) => [fromUsdPerPhDay, state, lots, machines]),
    ).toEqual([
      [30, 'falls', 1, 5],
      [34, 'falls', 1, 10],
      [34, 'under water', 1, 2],
      [35, 'under water', 1, 1],
    ])
    expect(bands.at(-1)!.highestUsdPerPhDay).toBeCloseTo(90, 9)
    expect(bands[1]!.marginUsdPerDay).toBeCloseTo(1 * (34.5 - 34.2), 9)
    const waits = breakevenBands(basis, { now: 34.5, after: 35 }, GRID).map(({ state }) => state)
    expect(waits).toEqual(['earns', 'earns', 'waits', 'under water'])
  })

  it('add up to what the bars of the strike line add up to, state by state', () => {
    const lots = Array.from({ length: 400 }, (_, i) =>
      lot(`m${i}`, 20 + ((i * 37) % 300) / 10, { quantity: 1 + (i % 7) }),
    )
    const many = basisOf(lots)
    const hashprice = { now: 34.5, after: 36.1 }
    const sums = (
      rows: readonly { state: string; machines: number; acceptedPhs: number; marginUsdPerDay: number }[],
    ) =>
      ['earns', 'falls', 'waits', 'under water'].map((state) => {
        const of = rows.filter((row) => row.state === state)
        return [
          of.reduce((sum, { machines }) => sum + machines, 0),
          of.reduce((sum, { acceptedPhs }) => sum + acceptedPhs, 0).toFixed(6),
          of.reduce((sum, { marginUsdPerDay }) => sum + marginUsdPerDay, 0).toFixed(6),
        ]
      })
    const bands = breakevenBands(many, hashprice, { fromUsdPerPhDay: 20, stepUsdPerPhDay: 1, count: 40 })
    expect(sums(bands)).toEqual(sums(strikeBars(prepareStrikeLine(many), hashprice, 60).bars))
    const { under } = fleetStand(many, hashprice.now)
    expect(under.machines).toBe(Number(sums(bands)[2]![0]) + Number(sums(bands)[3]![0]))
  })

  it('spread between the lowest and the highest, with the bulk of the hashrate apart from outliers', () => {
    const spread = breakevenSpread(
      basisOf([lot('one', 500), lot('two', 30, { quantity: 100 }), lot('three', 35, { quantity: 100 })]),
    )!
    expect([spread.lowest, spread.highest, ...spread.bulk].map((usd) => Math.round(usd))).toEqual([
      30, 500, 30, 35,
    ])
    expect(breakevenSpread(basisOf([lot('off', 30, { status: 'off' })]))).toBeNull()
    expect(breakevenSpread(basisOf([]))).toBeNull()
  })
})
