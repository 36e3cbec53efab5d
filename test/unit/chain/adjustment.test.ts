import { describe, expect, it } from 'vitest'
import { changeAfter, estimateAdjustment, probabilityChangeBelow } from '#shared/domain/chain/adjustment.ts'

const calm = [0.02, 0.01, 0.015, 0.025, 0.01, 0.02, 0.015, 0.01, 0.02, 0.015, 0.02, 0.01]
const rough = [0.12, -0.15, 0.2, -0.1, 0.08, -0.28, 0.21, -0.05, -0.16, 0.1, 0.02, 0.13]

describe('changeAfter', () => {
  it('measures 2 015 intervals against 2 016 · 600 s', () => {
    expect(changeAfter(1_209_600)).toBe(0)
    expect(changeAfter(2015 * 600)).toBeCloseTo(2016 / 2015 - 1, 15)
  })

  it('counts no epoch below a quarter or above four times its time', () => {
    expect(changeAfter(0)).toBe(3)
    expect(changeAfter(302_399)).toBe(3)
    expect(changeAfter(4_838_401)).toBe(-0.75)
    expect(changeAfter(Infinity)).toBe(-0.75)
    expect(changeAfter(NaN)).toBeNaN()
  })
})

describe('the plain estimate', () => {
  it('stretches the pace so far over 2 015 intervals', () => {
    const { plainChange } = estimateAdjustment({ blocks: 403, seconds: 230_000 }, [])
    expect(plainChange).toBeCloseTo(1_209_600 / (230_000 * 5) - 1, 14)
  })

  it('does not exist before the first interval, and keeps to what consensus allows', () => {
    expect(estimateAdjustment({ blocks: 0, seconds: 1200 }, calm).plainChange).toBeNull()
    expect(estimateAdjustment({ blocks: 1, seconds: 1 }, calm).plainChange).toBe(3)
    expect(estimateAdjustment({ blocks: 1, seconds: 90_000 }, calm).plainChange).toBe(-0.75)
  })
})

describe('estimateAdjustment', () => {
  it('is exact after the last block, whatever happened before', () => {
    const change = 1_209_600 / 1_128_000 - 1
    for (const previous of [[], calm, rough]) {
      const estimate = estimateAdjustment({ blocks: 2015, seconds: 1_128_000 }, previous)
      expect(estimate).toMatchObject({
        plainChange: change,
        change,
        change80: [change, change],
        change95: [change, change],
        secondsLeft: 0,
        secondsLeft80: [0, 0],
        logSpread: 0,
      })
      expect(probabilityChangeBelow(estimate, change - 1e-12)).toBe(0)
      expect(probabilityChangeBelow(estimate, change)).toBe(1)
    }
  })

  it('knows one block before the end all but that block', () => {
    const { change, change95, secondsLeft } = estimateAdjustment({ blocks: 2014, seconds: 1_127_400 }, calm)
    expect(change).toBeCloseTo(changeAfter(1_127_400 + secondsLeft), 5)
    expect(change95[1]).toBeLessThan(changeAfter(1_127_400))
    expect(change95[1] - change95[0]).toBeLessThan(0.003)
    expect(secondsLeft).toBeGreaterThan(500)
    expect(secondsLeft).toBeLessThan(650)
  })

  it('starts from the promise, not from the first blocks', () => {
    const steady = estimateAdjustment({ blocks: 0, seconds: 0 }, [])
    const lucky = estimateAdjustment({ blocks: 6, seconds: 600 }, [])
    expect(Math.abs(steady.change)).toBeLessThan(0.005)
    expect(lucky.plainChange).toBe(3)
    expect(lucky.change).toBeLessThan(0.05)
    expect(lucky.change).toBeGreaterThan(steady.change)
  })

  it('hears that no block came: waiting lowers the estimate though no interval is seen', () => {
    const now = estimateAdjustment({ blocks: 0, seconds: 0 }, calm)
    const later = estimateAdjustment({ blocks: 0, seconds: 7200 }, calm)
    expect(later.change).toBeLessThan(now.change)
  })

  it('expects a trend to go on, in part', () => {
    const state = { blocks: 200, seconds: 120_000 }
    const flat = estimateAdjustment(
      state,
      calm.map(() => 0),
    )
    const rising = estimateAdjustment(
      state,
      calm.map(() => 0.05),
    )
    const falling = estimateAdjustment(
      state,
      calm.map(() => -0.05),
    )
    expect(rising.change - flat.change).toBeGreaterThan(0.015)
    expect(rising.change - flat.change).toBeLessThan(0.05)
    expect(falling.change).toBeLessThan(flat.change)
  })

  it('gives a wider interval where the previous adjustments differed more', () => {
    const state = { blocks: 500, seconds: 299_000 }
    const quiet = estimateAdjustment(state, calm)
    const loud = estimateAdjustment(state, rough)
    expect(loud.logSpread).toBeGreaterThan(1.5 * quiet.logSpread)
    expect(loud.change80[1] - loud.change80[0]).toBeGreaterThan(1.4 * (quiet.change80[1] - quiet.change80[0]))
  })

  it('grows surer as the epoch goes on', () => {
    const spreads = [0, 201, 504, 1007, 1511, 1813, 2014].map(
      (blocks) => estimateAdjustment({ blocks, seconds: blocks * 600 }, calm).logSpread,
    )
    expect(spreads).toStrictEqual([...spreads].sort((a, b) => b - a))
  })

  it('is never surer than the luck of the blocks still to come', () => {
    for (const blocks of [0, 500, 1500, 2000]) {
      const left = 2015 - blocks
      const luck = (0.97 * Math.sqrt(left)) / 2015
      expect(estimateAdjustment({ blocks, seconds: blocks * 600 }, calm).logSpread).toBeGreaterThan(luck)
    }
  })

  it('stays inside consensus for times that no epoch ever took', () => {
    expect(estimateAdjustment({ blocks: 3, seconds: 1e9 }, calm)).toMatchObject({
      change: -0.75,
      change80: [-0.75, -0.75],
    })
    const none = estimateAdjustment({ blocks: 2014, seconds: 0 }, calm)
    expect(none.change).toBe(3)
    expect(none.change95).toStrictEqual([3, 3])
  })

  it.each([
    [{ blocks: -1, seconds: 0 }, 'epoch.blocks'],
    [{ blocks: 2016, seconds: 0 }, 'epoch.blocks'],
    [{ blocks: 10.5, seconds: 6000 }, 'epoch.blocks'],
    [{ blocks: NaN, seconds: 6000 }, 'epoch.blocks'],
    [{ blocks: 10, seconds: -1 }, 'epoch.seconds'],
    [{ blocks: 10, seconds: NaN }, 'epoch.seconds'],
    [{ blocks: 10, seconds: Infinity }, 'epoch.seconds'],
    [{ blocks: 10, seconds: 1_763_800_000_000 }, 'epoch.seconds'],
  ])('refuses %o, naming %s', (epoch, field) => {
    expect(() => estimateAdjustment(epoch, [])).toThrow(RangeError)
    expect(() => estimateAdjustment(epoch, [])).toThrow(field)
  })

  it.each([NaN, -1, 7.33, Infinity])('refuses a previous adjustment of %f, naming its place', (bad) => {
    expect(() => estimateAdjustment({ blocks: 1, seconds: 600 }, [0.01, bad])).toThrow(
      'previousAdjustments[1]',
    )
  })
})

describe('probabilityChangeBelow', () => {
  const estimate = estimateAdjustment({ blocks: 700, seconds: 410_000 }, rough)

  it('gives the interval ends back', () => {
    const of = (change: number) => probabilityChangeBelow(estimate, change)
    expect(of(estimate.change95[0])).toBeCloseTo(0.025, 10)
    expect(of(estimate.change80[0])).toBeCloseTo(0.1, 10)
    expect(of(estimate.change80[1])).toBeCloseTo(0.9, 10)
    expect(of(estimate.change95[1])).toBeCloseTo(0.975, 10)
  })

  it('is 0 below −75 %, 1 from +300 % on, and nothing for no number', () => {
    expect(probabilityChangeBelow(estimate, -0.7501)).toBe(0)
    expect(probabilityChangeBelow(estimate, 3)).toBe(1)
    expect(probabilityChangeBelow(estimate, NaN)).toBeNaN()
  })

  it('knows that the time already spent bounds the change from above', () => {
    const late = estimateAdjustment({ blocks: 1900, seconds: 1_209_600 }, calm)
    expect(probabilityChangeBelow(late, 0)).toBe(1)
    expect(late.change95[1]).toBeLessThan(0)
  })

  it('has the mean that the estimate states', () => {
    const [lo, hi, steps] = [-0.6, 0.8, 20_000]
    let mean = hi
    for (let i = 0; i < steps; i++)
      mean -= (probabilityChangeBelow(estimate, lo + ((i + 0.5) * (hi - lo)) / steps) * (hi - lo)) / steps
    expect(mean).toBeCloseTo(estimate.change, 7)
  })
})
