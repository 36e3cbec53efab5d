import type { IntervalTimes, MachineNow, SwitchLimits } from './intervals.ts'
import { isMissing, isUnlimited, NO_SWITCH_LIMITS, runningSum, stepsOf } from './intervals.ts'

/**
 * The words of a verdict, priced. A stage is on where the machine runs in at least one of its intervals; a word names all sequences
 * of one pattern of stages and is worth what the best of them is worth.
 */

/** Every stage on · the first on, then some stage off · the first off, then some stage on · every stage off. */
export const STAGE_PATTERNS = ['on', 'on-then-off', 'off-then-on', 'off'] as const

export type PatternValue = {
  /** of its best sequence, over standing by throughout, without the end value, USD; NaN where the pattern cannot be */
  readonly valueUsd: number
  /** the same with the end value where the sequence ends on: what plans are compared by */
  readonly comparedUsd: number
}

const IMPOSSIBLE: PatternValue = { valueUsd: NaN, comparedUsd: NaN }

/**
 * The best value of each pattern, in the order of {@link STAGE_PATTERNS}.
 *
 * @param x what running earns over standing by in each interval, USD; NaN in any makes all values NaN
 * @throws RangeError naming the limit that cannot be
 */
export function patternValues(
  x: Float64Array,
  times: IntervalTimes,
  machine: MachineNow,
  limits: SwitchLimits = NO_SWITCH_LIMITS,
): readonly PatternValue[] {
  if (isMissing(x, machine)) return STAGE_PATTERNS.map(() => IMPOSSIBLE)
  const ends = isUnlimited(limits, x.length)
    ? freeEnds(x, times.stage, machine)
    : limitedEnds(x, times, machine, limits)
  return ends.map(({ on, off }) => {
    if (on === -Infinity && off === -Infinity) return IMPOSSIBLE
    const withEnd = on + machine.endValueUsd
    return withEnd > off ? { valueUsd: on, comparedUsd: withEnd } : { valueUsd: off, comparedUsd: off }
  })
}

/** Best value of a pattern whose sequence ends on, and off; −Infinity where there is none. */
type Ends = { readonly on: number; readonly off: number }

const NONE: Ends = { on: -Infinity, off: -Infinity }

/** Best value with at least one interval of a stage on, by the state after it; written again for the next stage. */
const through = { on: 0, off: 0 }

/**
 * Without limits: a stage is a 2 × 2 matrix, from the state before it to the state after it, of the best value with at least one
 * interval on; stages follow one another by max-plus products.
 */
function freeEnds(x: Float64Array, stage: Uint16Array, { isOn, restartUsd }: MachineNow): readonly Ends[] {
  // Of each pattern its best value so far that ends on, and off.
  let allOn = -Infinity
  let allOff = -Infinity
  let onThenOffOn = -Infinity
  let onThenOffOff = -Infinity
  let offThenOnOn = -Infinity
  let offThenOnOff = -Infinity
  let off = -Infinity
  for (let from = 0; from < x.length;) {
    let to = from + 1
    while (to < x.length && stage[to] === stage[from]) to++
    passThrough(x, from, to, 0, restartUsd)
    const onToOn = through.on
    const onToOff = through.off
    passThrough(x, from, to, restartUsd, restartUsd)
    const offToOn = through.on
    const offToOff = through.off
    if (from === 0) {
      allOn = isOn ? onToOn : offToOn
      allOff = isOn ? onToOff : offToOff
      off = 0
    } else {
      const laterOn = Math.max(offThenOnOn + onToOn, offThenOnOff + offToOn, off + offToOn)
      const laterOff = Math.max(offThenOnOn + onToOff, offThenOnOff + offToOff, off + offToOff)
      offThenOnOff = Math.max(laterOff, offThenOnOn, offThenOnOff)
      offThenOnOn = laterOn
      const againOn = Math.max(onThenOffOn + onToOn, onThenOffOff + offToOn)
      const againOff = Math.max(onThenOffOn + onToOff, onThenOffOff + offToOff)
      onThenOffOff = Math.max(againOff, onThenOffOn, onThenOffOff, allOn, allOff)
      onThenOffOn = againOn
      const onOn = Math.max(allOn + onToOn, allOff + offToOn)
      allOff = Math.max(allOn + onToOff, allOff + offToOff)
      allOn = onOn
    }
    from = to
  }
  return [
    { on: allOn, off: allOff },
    { on: onThenOffOn, off: onThenOffOff },
    { on: offThenOnOn, off: offThenOnOff },
    { on: -Infinity, off },
  ]
}

/** Fills {@link through}: on in at least one interval of the stage, after a state from which its first interval costs so much to run. */
function passThrough(x: Float64Array, from: number, to: number, entryUsd: number, restartUsd: number): void {
  let on = x[from]! - entryUsd
  let off = -Infinity
  for (let i = from + 1; i < to; i++) {
    // the first run of the stage may begin in any later interval too, from rest
    const restart = Math.max(off, 0) - restartUsd
    off = Math.max(off, on)
    on = x[i]! + Math.max(on, restart)
  }
  through.on = on
  through.off = off
}

/** Where a sequence stands: in the first stage without (0) or with (1) an interval on; later, see the names. */
const ALL_BUT_THIS = 2
const ALL = 3
const ON_THEN_OFF = 4
const OFF = 5
const OFF_THEN_ON = 6
const PLACES = 7
/** the place after a stage has ended */
const AFTER_STAGE = [OFF, ALL_BUT_THIS, ON_THEN_OFF, ALL_BUT_THIS, ON_THEN_OFF, OFF, OFF_THEN_ON]
/** the place after an interval that is on */
const AFTER_ON = [1, 1, ALL, ALL, ON_THEN_OFF, OFF_THEN_ON, OFF_THEN_ON]
/** pattern at the end */
const PATTERN = [3, 0, 1, 0, 1, 3, 2]

/** Under limits: one pass forward over (interval, switches of the day, place, state). */
function limitedEnds(
  x: Float64Array,
  times: IntervalTimes,
  { isOn, restartUsd }: MachineNow,
  limits: SwitchLimits,
): readonly Ends[] {
  const n = x.length
  const steps = stepsOf(times, n, limits)
  const { width, most, counted, untilOn, untilOff } = steps
  const sum = runningSum(x)
  const border = nextBorders(times.stage, n)
  const best = new Float64Array((n + 1) * width * PLACES * 2).fill(-Infinity)
  const index = (i: number, k: number, place: number, state: number) =>
    ((i * width + k) * PLACES + place) * 2 + state
  best[index(0, 0, 0, isOn ? 1 : 0)] = 0
  for (let i = 0; i < n; i++)
    for (let k = 0; k < width; k++)
      for (let place = 0; place < PLACES; place++)
        for (const state of [0, 1] as const) {
          const value = best[index(i, k, place, state)]!
          if (value === -Infinity) continue
          go(i, i + 1, k, place, state, value)
          if (k + counted > most) continue
          if (state === 1) go(i, untilOff[i]!, k + counted, place, 0, value)
          else go(i, untilOn[i]!, k + counted, place, 1, value - restartUsd)
        }
  const ends = STAGE_PATTERNS.map(() => ({ ...NONE }))
  for (let place = 0; place < PLACES; place++) {
    const end = ends[PATTERN[place]!]!
    end.off = Math.max(end.off, best[index(n, 0, place, 0)]!)
    end.on = Math.max(end.on, best[index(n, 0, place, 1)]!)
  }
  return ends

  /** Intervals i … j − 1 in one state. */
  function go(i: number, j: number, k: number, place: number, state: 0 | 1, value: number): void {
    let then = place
    for (let at = i; at < j; at = border[at]!) {
      if (at > 0 && times.stage[at] !== times.stage[at - 1]) then = AFTER_STAGE[then]!
      if (state === 1) then = AFTER_ON[then]!
    }
    const to = index(j, steps.switchesAt(i, j, k), then, state)
    const worth = state === 1 ? value + sum[j]! - sum[i]! : value
    if (worth > best[to]!) best[to] = worth
  }
}

/** Per interval the first interval of the next stage, n in the last. */
function nextBorders(stage: Uint16Array, n: number): Uint32Array {
  const next = new Uint32Array(n)
  for (let i = n - 1; i >= 0; i--)
    next[i] = i === n - 1 ? n : stage[i + 1] === stage[i] ? next[i + 1]! : i + 1
  return next
}
