import type { AlertMemory, AlertObservation } from '#shared/domain/alerts.ts'
import { crossableLots, crossingLevels, lotsPassed, NOTHING_KNOWN } from '#shared/domain/alerts.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'

/** What is seen at one moment: parts of an observation, the fleet as it stands. */
export type Look = Partial<Omit<AlertObservation, 'passed'>> & { readonly basis?: MarginBasis }

/** As the service asks: the fleet at the levels that the memory leads to. */
export function observationOf({ basis, ...look }: Look, memory: AlertMemory | null): AlertObservation {
  const levels = crossingLevels(memory, look.hashpriceUsdPerPhDay ?? NaN)
  const passed = basis === undefined || levels === null ? null : lotsPassed(crossableLots(basis), levels)
  return { ...NOTHING_KNOWN, ...look, passed }
}
