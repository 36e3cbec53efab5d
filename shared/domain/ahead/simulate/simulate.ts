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
  /** of the fleet's margin over all epochs together, each path with its own lengths of epochs */
  readonly sum: {
    readonly usd: Quantiles
    /** share of the paths on which it is below 0 */
    readonly probabilityOfLoss: number
    /** the same where everything runs as it does today, whatever was chosen */
    readonly probabilityOfLossAsItRuns: number
  }
  /** row · epochs + epoch: on how many paths the row's cash margin is below 0, as if it ran; see `probabilityUnderWater` */
  readonly pathsUnderWater: Uint32Array
}

/** In place of a count where a figure of the row is missing. */
const NO_VALUE = 0xffffffff
/** rows × epochs: 400 MB of counts */
const MOST_COUNTS = 100_000_000

/** Told before every epoch and at the end; what it throws ends the simulation. */
export type SimulationStep = (epochsDone: number, epochs: number) => void

/**
 * {@link simulateSteps} in one go.
 * @throws RangeError that names the field that is out of bounds
 */
export function simulate(
  basis: SimulatedFleet,
  network: NetworkConditions,
  estimate: DrawnAdjustment,
  choices: SimulationChoices,
  tell: SimulationStep = () => undefined,
): Simulation {
  const steps = simulateSteps(basis, network, estimate, choices)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    tell(step.value, choices.epochs)
  }
}

/**
 * The fleet on many networks that might come. Margins follow hashprice and nothing else, and never fall when it rises:
 * so the paths of an epoch are sorted once, and every quantile and probability is read off by search.
 *
 * A quantile between two paths is interpolated on a straight line.
 * @yields before every epoch and at the end: how many epochs are done
 * @throws RangeError that names the field that is out of bounds
 */
export function* simulateSteps(
  basis: SimulatedFleet,
  network: NetworkConditions,
  estimate: DrawnAdjustment,
  choices: SimulationChoices,
): Generator<number, Simulation> {
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
  const days = new Float64Array(paths)
  const sums = new Float64Array(paths)
  const sumsAsItRuns = choices.underWater === 'run' ? sums : new Float64Array(paths)
  const rows: SimulatedEpoch[] = []
  for (const { epoch, startsAtDay, subsidyBtc } of median) {
    yield epoch
    const { asItRuns, best } = cashOn(basis.cash, startsAtDay)
    const curve = choices.underWater === 'run' ? asItRuns : best
    walk.next(hashprices, subsidyBtc, days)
    // Before they are sorted: then no one knows which path is which.
    addUp(curve, hashprices, days, sums)
    if (sumsAsItRuns !== sums) addUp(asItRuns, hashprices, days, sumsAsItRuns)
    hashprices.sort()
    countUnderWater(lots, hashprices, (row, count) => (pathsUnderWater[row * epochs + epoch] = count))
    rows.push({
      epoch,
      startsAtDay,
      hashpriceUsdPerPhDay: quantiles(hashprices, (hashprice) => hashprice),
      marginUsdPerDay: quantiles(hashprices, (hashprice) => cashAt(curve, hashprice)),
      probabilityOfLoss: countBelow(hashprices, (hashprice) => cashAt(curve, hashprice) < 0) / paths,
    })
  }
  yield epochs
  const probabilityOfLossAsItRuns =
    sumsAsItRuns.reduce((losses, usd) => losses + (usd < 0 ? 1 : 0), 0) / paths
  sums.sort()
  return {
    paths,
    epochs: rows,
    sum: {
      usd: quantiles(sums, (usd) => usd),
      probabilityOfLoss: countBelow(sums, (usd) => usd < 0) / paths,
      probabilityOfLossAsItRuns,
    },
    pathsUnderWater,
  }
}

/** Adds to each path's sum what an epoch makes on it. */
function addUp(curve: CashCurve, hashprices: Float64Array, days: Float64Array, sums: Float64Array): void {
  for (let path = 0; path < sums.length; path++) sums[path]! += cashAt(curve, hashprices[path]!) * days[path]!
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

/** How many of a rising column are below something that the first ones are below. */
function countBelow(rising: Float64Array, isBelow: (value: number) => boolean): number {
  let lo = 0
  let hi = rising.length
  while (lo < hi) {
    const middle = (lo + hi) >>> 1
    if (isBelow(rising[middle]!)) lo = middle + 1
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
