/**
 * The words of a verdict. Position in this list is the code in a verdict column.
 *
 * A machine that runs: `run`; `run-until` the adjustment or halving, then off; `pause` until then, then run; `off`.
 * One that is off: `stay-off`; `start-later`; `start-until` the adjustment, then off; `start`.
 * Either: `hold`, where a switch would pay by the expected hashprice but waiting for the next review is worth more; `profile`, where
 * another operating point than today's is best.
 *
 * On a tie the earlier one of its kind wins.
 */
export const VERDICTS = [
  'run',
  'run-until',
  'pause',
  'off',
  'stay-off',
  'start-later',
  'start-until',
  'start',
  'hold',
  'profile',
] as const
export type Verdict = (typeof VERDICTS)[number]

export const RUN = 0
export const RUN_UNTIL = 1
export const PAUSE = 2
export const OFF = 3
export const STAY_OFF = 4
export const START_LATER = 5
export const START_UNTIL = 6
export const START = 7
export const HOLD = 8
export const PROFILE = 9
/** Code of a row without a verdict: it is in repair, or a figure of it or of the network is missing. */
export const NO_VERDICT = 255

/** Two values closer than this share of the greater one are the same: what is left is rounding. */
export const TIE = 1e-9

/** The least that a later option must be worth to be better than one of this value. */
export function aboveTie(valueUsd: number): number {
  return valueUsd + TIE * Math.max(1, Math.abs(valueUsd))
}

/** Whether a machine with this verdict runs from now on; `hold` keeps what it does, a `profile` runs. */
export function isOnAtOnce(verdict: number, isOn: boolean): boolean {
  switch (verdict) {
    case RUN:
    case RUN_UNTIL:
    case START_UNTIL:
    case START:
    case PROFILE:
      return true
    case HOLD:
      return isOn
    default:
      return false
  }
}
