/**
 * When one machine should run, exactly. Given what running earns over standing by in every interval of the horizon, a dynamic
 * programme of two states (on, off) finds the best of all 2ⁿ sequences; a restart is paid at each change from off to on, also now
 * where the machine is off. The operator's limits become jumps: who switches stays for the least time.
 */

const MS_PER_HOUR = 3_600_000

/** Where the intervals lie. All arrays belong to the same n intervals in order of time. */
export type IntervalTimes = {
  /** begin of each and the end of the last: n + 1 entries, ms */
  readonly atMs: Float64Array
  /** counted from the first one */
  readonly localDay: Uint16Array
  /** index of the stage that each lies in, never falling */
  readonly stage: Uint16Array
}

/** What an operator does not want. Times before now count as kept. */
export type SwitchLimits = {
  /** starts and stops in one local day; Infinity: any number */
  readonly switchesPerDay: number
  readonly leastHoursOn: number
  readonly leastHoursOff: number
}

export const NO_SWITCH_LIMITS: SwitchLimits = {
  switchesPerDay: Infinity,
  leastHoursOn: 0,
  leastHoursOff: 0,
}

/** Do the limits forbid nothing over n intervals? */
export function isUnlimited(
  { switchesPerDay, leastHoursOn, leastHoursOff }: SwitchLimits,
  n: number,
): boolean {
  return switchesPerDay >= n && leastHoursOn === 0 && leastHoursOff === 0
}

export type MachineNow = {
  readonly isOn: boolean
  /** paid at each change from off to on, 0 or more */
  readonly restartUsd: number
  /** what it is worth to be on when the horizon ends; for the comparison of plans only */
  readonly endValueUsd: number
}

export type IntervalSchedule = {
  /** over standing by throughout, restarts paid, without the end value, USD; NaN where a figure is missing */
  readonly valueUsd: number
  /** per interval 1: runs, 0: stands by. As it is now throughout where a figure is missing */
  readonly on: Uint8Array
}

/** Plans whose values differ by less than this are equal, USD. */
export function tieUsd(valueUsd: number): number {
  return 1e-9 * Math.max(1, Math.abs(valueUsd))
}

/**
 * The best sequence of on and off. Of equal ones (1e-9 · max(1, |value|)) a running machine takes the one that is on for longer
 * from now, an idle one the one that is off for longer.
 *
 * @param x what running earns over standing by in each interval, USD
 * @throws RangeError naming the limit that cannot be
 */
export function bestSchedule(
  x: Float64Array,
  times: IntervalTimes,
  machine: MachineNow,
  limits: SwitchLimits = NO_SWITCH_LIMITS,
): IntervalSchedule {
  return scheduler(times, x.length, limits)(x, machine)
}

/**
 * {@link bestSchedule} for many machines in the same n intervals under the same limits.
 *
 * @throws RangeError naming the limit that cannot be
 */
export function scheduler(
  times: IntervalTimes,
  n: number,
  limits: SwitchLimits,
): (x: Float64Array, machine: MachineNow) => IntervalSchedule {
  const steps = stepsOf(times, n, limits)
  const { width, untilOn, untilOff } = steps
  // best[(i · width + k) · 2 + s]: from interval i on, in state s that may be left, after k switches on this day
  const best = new Float64Array((n + 1) * width * 2)
  const sum = new Float64Array(n + 1)
  const isFree = isUnlimited(limits, n)
  return schedule

  function schedule(x: Float64Array, machine: MachineNow): IntervalSchedule {
    const { isOn, restartUsd, endValueUsd } = machine
    const on = new Uint8Array(n)
    if (isMissing(x, machine)) return { valueUsd: NaN, on: on.fill(isOn ? 1 : 0) }
    if (isFree && isOn && endValueUsd >= 0 && x.every(isNoLoss)) return throughout(x, on)
    for (let i = 0; i < n; i++) sum[i + 1] = sum[i]! + x[i]!
    for (let k = 0; k < width; k++) best[(n * width + k) * 2 + 1] = endValueUsd
    for (let i = n - 1; i >= 0; i--)
      for (let k = 0; k < width; k++) {
        const at = (i * width + k) * 2
        best[at] = Math.max(stay(x, i, k, 0), turn(restartUsd, i, k, 0))
        best[at + 1] = Math.max(stay(x, i, k, 1), turn(restartUsd, i, k, 1))
      }

    const compared = best[isOn ? 1 : 0]!
    // Ties may be settled against the value, but all of them together cost no more than one.
    let slack = tieUsd(compared)
    let valueUsd = 0
    let state: 0 | 1 = isOn ? 1 : 0
    let k = 0
    for (let i = 0; i < n;) {
      const staying = stay(x, i, k, state)
      const turning = turn(restartUsd, i, k, state)
      const stayIsLiked = (state === 1) === isOn
      const loss = stayIsLiked ? turning - staying : staying - turning
      const takesLiked = loss <= slack
      if (takesLiked && loss > 0) slack -= loss
      const from = i
      if (takesLiked === stayIsLiked) {
        i += 1
        k = steps.switchesAt(from, i, k)
      } else {
        state = state === 1 ? 0 : 1
        if (state === 1) valueUsd -= restartUsd
        i = state === 1 ? untilOn[from]! : untilOff[from]!
        k = steps.switchesAt(from, i, k + steps.counted)
      }
      if (state === 1) {
        valueUsd += sum[i]! - sum[from]!
        on.fill(1, from, i)
      }
    }
    return { valueUsd, on }
  }

  /** Where no interval loses, none is worth leaving. */
  function throughout(x: Float64Array, on: Uint8Array): IntervalSchedule {
    let valueUsd = 0
    let before = 0
    for (const each of x) {
      const after = before + each
      valueUsd += after - before
      before = after
    }
    return { valueUsd, on: on.fill(1) }
  }
  function stay(x: Float64Array, i: number, k: number, state: 0 | 1): number {
    const then = best[((i + 1) * width + steps.switchesAt(i, i + 1, k)) * 2 + state]!
    return state === 1 ? x[i]! + then : then
  }
  /** Worth of leaving a state in interval i; −Infinity where the day has no switch left. */
  function turn(restartUsd: number, i: number, k: number, state: 0 | 1): number {
    if (k + steps.counted > steps.most) return -Infinity
    const j = state === 1 ? untilOff[i]! : untilOn[i]!
    const then = best[(j * width + steps.switchesAt(i, j, k + steps.counted)) * 2 + 1 - state]!
    return state === 1 ? then : sum[j]! - sum[i]! - restartUsd + then
  }
}

const isNoLoss = (usd: number) => usd >= 0

export function isMissing(x: Float64Array, { restartUsd, endValueUsd }: MachineNow): boolean {
  let sum = restartUsd + endValueUsd
  for (const each of x) sum += each
  return Number.isNaN(sum)
}

/** sum[i] = x[0] + … + x[i − 1] */
export function runningSum(x: Float64Array): Float64Array {
  const sum = new Float64Array(x.length + 1)
  for (let i = 0; i < x.length; i++) sum[i + 1] = sum[i]! + x[i]!
  return sum
}

/** What a switch in an interval leads to, under the limits. */
export type SwitchSteps = {
  /** who turns on (off) in interval i may turn again in interval untilOn[i] (untilOff[i]) */
  readonly untilOn: Uint32Array
  readonly untilOff: Uint32Array
  /** switches a day that are told apart, 0 included; 1 where they are not limited */
  readonly width: number
  /** most switches a day, and what one counts */
  readonly most: number
  readonly counted: 0 | 1
  /** switches of the day of interval j, of which there were k at interval i */
  readonly switchesAt: (i: number, j: number, k: number) => number
}

/** @throws RangeError naming the limit that cannot be */
export function stepsOf({ atMs, localDay }: IntervalTimes, n: number, limits: SwitchLimits): SwitchSteps {
  for (const field of ['switchesPerDay', 'leastHoursOn', 'leastHoursOff'] as const)
    if (!(limits[field] >= 0)) throw new RangeError(`${field}: ${limits[field]} is not 0 or more`)
  const isLimited = limits.switchesPerDay < n
  const most = isLimited ? Math.floor(limits.switchesPerDay) : 0
  return {
    untilOn: untilAfter(limits.leastHoursOn),
    untilOff: untilAfter(limits.leastHoursOff),
    width: most + 1,
    most,
    counted: isLimited ? 1 : 0,
    switchesAt: (i, j, k) => (j < n && localDay[j] === localDay[i] ? k : 0),
  }

  /** First interval that begins so many hours after the begin of each, and is not itself. */
  function untilAfter(hours: number): Uint32Array {
    const until = new Uint32Array(n)
    let j = 0
    for (let i = 0; i < n; i++) {
      j = Math.max(j, i + 1)
      while (j < n && atMs[j]! - atMs[i]! < hours * MS_PER_HOUR) j++
      until[i] = j
    }
    return until
  }
}
