import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IntervalTimes, MachineNow, SwitchLimits } from '#shared/domain/decision/schedule/intervals.ts'
import { bestSchedule } from '#shared/domain/decision/schedule/intervals.ts'
import type { Lots } from '#shared/domain/decision/sites/lots.ts'
import type { PricedIntervals } from '#shared/domain/decision/schedule/lot-schedules.ts'
import { intervalMargins, lotSchedules } from '#shared/domain/decision/schedule/lot-schedules.ts'
import { patternValues, STAGE_PATTERNS } from '#shared/domain/decision/schedule/stage-patterns.ts'

const MS_PER_HOUR = 3_600_000

/** Lengths in hours, days and stages of up to so many intervals. */
function anyTimes(most: number): fc.Arbitrary<IntervalTimes> {
  return fc
    .array(
      fc.record({
        hours: fc.constantFrom(0.25, 0.5, 1, 2, 6),
        opensDay: fc.boolean(),
        opensStage: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      }),
      { minLength: 1, maxLength: most },
    )
    .map((intervals) => {
      const atMs = new Float64Array(intervals.length + 1)
      const localDay = new Uint16Array(intervals.length)
      const stage = new Uint16Array(intervals.length)
      intervals.forEach(({ hours, opensDay, opensStage }, i) => {
        atMs[i + 1] = atMs[i]! + hours * MS_PER_HOUR
        if (i === 0) return
        localDay[i] = localDay[i - 1]! + (opensDay ? 1 : 0)
        stage[i] = stage[i - 1]! + (opensStage ? 1 : 0)
      })
      return { atMs, localDay, stage }
    })
}

/** Whole numbers on purpose: ties are where orders go wrong. */
const usd = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.integer({ min: -4000, max: 4000 }).map((n) => n / 997),
)
const anyMachine: fc.Arbitrary<MachineNow> = fc
  .record({
    isOn: fc.boolean(),
    restartUsd: fc.constantFrom(0, 0, 1, 2.5, 6, 1e6),
    endShare: fc.constantFrom(0, 0, 0.5, 1),
  })
  .map(({ isOn, restartUsd, endShare }) => ({ isOn, restartUsd, endValueUsd: restartUsd * endShare }))
const anyLimits: fc.Arbitrary<SwitchLimits> = fc.record({
  switchesPerDay: fc.constantFrom(Infinity, Infinity, 0, 1, 2, 3),
  leastHoursOn: fc.constantFrom(0, 0, 1, 3, 50),
  leastHoursOff: fc.constantFrom(0, 0, 1, 3, 50),
})
const anyProblem = fc
  .tuple(anyTimes(9), anyMachine, anyLimits)
  .chain(([times, machine, limits]) =>
    fc
      .array(usd, { minLength: times.stage.length, maxLength: times.stage.length })
      .map((x) => ({ times, machine, limits, x: Float64Array.from(x) })),
  )

const isSwitch = (on: readonly number[], i: number, isOn: boolean) =>
  on[i] !== (i === 0 ? (isOn ? 1 : 0) : on[i - 1]!)

function isAllowed(
  on: readonly number[],
  isOn: boolean,
  times: IntervalTimes,
  limits: SwitchLimits,
): boolean {
  const switches = on.map((_, i) => i).filter((i) => isSwitch(on, i, isOn))
  const perDay = new Map<number, number>()
  for (const i of switches) perDay.set(times.localDay[i]!, (perDay.get(times.localDay[i]!) ?? 0) + 1)
  if ([...perDay.values()].some((count) => count > limits.switchesPerDay)) return false
  return switches.every((i, at) => {
    const next = switches[at + 1]
    if (next === undefined) return true
    const hours = (times.atMs[next]! - times.atMs[i]!) / MS_PER_HOUR
    return hours >= (on[i] === 1 ? limits.leastHoursOn : limits.leastHoursOff)
  })
}

function valueOf(on: readonly number[], x: Float64Array, { isOn, restartUsd }: MachineNow): number {
  return on.reduce(
    (sum, each, i) => sum + each * x[i]! - (each === 1 && isSwitch(on, i, isOn) ? restartUsd : 0),
    0,
  )
}

function patternOf(on: readonly number[], stage: Uint16Array): (typeof STAGE_PATTERNS)[number] {
  const stages = Array.from({ length: stage.at(-1)! + 1 }, (_, s) =>
    on.some((each, i) => each === 1 && stage[i] === s),
  )
  const differs = stages.some((each) => each !== stages[0])
  return stages[0] === true ? (differs ? 'on-then-off' : 'on') : differs ? 'off-then-on' : 'off'
}

/** All allowed sequences with what they are worth, compared with the end value. */
function everySequence({
  times,
  machine,
  limits,
  x,
}: typeof anyProblem extends fc.Arbitrary<infer T> ? T : never) {
  const n = x.length
  return Array.from({ length: 2 ** n }, (_, bits) => Array.from({ length: n }, (_, i) => (bits >> i) & 1))
    .filter((on) => isAllowed(on, machine.isOn, times, limits))
    .map((on) => {
      const value = valueOf(on, x, machine)
      return {
        on,
        value,
        compared: value + (on.at(-1) === 1 ? machine.endValueUsd : 0),
        pattern: patternOf(on, times.stage),
      }
    })
}

describe('schedules against every sequence', () => {
  it('finds the best one, and of equal ones the one that keeps what is for longest', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const { x, times, machine, limits } = problem
        const found = bestSchedule(x, times, machine, limits)
        const all = everySequence(problem)
        const best = Math.max(...all.map(({ compared }) => compared))
        const tie = 1e-9 * Math.max(1, Math.abs(best))
        const kept = machine.isOn ? 1 : 0
        const [first] = all
          .filter(({ compared }) => compared >= best - tie)
          .sort((a, b) => {
            const i = a.on.findIndex((each, at) => each !== b.on[at])
            return i < 0 ? 0 : a.on[i] === kept ? -1 : 1
          })
        expect([...found.on]).toEqual(first!.on)
        expect(found.valueUsd).toBeCloseTo(first!.value, 9 - Math.ceil(Math.log10(1 + Math.abs(best))))
      }),
      { numRuns: 1500 },
    )
  })

  it('prices every pattern of stages with its best sequence', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const { x, times, machine, limits } = problem
        const values = patternValues(x, times, machine, limits)
        const all = everySequence(problem)
        STAGE_PATTERNS.forEach((pattern, p) => {
          const best = Math.max(
            ...all.filter((each) => each.pattern === pattern).map(({ compared }) => compared),
          )
          const found = values[p]!.comparedUsd
          if (best === -Infinity) expect(found).toBeNaN()
          else expect(Math.abs(found - best)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(best)))
          if (best !== -Infinity)
            expect(
              all.some(
                (each) =>
                  each.pattern === pattern &&
                  Math.abs(each.value - values[p]!.valueUsd) <= 1e-9 * Math.max(1, Math.abs(best)),
              ),
            ).toBe(true)
        })
      }),
      { numRuns: 1500 },
    )
  })
})

const anyLots: fc.Arbitrary<Lots> = fc
  .array(
    fc.record({
      isOn: fc.integer({ min: 0, max: 1 }),
      policy: fc.constantFrom(0, 0, 0, 1),
      restartUsd: fc.constantFrom(0, 0.5, 3, 1e6),
      other: fc.constantFrom(0, 0.01),
      standbyKw: fc.constantFrom(0, 0.05, 9),
      points: fc.array(
        fc.record({
          kw: fc.integer({ min: 1, max: 6 }),
          phs: fc.integer({ min: 0, max: 5 }).map((n) => n / 20),
        }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((lots) => ({
    length: lots.length,
    machines: new Float64Array(lots.length).fill(1),
    isOn: Uint8Array.from(lots, ({ isOn }) => isOn),
    policy: Uint8Array.from(lots, ({ policy }) => policy),
    restartUsd: Float64Array.from(lots, ({ restartUsd }) => restartUsd),
    otherUsdPerKwh: Float64Array.from(lots, ({ other }) => other),
    standbyKw: Float64Array.from(lots, ({ standbyKw }) => standbyKw),
    pointsFrom: Uint32Array.from([
      0,
      ...lots.map((_, l) => lots.slice(0, l + 1).flatMap(({ points }) => points).length),
    ]),
    pointKw: Float64Array.from(lots.flatMap(({ points }) => points.map(({ kw }) => kw))),
    pointPhs: Float64Array.from(lots.flatMap(({ points }) => points.map(({ phs }) => phs))),
  }))

const anyPriced: fc.Arbitrary<PricedIntervals> = fc
  .tuple(anyTimes(40), fc.boolean())
  .chain(([times, isFlat]) => {
    const n = times.stage.length
    const prices = fc.array(
      fc.integer({ min: -5, max: 15 }).map((n) => n / 100),
      { minLength: n, maxLength: n },
    )
    return fc
      .tuple(prices, fc.array(fc.integer({ min: 10, max: 80 }), { minLength: n, maxLength: n }))
      .map(([price, hashprice]) => ({
        ...times,
        hours: Float64Array.from(times.stage, (_, i) => (times.atMs[i + 1]! - times.atMs[i]!) / MS_PER_HOUR),
        usdPerKwh: Float64Array.from(price, (each) => (isFlat ? price[0]! : each)),
        protectedUsdPerKwh: Float64Array.from(price, (each) => each / 2),
        hashpriceUsdPerPhDay: hashprice,
      }))
  })

describe('schedules of a fleet', () => {
  it('are those of each lot by itself', () => {
    fc.assert(
      fc.property(anyLots, anyPriced, anyLimits, fc.boolean(), (lots, priced, limits, isLimited) => {
        const endValueUsd = lots.restartUsd.map((usd) => usd / 4)
        const fleet = lotSchedules(lots, priced, endValueUsd, isLimited ? limits : undefined)
        const x = new Float64Array(priced.hours.length)
        for (let lot = 0; lot < lots.length; lot++) {
          if (lots.policy[lot] === 1) continue
          intervalMargins(lots, lot, priced, x)
          const machine = {
            isOn: lots.isOn[lot] === 1,
            restartUsd: lots.restartUsd[lot]!,
            endValueUsd: endValueUsd[lot]!,
          }
          const alone = bestSchedule(x, priced, machine, isLimited ? limits : undefined)
          const on = [...alone.on]
          const tolerance = 1e-9 * Math.max(1, Math.abs(alone.valueUsd), machine.restartUsd / 10)
          expect(Math.abs(fleet.valueUsd[lot]! - alone.valueUsd)).toBeLessThanOrEqual(tolerance)
          expect(STAGE_PATTERNS[fleet.pattern[lot]!]).toBe(patternOf(on, priced.stage))
          const stages = Array.from({ length: priced.stage.at(-1)! + 1 }, (_, s) =>
            on.some((each, i) => each === 1 && priced.stage[i] === s),
          )
          expect(fleet.changeStage[lot]).toBe(stages.findIndex((each) => each !== stages[0]))
          const hours = (isIn: (stage: number) => boolean) =>
            on.reduce((sum, each, i) => sum + (isIn(priced.stage[i]!) ? each * priced.hours[i]! : 0), 0)
          expect(fleet.hoursOnNow[lot]).toBeCloseTo(
            hours((stage) => stage === 0),
            9,
          )
          expect(fleet.hoursOnAfter[lot]).toBeCloseTo(
            hours((stage) => stage === 1),
            9,
          )
          const throughout = x.reduce((sum, each) => sum + each, 0) - (machine.isOn ? 0 : machine.restartUsd)
          expect(Math.abs(fleet.onThroughoutUsd[lot]! - throughout)).toBeLessThanOrEqual(tolerance)
        }
      }),
      { numRuns: 500 },
    )
  })
})
