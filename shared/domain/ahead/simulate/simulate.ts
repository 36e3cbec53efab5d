import type { MarginBasis } from '../../margins/fleet-margins.ts'
import type { NetworkConditions } from '../../chain/network.ts'
import { projectNetwork } from '../project.ts'
import { sortedIndex } from '../../fleet/sorted-index.ts'
import type { DrawnAdjustment, PathChoices } from './correlated-paths.ts'
import { correlatedPaths } from './correlated-paths.ts'
import type { CashCurve } from '../../decision/cash-curve.ts'
import { cashAt } from '../../decision/cash-curve.ts'
import type { FleetCash } from '../../decision/fleet-cash.ts'
import { cashOn } from '../../decision/fleet-cash.ts'

/** The part of a fleet that a simulation reads: the cash of all machines together, and the break-even of each lot. */
export type SimulatedFleet = Pick<
  MarginBasis,
  'length' | 'acceptedPhs' | 'avoidableCostUsdPerDay' | 'breakevenHashpriceUsdPerPhDay'
> & { readonly cash: FleetCash }

/** What the lots do when hashing costs more than standing still. */
export type LotsUnderWater = 'run' | 'stop'

/** The shares of the paths that lie at or below a quantile. */
export const QUANTILES = { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const
export type Quantiles = { readonly [K in keyof typeof QUANTILES]: number }

export type SimulationChoices = PathChoices & {
  /** how many, the running one included: a whole number from 1 to 1000 */
  readonly epochs: number
  /** run: everything runs as it does today; stop: every machine does what earns most at the hashprice of the path */
  readonly underWater: LotsUnderWater
}

export type SimulatedEpoch = {
  /** 0 is the running epoch */
  readonly epoch: number
  /** days from the moment of the conditions to where the epoch begins without chance */
  readonly startsAtDay: number
  readonly hashpriceUsdPerPhDay: Quantiles
  /** of the fleet, cash */
  readonly marginUsdPerDay: Quantiles
  /** share of the paths on which the fleet's margin is below 0 */
  readonly probabilityOfLoss: number
}

export type Simulation = {
  readonly paths: number
  readonly epochs: readonly SimulatedEpoch[]
  /** row · epochs + epoch: on how many paths the row's cash margin is below 0, as if it ran; see `probabilityUnderWater` */
  readonly pathsUnderWater: Uint32Array
}

/** In place of a count where a figure of the row is missing. */
const NO_VALUE = 0xffffffff
/** rows × epochs: 400 MB of counts */
const MOST_COUNTS = 100_000_000

/** Told after every epoch; what it throws ends the simulation. */
export type SimulationStep = (epochsDone: number, epochs: number) => void

/**
 * The fleet on many networks that might come. Margins follow hashprice and nothing else, and never fall when it rises:
 * so the paths of an epoch are sorted once, and every quantile and probability is read off by search.
 *
 * A quantile between two paths is interpolated on a straight line.
 * @throws RangeError that names the field that is out of bounds
 */
export function simulate(
  basis: SimulatedFleet,
  network: NetworkConditions,
  estimate: DrawnAdjustment,
  choices: SimulationChoices,
  step: SimulationStep = () => undefined,
): Simulation {
  const { epochs, paths } = choices
  const median = projectNetwork(network, estimate, choices)
  if (epochs * basis.length > MOST_COUNTS)
    throw new RangeError(
      `epochs: ${epochs} are too many for ${basis.length} lots; take ${Math.floor(MOST_COUNTS / basis.length)} or fewer`,
    )
  const walk = correlatedPaths(network, estimate, choices)
  const lots = lotsByBreakeven(basis)
  const pathsUnderWater = new Uint32Array(basis.length * epochs).fill(NO_VALUE)
  const hashprices = new Float64Array(paths)
  const rows: SimulatedEpoch[] = []
  for (const { epoch, startsAtDay, subsidyBtc } of median) {
    step(epoch, epochs)
    walk.next(hashprices, subsidyBtc)
    hashprices.sort()
    const { asItRuns, best } = cashOn(basis.cash, startsAtDay)
    const curve = choices.underWater === 'run' ? asItRuns : best
    countUnderWater(lots, hashprices, (row, count) => (pathsUnderWater[row * epochs + epoch] = count))
    rows.push({
      epoch,
      startsAtDay,
      hashpriceUsdPerPhDay: quantiles(hashprices, (hashprice) => hashprice),
      marginUsdPerDay: quantiles(hashprices, (hashprice) => cashAt(curve, hashprice)),
      probabilityOfLoss: pathsWithLoss(hashprices, curve) / paths,
    })
  }
  step(epochs, epochs)
  return { paths, epochs: rows, pathsUnderWater }
}

/** Share of the paths on which a row's cash margin is below 0 in an epoch; NaN where a figure of the row is missing. */
export function probabilityUnderWater(
  { paths, epochs, pathsUnderWater }: Simulation,
  row: number,
  epoch: number,
): number {
  const count = pathsUnderWater[row * epochs.length + epoch]
  return count === undefined || count === NO_VALUE ? NaN : count / paths
}

/** Rows and the hashprice below which each is under water, ascending; NaN (a figure is missing) at the end. */
type Lots = { readonly rows: Uint32Array; readonly breakeven: Float64Array }

function lotsByBreakeven(basis: SimulatedFleet): Lots {
  const { length, acceptedPhs, avoidableCostUsdPerDay, breakevenHashpriceUsdPerPhDay } = basis
  const breakeven = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    // Without paid hashrate there is no break-even: a cost is a loss at every hashprice, no cost at none.
    const cost = avoidableCostUsdPerDay[i]!
    breakeven[i] =
      acceptedPhs[i] === 0 ? Math.sign(cost) * Infinity || cost : breakevenHashpriceUsdPerPhDay[i]!
  }
  const rows = sortedIndex(breakeven, false)
  return { rows: Uint32Array.from(rows), breakeven: Float64Array.from(rows, (row) => breakeven[row]!) }
}

/** Both are sorted, so one walk along them counts for every row. */
function countUnderWater(
  { rows, breakeven }: Lots,
  hashprices: Float64Array,
  tell: (row: number, count: number) => void,
): void {
  let count = 0
  for (let k = 0; k < rows.length; k++) {
    const limit = breakeven[k]!
    if (Number.isNaN(limit)) return
    while (count < hashprices.length && hashprices[count]! < limit) count++
    tell(rows[k]!, count)
  }
}

function pathsWithLoss(hashprices: Float64Array, curve: CashCurve): number {
  let lo = 0
  let hi = hashprices.length
  while (lo < hi) {
    const middle = (lo + hi) >>> 1
    if (cashAt(curve, hashprices[middle]!) < 0) lo = middle + 1
    else hi = middle
  }
  return lo
}

/** Of a value that never falls when the hashprice rises. */
function quantiles(ascending: Float64Array, valueAt: (hashprice: number) => number): Quantiles {
  return Object.fromEntries(
    Object.entries(QUANTILES).map(([name, share]) => [name, quantileAt(ascending, share, valueAt)]),
  ) as Quantiles
}

/** The value that a share of the paths lies at or below; between two paths on a straight line. */
export function quantileAt(
  ascending: Float64Array,
  share: number,
  valueAt: (value: number) => number = (value) => value,
): number {
  const place = share * (ascending.length - 1)
  const below = Math.floor(place)
  const value = valueAt(ascending[below]!)
  const above = valueAt(ascending[Math.min(below + 1, ascending.length - 1)]!)
  return value + (above - value) * (place - below)
}
