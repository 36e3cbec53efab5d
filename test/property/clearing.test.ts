import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SiteClearing, SiteProblem } from '#shared/domain/decision/clearing/clearing.ts'
import { clearSite } from '#shared/domain/decision/clearing/clearing.ts'
import { demandCurve, stepsOfLots } from '#shared/domain/decision/clearing/demand-curve.ts'
import type { Lots } from '#shared/domain/decision/sites/lots.ts'
import { crossing } from '#shared/domain/decision/clearing/site-cells.ts'
import type { SiteSupply, SupplyGroup, SupplySteps } from '#shared/domain/power/supply.ts'

const MS_PER_HOUR = 3_600_000

type LotGiven = {
  readonly machines: number
  readonly isOn: number
  readonly policy: number
  readonly restartUsd: number
  readonly other: number
  readonly standbyKw: number
  readonly points: readonly { readonly kw: number; readonly phs: number }[]
}

/** Few different powers on purpose: ties and points on one line are where searches go wrong. */
const anyLot = (restarts: readonly number[]): fc.Arbitrary<LotGiven> =>
  fc.record({
    machines: fc.integer({ min: 1, max: 2 }),
    isOn: fc.integer({ min: 0, max: 1 }),
    policy: fc.constantFrom(0, 0, 0, 0, 1),
    restartUsd: fc.constantFrom(...restarts),
    other: fc.constantFrom(0, 0, 0.01),
    standbyKw: fc.constantFrom(0, 0.1, 0.1, 4),
    points: fc.array(
      fc.record({
        kw: fc.oneof(
          fc.integer({ min: 1, max: 4 }),
          fc.integer({ min: 1000, max: 4000 }).map((w) => w / 997),
        ),
        phs: fc.integer({ min: 0, max: 40 }).map((n) => n / 100),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  })

function lotsOf(given: readonly LotGiven[]): Lots {
  const points = given.flatMap((lot) => lot.points)
  return {
    length: given.length,
    machines: Float64Array.from(given, ({ machines }) => machines),
    isOn: Uint8Array.from(given, ({ isOn }) => isOn),
    policy: Uint8Array.from(given, ({ policy }) => policy),
    restartUsd: Float64Array.from(given, ({ restartUsd }) => restartUsd),
    otherUsdPerKwh: Float64Array.from(given, ({ other }) => other),
    standbyKw: Float64Array.from(given, ({ standbyKw }) => standbyKw),
    pointsFrom: Uint32Array.from([
      0,
      ...given.map((_, l) => given.slice(0, l + 1).flatMap((lot) => lot.points).length),
    ]),
    pointKw: Float64Array.from(points, ({ kw }) => kw),
    pointPhs: Float64Array.from(points, ({ phs }) => phs),
  }
}

const usdPerKwh = fc.integer({ min: -3, max: 14 }).map((n) => n / 100)
/** Take-or-pay or tiers, with or without a cap, or two lines where handing back earns more than power costs. */
const anyAlternatives: fc.Arbitrary<readonly SupplySteps[]> = fc
  .record({
    prices: fc.array(usdPerKwh, { minLength: 1, maxLength: 3 }),
    widths: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 3, maxLength: 3 }),
    kind: fc.constantFrom('steps', 'steps', 'capped', 'two'),
  })
  .map(({ prices, widths, kind }) => {
    const rising = [...prices].sort((a, b) => a - b)
    if (kind === 'two' && rising.length > 1 && rising[1]! > rising[0]!) {
      const [c, b] = rising as [number, number]
      return [
        { kw: [Infinity], usdPerKwh: [b] },
        { kw: [Infinity], usdPerKwh: [c], fixedUsdPerHour: (b - c) * widths[0]! },
      ]
    }
    const kw = rising.map((_, k) => (k === rising.length - 1 && kind !== 'capped' ? Infinity : widths[k]!))
    if (kind === 'capped') kw[kw.length - 1] = widths[0]! * 3
    return [{ kw, usdPerKwh: rising }]
  })

type Options = {
  readonly restarts: readonly number[]
  readonly floors: boolean
  readonly peak: boolean
  readonly day: boolean
  readonly intervals: number
}

const anyProblem = (options: Options): fc.Arbitrary<SiteProblem> =>
  fc
    .record({
      lots: fc
        .array(anyLot(options.restarts), { minLength: 1, maxLength: 2 })
        .map((lots) => lots.map((lot, l) => (l === 0 ? lot : { ...lot, machines: 1 }))),
      hashprice: fc.array(fc.integer({ min: 10, max: 60 }), { minLength: 2, maxLength: 2 }),
      intervals: fc.array(
        fc.record({
          hours: fc.constantFrom(1, 2, 6),
          group: fc.integer({ min: 0, max: 1 }),
          opensDay: fc.boolean(),
        }),
        { minLength: 1, maxLength: options.intervals },
      ),
      groups: fc.array(
        fc.record({
          alternatives: anyAlternatives,
          floorKw: options.floors ? fc.constantFrom(0, 0, 2, 5) : fc.constant(0),
          adder: fc.constantFrom(0, 0, 0.03),
          credit: fc.constantFrom(0, 0, 0.01),
        }),
        { minLength: 4, maxLength: 4 },
      ),
      secondStageFrom: fc.integer({ min: 1, max: 4 }),
      peakUsd: fc.constantFrom(0.05, 0.2, 1),
      freeKw: fc.constantFrom(0, 2, 4),
      dayKwh: fc.constantFrom(5, 20, 60),
    })
    .map(({ lots, hashprice, intervals, groups, secondStageFrom, peakUsd, freeKw, dayKwh }) => {
      const n = intervals.length
      const atMs = new Float64Array(n + 1)
      const localDay = new Uint16Array(n)
      intervals.forEach(({ hours, opensDay }, i) => {
        atMs[i + 1] = atMs[i]! + hours * MS_PER_HOUR
        if (i > 0) localDay[i] = localDay[i - 1]! + (opensDay ? 1 : 0)
      })
      const group = Uint16Array.from(intervals, (each, i) => each.group + (i < secondStageFrom ? 0 : 2))
      const hoursOf = (g: number) =>
        intervals.reduce((sum, { hours }, i) => sum + (group[i] === g ? hours : 0), 0)
      const supply: SiteSupply = {
        pricesFrom: 'tariff',
        intervals: { length: n, atMs, group, localDay },
        groups: groups.map(({ alternatives, floorKw, adder, credit }, g): SupplyGroup => ({
          stage: g < 2 ? 0 : 1,
          energyUsdPerKwh: alternatives[0]!.usdPerKwh.at(-1)!,
          handBackUsdPerKwh: 0,
          coincidentPeakUsdPerKwh: 0,
          isEvent: false,
          hours: hoursOf(g),
          alternatives: options.day ? alternatives.slice(0, 1) : alternatives,
          floorKw,
          shedAdderUsdPerKwh: adder,
          creditUsdPerKwh: credit,
        })),
        peakCharge: options.peak ? { usdPerKw: [peakUsd, peakUsd], freeKw: [freeKw, freeKw] } : null,
        committedPerDay: options.day ? { kwh: dayKwh, handBackUsdPerKwh: 0.02 } : null,
        isCoupled: true,
        notes: [],
      }
      return { lots: lotsOf(lots), supply, hashpriceUsdPerPhDay: hashprice }
    })

// What follows is written out again on purpose, from the words of the rules and not from the code.

const hoursAt = ({ supply: { intervals } }: SiteProblem, i: number) =>
  (intervals.atMs[i + 1]! - intervals.atMs[i]!) / MS_PER_HOUR
const kwIn = (lots: Lots, lot: number, mode: number) =>
  mode === 0 ? lots.standbyKw[lot]! : lots.pointKw[lots.pointsFrom[lot]! + mode - 1]!

/** What a machine earns before the site's price of energy. */
function machineUsd(problem: SiteProblem, lot: number, modes: ArrayLike<number>): number {
  const { lots, supply, hashpriceUsdPerPhDay } = problem
  let usd = 0
  let isOn = lots.isOn[lot] === 1
  for (let i = 0; i < modes.length; i++) {
    const mode = modes[i]!
    const group = supply.groups[supply.intervals.group[i]!]!
    const kw = kwIn(lots, lot, mode)
    const phs = mode === 0 ? 0 : lots.pointPhs[lots.pointsFrom[lot]! + mode - 1]!
    const sheddable = lots.policy[lot] !== 1
    let perHour = (hashpriceUsdPerPhDay[group.stage]! * phs) / 24 - lots.otherUsdPerKwh[lot]! * kw
    if (sheddable)
      perHour -= group.shedAdderUsdPerKwh * kw - group.creditUsdPerKwh * (kw - lots.standbyKw[lot]!)
    usd += perHour * hoursAt(problem, i)
    if (mode > 0 && !isOn) usd -= lots.restartUsd[lot]!
    isOn = mode > 0
  }
  return usd
}

function stepsCost(steps: SupplySteps, kw: number): number {
  let left = kw
  let usd = steps.fixedUsdPerHour ?? 0
  steps.kw.forEach((width, k) => {
    usd += Math.min(left, width) * steps.usdPerKwh[k]!
    left -= Math.min(left, width)
  })
  return left > 1e-9 * Math.max(1, kw) ? Infinity : usd
}

/** The site's bill, −Infinity as a value where a limit is broken. */
function siteUsd(problem: SiteProblem, kw: ArrayLike<number>): number {
  const { supply } = problem
  let usd = 0
  const peaks = [0, 0]
  const days = new Map<number, { usdPerKwh: number; kwh: number; hours: number }[]>()
  for (let i = 0; i < kw.length; i++) {
    const group = supply.groups[supply.intervals.group[i]!]!
    if (kw[i]! < group.floorKw - 1e-9) return Infinity
    const hours = hoursAt(problem, i)
    usd += hours * Math.min(...group.alternatives.map((steps) => stepsCost(steps, kw[i]!)))
    peaks[group.stage] = Math.max(peaks[group.stage]!, kw[i]!)
    let left = kw[i]!
    const [steps] = group.alternatives
    const day = days.get(supply.intervals.localDay[i]!) ?? []
    days.set(supply.intervals.localDay[i]!, day)
    steps!.kw.forEach((width, k) => {
      const taken = Math.min(left, width)
      left -= taken
      day.push({ usdPerKwh: steps!.usdPerKwh[k]!, kwh: taken * hours, hours: k === 0 ? hours : 0 })
    })
  }
  if (supply.peakCharge !== null)
    peaks.forEach((peak, stage) => {
      usd += supply.peakCharge!.usdPerKw[stage]! * Math.max(peak - supply.peakCharge!.freeKw[stage]!, 0)
    })
  if (supply.committedPerDay !== null)
    for (const day of days.values()) {
      const hours = day.reduce((sum, each) => sum + each.hours, 0)
      let left = (supply.committedPerDay.kwh * Math.min(hours, 24)) / 24
      for (const each of day.sort((a, b) => b.usdPerKwh - a.usdPerKwh)) {
        const gain = each.usdPerKwh - supply.committedPerDay.handBackUsdPerKwh
        usd -= gain * Math.min(each.kwh, left)
        left -= Math.min(each.kwh, left)
      }
    }
  return usd
}

/** The best of all choices of whole machines; −Infinity where none keeps the limits. */
function bruteForce(problem: SiteProblem): number {
  const { lots, supply } = problem
  const n = supply.intervals.length
  const kw = new Float64Array(n)
  let best = -Infinity
  const plansOf = Array.from({ length: lots.length }, (_, lot) => {
    const points = lots.pointsFrom[lot + 1]! - lots.pointsFrom[lot]!
    const modes = Array.from({ length: points + 1 }, (__, mode) => mode).filter(
      (mode) =>
        lots.policy[lot] !== 1 || mode === 1 || (mode > 1 && kwIn(lots, lot, mode) >= kwIn(lots, lot, 1)),
    )
    const all: number[][] = [[]]
    for (let i = 0; i < n; i++)
      all.splice(0, all.length, ...all.flatMap((plan) => modes.map((mode) => [...plan, mode])))
    return all.map((plan) => ({
      usd: machineUsd(problem, lot, plan),
      kw: plan.map((mode) => kwIn(lots, lot, mode)),
    }))
  })
  const machines = Array.from(lots.machines, (count, lot) => Array.from({ length: count }, () => lot)).flat()
  const place = (at: number, firstPlan: number, usd: number): void => {
    if (at === machines.length) {
      best = Math.max(best, usd - siteUsd(problem, kw))
      return
    }
    const plans = plansOf[machines[at]!]!
    for (let p = firstPlan; p < plans.length; p++) {
      plans[p]!.kw.forEach((each, i) => (kw[i]! += each))
      place(at + 1, machines[at + 1] === machines[at] ? p : 0, usd + plans[p]!.usd)
      plans[p]!.kw.forEach((each, i) => (kw[i]! -= each))
    }
  }
  place(0, 0, 0)
  return best
}

function replayed(problem: SiteProblem, cleared: SiteClearing): { usd: number; kw: Float64Array } {
  const kw = new Float64Array(problem.supply.intervals.length)
  let usd = 0
  for (let lot = 0; lot < problem.lots.length; lot++) {
    const plans = cleared.plansOf(lot)
    expect(plans.reduce((sum, { count }) => sum + count, 0)).toBe(problem.lots.machines[lot])
    for (const { count, modes } of plans) {
      usd += count * machineUsd(problem, lot, modes)
      kw.forEach((_, i) => (kw[i]! += count * kwIn(problem.lots, lot, modes[i]!)))
    }
  }
  return { usd: usd - siteUsd(problem, kw), kw }
}

function check(problem: SiteProblem, isAlwaysProven: boolean): void {
  const best = bruteForce(problem)
  let cleared: SiteClearing
  try {
    cleared = clearSite(problem)
  } catch (error) {
    expect(String(error)).toMatch(/^RangeError: (capKw|floorKw): /u)
    expect(best).toBe(-Infinity)
    return
  }
  const near = 1e-7 * Math.max(1, Math.abs(best))
  const { usd, kw } = replayed(problem, cleared)
  expect(Math.abs(cleared.valueUsd - usd)).toBeLessThanOrEqual(near)
  kw.forEach((each, i) => expect(cleared.powerKw[i]).toBeCloseTo(each, 6))
  expect(cleared.upperBoundUsd).toBeGreaterThanOrEqual(best - near)
  expect(cleared.valueUsd).toBeLessThanOrEqual(best + near)
  expect(cleared.gapUsd).toBeCloseTo(cleared.upperBoundUsd - cleared.valueUsd, 6)
  cleared.lambdaUsdPerKwh.forEach((lambda) => expect(Number.isFinite(lambda)).toBe(true))
  if (cleared.isProven || isAlwaysProven) expect(cleared.valueUsd).toBeGreaterThanOrEqual(best - near)
  if (isAlwaysProven) expect(cleared.isProven).toBe(true)
}

describe('small sites against every choice of whole machines', () => {
  const plain = { restarts: [0], floors: false, peak: false, day: false, intervals: 3 }

  it('with steps, caps and two lines', () => {
    fc.assert(
      fc.property(anyProblem(plain), (problem) => check(problem, true)),
      { numRuns: 300 },
    )
  })
  it('with floors', () => {
    fc.assert(
      fc.property(anyProblem({ ...plain, floors: true }), (problem) => check(problem, true)),
      { numRuns: 300 },
    )
  })
  it('with restarts', () => {
    fc.assert(
      fc.property(anyProblem({ ...plain, floors: true, restarts: [0, 0.3, 2, 1e6] }), (problem) =>
        check(problem, true),
      ),
      {
        numRuns: 300,
      },
    )
  })
  it('with a charge on the peak', () => {
    fc.assert(
      fc.property(anyProblem({ ...plain, peak: true, restarts: [0, 0, 0.3] }), (problem) =>
        check(problem, false),
      ),
      { numRuns: 300 },
    )
  })
  it('with energy committed by the day', () => {
    fc.assert(
      fc.property(anyProblem({ ...plain, day: true, restarts: [0, 0, 0.3] }), (problem) =>
        check(problem, false),
      ),
      { numRuns: 300 },
    )
  })
})

/** The best of a single interval of an hour with powers in whole kW, by dynamic programming over the site's power. */
function bestByPower(problem: SiteProblem): number {
  const { lots } = problem
  let best = [0]
  for (let lot = 0; lot < lots.length; lot++) {
    const points = lots.pointsFrom[lot + 1]! - lots.pointsFrom[lot]!
    const modes = Array.from({ length: points + 1 }, (_, mode) => mode).filter(
      (mode) => lots.policy[lot] !== 1 || mode > 0,
    )
    const own = kwIn(lots, lot, 1)
    const choices = modes
      .map((mode) => ({ mode, kw: kwIn(lots, lot, mode), usd: machineUsd(problem, lot, [mode]) }))
      .filter(({ mode, kw }) => lots.policy[lot] !== 1 || mode === 1 || kw >= own)
    for (let machine = 0; machine < lots.machines[lot]!; machine++) {
      const next: number[] = []
      for (let kw = 0; kw < best.length; kw++) {
        if (best[kw] === undefined) continue
        for (const each of choices)
          next[kw + each.kw] = Math.max(next[kw + each.kw] ?? -Infinity, best[kw]! + each.usd)
      }
      best = next
    }
  }
  let most = -Infinity
  best.forEach((usd, kw) => (most = Math.max(most, usd - siteUsd(problem, [kw]))))
  return most
}

const anyWholeKwProblem: fc.Arbitrary<SiteProblem> = fc
  .record({
    lots: fc.array(
      fc.record({
        machines: fc.integer({ min: 1, max: 20 }),
        isOn: fc.integer({ min: 0, max: 1 }),
        policy: fc.constantFrom(0, 0, 0, 0, 1),
        restartUsd: fc.constant(0),
        other: fc.constant(0),
        standbyKw: fc.constantFrom(0, 0, 1),
        points: fc.array(
          fc.record({
            kw: fc.integer({ min: 2, max: 9 }),
            phs: fc.integer({ min: 0, max: 4000 }).map((n) => n / 9973),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    alternatives: anyAlternatives,
    scale: fc.integer({ min: 1, max: 60 }),
    floorKw: fc.constantFrom(0, 0, 0, 20, 100),
  })
  .map(({ lots, alternatives, scale, floorKw }) => ({
    lots: lotsOf(lots),
    hashpriceUsdPerPhDay: [40],
    supply: {
      pricesFrom: 'tariff' as const,
      intervals: {
        length: 1,
        atMs: Float64Array.of(0, MS_PER_HOUR),
        group: Uint16Array.of(0),
        localDay: Uint16Array.of(0),
      },
      groups: [
        {
          stage: 0,
          hours: 1,
          alternatives: alternatives.map((steps) => ({
            ...steps,
            kw: steps.kw.map((kw) => kw * scale),
            fixedUsdPerHour: (steps.fixedUsdPerHour ?? 0) * scale,
          })),
          floorKw,
          shedAdderUsdPerKwh: 0,
          creditUsdPerKwh: 0,
          energyUsdPerKwh: alternatives[0]!.usdPerKwh.at(-1)!,
          handBackUsdPerKwh: 0,
          coincidentPeakUsdPerKwh: 0,
          isEvent: false,
        },
      ],
      peakCharge: null,
      committedPerDay: null,
      isCoupled: true,
      notes: [],
    },
  }))

describe('sites of hundreds of machines', () => {
  it('are worth what dynamic programming over their power finds', () => {
    fc.assert(
      fc.property(anyWholeKwProblem, (problem) => {
        const best = bestByPower(problem)
        if (best === -Infinity) {
          expect(() => clearSite(problem)).toThrow(/^(?:capKw|floorKw): /u)
          return
        }
        const cleared = clearSite(problem)
        expect(cleared.isProven).toBe(true)
        expect(cleared.valueUsd).toBeCloseTo(best, 6)
      }),
      { numRuns: 100 },
    )
  })

  it('lose no more than one cut step per group to machines being whole', () => {
    fc.assert(
      fc.property(anyWholeKwProblem, (problem) => {
        const { lots, supply, hashpriceUsdPerPhDay } = problem
        fc.pre(supply.groups[0]!.floorKw === 0)
        const best = bestByPower(problem)
        fc.pre(best > -Infinity)
        const steps = stepsOfLots(lots)
        const curve = demandCurve(lots, steps, hashpriceUsdPerPhDay[0]!, 0)
        const bounds = supply.groups[0]!.alternatives.map((line) => crossing(curve, line, 0))
        const bound = Math.max(...bounds.map(({ usdPerHour }) => usdPerHour))
        expect(bound).toBeGreaterThanOrEqual(best - 1e-9)
        // what one machine of a step earns at the most before its energy, or saves by not taking it
        const prices = supply.groups[0]!.alternatives.flatMap(({ usdPerKwh }) => [...usdPerKwh])
        const cut = Math.max(
          0,
          ...bounds.map(({ full }) => {
            const step = curve.order[full]
            if (step === undefined) return 0
            const strike = curve.strikeUsdPerKwh[full]!
            return steps.kw[step]! * Math.max(...prices.map((usd) => Math.abs(strike - usd)))
          }),
        )
        expect(bound).toBeLessThanOrEqual(best + cut + 1e-9)
      }),
      { numRuns: 100 },
    )
  })
})

describe('sites of more lots than are searched', () => {
  /** As many lots as it takes, each a little different from the given ones. */
  const manyOf = (problem: SiteProblem): SiteProblem => {
    const { lots, supply } = problem
    const copies = Math.ceil(210 / lots.length)
    const row = (k: number) => k % lots.length
    const vary = (k: number) => 1 + (((k * 7919) % 1000) - 500) / 5000
    const length = copies * lots.length
    const column = (of: ArrayLike<number>) => Float64Array.from({ length }, (_, k) => of[row(k)]!)
    const points = Array.from({ length }, (_, k) =>
      Array.from(
        { length: lots.pointsFrom[row(k) + 1]! - lots.pointsFrom[row(k)]! },
        (__, p) => lots.pointsFrom[row(k)]! + p,
      ),
    )
    const scaled = (steps: SupplySteps): SupplySteps => ({
      ...steps,
      kw: steps.kw.map((kw) => kw * copies),
      fixedUsdPerHour: (steps.fixedUsdPerHour ?? 0) * copies,
    })
    return {
      ...problem,
      lots: {
        length,
        machines: column(lots.machines),
        isOn: Uint8Array.from(column(lots.isOn)),
        policy: Uint8Array.from(column(lots.policy)),
        restartUsd: column(lots.restartUsd),
        otherUsdPerKwh: column(lots.otherUsdPerKwh),
        standbyKw: column(lots.standbyKw),
        pointsFrom: Uint32Array.from({ length: length + 1 }, (_, k) => points.slice(0, k).flat().length),
        pointKw: Float64Array.from(points.flat(), (p) => lots.pointKw[p]!),
        pointPhs: Float64Array.from(
          points.flatMap((each, k) => each.map((p) => lots.pointPhs[p]! * vary(k))),
        ),
      },
      supply: {
        ...supply,
        groups: supply.groups.map((group) => ({
          ...group,
          alternatives: group.alternatives.map(scaled),
          floorKw: group.floorKw * copies,
        })),
      },
    }
  }
  const options = { floors: true, peak: false, day: false, intervals: 3 }

  it.each([
    { name: 'without restarts', restarts: [0] },
    { name: 'with restarts', restarts: [0, 0.3, 2] },
  ])('give what they say, $name', ({ restarts }) => {
    fc.assert(
      fc.property(anyProblem({ ...options, restarts }), (small) => {
        const problem = manyOf(small)
        let cleared: SiteClearing
        try {
          cleared = clearSite(problem)
        } catch (error) {
          expect(String(error)).toMatch(/^RangeError: (capKw|floorKw): /u)
          return
        }
        const { usd, kw } = replayed(problem, cleared)
        const near = 1e-7 * Math.max(1, Math.abs(usd))
        expect(Math.abs(cleared.valueUsd - usd)).toBeLessThanOrEqual(near)
        kw.forEach((each, i) => expect(cleared.powerKw[i]).toBeCloseTo(each, 6))
        expect(cleared.upperBoundUsd).toBeGreaterThanOrEqual(cleared.valueUsd)
        const hours = problem.supply.intervals.atMs.at(-1)! / MS_PER_HOUR
        // one cut step of at most 4 kW per hour, at prices and strikes below 1 USD/kWh
        if (restarts.length === 1) expect(cleared.gapUsd).toBeLessThanOrEqual(4 * hours)
      }),
      { numRuns: 60 },
    )
  })
})
