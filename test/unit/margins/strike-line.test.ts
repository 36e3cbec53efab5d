import { describe, expect, it } from 'vitest'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import { basisOf, machine, site } from '../machines.ts'

/** 100 TH/s each, breaking even at the given hashprice. */
const breakingEvenAt = (hashprice: number, given: Partial<Machine> = {}) =>
  machine({ powerW: 1000, powerPriceUsdPerKwh: hashprice / 240, ...given })

const bars = (machines: readonly Machine[], now = 40, after: number | null = 44, atMost = 200) =>
  strikeBars(prepareStrikeLine(basisOf(machines)), { now, after }, atMost)

describe('the strike line', () => {
  it('goes from the cheapest to the dearest break-even and says where each lot stands', () => {
    const machines = [
      breakingEvenAt(60, { model: 'old', quantity: 2 }),
      breakingEvenAt(20, { model: 'new', quantity: 5 }),
      breakingEvenAt(42, { model: 'middle', quantity: 3 }),
    ]
    const line = bars(machines)
    expect(line.bars.map(({ state, machines }) => [state, machines])).toEqual([
      ['earns', 5],
      ['waits', 3],
      ['under water', 2],
    ])
    expect(line.bars.map((bar) => bar.acceptedPhs)).toEqual([0.5, expect.closeTo(0.3, 12), 0.2])
    expect(line.bars.map((bar) => bar.acceptedBeforePhs)).toEqual([0, 0.5, expect.closeTo(0.8, 12)])
    expect(line.acceptedPhs).toBeCloseTo(1, 12)
    expect([...prepareStrikeLine(basisOf(machines)).running.order]).toEqual([1, 2, 0])
  })

  it('counts a machine exactly on the line as earning', () => {
    const basis = basisOf([breakingEvenAt(40)])
    const now = basis.breakevenHashpriceUsdPerPhDay[0]!
    const line = strikeBars(prepareStrikeLine(basis), { now, after: null }, 10)
    expect(line.bars[0]!.state).toBe('earns')
  })

  it('leaves out machines in repair and those that have no figures or no break-even', () => {
    const machines = [
      breakingEvenAt(20),
      breakingEvenAt(21, { status: 'repair' }),
      breakingEvenAt(22, { hashrateThs: NaN }),
      breakingEvenAt(23, { uptime: 0 }),
    ]
    expect([...prepareStrikeLine(basisOf(machines)).running.order]).toEqual([0])
    expect(bars(machines).bars).toHaveLength(1)
  })

  it('makes one bar of neighbours of one model and site that break even alike, and keeps others apart', () => {
    const sites = [site({ name: 'A' }), site({ name: 'B' })]
    const basis = basisOf(
      [
        breakingEvenAt(30, { site: 'A' }),
        breakingEvenAt(30.1, { site: 'A' }),
        breakingEvenAt(30.2, { site: 'A', model: 'other' }),
        breakingEvenAt(30.25, { site: 'B', model: 'other' }),
        breakingEvenAt(33, { site: 'B', model: 'other' }),
      ],
      sites,
    )
    const line = strikeBars(prepareStrikeLine(basis), { now: 40, after: 44 }, 200)
    expect(line.bars.map((bar) => [bar.firstIndex, bar.endIndex, bar.modelCode, bar.siteRow])).toEqual([
      [0, 2, 0, 0],
      [2, 3, 1, 0],
      [3, 4, 1, 1],
      [4, 5, 1, 1],
    ])
    expect(line.bars[0]!.strikeUsdPerPhDay).toBeCloseTo(30.05, 9)
    expect(line.bars[0]!.fromUsdPerPhDay).toBeCloseTo(30, 9)
    expect(line.bars[0]!.toUsdPerPhDay).toBeCloseTo(30.1, 9)
  })

  it('is at the break-even of a bar as a whole', () => {
    const line = bars([breakingEvenAt(30, { quantity: 9 }), breakingEvenAt(30.2)])
    expect(line.bars[0]!.strikeUsdPerPhDay).toBeCloseTo(30.02, 9)
  })

  it('does not merge across either hashprice', () => {
    const line = bars([
      breakingEvenAt(39.99),
      breakingEvenAt(40.01),
      breakingEvenAt(43.99),
      breakingEvenAt(44.01),
    ])
    expect(line.bars.map((bar) => bar.state)).toEqual(['earns', 'waits', 'waits', 'under water'])
    const falling = bars([breakingEvenAt(35.99), breakingEvenAt(36.01), breakingEvenAt(40.01)], 40, 36)
    expect(falling.bars.map((bar) => bar.state)).toEqual(['earns', 'falls', 'under water'])
  })

  it('gives machines that are off bars of their own, in their place among the others', () => {
    const line = bars([
      breakingEvenAt(30),
      breakingEvenAt(35, { status: 'off', quantity: 4 }),
      breakingEvenAt(50),
    ])
    expect(line.bars.map(({ isIdle, state, machines }) => [isIdle, state, machines])).toEqual([
      [false, 'earns', 1],
      [true, 'earns', 4],
      [false, 'under water', 1],
    ])
    expect(line.bars.map((bar) => bar.acceptedBeforePhs)).toEqual([0, 0.1, 0.5])
    expect(line.acceptedPhs).toBeCloseTo(0.6, 12)
  })

  it('weighs by the hashrate that is paid for, so that its area is its margin', () => {
    const line = bars([breakingEvenAt(30, { poolFee: 0.02 }), breakingEvenAt(30.2, { hostShare: 0.5 })], 34)
    const [bar] = line.bars
    expect(line.bars).toHaveLength(2)
    for (const { acceptedPhs, strikeUsdPerPhDay, marginUsdPerDay } of line.bars)
      expect(acceptedPhs * (34 - strikeUsdPerPhDay)).toBeCloseTo(marginUsdPerDay, 12)
    expect(bar!.acceptedPhs).toBeCloseTo(0.098, 12)
  })

  it('has no step for what is paid for no hashrate, and tells what it costs', () => {
    const line = bars([breakingEvenAt(20), breakingEvenAt(20, { uptime: 0, standbyW: 50, quantity: 3 })])
    expect(line.bars).toHaveLength(1)
    // 3 × 50 W × 24 h at 20/240 USD/kWh
    expect(line.beyondStepsUsdPerDay).toBeCloseTo(-(3 * 0.05 * 24 * 20) / 240, 12)
  })

  it('keeps verdicts apart while there is room, and shows that of most of the hashrate else', () => {
    const machines = [
      breakingEvenAt(50, { quantity: 2 }),
      breakingEvenAt(50.1, { quantity: 3 }),
      breakingEvenAt(50.2, { quantity: 4 }),
    ]
    const index = prepareStrikeLine(basisOf(machines))
    const at = (verdicts: readonly number[], atMost: number) =>
      strikeBars(index, { now: 40, after: 44 }, atMost, Uint8Array.from(verdicts)).bars.map(
        ({ verdictCode, isMixed, machines: count }) => [verdictCode, isMixed, count],
      )
    expect(at([3, 3, 3], 10)).toEqual([[3, false, 9]])
    expect(at([3, 8, 8], 10)).toEqual([
      [3, false, 2],
      [8, false, 7],
    ])
    const many = Array.from({ length: 90 }, (_, i) =>
      breakingEvenAt(50 + i / 1000, { quantity: 1 + (i % 2) }),
    )
    const mixed = strikeBars(
      prepareStrikeLine(basisOf(many)),
      { now: 40, after: 44 },
      10,
      Uint8Array.from(many, (_, i) => (i % 2 === 0 ? 3 : 8)),
    )
    expect(mixed.bars.length).toBeLessThanOrEqual(10)
    expect(mixed.bars[0]).toMatchObject({ verdictCode: 8, isMixed: true })
  })

  it('shows no more bars than asked for, and loses no machine', () => {
    const machines = Array.from({ length: 3000 }, (_, i) =>
      breakingEvenAt(20 + ((i * 7919) % 3000) / 75, { model: `m${i % 17}`, quantity: 1 + (i % 4) }),
    )
    for (const atMost of [4, 10, 60]) {
      const line = bars(machines, 40, 44, atMost)
      expect(line.bars.length).toBeLessThanOrEqual(atMost)
      expect(line.bars.length).toBeGreaterThan(atMost / 3)
      expect(line.bars.reduce((sum, bar) => sum + bar.machines, 0)).toBe(7500)
      expect(line.bars.at(-1)!.endIndex).toBe(3000)
      for (const bar of line.bars) {
        for (const hashprice of [40, 44]) {
          expect(bar.fromUsdPerPhDay <= hashprice === bar.toUsdPerPhDay <= hashprice).toBe(true)
        }
      }
      expect(line.bars.some((bar) => bar.modelCode === null)).toBe(true)
    }
  })

  it('is prepared once and cut at any two hashprices', () => {
    const basis = basisOf([breakingEvenAt(30), breakingEvenAt(20), breakingEvenAt(50)])
    const kept = prepareStrikeLine(basis)
    for (const now of [10, 25, 40, 60, 25]) {
      const line = strikeBars(kept, { now, after: 44 }, 200)
      expect(line).toEqual(strikeBars(prepareStrikeLine(basis), { now, after: 44 }, 200))
    }
  })

  it('of no machines has no bars', () => {
    const line = bars([])
    expect(line.bars).toEqual([])
    expect(line.acceptedPhs).toBe(0)
  })
})
