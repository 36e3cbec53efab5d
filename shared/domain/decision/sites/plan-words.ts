import { NEVER } from '../choice.ts'
import type { Plan } from '../clearing/site-plans.ts'
import type { SiteScene } from './decide-site.ts'
import { changeStage } from './site-rows.ts'
import {
  isOnAtOnce,
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
} from '../words.ts'

/** The words for what a lot's machines do by their plans; a split lot has several. */

type MachinesOfWord = { readonly code: number; readonly machines: number; readonly changesIn: number }

/** What most machines of a lot do; on a tie what they do now. */
export type PlanWord = {
  readonly code: number
  readonly changesIn: number
  readonly words: readonly MachinesOfWord[]
}

/** @param plans of the lot; none where a figure is missing */
export function planWord(
  { offer: { lots, priced } }: Pick<SiteScene, 'offer'>,
  lot: number,
  plans: readonly Plan[],
): PlanWord {
  const isOn = lots.isOn[lot] === 1
  const words: MachinesOfWord[] = []
  let best: MachinesOfWord = { code: NO_VERDICT, machines: 0, changesIn: NEVER }
  for (const { count, modes } of plans) {
    const changesIn = changeStage(modes, priced)
    const code = wordOf(isOn, mostOfFirst(modes, priced), changesIn !== NEVER)
    const known = words.findIndex((word) => word.code === code)
    if (known < 0) words.push({ code, machines: count, changesIn })
    else words[known] = { code, machines: words[known]!.machines + count, changesIn }
  }
  for (const word of words)
    if (
      word.machines > best.machines ||
      (word.machines === best.machines && isOnAtOnce(word.code, isOn) === isOn)
    )
      best = word
  return { code: best.code, changesIn: best.changesIn, words }
}

function wordOf(isOn: boolean, mostOfFirstStage: number, changes: boolean): number {
  if (mostOfFirstStage > 1) return PROFILE
  if (mostOfFirstStage === 1) {
    if (changes) return isOn ? RUN_UNTIL : START_UNTIL
    return isOn ? RUN : START
  }
  if (changes) return isOn ? PAUSE : START_LATER
  return isOn ? OFF : STAY_OFF
}

/** The highest mode of a plan in its first stage, 0 where it is off in all of it. */
function mostOfFirst(modes: Uint8Array, { stage }: SiteScene['offer']['priced']): number {
  let most = 0
  for (let i = 0; i < modes.length && stage[i] === 0; i++) most = Math.max(most, modes[i]!)
  return most
}

/** Whole machines by what they do: on now; off now and on later; neither. */
export function planCounts({ offer: { priced } }: Pick<SiteScene, 'offer'>, plans: readonly Plan[]) {
  const counts = { run: 0, pause: 0, off: 0 }
  for (const { count, modes } of plans) {
    if (mostOfFirst(modes, priced) > 0) counts.run += count
    else if (modes.some((mode) => mode > 0)) counts.pause += count
    else counts.off += count
  }
  return counts
}
