import { float64Columns } from '../fleet/columns.ts'
import { NEVER } from './choice.ts'
import { PAUSE, RUN_UNTIL, START_LATER, START_UNTIL } from './words.ts'

/** Verdicts as columns; row i is row i of the fleet. Money is of the whole lot. */
export type Decisions = {
  readonly length: number
  /** index into VERDICTS, or NO_VERDICT */
  readonly verdict: Uint8Array
  /** of the advice over the horizon against doing as it does now throughout, USD; 0 on hold */
  readonly gainUsd: Float64Array
  /** stage in which the advice changes first between on and off; 255: never. Written where the horizon has more than two stages. */
  readonly changesIn: Uint8Array
}

export function emptyDecisions(length: number): Decisions {
  return {
    length,
    verdict: new Uint8Array(length),
    changesIn: new Uint8Array(length),
    ...float64Columns(length, ['gainUsd']),
  }
}

/** Stage in which the advice of a row changes first between on and off; {@link NEVER} where it does not. */
export function firstChange({ verdict, changesIn }: Decisions, stages: number, row: number): number {
  if (stages > 2) return changesIn[row]!
  return changesBetweenTwo(verdict[row]!) ? 1 : NEVER
}

/** Whether a verdict over two stages does one thing in the first and another in the second. */
export function changesBetweenTwo(code: number): boolean {
  return code === RUN_UNTIL || code === PAUSE || code === START_LATER || code === START_UNTIL
}
