import { describe, expect, it } from 'vitest'
import { clearSite } from '#shared/domain/decision/clearing/clearing.ts'
import type { Lots } from '#shared/domain/decision/sites/lots.ts'
import type { SiteSupply, SupplyGroup, SupplySteps } from '#shared/domain/power/supply.ts'

const MS_PER_HOUR = 3_600_000

type LotGiven = {
  readonly machines?: number
  readonly isOn?: boolean
  readonly policy?: number
  readonly restartUsd?: number
  readonly standbyKw?: number
  readonly points: readonly (readonly [kw: number, phs: number])[]
}

function lotsOf(...given: readonly LotGiven[]): Lots {
  const points = given.flatMap((lot) => lot.points)
  return {
    length: given.length,
    machines: Float64Array.from(given, ({ machines = 1 }) => machines),
    isOn: Uint8Array.from(given, ({ isOn = true }) => (isOn ? 1 : 0)),
    policy: Uint8Array.from(given, ({ policy = 0 }) => policy),
    restartUsd: Float64Array.from(given, ({ restartUsd = 0 }) => restartUsd),
    otherUsdPerKwh: new Float64Array(given.length),
    standbyKw: Float64Array.from(given, ({ standbyKw = 0 }) => standbyKw),
    pointsFrom: Uint32Array.from([
      0,
      ...given.map((_, l) => given.slice(0, l + 1).flatMap((lot) => lot.points).length),
    ]),
    pointKw: Float64Array.from(points, ([kw]) => kw),
    pointPhs: Float64Array.from(points, ([, phs]) => phs),
  }
}

/** Intervals of an hour, one group each, all of the first stage unless it is said where the second begins. */
function supplyOf(
  hours: readonly { readonly steps: readonly SupplySteps[]; readonly floorKw?: number }[],
  given: Partial<SiteSupply> & { readonly secondFrom?: number } = {},
): SiteSupply {
  const { secondFrom = Infinity, ...rest } = given
  return {
    pricesFrom: 'tariff',
    intervals: {
      length: hours.length,
      atMs: Float64Array.from({ length: hours.length + 1 }, (_, i) => i * MS_PER_HOUR),
      group: Uint16Array.from(hours, (_, i) => i),
      localDay: new Uint16Array(hours.length),
    },
    groups: hours.map(({ steps, floorKw = 0 }, i): SupplyGroup => ({
      stage: i < secondFrom ? 0 : 1,
      hours: 1,
      alternatives: steps,
      floorKw,
      shedAdderUsdPerKwh: 0,
      creditUsdPerKwh: 0,
      energyUsdPerKwh: steps[0]!.usdPerKwh.at(-1)!,
      handBackUsdPerKwh: 0,
      coincidentPeakUsdPerKwh: 0,
      isEvent: false,
    })),
    peakCharge: null,
    committedPerDay: null,
    isCoupled: true,
    notes: [],
    ...rest,
  }
}

const flat = (usdPerKwh: number, capKw = Infinity): readonly SupplySteps[] => [
  { kw: [capKw], usdPerKwh: [usdPerKwh] },
]
/** 24 USD/PH/day: a PH/s earns 1 USD an hour, so that a strike is PH/s ÷ kW. */
const HASHPRICE = 24
const clear = (lots: Lots, supply: SiteSupply, given: object = {}) =>
  clearSite({ lots, supply, hashpriceUsdPerPhDay: [HASHPRICE, HASHPRICE], ...given })
const modes = (site: ReturnType<typeof clear>, lot: number) =>
  site.plansOf(lot).map(({ count, modes: each }) => [count, ...each])

/** Strikes of 0.10, 0.08, 0.06, 0.04 USD/kWh, 1 kW each. */
const four = lotsOf(...[0.1, 0.08, 0.06, 0.04].map((phs) => ({ points: [[1, phs]] as const })))

describe('the crossing of a site', () => {
  it('is the price of the next kWh inside a step of supply', () => {
    const site = clear(four, supplyOf([{ steps: flat(0.05) }]))
    expect(site.lambdaUsdPerKwh[0]).toBe(0.05)
    expect([0, 1, 2, 3].map((lot) => modes(site, lot))).toEqual([[[1, 1]], [[1, 1]], [[1, 1]], [[1, 0]]])
    expect(site.valueUsd).toBeCloseTo(0.05 + 0.03 + 0.01, 12)
    expect(site.isProven).toBe(true)
  })

  it('is the strike of the last machine where committed energy ends inside its step', () => {
    const steps = [{ kw: [2.5, Infinity], usdPerKwh: [0.01, 0.09] }]
    const site = clear(four, supplyOf([{ steps }]))
    expect(site.lambdaUsdPerKwh[0]).toBeCloseTo(0.06, 12)
    // half of the third machine's energy would be bought at 0.09: together it earns nothing
    expect(site.powerKw[0]).toBe(3)
    expect(site.valueUsd).toBeCloseTo(0.1 + 0.08 + 0.06 - 0.025 - 0.045, 12)
  })

  it('carries the scarcity of a cap', () => {
    const site = clear(four, supplyOf([{ steps: flat(0.02, 2) }]))
    expect(site.lambdaUsdPerKwh[0]).toBeCloseTo(0.08, 12)
    expect(site.powerKw[0]).toBe(2)
    expect(site.valueUsd).toBeCloseTo(0.06 + 0.08, 12)
  })

  it('falls below the price at a floor, and rounding goes up', () => {
    const site = clear(four, supplyOf([{ steps: flat(0.07), floorKw: 2.5 }]))
    expect(site.lambdaUsdPerKwh[0]).toBeCloseTo(0.06, 12)
    expect(site.powerKw[0]).toBe(3)
  })

  it('takes the better of two lines where handing back earns more than power costs', () => {
    const lines = [
      { kw: [Infinity], usdPerKwh: [0.09] },
      { kw: [Infinity], usdPerKwh: [0.03], fixedUsdPerHour: 0.06 * 2 },
    ]
    const site = clear(four, supplyOf([{ steps: lines }]))
    // all four earn 0.28 − 0.12 − 0.12 at the second line, one alone earns 0.01 at the first
    expect(site.powerKw[0]).toBe(4)
    expect(site.valueUsd).toBeCloseTo(0.28 - 0.24, 12)
    const wide = [lines[0]!, { ...lines[1]!, fixedUsdPerHour: 0.06 * 3 }]
    expect(clear(four, supplyOf([{ steps: wide }])).powerKw[0]).toBe(1)
  })

  it('names the limit that cannot be kept', () => {
    const fixed = lotsOf({ policy: 1, points: [[3, 0.1]] })
    expect(() => clear(fixed, supplyOf([{ steps: flat(0.05, 2) }]))).toThrow(
      /^capKw: 2 kW is below the 3 kW/u,
    )
    expect(() => clear(four, supplyOf([{ steps: flat(0.05), floorKw: 5 }]))).toThrow(
      /^floorKw: 5 kW is above the 4 kW/u,
    )
  })
})

describe('machines of a coupled site', () => {
  it('are whole: a cap on a part of a lot splits it', () => {
    const site = clear(lotsOf({ machines: 5, points: [[3, 0.3]] }), supplyOf([{ steps: flat(0.02, 10) }]))
    expect(modes(site, 0)).toEqual([
      [3, 1],
      [2, 0],
    ])
  })

  it('keep their own point as a choice under the hull', () => {
    // 2 kW lies under the line from 1 to 3, and is the only step up that fits
    const lots = lotsOf({
      points: [
        [2, 0.14],
        [1, 0.1],
        [3, 0.24],
      ],
    })
    const site = clear(lots, supplyOf([{ steps: flat(0.01, 2) }]))
    expect(modes(site, 0)).toEqual([[1, 1]])
  })

  it('run at a loss where they are protected, and start', () => {
    const site = clear(
      lotsOf({ policy: 1, isOn: false, restartUsd: 1, points: [[1, 0.01]] }),
      supplyOf([{ steps: flat(0.05) }]),
    )
    expect(modes(site, 0)).toEqual([[1, 1]])
    expect(site.valueUsd).toBeCloseTo(-1.04, 12)
  })

  it('run through a dear hour that costs less than a restart', () => {
    const hours = [{ steps: flat(0.02) }, { steps: flat(0.1) }, { steps: flat(0.02) }]
    const lot = (restartUsd: number) => lotsOf({ restartUsd, points: [[1, 0.08]] })
    expect(modes(clear(lot(0.03), supplyOf(hours)), 0)).toEqual([[1, 1, 1, 1]])
    expect(modes(clear(lot(0.01), supplyOf(hours)), 0)).toEqual([[1, 1, 0, 1]])
    expect(
      modes(
        clear(lot(0.01), supplyOf(hours), {
          limits: { switchesPerDay: 1, leastHoursOn: 0, leastHoursOff: 0 },
        }),
        0,
      ),
    ).toEqual([[1, 1, 1, 1]])
  })

  it('stay on for what being on is worth in the end, which is in no figure', () => {
    const supply = supplyOf([{ steps: flat(0.1) }])
    const site = clear(lotsOf({ restartUsd: 5, points: [[1, 0.08]] }), supply, {
      endValuesAt: () => Float64Array.of(1),
    })
    expect(modes(site, 0)).toEqual([[1, 1]])
    expect(site.valueUsd).toBeCloseTo(-0.02, 12)
    expect(site.isProven).toBe(true)
  })

  it('share a peak that is worth its charge', () => {
    const hours = Array.from({ length: 10 }, () => ({ steps: flat(0.02) }))
    // over ten hours a kW of the four earns 0.8, 0.6, 0.4, 0.2 USD
    const site = clear(four, supplyOf(hours, { peakCharge: { usdPerKw: [0.5, 0.5], freeKw: [1, 1] } }))
    expect(site.peakKw[0]).toBe(2)
    expect(site.powerKw[0]).toBe(2)
    expect(site.valueUsd).toBeCloseTo(0.8 + 0.6 - 0.5, 12)
    expect(site.isProven).toBe(true)
  })

  it('use a day’s committed energy in its dearest hours', () => {
    const hours = [{ steps: flat(0.03) }, { steps: flat(0.2) }]
    const supply = supplyOf(hours, { committedPerDay: { kwh: 24, handBackUsdPerKwh: 0.01 } })
    const site = clear(lotsOf({ machines: 2, points: [[1, 0.1]] }), supply)
    // two of twenty-four hours lie in the horizon: 2 kWh, for the hour at 0.20
    expect(site.powerKw).toEqual(Float64Array.of(2, 2))
    expect(site.bill.committedUsd).toBeCloseTo(2 * 0.19, 12)
    expect(site.valueUsd).toBeCloseTo(0.4 - 2 * 0.03 - 2 * 0.01, 12)
  })
})

describe('the worth of a lot', () => {
  it('is what the site has with it less what it has without it, never energy at the marginal price', () => {
    const steps = [{ kw: [2, Infinity], usdPerKwh: [0.01, 0.05] }]
    const site = clear(four, supplyOf([{ steps }]))
    expect(site.powerKw[0]).toBe(3)
    expect(site.marginsOf(0)[0]).toBeCloseTo(0.1 - 0.05, 12)
    // the first two run on committed energy, but without them the third would
    expect(site.marginsOf(3)[0]).toBeCloseTo(0.04 - 0.05, 12)
    const all = clear(lotsOf({ machines: 4, points: [[1, 0.06]] }), supplyOf([{ steps }]))
    expect(all.marginsOf(0)[0]).toBeCloseTo(4 * 0.06 - 2 * 0.01 - 2 * 0.05, 12)
  })

  it('counts the machines that a cap would put out', () => {
    const site = clear(four, supplyOf([{ steps: flat(0.02, 2) }]))
    expect(site.marginsOf(2)[0]).toBeCloseTo(0.06 - 0.08, 12)
  })

  it('adds up per stage over the hours that pay, or over all where none does', () => {
    const hours = [{ steps: flat(0.02) }, { steps: flat(0.09) }, { steps: flat(0.09) }]
    const site = clear(lotsOf({ points: [[1, 0.08]] }), supplyOf(hours, { secondFrom: 2 }))
    expect([...site.worthOf(0)].map((usd) => Number(usd.toFixed(12)))).toEqual([0.06, -0.01])
  })
})

describe('odd sites', () => {
  it('without machines cost nothing', () => {
    const site = clear(lotsOf(), supplyOf([{ steps: flat(0.05) }]))
    expect(site.valueUsd).toBe(0)
    expect(site.gapUsd).toBe(0)
    expect(site.lambdaUsdPerKwh[0]).toBe(0.05)
  })

  it('leave a lot out whose figures are missing', () => {
    const site = clear(
      lotsOf({ points: [[1, NaN]] }, { points: [[1, 0.1]] }),
      supplyOf([{ steps: flat(0.05) }]),
    )
    expect(site.plansOf(0)).toEqual([])
    expect(site.marginsOf(0)[0]).toBeNaN()
    expect(site.valueUsd).toBeCloseTo(0.05, 12)
  })

  it('with standby above running power, free hashrate at negative prices, a restart of a million', () => {
    const lots = lotsOf(
      { standbyKw: 5, points: [[1, 0.1]] },
      { points: [[0, 0.1]] },
      { points: [[1, 0]] },
      { isOn: false, restartUsd: 1e6, points: [[1, 0.1]] },
    )
    for (const price of [-0.5, 0, 0.5]) {
      const site = clear(
        lots,
        supplyOf([
          { steps: flat(price) },
          { steps: [{ kw: [2, Infinity], usdPerKwh: [price, price + 0.1] }] },
        ]),
      )
      for (const figure of [
        site.valueUsd,
        site.upperBoundUsd,
        site.gapUsd,
        ...site.lambdaUsdPerKwh,
        ...site.powerKw,
      ])
        expect(Number.isFinite(figure)).toBe(true)
      expect(modes(site, 3)).toEqual([[1, 0, 0]])
    }
  })
})
