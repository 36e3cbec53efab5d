import { float64Columns } from '../fleet/columns.ts'
import type { MarginBasis } from './fleet-margins.ts'
import { sortedIndex } from '../fleet/sorted-index.ts'

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
/** three stretches of the line at most: below, between and above the two hashprices */
const ZONES = 3
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
  const after = hashprice.after ?? hashprice.now
  const rows = rowsInOrder(basis, order, hashprice.now, after)
  let ends = endsOfBars(rows, 0)
  // A bar closes at a line (at most one more bar for each zone) or once it holds its part of the hashrate.
  if (ends.length > options.atMost) {
    ends = endsOfBars(rows, rows.hashratePhs / Math.max(1, options.atMost - ZONES))
  }
  let hashrateBeforePhs = 0
  const underwaterPhs = { now: 0, after: 0 }
  const bars = ends.map((end, bar): StrikeBar => {
    const made = barOf(rows, bar === 0 ? 0 : ends[bar - 1]!, end, hashrateBeforePhs, hashprice.now, after)
    hashrateBeforePhs += made.hashratePhs
    if (made.fromUsdPerPhDay > hashprice.now) underwaterPhs.now += made.hashratePhs
    if (made.fromUsdPerPhDay > after) underwaterPhs.after += made.hashratePhs
    return made
  })
  const hashratePhs = hashrateBeforePhs
  return {
    bars,
    order,
    hashratePhs,
    underwaterPhs,
    underwaterShare: { now: underwaterPhs.now / hashratePhs, after: underwaterPhs.after / hashratePhs },
  }
}

/** What the bars are made of, in the order of the line, so that the loops over it read one array after another. */
type RowsInOrder = {
  readonly length: number
  readonly breakeven: Float64Array
  readonly phs: Float64Array
  readonly quantity: Float64Array
  /** which of the two lines lie below the row: two rows with the same number have no line between them */
  readonly zone: Uint8Array
  readonly model: Uint32Array
  readonly site: Uint32Array
  readonly hashratePhs: number
}

function rowsInOrder(basis: MarginBasis, order: Uint32Array, now: number, after: number): RowsInOrder {
  const { quantity, hashrateThs, model, site } = basis.fleet.machines
  const { length } = order
  const rows = {
    length,
    ...float64Columns(length, ['breakeven', 'phs', 'quantity']),
    zone: new Uint8Array(length),
    model: new Uint32Array(length),
    site: new Uint32Array(length),
  }
  let hashratePhs = 0
  for (let i = 0; i < length; i++) {
    const row = order[i]!
    const breakeven = basis.breakevenHashpriceUsdPerPhDay[row]!
    const phs = (quantity[row]! * hashrateThs[row]!) / THS_PER_PHS
    rows.breakeven[i] = breakeven
    rows.phs[i] = phs
    rows.quantity[i] = quantity[row]!
    rows.zone[i] = (breakeven > now ? 1 : 0) + (breakeven > after ? 1 : 0)
    rows.model[i] = model.codes[row]!
    rows.site[i] = site[row]!
    hashratePhs += phs
  }
  return { ...rows, hashratePhs }
}

/** Ends (exclusive) of the bars, where neighbours that are not alike also merge until a bar holds `leastPhs`. */
function endsOfBars(rows: RowsInOrder, leastPhs: number): number[] {
  const { breakeven, phs, zone, model, site, length } = rows
  const ends: number[] = []
  let first = 0
  let held = 0
  for (let i = 0; i < length; i++) {
    const alike =
      model[i] === model[first] &&
      site[i] === site[first] &&
      breakeven[i]! - breakeven[first]! <= SAME_BREAKEVEN * Math.abs(breakeven[first]!)
    if (i > first && (zone[i] !== zone[first] || (held >= leastPhs && !alike))) {
      ends.push(i)
      first = i
      held = 0
    }
    held += phs[i]!
  }
  if (length > 0) ends.push(length)
  return ends
}

function barOf(
  rows: RowsInOrder,
  firstIndex: number,
  endIndex: number,
  hashrateBeforePhs: number,
  now: number,
  after: number,
): StrikeBar {
  const { breakeven, phs, quantity, model, site } = rows
  let hashratePhs = 0
  let machines = 0
  let weighted = 0
  let oneModel = true
  let oneSite = true
  for (let i = firstIndex; i < endIndex; i++) {
    hashratePhs += phs[i]!
    machines += quantity[i]!
    weighted += breakeven[i]! * phs[i]!
    oneModel &&= model[i] === model[firstIndex]
    oneSite &&= site[i] === site[firstIndex]
  }
  const from = breakeven[firstIndex]!
  const to = breakeven[endIndex - 1]!
  return {
    // rounding may carry the mean of equal numbers past them, and across a line
    breakevenHashpriceUsdPerPhDay: Math.min(Math.max(weighted / hashratePhs, from), to),
    fromUsdPerPhDay: from,
    toUsdPerPhDay: to,
    hashratePhs,
    hashrateBeforePhs,
    machines,
    modelCode: oneModel ? model[firstIndex]! : null,
    siteRow: oneSite ? site[firstIndex]! : null,
    state: from <= now ? 'earns' : from <= after ? 'waits' : 'under water',
    firstIndex,
    endIndex,
  }
}
