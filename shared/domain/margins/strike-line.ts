import type { MarginBasis } from './fleet-margins.ts'
import { sortedIndex } from '../fleet/sorted-index.ts'
import { THS_PER_PHS } from '../units.ts'

/**
 * The strike line: the fleet by break-even hashprice, against today's hashprice and the one after the
 * adjustment. Neighbouring lots merge, so that there is a readable number of bars from one lot to 100 000.
 *
 * Only the two lines move while something is dragged. What does not depend on them is prepared once per fleet; a
 * step then finds where the lines cut and adds up blocks of rows, so that it costs the same for 1 000 lots and for
 * 100 000.
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
  /** the bar's rows are those of the index's order[firstIndex … endIndex) */
  readonly firstIndex: number
  readonly endIndex: number
}

export type StrikeLine = {
  readonly bars: readonly StrikeBar[]
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
/** Few enough that walking through half a block costs nothing, enough that the sums are small beside the order. */
const BLOCK = 64

/** What the bars of one fleet are cut from. It refers to the basis: prepare it again when the basis is written again. */
export type StrikeIndex = {
  readonly basis: MarginBasis
  /** rows on the line (machines that run, with figures and a break-even), from the cheapest to the dearest */
  readonly order: Uint32Array
  readonly hashrateThs: number
  readonly blocks: Blocks
}

/** Entry i is for order[i · BLOCK … (i + 1) · BLOCK). */
type Blocks = {
  readonly hashrateThs: Float64Array
  readonly machines: Float64Array
  /** Σ hashrate × break-even, TH/s · USD/PH/s/day */
  readonly weighted: Float64Array
  /** place in the order where the run of one model, or one site, that holds the block's first row ends */
  readonly modelEnd: Uint32Array
  readonly siteEnd: Uint32Array
}

/** Sorts the line and adds it up by blocks. It does not depend on the network: keep it while the fleet stays. */
export function prepareStrikeLine(basis: MarginBasis): StrikeIndex {
  const { model, site } = basis.fleet.machines
  const order = strikeOrder(basis)
  const length = Math.ceil(order.length / BLOCK)
  const blocks = {
    hashrateThs: new Float64Array(length),
    machines: new Float64Array(length),
    weighted: new Float64Array(length),
    modelEnd: runEnds(order, model.codes),
    siteEnd: runEnds(order, site),
  }
  let hashrateThs = 0
  for (let block = 0; block < length; block++) {
    const sums = noSums()
    addRows(sums, basis, order, block * BLOCK, Math.min((block + 1) * BLOCK, order.length))
    blocks.hashrateThs[block] = sums.hashrateThs
    blocks.machines[block] = sums.machines
    blocks.weighted[block] = sums.weighted
    hashrateThs += sums.hashrateThs
  }
  return { basis, order, hashrateThs, blocks }
}

/**
 * The bars, from the cheapest to the dearest break-even. A bar never crosses today's hashprice or the one after
 * the adjustment.
 * @param hashprice now and after the adjustment, USD/PH/s/day; after null = no adjustment is known
 * @param atMost highest number of bars, 4 or more
 */
export function strikeBars(
  index: StrikeIndex,
  hashprice: { readonly now: number; readonly after: number | null },
  atMost: number,
): StrikeLine {
  const { order } = index
  const { now } = hashprice
  const after = hashprice.after ?? now
  const edges = [
    firstAbove(index, Math.min(now, after)),
    firstAbove(index, Math.max(now, after)),
    order.length,
  ]
  // A bar closes at a line (at most one more bar for each zone) or once it holds its part of the hashrate.
  const ends =
    endsOfBars(index, edges, 0, atMost) ??
    endsOfBars(index, edges, index.hashrateThs / Math.max(1, atMost - ZONES), Infinity) ??
    []
  let hashrateBeforePhs = 0
  const underwaterPhs = { now: 0, after: 0 }
  const bars = ends.map((end, bar): StrikeBar => {
    const made = barOf(index, bar === 0 ? 0 : ends[bar - 1]!, end, hashrateBeforePhs, now, after)
    hashrateBeforePhs += made.hashratePhs
    if (made.fromUsdPerPhDay > now) underwaterPhs.now += made.hashratePhs
    if (made.fromUsdPerPhDay > after) underwaterPhs.after += made.hashratePhs
    return made
  })
  const hashratePhs = hashrateBeforePhs
  return {
    bars,
    hashratePhs,
    underwaterPhs,
    underwaterShare: { now: underwaterPhs.now / hashratePhs, after: underwaterPhs.after / hashratePhs },
  }
}

function strikeOrder(basis: MarginBasis): Uint32Array {
  const { counted, breakevenHashpriceUsdPerPhDay: breakeven } = basis
  const order = sortedIndex(breakeven, false)
  let kept = 0
  for (const row of order) {
    if (counted[row] === 1 && !Number.isNaN(breakeven[row]!)) order[kept++] = row
  }
  return order.slice(0, kept)
}

const breakevenAt = ({ basis, order }: StrikeIndex, place: number) =>
  basis.breakevenHashpriceUsdPerPhDay[order[place]!]!

/** First place in the order, from `from` on, whose break-even is more than `by` above the given one. */
function firstAbove(index: StrikeIndex, breakeven: number, by = 0, from = 0): number {
  let low = from
  let high = index.order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (breakevenAt(index, middle) - breakeven > by) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * Ends (exclusive) of the bars, where neighbours that are not alike also merge until a bar holds `leastThs`.
 * @param edges ends of the zones, ascending: a bar ends at each
 * @returns null where there would be more than `atMost`
 */
function endsOfBars(
  index: StrikeIndex,
  edges: readonly number[],
  leastThs: number,
  atMost: number,
): readonly number[] | null {
  const ends: number[] = []
  let first = 0
  for (const edge of edges) {
    while (first < edge) {
      if (ends.length === atMost) return null
      const held = endOfHashrate(index, first, edge, leastThs)
      first = Math.min(edge, held < edge ? endOfAlike(index, first, held) : edge)
      ends.push(first)
    }
  }
  return ends
}

/** First place after `first` before which at least `leastThs` lie, `edge` at the most. */
function endOfHashrate(index: StrikeIndex, first: number, edge: number, leastThs: number): number {
  const { basis, order, blocks } = index
  const { quantity, hashrateThs } = basis.fleet.machines
  let held = 0
  let place = first
  while (place < edge) {
    const block = place / BLOCK
    if (Number.isInteger(block) && place + BLOCK <= edge && held + blocks.hashrateThs[block]! < leastThs) {
      held += blocks.hashrateThs[block]!
      place += BLOCK
      continue
    }
    const row = order[place]!
    held += quantity[row]! * hashrateThs[row]!
    place++
    if (held >= leastThs) break
  }
  return place
}

/** First place from `from` on whose row is not like that of `first`: another model, site or break-even. */
function endOfAlike(index: StrikeIndex, first: number, from: number): number {
  const { order, blocks } = index
  const { model, site } = index.basis.fleet.machines
  const [row, next] = [order[first]!, order[from]!]
  if (model.codes[next] !== model.codes[row] || site[next] !== site[row]) return from
  const breakeven = breakevenAt(index, first)
  return Math.min(
    endOfRun(order, model.codes, blocks.modelEnd, from),
    endOfRun(order, site, blocks.siteEnd, from),
    firstAbove(index, breakeven, SAME_BREAKEVEN * Math.abs(breakeven), from),
  )
}

/** For each block: where the run of rows with the same code as its first row ends. */
function runEnds(order: Uint32Array, codes: Uint32Array): Uint32Array {
  const ends = new Uint32Array(Math.ceil(order.length / BLOCK))
  let end = order.length
  for (let place = order.length - 1; place >= 0; place--) {
    if (place + 1 < order.length && codes[order[place + 1]!] !== codes[order[place]!]) end = place + 1
    if (place % BLOCK === 0) ends[place / BLOCK] = end
  }
  return ends
}

/** Where the run of rows with the code of the given place ends. */
function endOfRun(order: Uint32Array, codes: Uint32Array, ends: Uint32Array, place: number): number {
  const code = codes[order[place]!]
  for (let next = place; next < order.length; next++) {
    if (codes[order[next]!] !== code) return next
    if (next % BLOCK === 0) return ends[next / BLOCK]!
  }
  return order.length
}

type Sums = { hashrateThs: number; machines: number; weighted: number }

const noSums = (): Sums => ({ hashrateThs: 0, machines: 0, weighted: 0 })

function addRows(sums: Sums, basis: MarginBasis, order: Uint32Array, from: number, to: number): void {
  const { quantity, hashrateThs } = basis.fleet.machines
  const { breakevenHashpriceUsdPerPhDay: breakeven } = basis
  for (let place = from; place < to; place++) {
    const row = order[place]!
    const ths = quantity[row]! * hashrateThs[row]!
    sums.hashrateThs += ths
    sums.machines += quantity[row]!
    sums.weighted += ths * breakeven[row]!
  }
}

/** Sums of a stretch of the order: whole blocks, and the rows before and after them. */
function sumsOf({ basis, order, blocks }: StrikeIndex, first: number, end: number): Sums {
  const sums = noSums()
  const from = Math.ceil(first / BLOCK)
  const to = Math.floor(end / BLOCK)
  if (from >= to) {
    addRows(sums, basis, order, first, end)
    return sums
  }
  addRows(sums, basis, order, first, from * BLOCK)
  for (let block = from; block < to; block++) {
    sums.hashrateThs += blocks.hashrateThs[block]!
    sums.machines += blocks.machines[block]!
    sums.weighted += blocks.weighted[block]!
  }
  addRows(sums, basis, order, to * BLOCK, end)
  return sums
}

function barOf(
  index: StrikeIndex,
  firstIndex: number,
  endIndex: number,
  hashrateBeforePhs: number,
  now: number,
  after: number,
): StrikeBar {
  const { order, blocks } = index
  const { model, site } = index.basis.fleet.machines
  const { hashrateThs, machines, weighted } = sumsOf(index, firstIndex, endIndex)
  const oneModel = endOfRun(order, model.codes, blocks.modelEnd, firstIndex) >= endIndex
  const oneSite = endOfRun(order, site, blocks.siteEnd, firstIndex) >= endIndex
  const row = order[firstIndex]!
  const from = breakevenAt(index, firstIndex)
  const to = breakevenAt(index, endIndex - 1)
  return {
    // rounding may carry the mean of equal numbers past them, and across a line
    breakevenHashpriceUsdPerPhDay: Math.min(Math.max(weighted / hashrateThs, from), to),
    fromUsdPerPhDay: from,
    toUsdPerPhDay: to,
    hashratePhs: hashrateThs / THS_PER_PHS,
    hashrateBeforePhs,
    machines,
    modelCode: oneModel ? model.codes[row]! : null,
    siteRow: oneSite ? site[row]! : null,
    state: from <= now ? 'earns' : from <= after ? 'waits' : 'under water',
    firstIndex,
    endIndex,
  }
}
