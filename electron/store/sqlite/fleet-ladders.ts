import type { Model } from '#shared/domain/fleet/catalogue.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { KnownLadders } from '#shared/domain/ladders/of-row.ts'
import { isDominated, rowLadders } from '#shared/domain/ladders/of-row.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { SiteCounts, StoredParts, UselessLadder } from '../port.ts'

/** The ladders of a file whose every point is worse than what a machine they are for does now. */
export function uselessLadders(
  fleet: Fleet,
  models: readonly Model[],
  { ladders, lotLadders }: Pick<StoredParts, 'ladders' | 'lotLadders'>,
): readonly UselessLadder[] {
  const { machines } = fleet
  const ofModels = rowLadders(models, { ofLots: [], ofModels: ladders, shipped: [] })
  const ofLots = new Map(lotLadders.map(({ id, ladder }) => [id, ladder]))
  const found = new Map<Ladder, UselessLadder & { rows: number; useless: number }>()
  for (let row = 0; row < machines.length; row++) {
    const own = { hashrateThs: machines.hashrateThs[row]!, powerW: machines.powerW[row]! }
    const ofLot = ofLots.size === 0 ? undefined : ofLots.get(textAt(machines.id, row))
    const { counted, possible } = ofModels(fleet, row)
    for (const ladder of ofLot !== undefined ? [ofLot] : counted !== null ? [counted] : possible) {
      const seen = found.get(ladder)
      if (!isDominated(ladder.points, own)) {
        if (seen !== undefined) seen.rows++
        else found.set(ladder, { ...NOWHERE, ...namesOf(ladder), rows: 1 })
      } else if (seen === undefined || seen.useless === 0) {
        const first = { id: textAt(machines.id, row), model: labelAt(machines.model, row), ...own }
        found.set(ladder, { ...namesOf(ladder), rows: (seen?.rows ?? 0) + 1, useless: 1, first })
      } else {
        seen.rows++
        seen.useless++
      }
    }
  }
  return [...found.values()].filter(({ useless }) => useless > 0)
}

const NOWHERE = { rows: 0, useless: 0, first: { id: '', model: '', hashrateThs: NaN, powerW: NaN } }
const namesOf = ({ model, firmware }: Ladder) => ({ model, firmware })

/** Policies and ladders of the rows at each site, in the order of the sites. */
export function countsOfSites(
  fleet: Fleet,
  models: readonly Model[],
  known: KnownLadders,
  policies: ReadonlyMap<number, MachinePolicy>,
): readonly SiteCounts[] {
  const counts = Array.from(fleet.sites.key, (siteKey) => ({
    siteKey,
    rows: 0,
    protected: 0,
    exempt: 0,
    ownLadders: 0,
    countedLadders: 0,
    possibleLadders: 0,
  }))
  const { machines } = fleet
  const ladders = rowLadders(models, known)
  const own = new Set(known.ofLots.map(({ machineKey }) => machineKey))
  for (let row = 0; row < machines.length; row++) {
    const at = counts[machines.site[row]!]!
    const policy = policies.get(machines.key[row]!)
    at.rows++
    if (policy === MACHINE_POLICIES[1]) at.protected++
    if (policy === MACHINE_POLICIES[2]) at.exempt++
    if (own.has(machines.key[row]!)) at.ownLadders++
    else {
      const { counted, possible } = ladders(fleet, row)
      if (counted !== null) at.countedLadders++
      else if (possible.length > 0) at.possibleLadders++
    }
  }
  return counts
}
