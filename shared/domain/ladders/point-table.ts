import { cutOffTable, stepHashcostUsdPerPhDay } from './cut-offs.ts'
import type { CutOffRow } from './cut-offs.ts'
import type { LadderPoint, MachineTerms } from './point.ts'
import { marginAtPointUsdPerDay, marginWhileOffUsdPerDay, offPoint } from './point.ts'

/** A point of a ladder at one price of energy and one hashprice. */
export type PointRow = CutOffRow & {
  /** hashprice from which stepping up to it from the point below pays, USD/PH/s/day; NaN where it is not on the hull */
  readonly strikeUsdPerPhDay: number
  /** of one machine there, USD/day */
  readonly marginUsdPerDay: number
  /** no other point, and not standing still, earns more */
  readonly isBest: boolean
}

export type PointTable = {
  /** in the order of the ladder */
  readonly rows: readonly PointRow[]
  /** what one machine earns while off, USD/day: what its standby costs, as a loss */
  readonly offUsdPerDay: number
  /** hashprices at which another point, or off, is best: the nearest above and below; NaN where there is none */
  readonly changesAbove: { readonly usdPerPhDay: number; readonly to: string | null }
  readonly changesBelow: { readonly usdPerPhDay: number; readonly to: string | null }
}

const NO_CHANGE = { usdPerPhDay: Number.NaN, to: null }

/**
 * The points of a ladder with what each is worth, and where another one is best. Along the hull the strikes rise from step to step, so
 * the best point is the last one whose strike is at or below the hashprice. `to` null: off.
 */
export function pointTable(
  points: readonly LadderPoint[],
  terms: MachineTerms,
  hashpriceUsdPerPhDay: number,
): PointTable {
  const named = new Map(points.map((point) => [point.name, point]))
  const priced = cutOffTable(points, terms, hashpriceUsdPerPhDay).map((row) => {
    const below = row.from === null ? offPoint(terms) : named.get(row.from)!
    return {
      ...row,
      strikeUsdPerPhDay: row.onHull ? stepHashcostUsdPerPhDay(below, row.profile, terms) : Number.NaN,
      marginUsdPerDay: marginAtPointUsdPerDay(row.profile, terms, hashpriceUsdPerPhDay),
    }
  })
  const steps = priced.filter(({ onHull }) => onHull)
  const best = steps.findLast(({ strikeUsdPerPhDay }) => strikeUsdPerPhDay <= hashpriceUsdPerPhDay)
  const at = best === undefined ? -1 : steps.indexOf(best)
  const next = steps[at + 1]
  const known = Number.isFinite(hashpriceUsdPerPhDay) && Number.isFinite(terms.powerPriceUsdPerKwh)
  return {
    rows: priced.map((row) => ({ ...row, isBest: known && row === best })),
    offUsdPerDay: marginWhileOffUsdPerDay(terms),
    changesAbove:
      !known || next === undefined
        ? NO_CHANGE
        : { usdPerPhDay: next.strikeUsdPerPhDay, to: next.profile.name },
    changesBelow:
      !known || best === undefined ? NO_CHANGE : { usdPerPhDay: best.strikeUsdPerPhDay, to: best.from },
  }
}
