import type { ChanceRange } from '../domain/decision/acts/chance-of-acts.ts'
import type { Flip } from '../domain/decision/advice.ts'
import type { Verdict } from '../domain/decision/words.ts'
import { labelAt, textAt } from '../domain/fleet/columns.ts'
import type { Fleet } from '../domain/fleet/fleet.ts'

/** The nearest hashprice at which a verdict changes, and whose. */
export type ShownFlip = {
  readonly hashpriceUsdPerPhDay: number
  readonly verdict: Verdict | null
  readonly id: string
  readonly model: string
  readonly site: string
}
export type Flips = {
  readonly above: ShownFlip | null
  readonly below: ShownFlip | null
  /** that what is to be done now proves right, over its rows; null where it is not known */
  readonly chance: ChanceRange | null
}

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
