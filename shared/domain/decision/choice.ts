import type { Sequences } from './schedule/sequences.ts'
import { noSequences } from './schedule/sequences.ts'
import type { Verdict } from './words.ts'
import {
  aboveTie,
  NO_VERDICT,
  OFF,
  PAUSE,
  PROFILE,
  RUN,
  RUN_UNTIL,
  START,
  START_LATER,
  START_UNTIL,
  STAY_OFF,
  VERDICTS,
} from './words.ts'

/** What the plans of one row are worth over the horizon, USD for the whole lot. */
export type Weighed = {
  isOn: boolean
  isProtected: boolean
  restartUsd: number
  /** standing by throughout; 0 or below where power costs something */
  standbyUsd: number
  /** as it is in every interval, over standing by */
  asIsUsd: number
  /** plans whose first stage, if it is on, is as the machine is now */
  readonly own: Sequences
  /** plans that begin at another operating point; those that begin off are the same as `own` */
  readonly other: Sequences
  hasOther: boolean
}

export function nothingWeighed(): Weighed {
  return {
    isOn: true,
    isProtected: false,
    restartUsd: 0,
    standbyUsd: 0,
    asIsUsd: 0,
    own: noSequences(),
    other: noSequences(),
    hasOther: false,
  }
}

/** In the order of ties. */
const ON_ORDER = [RUN, RUN_UNTIL, PAUSE, OFF, PROFILE] as const
const IDLE_ORDER = [STAY_OFF, START_LATER, START_UNTIL, START, PROFILE] as const

/** Value of a word's best plan, USD over standing by; −Infinity where there is no such plan. `compared`: with what being on at the end is worth. */
export function overStandbyUsd(weighed: Weighed, code: number, compared = false): number {
  const { own, other, hasOther } = weighed
  switch (code) {
    case RUN:
    case START:
      return compared ? own.allOnCompared : own.allOn
    case RUN_UNTIL:
    case START_UNTIL:
      return compared ? own.onThenOffCompared : own.onThenOff
    case PAUSE:
    case START_LATER:
      return compared ? own.offThenOnCompared : own.offThenOn
    case OFF:
    case STAY_OFF:
      return own.allOff
    case PROFILE: {
      if (!hasOther) return -Infinity
      if (compared) return Math.max(other.allOnCompared, other.onThenOffCompared)
      return other.allOnCompared >= other.onThenOffCompared ? other.allOn : other.onThenOff
    }
    default:
      return NaN
  }
}

/** The best word, before anyone asks whether to wait with it; NO_VERDICT where a figure is missing. */
export function bestWord(weighed: Weighed): number {
  const { isOn, isProtected } = weighed
  const order = isOn ? ON_ORDER : IDLE_ORDER
  // A protected machine runs whatever comes; only a better point is left to choose.
  const mayBe = (code: number) => !isProtected || code === RUN || code === START || code === PROFILE
  let best = -Infinity
  for (const code of order) if (mayBe(code)) best = Math.max(best, overStandbyUsd(weighed, code, true))
  if (Number.isNaN(best)) return NO_VERDICT
  const enough = best - (aboveTie(best) - best)
  for (const code of order) if (mayBe(code) && overStandbyUsd(weighed, code, true) >= enough) return code
  return NO_VERDICT
}

/** Of the advice against doing as it does now: on in every interval, or off. */
export function gainUsd(weighed: Weighed, code: number): number {
  return overStandbyUsd(weighed, code) - (weighed.isOn ? weighed.asIsUsd : 0)
}

/** Values of the plans that were weighed, by word, USD over the horizon. */
export function valuesUsd(weighed: Weighed): Partial<Record<Verdict, number>> {
  const values: Partial<Record<Verdict, number>> = {}
  for (const code of weighed.isOn ? ON_ORDER : IDLE_ORDER) {
    const value = overStandbyUsd(weighed, code)
    if (value !== -Infinity) values[VERDICTS[code]] = weighed.standbyUsd + value
  }
  return values
}

/** Stage of the first change between on and off of a word's best plan; {@link NEVER} where there is none. */
export function changesInStage(weighed: Weighed, code: number): number {
  switch (code) {
    case RUN_UNTIL:
    case START_UNTIL:
      return weighed.own.offFrom
    case PAUSE:
    case START_LATER:
      return weighed.own.onFrom
    case PROFILE: {
      const { other } = weighed
      return other.allOnCompared >= other.onThenOffCompared ? NEVER : other.offFrom
    }
    default:
      return NEVER
  }
}

/** No stage. */
export const NEVER = 255
