import { isDominated, rowLadders } from '../../ladders/of-row.ts'
import type { Ladder, LadderPoint, OperatingPoint } from '../../ladders/point.ts'
import type { Prepared } from '../prepare.ts'

/** Two figures of a machine at once, as a firmware would name them. */
const nameOf = ({ hashrateThs, powerW }: OperatingPoint) => `${hashrateThs} TH/s, ${powerW} W`

/**
 * The ladder that a lot needs as its own once it is set to a point of `ladder`, so that every point that it could run at stays one.
 * What was its own point is lost where the ladder does not have it; of a model without a bin the hashrate says which ladder is meant.
 *
 * @param own point before it is set
 * @param isStillFound whether the lot has this ladder still when its hashrate is that of the new point
 * @returns null where it needs none
 */
function ladderOnceSet(ladder: Ladder, own: OperatingPoint, isStillFound: boolean): Ladder | null {
  const { points } = ladder
  const isNeeded = !points.some((point) => isNoWorse(point, own))
  if (!isNeeded) return isStillFound ? null : ladder
  const kept: LadderPoint = { name: nameOf(own), hashrateThs: own.hashrateThs, powerW: own.powerW }
  // Two of a ladder must not be so that one of them is never better.
  const others = points.filter((point) => point.name !== kept.name && !isNoWorse(own, point))
  return { ...ladder, points: [...others, kept].sort((a, b) => a.powerW - b.powerW) }
}

const isNoWorse = (one: OperatingPoint, than: OperatingPoint) => isDominated([than], one)

/**
 * The ladders that rows need as their own once they are set to other points.
 * @param points of the rows that are set
 * @returns row → the ladder; null where what it has stays its ladder
 */
export function laddersOnceSet(
  { basis: { fleet }, inputs, laddersOf }: Prepared,
  points: ReadonlyMap<number, OperatingPoint>,
): (row: number) => Ladder | null {
  if (points.size === 0) return () => null
  const { machines } = fleet
  const hashrateThs = machines.hashrateThs.slice()
  for (const [row, point] of points) hashrateThs[row] = point.hashrateThs
  const onceSet = { ...fleet, machines: { ...machines, hashrateThs } }
  const found = rowLadders(inputs.models, inputs.ladders)
  return (row) => {
    const ladder = points.has(row) ? laddersOf(row).counted : null
    if (ladder === null) return null
    const own = { hashrateThs: machines.hashrateThs[row]!, powerW: machines.powerW[row]! }
    return ladderOnceSet(ladder, own, found(onceSet, row).counted === ladder)
  }
}
