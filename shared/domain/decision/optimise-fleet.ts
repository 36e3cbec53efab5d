import type { Fleet } from '../fleet/fleet.ts'
import { RUNNING } from '../fleet/fleet.ts'
import type { Ladder, MachineTerms, LadderPoint } from '../ladders/point.ts'
import {
  drawW,
  marginAtPointUsdPerDay,
  marginWhileOffUsdPerDay,
  offPoint,
  termsOfRow,
} from '../ladders/point.ts'
import type { SiteLimits, SiteOptimum } from './site-optimum.ts'
import { siteOptimum } from './site-optimum.ts'

/** Name of the point of a machine that has no ladder: its own hashrate and power. */
export const AS_IT_IS = 'as it is'

/** What the machines of one row do. */
export type RowPlan = {
  readonly row: number
  /** null: the machine has no ladder and runs as it is or is off */
  readonly ladder: Ladder | null
  /** only the points that are used, from the lowest power up; counts are machines */
  readonly points: readonly (LadderPoint & { readonly count: number })[]
  readonly off: number
  readonly marginUsdPerDay: number
}

export type FleetOptimum = SiteOptimum & {
  /** rows that run and have the figures they need, in the order of the fleet */
  readonly rows: readonly RowPlan[]
  /** running rows that a missing figure keeps out */
  readonly leftOut: number
}

/** What is known of the rows beside their figures. */
export type RowRules = {
  /** null: the row's own hashrate and power are its only point */
  readonly ladderOf: (row: number) => Ladder | null
  /** which rows the limits are for, e.g. those of one site */
  readonly isMeant: (row: number) => boolean
  /** false: it always runs, at one point or another */
  readonly mayBeOff: (row: number) => boolean
}

/** Rows that are alike in all that matters, taken together: a large fleet is a few of these. */
type Kind = {
  readonly points: readonly LadderPoint[]
  readonly ladder: Ladder | null
  readonly terms: MachineTerms
  readonly canBeOff: boolean
  readonly rows: number[]
  quantity: number
}

/**
 * The best operating points of the running machines of a fleet under a power limit.
 *
 * @throws SiteLimitError where the limits cannot be kept, RangeError where there is no hashprice
 */
export function optimiseFleet(
  fleet: Fleet,
  hashpriceUsdPerPhDay: number,
  limits: SiteLimits,
  of: RowRules,
): FleetOptimum {
  if (!Number.isFinite(hashpriceUsdPerPhDay))
    throw new RangeError(`hashpriceUsdPerPhDay: ${hashpriceUsdPerPhDay} is not a hashprice`)
  const { kinds, leftOut } = kindsOf(fleet, of)
  const lots = kinds.map(({ points, terms, quantity, canBeOff }) => {
    const off = { drawW: drawW(offPoint(terms), terms), marginUsdPerDay: marginWhileOffUsdPerDay(terms) }
    const running = points.map((point) => ({
      drawW: drawW(point, terms),
      marginUsdPerDay: marginAtPointUsdPerDay(point, terms, hashpriceUsdPerPhDay),
    }))
    return { quantity, choices: canBeOff ? [...running, off] : running }
  })
  const optimum = siteOptimum(lots, limits)
  const rows: RowPlan[] = []
  kinds.forEach((kind, i) => {
    const margins = lots[i]!.choices.map((choice) => choice.marginUsdPerDay)
    for (const plan of plansOf(kind, fleet, optimum.counts[i]!, margins)) rows.push(plan)
  })
  rows.sort((a, b) => a.row - b.row)
  return { ...optimum, rows, leftOut }
}

function kindsOf(
  fleet: Fleet,
  { ladderOf, isMeant, mayBeOff }: RowRules,
): { readonly kinds: readonly Kind[]; readonly leftOut: number } {
  const { machines } = fleet
  const kinds = new Map<string, Kind>()
  const ladderNumbers = new Map<Ladder, number>()
  let leftOut = 0
  for (let row = 0; row < machines.length; row++) {
    if (machines.status[row] !== RUNNING || !isMeant(row)) continue
    const terms = termsOfRow(fleet, row)
    const ladder = ladderOf(row)
    const own = { name: AS_IT_IS, hashrateThs: machines.hashrateThs[row]!, powerW: machines.powerW[row]! }
    const figures = [...Object.values(terms), ...(ladder === null ? [own.hashrateThs, own.powerW] : [])]
    if (!figures.every(Number.isFinite)) {
      leftOut++
      continue
    }
    if (ladder !== null && !ladderNumbers.has(ladder)) ladderNumbers.set(ladder, ladderNumbers.size)
    const canBeOff = mayBeOff(row)
    const key = `${ladder === null ? '' : ladderNumbers.get(ladder)!}|${canBeOff}|${figures.join()}`
    let kind = kinds.get(key)
    if (kind === undefined) {
      kind = {
        points: ladder === null ? [own] : ladder.points,
        ladder,
        terms,
        canBeOff,
        rows: [],
        quantity: 0,
      }
      kinds.set(key, kind)
    }
    kind.rows.push(row)
    kind.quantity += machines.quantity[row]!
  }
  return { kinds: [...kinds.values()], leftOut }
}

/** Deals the machines of a kind out to its rows: the points of the highest power go to the first ones. */
function* plansOf(
  { points, ladder, rows }: Kind,
  { machines }: Fleet,
  counts: readonly number[],
  margins: readonly number[],
): Generator<RowPlan> {
  const left = [...counts]
  const fromTheTop = [...points.keys()].reverse().concat(counts.length > points.length ? [points.length] : [])
  for (const row of rows) {
    let machinesLeft = machines.quantity[row]!
    const taken = new Array<number>(counts.length).fill(0)
    for (const choice of fromTheTop) {
      taken[choice] = Math.min(left[choice]!, machinesLeft)
      left[choice]! -= taken[choice]
      machinesLeft -= taken[choice]
    }
    yield {
      row,
      ladder,
      points: points.flatMap((point, i) => (taken[i]! > 0 ? [{ ...point, count: taken[i]! }] : [])),
      off: taken[points.length] ?? 0,
      marginUsdPerDay: taken.reduce((sum, count, choice) => sum + count * margins[choice]!, 0),
    }
  }
}
