import type { MarginBasis } from './fleet-margins.ts'
import { sortedIndex } from '../fleet/sorted-index.ts'
import { MACHINE_STATUSES } from '../fleet/fleet.ts'
import { cashMarginUsdPerDay, revenuePerDay } from './margin.ts'

/**
 * The strike line: the fleet by the hashprice at which each lot breaks even, over the hashrate that is paid for. The area between a
 * bar's step and the line of a hashprice is money: accepted PH/s × (hashprice − break-even) = cash margin a day. Neighbouring lots merge, so that
 * there is a readable number of bars from one lot to 100 000; a merged bar keeps the sums of its rows, and so its area.
 *
 * Only the two lines move while something is dragged. What does not depend on them is prepared once per fleet; a
 * step then finds where the lines cut and adds up blocks of rows, so that it costs the same for 1 000 lots and for
 * 100 000; where verdicts are given they are looked at row by row.
 */

/**
 * earns: its break-even is at or below today's hashprice and the one after the adjustment; falls: at or below today's alone; waits: at
 * or below the one after the adjustment alone; under water: above both.
 */
export type BarState = 'earns' | 'falls' | 'waits' | 'under water'

export type StrikeBar = {
  /** break-even of the bar as a whole: what it costs over the hashrate that is paid for */
  readonly strikeUsdPerPhDay: number
  /** lowest and highest break-even of its rows */
  readonly fromUsdPerPhDay: number
  readonly toUsdPerPhDay: number
  readonly acceptedPhs: number
  /** accepted hashrate of all bars before this one */
  readonly acceptedBeforePhs: number
  /** at today's hashprice, as if it ran where it is off */
  readonly marginUsdPerDay: number
  readonly machines: number
  /** code into the fleet's model labels; null where the bar holds several models */
  readonly modelCode: number | null
  /** row of the fleet's sites; null where the bar holds several sites */
  readonly siteRow: number | null
  readonly state: BarState
  /** its machines are off */
  readonly isIdle: boolean
  /** code of the verdict of most of its accepted hashrate; null where none was given */
  readonly verdictCode: number | null
  /** its rows have more than one verdict */
  readonly isMixed: boolean
  /** the bar's rows are those of order[firstIndex … endIndex) of those that run, or are off */
  readonly firstIndex: number
  readonly endIndex: number
}

export type StrikeLine = {
  readonly bars: readonly StrikeBar[]
  readonly acceptedPhs: number
  /**
   * cash margin of what runs and is paid for no hashrate, USD/day: the standby of machines whose uptime is 0, say. No step can stand for
   * it; with the margins of the bars that run it makes the fleet's.
   */
  readonly beyondStepsUsdPerDay: number
}

/** Lots of one model at one site stay one bar while their strikes lie this close: less than a pixel or two. */
const SAME_STRIKE = 0.01
/** three stretches of the line at most: below, between and above the two hashprices */
const ZONES = 3
/** Few enough that walking through half a block costs nothing, enough that the sums are small beside the order. */
const BLOCK = 64

/** What the bars of one fleet are cut from. It refers to the basis: prepare it again when the basis is written again. */
export type StrikeIndex = {
  readonly running: Strikes
  readonly idle: Strikes
  readonly beyondStepsUsdPerDay: number
}

/** Those that run, or those that are off. */
type Strikes = {
  readonly basis: MarginBasis
  readonly isIdle: boolean
  /** rows on the line (with figures and a break-even), from the cheapest to the dearest */
  readonly order: Uint32Array
  readonly acceptedPhs: number
  readonly blocks: Blocks
}

/** Entry i is for order[i · BLOCK … (i + 1) · BLOCK). */
type Blocks = {
  readonly acceptedPhs: Float64Array
  readonly machines: Float64Array
  readonly costUsdPerDay: Float64Array
  /** place in the order where the run of one model, or one site, that holds the block's first row ends */
  readonly modelEnd: Uint32Array
  readonly siteEnd: Uint32Array
}

/** Sorts the line and adds it up by blocks. Today's hashprice does not change it: keep it while the basis stays. */
export function prepareStrikeLine(basis: MarginBasis): StrikeIndex {
  const { counted, breakevenHashpriceUsdPerPhDay: strike, avoidableCostUsdPerDay } = basis
  const { status } = basis.fleet.machines
  const sorted = sortedIndex(strike, false)
  let beyondStepsUsdPerDay = 0
  for (let row = 0; row < basis.length; row++)
    if (counted[row] === 1 && Number.isNaN(strike[row]!)) beyondStepsUsdPerDay -= avoidableCostUsdPerDay[row]!
  return {
    running: summedUp(
      basis,
      false,
      sorted.filter((row) => counted[row] === 1 && !Number.isNaN(strike[row]!)),
    ),
    idle: summedUp(
      basis,
      true,
      sorted.filter((row) => status[row] === IDLE && !Number.isNaN(strike[row]!)),
    ),
    beyondStepsUsdPerDay,
  }
}

const IDLE = MACHINE_STATUSES.indexOf('off')

function summedUp(basis: MarginBasis, isIdle: boolean, order: Uint32Array): Strikes {
  const { model, site } = basis.fleet.machines
  const length = Math.ceil(order.length / BLOCK)
  const blocks = {
    acceptedPhs: new Float64Array(length),
    machines: new Float64Array(length),
    costUsdPerDay: new Float64Array(length),
    modelEnd: runEnds(order, model.codes),
    siteEnd: runEnds(order, site),
  }
  let acceptedPhs = 0
  for (let block = 0; block < length; block++) {
    const sums = noSums()
    addRows(sums, basis, order, block * BLOCK, Math.min((block + 1) * BLOCK, order.length))
    blocks.acceptedPhs[block] = sums.acceptedPhs
    blocks.machines[block] = sums.machines
    blocks.costUsdPerDay[block] = sums.costUsdPerDay
    acceptedPhs += sums.acceptedPhs
  }
  return { basis, isIdle, order, acceptedPhs, blocks }
}

/** Verdicts by row: codes of a verdict column. */
type Verdicts = Uint8Array | null

/** Where the bars are cut, USD/PH/s/day. */
type Lines = { readonly now: number; readonly after: number }

/**
 * The bars, from the cheapest to the dearest break-even; machines that run and machines that are off have bars of their own. A bar never
 * crosses today's hashprice or the one after the adjustment, and as long as there is room for all of them it holds one verdict.
 * @param hashprice now and after the adjustment, USD/PH/s/day; after null = no adjustment is known
 * @param atMost highest number of bars, 4 or more; 8 or more where there are machines that are off
 * @param verdicts codes by row; null: none is known
 */
export function strikeBars(
  { running, idle, beyondStepsUsdPerDay }: StrikeIndex,
  hashprice: { readonly now: number; readonly after: number | null },
  atMost: number,
  verdicts: Verdicts = null,
): StrikeLine {
  const idleShare = idle.acceptedPhs / (idle.acceptedPhs + running.acceptedPhs)
  const forIdle = idle.order.length === 0 ? 0 : Math.max(4, Math.round(Math.min(0.5, idleShare) * atMost))
  const lines = { now: hashprice.now, after: hashprice.after ?? hashprice.now }
  const bars = [
    ...barsOf(running, lines, atMost - forIdle, verdicts),
    ...barsOf(idle, lines, forIdle, verdicts),
  ].sort((a, b) => a.strikeUsdPerPhDay - b.strikeUsdPerPhDay)
  let acceptedPhs = 0
  for (const bar of bars) {
    bar.acceptedBeforePhs = acceptedPhs
    acceptedPhs += bar.acceptedPhs
  }
  return { bars, acceptedPhs, beyondStepsUsdPerDay }
}

type OpenBar = { -readonly [K in keyof StrikeBar]: StrikeBar[K] }

function barsOf(index: Strikes, lines: Lines, atMost: number, verdicts: Verdicts): readonly OpenBar[] {
  const { order } = index
  const { now, after } = lines
  const edges = [
    firstAbove(index, Math.min(now, after)),
    firstAbove(index, Math.max(now, after)),
    order.length,
  ]
  // A bar closes at a line (at most one more bar for each zone) or once it holds its part of the hashrate.
  const ends =
    endsOfBars(index, edges, 0, atMost, verdicts) ??
    endsOfBars(index, edges, index.acceptedPhs / Math.max(1, atMost - ZONES), Infinity, verdicts) ??
    []
  return ends.map((end, bar) => barOf(index, bar === 0 ? 0 : ends[bar - 1]!, end, lines, verdicts))
}

const strikeOfPlace = ({ basis, order }: Strikes, place: number) =>
  basis.breakevenHashpriceUsdPerPhDay[order[place]!]!

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
 * Ends (exclusive) of the bars, where neighbours that are not alike also merge until a bar holds `leastPhs`.
 * @param edges ends of the zones, ascending: a bar ends at each
 * @returns null where there would be more than `atMost`
 */
function endsOfBars(
  index: Strikes,
  edges: readonly number[],
  leastPhs: number,
  atMost: number,
  verdicts: Verdicts,
): readonly number[] | null {
  const ends: number[] = []
  let first = 0
  for (const edge of edges) {
    while (first < edge) {
      if (ends.length === atMost) return null
      const held = endOfHashrate(index, first, edge, leastPhs)
      first = Math.min(edge, held < edge ? endOfAlike(index, first, held, verdicts) : edge)
      ends.push(first)
    }
  }
  return ends
}

/** First place after `first` before which at least `leastPhs` lie, `edge` at the most. */
function endOfHashrate(index: Strikes, first: number, edge: number, leastPhs: number): number {
  const { basis, order, blocks } = index
  let held = 0
  let place = first
  while (place < edge) {
    const block = place / BLOCK
    if (Number.isInteger(block) && place + BLOCK <= edge && held + blocks.acceptedPhs[block]! < leastPhs) {
      held += blocks.acceptedPhs[block]!
      place += BLOCK
      continue
    }
    held += basis.acceptedPhs[order[place]!]!
    place++
    if (held >= leastPhs) break
  }
  return place
}

/** First place from `from` on whose row is not like that of `first`: another model, site, break-even or verdict. */
function endOfAlike(index: Strikes, first: number, from: number, verdicts: Verdicts): number {
  const { order, blocks } = index
  const { model, site } = index.basis.fleet.machines
  const [row, next] = [order[first]!, order[from]!]
  if (model.codes[next] !== model.codes[row] || site[next] !== site[row]) return from
  const strike = strikeOfPlace(index, first)
  const end = Math.min(
    endOfRun(order, model.codes, blocks.modelEnd, from),
    endOfRun(order, site, blocks.siteEnd, from),
    firstAbove(index, strike, SAME_STRIKE * Math.abs(strike), from),
  )
  return verdicts === null ? end : endOfVerdict(order, verdicts, first, from, end)
}

/** First place from `from` on, `end` at the most, whose verdict is not that of `first`. */
function endOfVerdict(order: Uint32Array, verdicts: Uint8Array, first: number, from: number, end: number) {
  const code = verdicts[order[first]!]
  let place = from
  while (place < end && verdicts[order[place]!] === code) place++
  return place
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

type Sums = { acceptedPhs: number; machines: number; costUsdPerDay: number }

const noSums = (): Sums => ({ acceptedPhs: 0, machines: 0, costUsdPerDay: 0 })

function addRows(sums: Sums, basis: MarginBasis, order: Uint32Array, from: number, to: number): void {
  const { acceptedPhs, avoidableCostUsdPerDay } = basis
  const { quantity } = basis.fleet.machines
  for (let place = from; place < to; place++) {
    const row = order[place]!
    sums.acceptedPhs += acceptedPhs[row]!
    sums.machines += quantity[row]!
    sums.costUsdPerDay += avoidableCostUsdPerDay[row]!
  }
}

/** Sums of a stretch of the order: whole blocks, and the rows before and after them. */
function sumsOf({ basis, order, blocks }: Strikes, first: number, end: number): Sums {
  const sums = noSums()
  const from = Math.ceil(first / BLOCK)
  const to = Math.floor(end / BLOCK)
  if (from >= to) {
    addRows(sums, basis, order, first, end)
    return sums
  }
  addRows(sums, basis, order, first, from * BLOCK)
  for (let block = from; block < to; block++) {
    sums.acceptedPhs += blocks.acceptedPhs[block]!
    sums.machines += blocks.machines[block]!
    sums.costUsdPerDay += blocks.costUsdPerDay[block]!
  }
  addRows(sums, basis, order, to * BLOCK, end)
  return sums
}

const CODES = 256
const phsOfCode = new Float64Array(CODES)

/** The verdict of most of the accepted hashrate of a stretch of the order. */
function verdictOf({ basis, order }: Strikes, first: number, end: number, verdicts: Verdicts) {
  if (verdicts === null) return { verdictCode: null, isMixed: false }
  phsOfCode.fill(0)
  let most = verdicts[order[first]!]!
  let isMixed = false
  for (let place = first; place < end; place++) {
    const row = order[place]!
    const code = verdicts[row]!
    const phs = phsOfCode[code]! + basis.acceptedPhs[row]!
    phsOfCode[code] = phs
    if (code === most) continue
    isMixed = true
    if (phs > phsOfCode[most]!) most = code
  }
  return { verdictCode: most, isMixed }
}

function barOf(
  index: Strikes,
  firstIndex: number,
  endIndex: number,
  { now, after }: Lines,
  verdicts: Verdicts,
): OpenBar {
  const { order, blocks } = index
  const { model, site } = index.basis.fleet.machines
  const { acceptedPhs, machines, costUsdPerDay } = sumsOf(index, firstIndex, endIndex)
  const oneModel = endOfRun(order, model.codes, blocks.modelEnd, firstIndex) >= endIndex
  const oneSite = endOfRun(order, site, blocks.siteEnd, firstIndex) >= endIndex
  const row = order[firstIndex]!
  const from = strikeOfPlace(index, firstIndex)
  const to = strikeOfPlace(index, endIndex - 1)
  return {
    // rounding may carry the mean of equal numbers past them, and across a line
    strikeUsdPerPhDay: Math.min(Math.max(costUsdPerDay / acceptedPhs, from), to),
    fromUsdPerPhDay: from,
    toUsdPerPhDay: to,
    acceptedPhs,
    acceptedBeforePhs: 0,
    marginUsdPerDay: cashMarginUsdPerDay(revenuePerDay(acceptedPhs, now), costUsdPerDay),
    machines,
    modelCode: oneModel ? model.codes[row]! : null,
    siteRow: oneSite ? site[row]! : null,
    state: from <= now ? (from <= after ? 'earns' : 'falls') : from <= after ? 'waits' : 'under water',
    isIdle: index.isIdle,
    ...verdictOf(index, firstIndex, endIndex, verdicts),
    firstIndex,
    endIndex,
  }
}
