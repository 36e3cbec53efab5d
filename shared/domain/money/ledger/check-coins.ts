import type { AdmitFault } from './faults.ts'
import type { FactEntry } from './standing.ts'
import { satMoved, timelineOf } from './timeline.ts'

/**
 * Where more bitcoin would go out than is held. What is new and goes short is named; where something older does, what is new and takes
 * bitcoin away before it, else `otherwise`: a void.
 * @param counting what counts with what is new, which has keys below 0
 */
export function checkCoins(counting: readonly FactEntry[], otherwise: number): AdmitFault[] {
  const moving = counting.filter(({ fact }) => satMoved(fact) !== 0)
  const faults: AdmitFault[] = []
  let held = 0
  let lastTaking: number | null = null
  let isOlderShort = false
  for (const { entry } of timelineOf(moving)) {
    const sat = satMoved(entry.fact)
    const isNew = entry.key < 0
    if (isNew && sat < 0) lastTaking = -1 - entry.key
    if (held + sat >= 0) {
      held += sat
      continue
    }
    if (isNew || !isOlderShort)
      faults.push({
        at: isNew ? -1 - entry.key : (lastTaking ?? otherwise),
        fault: { what: 'sold', day: 'day' in entry.fact ? entry.fact.day : '', heldSat: held, sat: -sat },
      })
    if (!isNew) isOlderShort = true
  }
  return faults
}
