import { describe, expect, it } from 'vitest'
import type { IntervalTimes } from '#shared/domain/decision/schedule/intervals.ts'
import { bestSchedule, NO_SWITCH_LIMITS } from '#shared/domain/decision/schedule/intervals.ts'
import type { Lots } from '#shared/domain/decision/sites/lots.ts'
import type { PricedIntervals } from '#shared/domain/decision/schedule/lot-schedules.ts'
import { intervalMargins, lotSchedules } from '#shared/domain/decision/schedule/lot-schedules.ts'
import { patternValues, STAGE_PATTERNS } from '#shared/domain/decision/schedule/stage-patterns.ts'

const MS_PER_HOUR = 3_600_000
const MINUTES_PER_HOUR = 60
const NO_END = { endValueUsd: 0 }

function hourly(hours: readonly number[], stageFrom = Infinity): IntervalTimes {
  const atMs = new Float64Array(hours.length + 1)
  hours.forEach((each, i) => (atMs[i + 1] = atMs[i]! + each * MS_PER_HOUR))
  return {
    atMs,
    localDay: Uint16Array.from(hours, (_, i) => Math.floor(atMs[i]! / (24 * MS_PER_HOUR))),
    stage: Uint16Array.from(hours, (_, i) => (i < stageFrom ? 0 : 1)),
  }
}

const ones = (n: number) => Array.from({ length: n }, () => 1)
const schedule = (x: readonly number[], isOn: boolean, restartUsd: number, limits = NO_SWITCH_LIMITS) =>
  bestSchedule(Float64Array.from(x), hourly(ones(x.length)), { isOn, restartUsd, ...NO_END }, limits)

describe('the best schedule of a machine', () => {
  it('runs through a dip that costs less than a restart, and not through one that costs more', () => {
    expect(schedule([2, -1, -1, 2], true, 3)).toEqual({ valueUsd: 2, on: Uint8Array.of(1, 1, 1, 1) })
    expect(schedule([2, -2, -2, 4], true, 3)).toEqual({ valueUsd: 3, on: Uint8Array.of(1, 0, 0, 1) })
  })

  it('pays a restart now where the machine is off', () => {
    expect(schedule([2, 2], false, 3)).toEqual({ valueUsd: 1, on: Uint8Array.of(1, 1) })
    expect(schedule([2, 2], false, 5)).toEqual({ valueUsd: 0, on: Uint8Array.of(0, 0) })
    expect(schedule([2, 2], true, 5)).toEqual({ valueUsd: 4, on: Uint8Array.of(1, 1) })
  })

  it('leaves of equal plans what is as it is', () => {
    expect([...schedule([0, 0, 0], true, 0).on]).toEqual([1, 1, 1])
    expect([...schedule([0, 0, 0], false, 0).on]).toEqual([0, 0, 0])
    expect([...schedule([2, 3], false, 5).on]).toEqual([0, 0])
    expect([...schedule([-5, 5], true, 5).on]).toEqual([1, 1])
  })

  it('stays on for what being on is worth in the end, and shows no money for it', () => {
    const on = { isOn: true, restartUsd: 5, endValueUsd: 4 }
    const kept = bestSchedule(Float64Array.of(-1, -2), hourly(ones(2)), on)
    expect(kept).toEqual({ valueUsd: -3, on: Uint8Array.of(1, 1) })
    const left = bestSchedule(Float64Array.of(-1, -4), hourly(ones(2)), on)
    expect(left).toEqual({ valueUsd: 0, on: Uint8Array.of(0, 0) })
  })

  it('keeps the limits of the operator', () => {
    const x = [3, -1, 3, -1, 3, -1, 3]
    expect([...schedule(x, true, 0).on]).toEqual([1, 0, 1, 0, 1, 0, 1])
    const twice = schedule(x, true, 0, { ...NO_SWITCH_LIMITS, switchesPerDay: 2 })
    expect(twice.valueUsd).toBe(10)
    const rested = schedule(x, true, 0, { ...NO_SWITCH_LIMITS, leastHoursOff: 2 })
    expect([...rested.on]).toEqual([1, 1, 1, 1, 1, 1, 1])
    const never = schedule([-1, -1], true, 0, { ...NO_SWITCH_LIMITS, switchesPerDay: 0 })
    expect(never).toEqual({ valueUsd: -2, on: Uint8Array.of(1, 1) })
  })

  it('has no value where a figure is missing, and changes nothing then', () => {
    expect(schedule([1, NaN, 1], true, 1)).toEqual({ valueUsd: NaN, on: Uint8Array.of(1, 1, 1) })
    expect(schedule([1, 1], false, NaN)).toEqual({ valueUsd: NaN, on: Uint8Array.of(0, 0) })
    expect(schedule([], true, 1)).toEqual({ valueUsd: 0, on: Uint8Array.of() })
  })

  it.each(['switchesPerDay', 'leastHoursOn', 'leastHoursOff'] as const)(
    'names %s where it cannot be',
    (field) => {
      expect(() => schedule([1], true, 0, { ...NO_SWITCH_LIMITS, [field]: -1 })).toThrow(
        new RangeError(`${field}: -1 is not 0 or more`),
      )
      expect(() => schedule([1], true, 0, { ...NO_SWITCH_LIMITS, [field]: NaN })).toThrow(RangeError)
    },
  )
})

describe('patterns of stages', () => {
  const named = (x: readonly number[], stageFrom: number, isOn: boolean, restartUsd: number) => {
    const times = hourly(ones(x.length), stageFrom)
    const values = patternValues(Float64Array.from(x), times, { isOn, restartUsd, ...NO_END })
    return Object.fromEntries(STAGE_PATTERNS.map((pattern, p) => [pattern, values[p]!.valueUsd]))
  }

  it('are worth what their best sequences are worth', () => {
    expect(named([-1, -1, 4, 4], 2, true, 3)).toEqual({ on: 6, 'on-then-off': -1, 'off-then-on': 5, off: 0 })
    expect(named([-1, -1, 4, 4], 2, false, 3)).toEqual({ on: 4, 'on-then-off': -4, 'off-then-on': 5, off: 0 })
  })

  it('of which two need a second stage', () => {
    expect(named([-1, 2], Infinity, true, 3)).toEqual({
      on: 1,
      'on-then-off': NaN,
      'off-then-on': NaN,
      off: 0,
    })
  })

  it('cannot be where the limits forbid them', () => {
    const values = patternValues(
      Float64Array.of(1, 1),
      hourly(ones(2), 1),
      { isOn: true, restartUsd: 0, ...NO_END },
      { ...NO_SWITCH_LIMITS, switchesPerDay: 0 },
    )
    expect(values.map(({ valueUsd }) => valueUsd)).toEqual([2, NaN, NaN, NaN])
  })
})

/** One lot of one machine with one point. */
function oneLot(
  given: { isOn?: number; policy?: number; restartUsd?: number; kw?: number; phs?: number } = {},
): Lots {
  const { isOn = 1, policy = 0, restartUsd = 0.4, kw = 3.5, phs = 0.2 } = given
  return {
    length: 1,
    machines: Float64Array.of(1),
    isOn: Uint8Array.of(isOn),
    policy: Uint8Array.of(policy),
    restartUsd: Float64Array.of(restartUsd),
    otherUsdPerKwh: Float64Array.of(0.01),
    standbyKw: Float64Array.of(0.02),
    pointsFrom: Uint32Array.of(0, 1),
    pointKw: Float64Array.of(kw),
    pointPhs: Float64Array.of(phs),
  }
}

/** Eight days with intervals of five minutes to an hour and a half, dear evenings, an adjustment on the fourth day. */
function mixedPrices(): PricedIntervals {
  const hours = Array.from({ length: 260 }, (_, i) => [5 / 60, 0.25, 0.5, 1, 1.5][i % 5]!)
  const times = hourly(hours, 130)
  const price = (i: number) => {
    const hour = (times.atMs[i]! / MS_PER_HOUR) % 24
    return hour > 17 && hour < 21 ? 0.19 : hour > 11 && hour < 14 ? -0.02 : 0.07 + 0.02 * Math.sin(i)
  }
  const usdPerKwh = Float64Array.from(hours, (_, i) => price(i))
  return {
    ...times,
    hours: Float64Array.from(hours),
    usdPerKwh,
    protectedUsdPerKwh: usdPerKwh,
    hashpriceUsdPerPhDay: [38, 34],
  }
}

/** The machine lived through minute by minute: every kWh and every share is booked when it comes. */
function replayUsd(lots: Lots, priced: PricedIntervals, on: Uint8Array): number {
  let usd = 0
  let isOn = lots.isOn[0] === 1
  let i = 0
  const minutes = Math.round(priced.atMs.at(-1)! / 60_000)
  for (let minute = 0; minute < minutes; minute++) {
    while (priced.atMs[i + 1]! <= minute * 60_000 + 30_000) i++
    if (on[i] === 1 && !isOn) usd -= lots.restartUsd[0]!
    isOn = on[i] === 1
    const perKwh = priced.usdPerKwh[i]! + lots.otherUsdPerKwh[0]!
    const kw = isOn ? lots.pointKw[0]! : lots.standbyKw[0]!
    const earned = isOn ? (priced.hashpriceUsdPerPhDay[priced.stage[i]!]! * lots.pointPhs[0]!) / 24 : 0
    usd += (earned - kw * perKwh) / MINUTES_PER_HOUR
  }
  return usd
}

describe('schedules of a fleet', () => {
  it.each([
    { isOn: 1, restartUsd: 0.4 },
    { isOn: 0, restartUsd: 0.4 },
    { isOn: 1, restartUsd: 0 },
    { isOn: 1, restartUsd: 2 },
  ])('are worth what a replay by the minute pays over standing by: %o', (given) => {
    const lots = oneLot(given)
    const priced = mixedPrices()
    const x = new Float64Array(priced.hours.length)
    intervalMargins(lots, 0, priced, x)
    const machine = { isOn: given.isOn === 1, restartUsd: given.restartUsd, endValueUsd: 0 }
    const { on, valueUsd } = bestSchedule(x, priced, machine)
    const standby = replayUsd(lots, priced, new Uint8Array(on.length))
    expect(replayUsd(lots, priced, on) - standby).toBeCloseTo(valueUsd, 9)
    expect(lotSchedules(lots, priced, null).valueUsd[0]).toBeCloseTo(valueUsd, 9)
    // it switches, and earns more than running through does
    expect(new Set(on).size).toBe(2)
    expect(valueUsd).toBeGreaterThan(replayUsd(lots, priced, new Uint8Array(on.length).fill(1)) - standby)
  })

  it('force a protected machine in, from now on', () => {
    const priced = { ...mixedPrices(), hashpriceUsdPerPhDay: [1, 1] }
    const fleet = lotSchedules(oneLot({ policy: 1, isOn: 0 }), priced, null)
    expect(STAGE_PATTERNS[fleet.pattern[0]!]).toBe('on')
    expect(fleet.valueUsd[0]).toBeLessThan(-0.4)
    expect(fleet.hoursOnNow[0]! + fleet.hoursOnAfter[0]!).toBeCloseTo(priced.atMs.at(-1)! / MS_PER_HOUR, 9)
  })

  it('show a missing figure as missing', () => {
    const fleet = lotSchedules(oneLot({ phs: NaN }), mixedPrices(), null)
    expect(fleet.valueUsd[0]).toBeNaN()
    expect(STAGE_PATTERNS[fleet.pattern[0]!]).toBe('on')
  })

  it('wait for ever with a restart of a million', () => {
    const fleet = lotSchedules(oneLot({ isOn: 0, restartUsd: 1e6 }), mixedPrices(), null)
    expect(STAGE_PATTERNS[fleet.pattern[0]!]).toBe('off')
    expect(fleet.valueUsd[0]).toBe(0)
  })

  it('stay within the limits', () => {
    const priced = mixedPrices()
    const limits = { ...NO_SWITCH_LIMITS, switchesPerDay: 0 }
    expect(STAGE_PATTERNS[lotSchedules(oneLot(), priced, null, limits).pattern[0]!]).toBe('on')
    expect(() => lotSchedules(oneLot(), priced, null, { ...limits, leastHoursOn: NaN })).toThrow(
      /leastHoursOn/u,
    )
  })

  it('take the best point of a ladder in each interval', () => {
    const lots: Lots = {
      ...oneLot({ restartUsd: 0 }),
      pointsFrom: Uint32Array.of(0, 2),
      pointKw: Float64Array.of(3.5, 2),
      pointPhs: Float64Array.of(0.2, 0.14),
    }
    const priced = mixedPrices()
    const x = new Float64Array(priced.hours.length)
    intervalMargins(lots, 0, priced, x)
    const dear = priced.usdPerKwh.indexOf(0.19)
    const earned = (point: number) => (38 * lots.pointPhs[point]!) / 24 - 0.2 * (lots.pointKw[point]! - 0.02)
    expect(x[dear]).toBeCloseTo(priced.hours[dear]! * Math.max(earned(0), earned(1)), 12)
    expect(earned(1)).toBeGreaterThan(earned(0))
  })
})
