import { sortedIndex } from '../fleet/sorted-index.ts'
import type { MarginBasis } from './fleet-margins.ts'
import { cashMarginUsdPerDay, revenuePerDay } from './margin.ts'
import type { BarState } from './strike-line.ts'

/**
 * The machines that run, by bands of the hashprice at which they break even: how much hashrate lies where on the axis of the hashprice. A
 * band that holds a hashprice is told in two parts, so that what earns and what loses never stand in one figure; the parts of one band are
 * told apart as bars of the strike line are, and add up to the same sums.
 */
export type BreakevenBand = {
  /** of the band, USD/PH/s/day; rows of the first and the last one may lie beyond it, see `lowest` and `highest` */
  readonly fromUsdPerPhDay: number
  readonly toUsdPerPhDay: number
  readonly state: BarState
  /** break-evens of its rows */
  readonly lowestUsdPerPhDay: number
  readonly highestUsdPerPhDay: number
  readonly lots: number
  readonly machines: number
  readonly acceptedPhs: number
  /** at today's hashprice */
  readonly marginUsdPerDay: number
}

/** Where the bands lie: `count` of them from `fromUsdPerPhDay` on, each `stepUsdPerPhDay` high. */
export type BandGrid = {
  readonly fromUsdPerPhDay: number
  readonly stepUsdPerPhDay: number
  readonly count: number
}

/** Break-evens of rows that run and have one, USD/PH/s/day; null where no row has. */
export type BreakevenSpread = {
  readonly lowest: number
  readonly highest: number
  /** between these lie the break-evens of all but 2 % of the accepted hashrate at either end */
  readonly bulk: readonly [low: number, high: number]
}

const BEYOND_BULK = 0.02

const isOn = ({ counted, breakevenHashpriceUsdPerPhDay }: MarginBasis, row: number) =>
  counted[row] === 1 && !Number.isNaN(breakevenHashpriceUsdPerPhDay[row]!)

export function breakevenSpread(basis: MarginBasis): BreakevenSpread | null {
  const { breakevenHashpriceUsdPerPhDay: breakeven, acceptedPhs } = basis
  const order = sortedIndex(breakeven, false).filter((row) => isOn(basis, row))
  if (order.length === 0) return null
  const all = order.reduce((sum, row) => sum + acceptedPhs[row]!, 0)
  const at = (share: number): number => {
    let held = 0
    const row = order.find((each) => (held += acceptedPhs[each]!) >= share * all)
    return breakeven[row ?? order.at(-1)!]!
  }
  return {
    lowest: breakeven[order[0]!]!,
    highest: breakeven[order.at(-1)!]!,
    bulk: [at(BEYOND_BULK), at(1 - BEYOND_BULK)],
  }
}

const STATES = ['earns', 'falls', 'waits', 'under water'] as const satisfies readonly BarState[]

/** As a bar of the strike line is told: at or below a hashprice it earns. */
function stateAt(breakeven: number, now: number, after: number): number {
  return (breakeven <= now ? 0 : 2) + Number(breakeven > after)
}

/**
 * One pass over the rows. Bands without a row are left out; the cheapest comes first, and in a band what earns.
 * @param hashprice now and after the adjustment, USD/PH/s/day; after null: none is known
 */
export function breakevenBands(
  basis: MarginBasis,
  hashprice: { readonly now: number; readonly after: number | null },
  { fromUsdPerPhDay, stepUsdPerPhDay, count }: BandGrid,
): readonly BreakevenBand[] {
  const { now } = hashprice
  const after = hashprice.after ?? now
  const { breakevenHashpriceUsdPerPhDay: breakeven, acceptedPhs, avoidableCostUsdPerDay } = basis
  const { quantity } = basis.fleet.machines
  const parts = Array.from({ length: count * STATES.length }, () => ({
    ...{ lots: 0, machines: 0, acceptedPhs: 0, costUsdPerDay: 0 },
    ...{ lowestUsdPerPhDay: Infinity, highestUsdPerPhDay: -Infinity },
  }))
  for (let row = 0; row < basis.length; row++) {
    if (!isOn(basis, row)) continue
    const strike = breakeven[row]!
    const band = Math.floor((strike - fromUsdPerPhDay) / stepUsdPerPhDay)
    const state = stateAt(strike, now, after)
    const part = parts[Math.min(count - 1, Math.max(0, band)) * STATES.length + state]!
    part.lots++
    part.machines += quantity[row]!
    part.acceptedPhs += acceptedPhs[row]!
    part.costUsdPerDay += avoidableCostUsdPerDay[row]!
    if (strike < part.lowestUsdPerPhDay) part.lowestUsdPerPhDay = strike
    if (strike > part.highestUsdPerPhDay) part.highestUsdPerPhDay = strike
  }
  return parts.flatMap(({ costUsdPerDay, ...part }, i) => {
    if (part.lots === 0) return []
    const band = Math.floor(i / STATES.length)
    const at = fromUsdPerPhDay + band * stepUsdPerPhDay
    return [
      {
        ...{ fromUsdPerPhDay: at, toUsdPerPhDay: at + stepUsdPerPhDay, state: STATES[i % STATES.length]! },
        ...part,
        marginUsdPerDay: cashMarginUsdPerDay(revenuePerDay(part.acceptedPhs, now), costUsdPerDay),
      },
    ]
  })
}
