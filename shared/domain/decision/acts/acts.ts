import { RUNNING } from '../../fleet/fleet.ts'
import type { LadderPoint } from '../../ladders/point.ts'
import type { Advice } from '../advice.ts'
import type { Prepared } from '../prepare.ts'
import { groupAt } from '../prepare.ts'
import { isOnAtOnce, NO_VERDICT, OFF, PAUSE, PROFILE, START, START_UNTIL } from '../words.ts'

/** What someone is to do at a machine now, as codes of VERDICTS; {@link PROFILE}: set a machine that runs to another point. */
const SWITCHES = [OFF, PAUSE, START, START_UNTIL] as const
type Switching = (typeof SWITCHES)[number]
export type Act = Switching | typeof PROFILE

const isSwitch = (code: number): code is Switching => (SWITCHES as readonly number[]).includes(code)

/** The state of a machine after an act. */
export const statusAfter = (act: number): 'off' | 'running' =>
  act === OFF || act === PAUSE ? 'off' : 'running'

/**
 * A row of the fleet of which something is to be done to machines; a lot whose machines do different things comes once for each.
 * @param point that they are to run at; null: their own
 */
export type VisitAct = (row: number, machines: number, act: Act, point: LadderPoint | null) => void

/** Visits what is to be done now, in the order of the rows. One pass. */
export function forEachAct(prepared: Prepared, { decisions, split, pointOf }: Advice, visit: VisitAct): void {
  const { quantity, status } = prepared.basis.fleet.machines
  const { verdict, length } = decisions
  for (let row = 0; row < length; row++) {
    const code = verdict[row]!
    // Only a lot of a site that is decided as a whole may be split.
    const parts = code === NO_VERDICT || groupAt(prepared, row) === -1 ? null : split(row)
    if (parts === null) {
      if (isSwitch(code)) visit(row, quantity[row]!, code, null)
      const point = code === PROFILE ? pointOf(row) : null
      if (point !== null) visit(row, quantity[row]!, status[row] === RUNNING ? PROFILE : START, point)
    } else if (status[row] === RUNNING) {
      if (parts.off > 0) visit(row, parts.off, OFF, null)
      if (parts.pause > 0) visit(row, parts.pause, PAUSE, null)
    } else if (parts.run > 0)
      visit(row, parts.run, isOnAtOnce(code, false) && isSwitch(code) ? code : START, null)
  }
}
