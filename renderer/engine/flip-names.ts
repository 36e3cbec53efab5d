import type { Flip } from '#shared/domain/decision/advice.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { ShownFlip } from './protocol.ts'

/** A flip with names in place of the row. */
export function flipOf({ machines, sites }: Fleet, flip: Flip | null): ShownFlip | null {
  if (flip === null) return null
  const { row, hashpriceUsdPerPhDay, verdict } = flip
  return {
    hashpriceUsdPerPhDay,
    verdict,
    id: textAt(machines.id, row),
    model: labelAt(machines.model, row),
    site: sites.name[machines.site[row]!]!,
  }
}
