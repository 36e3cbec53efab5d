import { MACHINE_STATUSES } from '../../fleet/fleet.ts'
import { labelAt } from '../../fleet/columns.ts'
import { sortedIndex } from '../../fleet/sorted-index.ts'
import type { MarginBasis } from '../../margins/fleet-margins.ts'
import { breakevenHashpriceUsdPerPhDay } from '../../margins/margin.ts'
import type { Simulation } from './simulate.ts'
import { probabilityUnderWater } from './simulate.ts'

/** Machines of one model at one site, those in repair left out. */
export type LotGroup = {
  /** '' where it has none */
  readonly model: string
  readonly site: string
  readonly machines: number
  /** of all of them together, as they run: Σ cost ÷ Σ accepted PH/s; NaN where nothing is accepted */
  readonly breakevenUsdPerPhDay: number
}

export type LotGroups = {
  /** by break-even from the lowest, those without one at the end */
  readonly groups: readonly LotGroup[]
  /** group of each row; −1: in none, as a figure is missing or it is in repair */
  readonly groupOf: Int32Array
  /** machines of each row */
  readonly quantity: Float64Array
}

const REPAIR = MACHINE_STATUSES.indexOf('repair')

/** Lots as a picture shows them: one pass over the rows, then as many groups as there are models at sites. */
export function lotGroups({
  fleet: { machines, sites },
  length,
  acceptedPhs,
  avoidableCostUsdPerDay,
}: MarginBasis): LotGroups {
  const { model, site, quantity, status } = machines
  const found = new Map<number, number>()
  const groupOf = new Int32Array(length).fill(-1)
  const rows: number[] = []
  const sums: { machines: number; phs: number; usd: number }[] = []
  for (let row = 0; row < length; row++) {
    const isKnown = Number.isFinite(acceptedPhs[row]!) && Number.isFinite(avoidableCostUsdPerDay[row]!)
    if (!isKnown || status[row] === REPAIR) continue
    const key = site[row]! * model.labels.length + model.codes[row]!
    let group = found.get(key)
    if (group === undefined) {
      group = sums.length
      found.set(key, group)
      rows.push(row)
      sums.push({ machines: 0, phs: 0, usd: 0 })
    }
    groupOf[row] = group
    const sum = sums[group]!
    sum.machines += quantity[row]!
    sum.phs += acceptedPhs[row]!
    sum.usd += avoidableCostUsdPerDay[row]!
  }
  const breakeven = Float64Array.from(sums, ({ usd, phs }) => breakevenHashpriceUsdPerPhDay(usd, phs))
  const order = sortedIndex(breakeven, false)
  const placeOf = new Int32Array(order.length)
  order.forEach((group, place) => (placeOf[group] = place))
  return {
    groups: Array.from(order, (group) => ({
      model: labelAt(model, rows[group]!),
      site: sites.name[site[rows[group]!]!]!,
      machines: sums[group]!.machines,
      breakevenUsdPerPhDay: breakeven[group]!,
    })),
    groupOf: groupOf.map((group) => (group < 0 ? -1 : placeOf[group]!)),
    quantity,
  }
}

/**
 * Share of the paths on which a machine of each group is under water, group · epochs + epoch: the mean of its rows' probabilities,
 * weighted by machines.
 */
export function groupChances({ groups, groupOf, quantity }: LotGroups, simulation: Simulation): Float64Array {
  const epochs = simulation.epochs.length
  const chances = new Float64Array(groups.length * epochs)
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row]!
    if (group < 0) continue
    const weight = quantity[row]! / groups[group]!.machines
    for (let epoch = 0; epoch < epochs; epoch++)
      chances[group * epochs + epoch]! += weight * probabilityUnderWater(simulation, row, epoch)
  }
  return chances
}
