import { describe, expect, it } from 'vitest'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { marginsUsdPerDay } from '#shared/domain/margins/fleet-margins.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { equilibriumHashprice } from '#shared/domain/ahead/project.ts'
import { responseOf } from '#shared/domain/ahead/respond.ts'
import { correlatedPaths } from '#shared/domain/ahead/simulate/correlated-paths.ts'
import type { PathModel } from '#shared/domain/ahead/simulate/path-model.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { probabilityUnderWater, simulate } from '#shared/domain/ahead/simulate/simulate.ts'
import type { SimulationChoices } from '#shared/domain/ahead/simulate/simulate.ts'
import { basisOf, machine, network, withCash } from '../machines.ts'

const estimate = estimateAdjustment({ blocks: 1000, seconds: 600_000 }, [0.01, -0.02])
const choices: SimulationChoices = {
  epochs: 8,
  paths: 2000,
  seed: 1,
  price: constantGrowth(0),
  hashrate: constantGrowth(0),
  model: FITTED_PATHS,
  underWater: 'run',
  response: null,
}
const basis = withCash(
  basisOf([
    machine({ id: 'cheap', powerW: 1700 }),
    machine({ id: 'dear', powerW: 2600, standbyW: 20, quantity: 3 }),
    machine({ id: 'paid', powerPriceUsdPerKwh: -0.01 }),
    machine({ id: 'off', status: 'off', powerW: 9000 }),
    machine({ id: 'unknown', powerW: NaN }),
    machine({ id: 'idle', uptime: 0, standbyW: 10 }),
  ]),
)
const lots = ['cheap', 'dear', 'paid', 'off', 'unknown', 'idle']
const row = (id: string) => lots.indexOf(id)

/** The hashprices of an epoch, path by path. */
function hashprices(epoch: number, given: Partial<SimulationChoices> = {}): Float64Array {
  const walk = correlatedPaths(network(), estimate, { ...choices, ...given })
  const into = new Float64Array(given.paths ?? choices.paths)
  for (let i = 0; i <= epoch; i++) walk.next(into, 3.125)
  return into
}

describe('a simulation', () => {
  it('is the same for the same seed and another for another', () => {
    expect(simulate(basis, network(), estimate, choices)).toEqual(
      simulate(basis, network(), estimate, choices),
    )
    expect(simulate(basis, network(), estimate, { ...choices, seed: 2 })).not.toEqual(
      simulate(basis, network(), estimate, choices),
    )
  })

  it('is the same for the same seed with the network’s response, which changes no draw', () => {
    const responding = { ...choices, response: DEFAULT_SUPPLY_CURVE }
    const [first, second] = [1, 2].map(() => simulate(basis, network(), estimate, responding))
    expect(first).toEqual(second)
    const silent = simulate(basis, network(), estimate, choices)
    // Where the hashprice rises nobody leaves, so the upper end of the next epoch is the same to the bit.
    expect(first!.epochs[1]!.hashpriceUsdPerPhDay.p95).toBe(silent.epochs[1]!.hashpriceUsdPerPhDay.p95)
    expect(first!.epochs[7]!.hashpriceUsdPerPhDay.p5).toBeGreaterThan(
      silent.epochs[7]!.hashpriceUsdPerPhDay.p5,
    )
  })

  it('keeps its earlier epochs when more are asked for', () => {
    const short = simulate(basis, network(), estimate, { ...choices, epochs: 3 })
    const long = simulate(basis, network(), estimate, choices)
    expect(long.epochs.slice(0, 3)).toEqual(short.epochs)
  })

  it('is certain of the running epoch', () => {
    const [first] = simulate(basis, network(), estimate, choices).epochs
    const { p5, p95 } = first!.hashpriceUsdPerPhDay
    expect(p5).toBe(p95)
  })

  it('reads the quantiles and probabilities that a pass over every path and lot gives', () => {
    const simulation = simulate(basis, network(), estimate, choices)
    for (const epoch of [1, 7]) {
      const margins = Array.from(hashprices(epoch), (hashprice) => marginsUsdPerDay(basis, hashprice))
      const fleet = margins
        .map((of) => of.reduce((sum, margin, i) => (basis.counted[i] === 1 ? sum + margin : sum), 0))
        .sort((a, b) => a - b)
      const { marginUsdPerDay, probabilityOfLoss } = simulation.epochs[epoch]!
      const place = 0.05 * (fleet.length - 1)
      const low = Math.floor(place)
      expect(marginUsdPerDay.p5).toBeCloseTo(fleet[low]! + (fleet[low + 1]! - fleet[low]!) * (place - low), 9)
      expect(probabilityOfLoss).toBe(fleet.filter((margin) => margin < 0).length / fleet.length)
      for (const id of ['cheap', 'dear', 'paid', 'off', 'idle']) {
        const losses = margins.filter((of) => of[row(id)]! < 0).length
        expect(probabilityUnderWater(simulation, row(id), epoch), id).toBe(losses / fleet.length)
      }
    }
  })

  it('has no probability for a lot without its figures', () => {
    const simulation = simulate(basis, network(), estimate, choices)
    expect(probabilityUnderWater(simulation, row('unknown'), 2)).toBeNaN()
  })

  it('stops lots where standing still costs less, and never loses by it', () => {
    const run = simulate(basis, network(), estimate, choices)
    const stop = simulate(basis, network(), estimate, { ...choices, underWater: 'stop' })
    for (const epoch of [1, 7]) {
      const best = Array.from(hashprices(epoch), (hashprice) =>
        marginsUsdPerDay(basis, hashprice).reduce(
          (sum, margin, i) =>
            basis.counted[i] === 1 ? sum + Math.max(margin, -basis.standbyCostUsdPerDay[i]!) : sum,
          0,
        ),
      ).sort((a, b) => a - b)
      expect(stop.epochs[epoch]!.marginUsdPerDay.p50).toBeCloseTo((best[999]! + best[1000]!) / 2, 9)
      expect(stop.epochs[epoch]!.marginUsdPerDay.p5).toBeGreaterThan(run.epochs[epoch]!.marginUsdPerDay.p5)
    }
    expect(stop.pathsUnderWater).toEqual(run.pathsUnderWater)
  })

  it('halves what the subsidy pays at its height', () => {
    const before = network({ height: 1_050_000 - 2016 - 1000, feesBtcPerBlock: 0 })
    const { epochs } = simulate(basis, before, estimate, choices)
    const { p50: last } = epochs[1]!.hashpriceUsdPerPhDay
    const { p50: next } = epochs[3]!.hashpriceUsdPerPhDay
    expect(next / last).toBeGreaterThan(0.45)
    expect(next / last).toBeLessThan(0.55)
  })

  it('keeps most of its own supply curve above water on the 5 % path of a year, which it does not without the response', () => {
    const response = responseOf(DEFAULT_SUPPLY_CURVE, equilibriumHashprice(network(), estimate.change))
    const under = (given: Partial<SimulationChoices>) => {
      const { epochs } = simulate(basis, network(), estimate, { ...choices, epochs: 27, ...given })
      const { p5 } = epochs[26]!.hashpriceUsdPerPhDay
      return response.share.reduce((sum, share, i) => sum + (response.leavesBelow[i]! > p5 ? share : 0), 0)
    }
    expect(under({ response: null })).toBeGreaterThan(0.6)
    expect(under({ response: DEFAULT_SUPPLY_CURVE })).toBeLessThan(0.45)
  })

  it('is as certain of today as its values: the spread of old ones is in the first row', () => {
    const startSpread = { price: 0.1, difficulty: 0.05 }
    const first = hashprices(0, { paths: 20_000, startSpread })
    const logs = Array.from(first, (hashprice) => Math.log(hashprice))
    const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length
    const spread = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logs.length)
    expect(spread).toBeCloseTo(Math.hypot(0.1, 0.05), 2)
  })

  it('refuses more tiers on more paths than it can hold', () => {
    const tiers = Array.from({ length: 1000 }, () => ({ share: 0.001, jPerTh: 20, usdPerKwh: 0.05 }))
    const response = { ...DEFAULT_SUPPLY_CURVE, tiers }
    expect(() => simulate(basis, network(), estimate, { ...choices, paths: 50_001, response })).toThrow(
      /^paths: 50001 with a supply curve of 1000 tiers/,
    )
  })

  it('tells its progress, and ends with what the listener throws', () => {
    const told: number[] = []
    simulate(basis, network(), estimate, choices, (done) => told.push(done))
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    const stop = () =>
      simulate(basis, network(), estimate, choices, (done) => {
        if (done === 2) throw new Error('enough')
      })
    expect(stop).toThrow('enough')
  })

  it('answers for a fleet without rows', () => {
    const { epochs } = simulate(withCash(basisOf([])), network(), estimate, choices)
    expect(epochs[3]!.marginUsdPerDay.p50).toBe(0)
    expect(epochs[3]!.probabilityOfLoss).toBe(0)
  })
})

describe('the paths', () => {
  const spreadOf = (epoch: number, model: Partial<PathModel>) => {
    const logs = Array.from(
      hashprices(epoch, { paths: 20_000, model: { ...FITTED_PATHS, ...model } }),
      Math.log,
    )
    const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length
    return Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logs.length)
  }

  it('spread as their volatility says', () => {
    const days = (epoch: number) => estimate.secondsLeft / 86_400 + (epoch - 1) * 14
    for (const tailDegreesOfFreedom of [6, null]) {
      const spread = spreadOf(9, { hashrateVolatilityPerYear: 0, tailDegreesOfFreedom })
      expect(spread / (0.8 * Math.sqrt(days(9) / 365.25))).toBeCloseTo(1, 1)
    }
  })

  it('spread less the more price and hashrate go together', () => {
    const [apart, free, together] = [-0.9, 0, 0.9].map((correlation) => spreadOf(9, { correlation }))
    expect(apart).toBeGreaterThan(free!)
    expect(free).toBeGreaterThan(together!)
  })

  it('begin with the spread of the estimate', () => {
    const spread = spreadOf(1, { priceVolatilityPerYear: 0 })
    expect(spread / estimate.logSpread).toBeCloseTo(1, 1)
  })
})

describe('bad input', () => {
  const refused = (given: Partial<SimulationChoices>) => () =>
    simulate(basis, network(), estimate, { ...choices, ...given })
  const model = (given: Partial<PathModel>) => ({ model: { ...FITTED_PATHS, ...given } })

  it.each([
    ['paths', { paths: 0 }],
    ['paths', { paths: 1.5 }],
    ['seed', { seed: -1 }],
    ['epochs', { epochs: 0 }],
    ['priceVolatilityPerYear', model({ priceVolatilityPerYear: -0.1 })],
    ['hashrateVolatilityPerYear', model({ hashrateVolatilityPerYear: NaN })],
    ['correlation', model({ correlation: 1.01 })],
    ['tailDegreesOfFreedom', model({ tailDegreesOfFreedom: 5 })],
  ])('is refused with the name of the field: %s', (field, given) => {
    expect(refused(given)).toThrow(RangeError)
    expect(refused(given)).toThrow(field)
  })

  it('is refused where the paths leave all numbers', () => {
    const wild = { ...model({ priceVolatilityPerYear: 5, hashrateVolatilityPerYear: 5 }), epochs: 1000 }
    expect(refused({ ...wild, hashrate: constantGrowth(-0.99), price: constantGrowth(100) })).toThrow(
      /^epochs: |^hashrate path: /,
    )
  })
})
