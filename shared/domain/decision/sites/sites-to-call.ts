import type { Fleet } from '../../fleet/fleet.ts'
import type { Decisions } from '../decisions.ts'
import { OFF, PAUSE, START, START_UNTIL } from '../words.ts'

/** What changes at a site now, in machines. */
export type SiteToCall = {
  readonly site: string
  readonly powerDown: number
  readonly pause: number
  readonly start: number
}

/** The sites at which machines are to be powered down, paused or started now, most machines first. One pass. */
export function sitesToCall(
  { machines, sites }: Fleet,
  { verdict, length }: Decisions,
): readonly SiteToCall[] {
  const counts = Array.from(sites.name, (site) => ({ site, powerDown: 0, pause: 0, start: 0 }))
  for (let row = 0; row < length; row++) {
    const code = verdict[row]!
    const at = counts[machines.site[row]!]!
    if (code === OFF) at.powerDown += machines.quantity[row]!
    else if (code === PAUSE) at.pause += machines.quantity[row]!
    else if (code === START || code === START_UNTIL) at.start += machines.quantity[row]!
  }
  const all = (each: SiteToCall) => each.powerDown + each.pause + each.start
  return counts.filter((each) => all(each) > 0).sort((a, b) => all(b) - all(a))
}
