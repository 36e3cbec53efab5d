import { NEVER } from '../choice.ts'
import { perModes } from '../clearing/same-modes.ts'
import type { Plan } from '../clearing/site-plans.ts'
import type { SiteOffer } from './site-offer.ts'
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

/** What the machines that follow some modes do. */
export type ModesWord = {
  /** stage in which they go from off to on or from on to off; NEVER */
  readonly changesIn: number
  readonly runsNow: boolean
  readonly runsAtAll: boolean
  /** code of the word, for machines that are off now and for those that are on */
  readonly ofOff: number
  readonly ofOn: number
}

/** What most machines of a lot do; on a tie what they do now. */
export type PlanWord = { readonly code: number; readonly changesIn: number }

export type PlanWords = {
  readonly ofModes: (modes: Uint8Array) => ModesWord
  /** @param plans of the lot; none where a figure is missing */
  readonly ofPlans: (lot: number, plans: readonly Plan[]) => PlanWord
  /** Whole machines by what they do: on now; off now and on later; neither. */
  readonly counts: (plans: readonly Plan[]) => { run: number; pause: number; off: number }
}

const NO_WORD: PlanWord = { code: NO_VERDICT, changesIn: NEVER }

export function planWords({ lots, priced }: Pick<SiteOffer, 'lots' | 'priced'>): PlanWords {
  const ofModes = perModes((modes): ModesWord => {
    const changesIn = changeStage(modes, priced)
    const most = mostOfFirst(modes, priced)
    return {
      changesIn,
      runsNow: most > 0,
      runsAtAll: modes.some((mode) => mode > 0),
      ofOff: wordOf(false, most, changesIn !== NEVER),
      ofOn: wordOf(true, most, changesIn !== NEVER),
    }
  })
  return {
    ofModes,
    ofPlans(lot, plans) {
      if (plans.length === 0) return NO_WORD
      const isOn = lots.isOn[lot] === 1
      const codeOf = ({ modes }: Plan) => (isOn ? ofModes(modes).ofOn : ofModes(modes).ofOff)
      let best = plans[0]!
      let most = 0
      for (const plan of plans) {
        const code = codeOf(plan)
        let machines = 0
        for (const other of plans) if (codeOf(other) === code) machines += other.count
        if (machines > most || (machines === most && isOnAtOnce(code, isOn) === isOn)) {
          best = plan
          most = machines
        }
      }
      return { code: codeOf(best), changesIn: ofModes(best.modes).changesIn }
    },
    counts(plans) {
      const counts = { run: 0, pause: 0, off: 0 }
      for (const { count, modes } of plans) {
        const { runsNow, runsAtAll } = ofModes(modes)
        counts[runsNow ? 'run' : runsAtAll ? 'pause' : 'off'] += count
      }
      return counts
    },
  }
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
function mostOfFirst(modes: Uint8Array, { stage }: SiteOffer['priced']): number {
  let most = 0
  for (let i = 0; i < modes.length && stage[i] === 0; i++) most = Math.max(most, modes[i]!)
  return most
}
