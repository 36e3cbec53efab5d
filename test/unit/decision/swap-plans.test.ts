import { expect, it } from 'vitest'
import { improve } from '#shared/domain/decision/clearing/improve-plans.ts'
import type { Cell } from '#shared/domain/decision/clearing/site-cells.ts'
import type { Plan } from '#shared/domain/decision/clearing/site-plans.ts'
import { planner } from '#shared/domain/decision/clearing/site-plans.ts'
import { swapPairs } from '#shared/domain/decision/clearing/swap-plans.ts'
import { NO_SWITCH_LIMITS } from '#shared/domain/decision/schedule/intervals.ts'
import type { Lots } from '#shared/domain/decision/sites/lots.ts'

/** 10 kW are paid for and handed back for 0.02 USD/kWh; what is drawn beyond them costs 0.20. One hour. */
const OFFERED = [{ kw: [10, Infinity], usdPerKwh: [0.02, 0.2] }]
const CELL: Cell = {
  stage: 0,
  hours: 1,
  pool: 0,
  floorKw: 0,
  shiftUsdPerKwh: 0,
  creditUsdPerKwh: 0,
  energyUsdPerKwh: 0.2,
  alternatives: OFFERED,
}

/** Running machines of so many kW each that earn so much per kWh; hashprice 24 USD per PH/s and day. */
function siteOf(machines: readonly (readonly [kw: number, usdPerKwh: number])[]) {
  const { length } = machines
  const lots: Lots = {
    length,
    machines: new Float64Array(length).fill(1),
    isOn: new Uint8Array(length).fill(1),
    policy: new Uint8Array(length),
    restartUsd: new Float64Array(length),
    otherUsdPerKwh: new Float64Array(length),
    standbyKw: new Float64Array(length),
    pointsFrom: Uint32Array.from({ length: length + 1 }, (_, lot) => lot),
    pointKw: Float64Array.from(machines, ([kw]) => kw),
    pointPhs: Float64Array.from(machines, ([kw, usdPerKwh]) => kw * usdPerKwh),
  }
  return planner({
    lots,
    cells: [CELL],
    blocks: {
      length: 1,
      cell: Uint16Array.of(0),
      hours: Float64Array.of(1),
      pool: Uint16Array.of(0),
      kwhOfPool: new Float64Array(1),
    },
    times: { atMs: new Float64Array(0), localDay: new Uint16Array(0), stage: new Uint16Array(0) },
    limits: NO_SWITCH_LIMITS,
    hashpriceUsdPerPhDay: [24],
    endValueUsd: null,
  })
}

it('two machines change places where neither would change alone', () => {
  // 6 and 3 kW run, the 4 kW that earn a little less per kWh do not: together with the 6 they would fill what is paid for.
  const site = siteOf([
    [6, 0.08],
    [3, 0.05],
    [4, 0.048],
  ])
  const [off, on] = [site.keep(Uint8Array.of(0)), site.keep(Uint8Array.of(1))]
  const begin = () => {
    const plans: (readonly Plan[])[] = [on, on, off].map((modes) => [{ count: 1, modes }])
    return { plans, kw: site.powerOf(plans) }
  }
  const planned = begin()
  expect(planned.kw[0]).toBe(9)
  expect(improve(site, OFFERED, planned, [0, 1, 2], { left: Infinity }).changed).toBe(false)

  // At 0.049 the bound is above what is known by what the tenth kW would earn, and the third machine loses a thousandth a kWh.
  const lambda = Float64Array.of(0.049)
  const { changed, earnedUsd } = swapPairs(site, OFFERED, planned, lambda, 0.04)
  expect(changed).toBe(true)
  expect(earnedUsd).toBeCloseTo(4 * 0.048 - 3 * 0.05, 12)
  expect(planned.plans.map(([plan]) => plan!.modes[0])).toEqual([1, 0, 1])
  expect(planned.kw[0]).toBe(10)

  // Nothing is left to gain, and no move that loses more than the room is tried.
  expect(swapPairs(site, OFFERED, planned, lambda, 0.04).changed).toBe(false)
  expect(swapPairs(site, OFFERED, begin(), lambda, 0.003).changed).toBe(false)
})
