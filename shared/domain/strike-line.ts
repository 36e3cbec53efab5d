import type { MarginBasis } from './fleet-margins.ts'
import { sortedIndex } from './sorted-index.ts'

/**
 * The strike line: the fleet by break-even hashprice, against today's hashprice and the one after the
 * adjustment. Neighbouring lots merge, so that there is a readable number of bars from one lot to 100 000.
 */

/**
 * earns: breaks even at or below today's hashprice; waits: above it, but at or below the one after the
 * adjustment; under water: above both.
 */
export type BarState = 'earns' | 'waits' | 'under water'

export type StrikeBar = {
  /** mean of the bar weighted by hashrate */
  readonly breakevenHashpriceUsdPerPhDay: number
  readonly fromUsdPerPhDay: number
  readonly toUsdPerPhDay: number
  readonly hashratePhs: number
  /** hashrate of all bars before this one */
  readonly hashrateBeforePhs: number
  readonly machines: number
  /** code into the fleet's model labels; null where the bar holds several models */
  readonly modelCode: number | null
  /** row of the fleet's sites; null where the bar holds several sites */
  readonly siteRow: number | null
  readonly state: BarState
  /** the bar's rows are order[firstIndex … endIndex) */
  readonly firstIndex: number
  readonly endIndex: number
}

export type StrikeLine = {
  readonly bars: readonly StrikeBar[]
  /** rows of the fleet from the cheapest to the dearest break-even; only those that the bars hold */
  readonly order: Uint32Array
  readonly hashratePhs: number
  /** hashrate whose break-even is above the hashprice */
  readonly underwaterPhs: { readonly now: number; readonly after: number }
  /** the same over all hashrate; NaN for an empty line */
  readonly underwaterShare: { readonly now: number; readonly after: number }
}

/** Lots of one model at one site stay one bar while their break-evens lie this close: less than a pixel or two. */
const SAME_BREAKEVEN = 0.01
const STATES = 3
const THS_PER_PHS = 1000

/**
 * Rows on the strike line (machines that run, with figures and a break-even), from the cheapest to the dearest
 * break-even. It does not depend on the network: keep it while the fleet stays.
 */
export function strikeOrder(basis: MarginBasis): Uint32Array {
  const { counted, breakevenHashpriceUsdPerPhDay: breakeven } = basis
  const order = sortedIndex(breakeven, false)
  let kept = 0
  for (const row of order) {
    if (counted[row] === 1 && !Number.isNaN(breakeven[row]!)) order[kept++] = row
  }
  return order.slice(0, kept)
}

/**
 * The bars, from the cheapest to the dearest break-even. A bar never crosses today's hashprice or the one after
 * the adjustment.
 * @param hashprice now and after the adjustment, USD/PH/s/day; after null = no adjustment is known
 * @param options atMost: highest number of bars, 4 or more; order: what {@link strikeOrder} gave, where it is kept
 */
export function strikeBars(
  basis: MarginBasis,
  hashprice: { readonly now: number; readonly after: number | null },
  options: { readonly atMost: number; readonly order?: Uint32Array },
): StrikeLine {
  const order = options.order ?? strikeOrder(basis)
  const { now } = hashprice
  const after = hashprice.after ?? now
  const { breakevenHashpriceUsdPerPhDay: breakeven } = basis
  const { quantity, hashrateThs, model, site } = basis.fleet.machines

  const phs = (row: number) => (quantity[row]! * hashrateThs[row]!) / THS_PER_PHS
  // Which of the two lines lie below the row: the same number means that no line lies between two rows.
  const zone = (row: number) => Number(breakeven[row]! > now) + Number(breakeven[row]! > after)
  const sameLot = (first: number, row: number) =>
    model.codes[first] === model.codes[row] &&
    site[first] === site[row] &&
    breakeven[row]! - breakeven[first]! <= SAME_BREAKEVEN * Math.abs(breakeven[first]!)

  /** Ends (exclusive) of the bars when neighbours also merge until a bar holds `leastPhs`. */
  const endsOfBars = (leastPhs: number): number[] => {
    const ends: number[] = []
    let first = 0
    let held = 0
    for (let i = 0; i < order.length; i++) {
      const row = order[i]!
      const firstRow = order[first]!
      if (i > first && (zone(row) !== zone(firstRow) || (held >= leastPhs && !sameLot(firstRow, row)))) {
        ends.push(i)
        first = i
        held = 0
      }
      held += phs(row)
    }
    if (order.length > 0) ends.push(order.length)
    return ends
  }

  const underwater = { now: 0, after: 0 }
  let total = 0
  for (const row of order) {
    total += phs(row)
    if (breakeven[row]! > now) underwater.now += phs(row)
    if (breakeven[row]! > after) underwater.after += phs(row)
  }
  // A bar closes at a line (at most one more bar for each zone) or once it holds its part of the hashrate.
  let ends = endsOfBars(0)
  if (ends.length > options.atMost) ends = endsOfBars(total / Math.max(1, options.atMost - STATES))

  const stateOf = (row: number): BarState => {
    if (breakeven[row]! <= now) return 'earns'
    return breakeven[row]! <= after ? 'waits' : 'under water'
  }
  let hashrateBeforePhs = 0
  const bars = ends.map((end, bar): StrikeBar => {
    const firstIndex = bar === 0 ? 0 : ends[bar - 1]!
    const firstRow = order[firstIndex]!
    let hashrate = 0
    let machines = 0
    let weighted = 0
    let oneModel = true
    let oneSite = true
    for (let i = firstIndex; i < end; i++) {
      const row = order[i]!
      hashrate += phs(row)
      machines += quantity[row]!
      weighted += breakeven[row]! * phs(row)
      oneModel &&= model.codes[row] === model.codes[firstRow]
      oneSite &&= site[row] === site[firstRow]
    }
    const from = breakeven[firstRow]!
    const to = breakeven[order[end - 1]!]!
    const made = {
      // the mean of equal numbers may round past them
      breakevenHashpriceUsdPerPhDay: Math.min(Math.max(weighted / hashrate, from), to),
      fromUsdPerPhDay: from,
      toUsdPerPhDay: to,
      hashratePhs: hashrate,
      hashrateBeforePhs,
      machines,
      modelCode: oneModel ? model.codes[firstRow]! : null,
      siteRow: oneSite ? site[firstRow]! : null,
      state: stateOf(firstRow),
      firstIndex,
      endIndex: end,
    }
    hashrateBeforePhs += hashrate
    return made
  })
  return {
    bars,
    order,
    hashratePhs: total,
    underwaterPhs: underwater,
    underwaterShare: { now: underwater.now / total, after: underwater.after / total },
  }
}
