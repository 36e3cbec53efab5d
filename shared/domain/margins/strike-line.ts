import type { MarginBasis } from './fleet-margins.ts'
import { sortedIndex } from '../fleet/sorted-index.ts'
import { MACHINE_STATUSES } from '../fleet/fleet.ts'
import { THS_PER_PHS } from '../units.ts'

/**
 * The strike line: the fleet by the hashprice at which each lot stops, or starts where it is off, against today's hashprice and the
 * one after the adjustment. Neighbouring lots merge, so that there is a readable number of bars from one lot to 100 000.
 *
 * Only the two lines move while something is dragged. What does not depend on them is prepared once per fleet; a
 * step then finds where the lines cut and adds up blocks of rows, so that it costs the same for 1 000 lots and for
 * 100 000.
 */

/**
 * earns: its strike is at or below today's hashprice and the one after the adjustment; falls: at or below today's alone; waits: at or
 * below the one after the adjustment alone; under water: above both.
 */
export type BarState = 'earns' | 'falls' | 'waits' | 'under water'

export type StrikeBar = {
  /** mean of the bar weighted by hashrate */
  readonly strikeUsdPerPhDay: number
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
  /** its machines are off */
  readonly isIdle: boolean
  /** the bar's rows are those of order[firstIndex … endIndex) of those that run, or are off */
  readonly firstIndex: number
  readonly endIndex: number
}

export type StrikeLine = {
  readonly bars: readonly StrikeBar[]
  readonly hashratePhs: number
}

/** Lots of one model at one site stay one bar while their strikes lie this close: less than a pixel or two. */
const SAME_STRIKE = 0.01
/** three stretches of the line at most: below, between and above the two hashprices */
const ZONES = 3
/** Few enough that walking through half a block costs nothing, enough that the sums are small beside the order. */
const BLOCK = 64

/** What the bars of one fleet are cut from. It refers to the basis: prepare it again when the basis is written again. */
export type StrikeIndex = { readonly running: Strikes; readonly idle: Strikes }

/** Those that run, or those that are off. */
type Strikes = {
  readonly basis: MarginBasis
  readonly strikeAt: StrikeAt
  readonly isIdle: boolean
  /** rows on the line (with figures and a strike), from the cheapest to the dearest */
  readonly order: Uint32Array
  readonly hashrateThs: number
  readonly blocks: Blocks
}

/** Entry i is for order[i · BLOCK … (i + 1) · BLOCK). */
type Blocks = {
  readonly hashrateThs: Float64Array
  readonly machines: Float64Array
  /** Σ hashrate × strike, TH/s · USD/PH/s/day */
  readonly weighted: Float64Array
  /** place in the order where the run of one model, or one site, that holds the block's first row ends */
  readonly modelEnd: Uint32Array
  readonly siteEnd: Uint32Array
}

/** Hashprice at which a row stops, or starts if it is off, USD/PH/s/day; NaN: it is not on the line. */
export type StrikeAt = (row: number) => number

/**
 * Sorts the line and adds it up by blocks. Today's hashprice does not change it: keep it while fleet and strikes stay.
 * @param strikeAt without it each row stops and starts where it breaks even
 */
export function prepareStrikeLine(
  basis: MarginBasis,
  strikeAt: StrikeAt = (row) => basis.breakevenHashpriceUsdPerPhDay[row]!,
): StrikeIndex {
  const { counted } = basis
  const { status } = basis.fleet.machines
  const sorted = sortedIndex(
    Float64Array.from({ length: basis.length }, (_, row) => strikeAt(row)),
    false,
  )
  const hasStrike = (row: number) => !Number.isNaN(strikeAt(row))
  const running = sorted.filter((row) => counted[row] === 1 && hasStrike(row))
  const idle = sorted.filter((row) => status[row] === IDLE && hasStrike(row))
  return {
    running: summedUp(basis, strikeAt, false, running),
    idle: summedUp(basis, strikeAt, true, idle),
  }
}

const IDLE = MACHINE_STATUSES.indexOf('off')

function summedUp(basis: MarginBasis, strikeAt: StrikeAt, isIdle: boolean, order: Uint32Array): Strikes {
  const { model, site } = basis.fleet.machines
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
    addRows(sums, basis, strikeAt, order, block * BLOCK, Math.min((block + 1) * BLOCK, order.length))
    blocks.hashrateThs[block] = sums.hashrateThs
    blocks.machines[block] = sums.machines
    blocks.weighted[block] = sums.weighted
    hashrateThs += sums.hashrateThs
  }
  return { basis, strikeAt, isIdle, order, hashrateThs, blocks }
}

/**
 * The bars, from the cheapest to the dearest strike; machines that run and machines that are off have bars of their own. A bar never
 * crosses today's hashprice or the one after the adjustment.
 * @param hashprice now and after the adjustment, USD/PH/s/day; after null = no adjustment is known
 * @param atMost highest number of bars, 4 or more; 8 or more where there are machines that are off
 */
export function strikeBars(
  { running, idle }: StrikeIndex,
  hashprice: { readonly now: number; readonly after: number | null },
  atMost: number,
): StrikeLine {
  const idleShare = idle.hashrateThs / (idle.hashrateThs + running.hashrateThs)
  const forIdle = idle.order.length === 0 ? 0 : Math.max(4, Math.round(Math.min(0.5, idleShare) * atMost))
  const bars = [...barsOf(running, hashprice, atMost - forIdle), ...barsOf(idle, hashprice, forIdle)].sort(
    (a, b) => a.strikeUsdPerPhDay - b.strikeUsdPerPhDay,
  )
  let hashratePhs = 0
  for (const bar of bars) {
    bar.hashrateBeforePhs = hashratePhs
    hashratePhs += bar.hashratePhs
  }
  return { bars, hashratePhs }
}

type OpenBar = { -readonly [K in keyof StrikeBar]: StrikeBar[K] }

function barsOf(
  index: Strikes,
  hashprice: { readonly now: number; readonly after: number | null },
  atMost: number,
): readonly OpenBar[] {
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
  return ends.map((end, bar) => barOf(index, bar === 0 ? 0 : ends[bar - 1]!, end, now, after))
}

const strikeOfPlace = ({ strikeAt, order }: Strikes, place: number) => strikeAt(order[place]!)

/** First place in the order, from `from` on, whose strike is more than `by` above the given one. */
function firstAbove(index: Strikes, strike: number, by = 0, from = 0): number {
  let low = from
  let high = index.order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (strikeOfPlace(index, middle) - strike > by) high = middle
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
  index: Strikes,
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
function endOfHashrate(index: Strikes, first: number, edge: number, leastThs: number): number {
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

/** First place from `from` on whose row is not like that of `first`: another model, site or strike. */
function endOfAlike(index: Strikes, first: number, from: number): number {
  const { order, blocks } = index
  const { model, site } = index.basis.fleet.machines
  const [row, next] = [order[first]!, order[from]!]
  if (model.codes[next] !== model.codes[row] || site[next] !== site[row]) return from
  const strike = strikeOfPlace(index, first)
  return Math.min(
    endOfRun(order, model.codes, blocks.modelEnd, from),
    endOfRun(order, site, blocks.siteEnd, from),
    firstAbove(index, strike, SAME_STRIKE * Math.abs(strike), from),
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

function addRows(
  sums: Sums,
  basis: MarginBasis,
  strikeAt: StrikeAt,
  order: Uint32Array,
  from: number,
  to: number,
): void {
  const { quantity, hashrateThs } = basis.fleet.machines
  for (let place = from; place < to; place++) {
    const row = order[place]!
    const ths = quantity[row]! * hashrateThs[row]!
    sums.hashrateThs += ths
    sums.machines += quantity[row]!
    sums.weighted += ths * strikeAt(row)
  }
}

/** Sums of a stretch of the order: whole blocks, and the rows before and after them. */
function sumsOf({ basis, strikeAt, order, blocks }: Strikes, first: number, end: number): Sums {
  const sums = noSums()
  const from = Math.ceil(first / BLOCK)
  const to = Math.floor(end / BLOCK)
  if (from >= to) {
    addRows(sums, basis, strikeAt, order, first, end)
    return sums
  }
  addRows(sums, basis, strikeAt, order, first, from * BLOCK)
  for (let block = from; block < to; block++) {
    sums.hashrateThs += blocks.hashrateThs[block]!
    sums.machines += blocks.machines[block]!
    sums.weighted += blocks.weighted[block]!
  }
  addRows(sums, basis, strikeAt, order, to * BLOCK, end)
  return sums
}

function barOf(index: Strikes, firstIndex: number, endIndex: number, now: number, after: number): OpenBar {
  const { order, blocks } = index
  const { model, site } = index.basis.fleet.machines
  const { hashrateThs, machines, weighted } = sumsOf(index, firstIndex, endIndex)
  const oneModel = endOfRun(order, model.codes, blocks.modelEnd, firstIndex) >= endIndex
  const oneSite = endOfRun(order, site, blocks.siteEnd, firstIndex) >= endIndex
  const row = order[firstIndex]!
  const from = strikeOfPlace(index, firstIndex)
  const to = strikeOfPlace(index, endIndex - 1)
  return {
    // rounding may carry the mean of equal numbers past them, and across a line
    strikeUsdPerPhDay: Math.min(Math.max(weighted / hashrateThs, from), to),
    fromUsdPerPhDay: from,
    toUsdPerPhDay: to,
    hashratePhs: hashrateThs / THS_PER_PHS,
    hashrateBeforePhs: 0,
    machines,
    modelCode: oneModel ? model.codes[row]! : null,
    siteRow: oneSite ? site[row]! : null,
    state: from <= now ? (from <= after ? 'earns' : 'falls') : from <= after ? 'waits' : 'under water',
    isIdle: index.isIdle,
    firstIndex,
    endIndex,
  }
}
