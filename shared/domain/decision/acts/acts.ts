import { RUNNING } from '../../fleet/fleet.ts'
import type { Advice } from '../advice.ts'
import type { Prepared } from '../prepare.ts'
import { groupAt } from '../prepare.ts'
import { isOnAtOnce, NO_VERDICT, OFF, PAUSE, START, START_UNTIL } from '../words.ts'

/** What someone is to do at a machine now, as codes of VERDICTS. */
export const ACTS = [OFF, PAUSE, START, START_UNTIL] as const
export type Act = (typeof ACTS)[number]

export const isAct = (code: number): code is Act => (ACTS as readonly number[]).includes(code)

/** The state of a machine after an act. */
export const statusAfter = (act: number): 'off' | 'running' =>
  act === OFF || act === PAUSE ? 'off' : 'running'

/** A row of the fleet of which machines are to be switched; a lot whose machines do different things comes once for each. */
export type VisitAct = (row: number, machines: number, act: Act) => void

/** Visits what is to be done now, in the order of the rows. One pass. */
export function forEachAct(prepared: Prepared, { decisions, split }: Advice, visit: VisitAct): void {
  const { quantity, status } = prepared.basis.fleet.machines
  const { verdict, length } = decisions
  for (let row = 0; row < length; row++) {
    const code = verdict[row]!
    // Only a lot of a site that is decided as a whole may be split.
    const parts = code === NO_VERDICT || groupAt(prepared, row) === -1 ? null : split(row)
    if (parts === null) {
      if (isAct(code)) visit(row, quantity[row]!, code)
    } else if (status[row] === RUNNING) {
      if (parts.off > 0) visit(row, parts.off, OFF)
      if (parts.pause > 0) visit(row, parts.pause, PAUSE)
    } else if (parts.run > 0) visit(row, parts.run, isOnAtOnce(code, false) && isAct(code) ? code : START)
  }
}
