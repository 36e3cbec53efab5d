import type { SiteSupply, SupplySteps } from '../../power/supply.ts'
import type { Cells } from './site-cells.ts'
import { costUnder } from './site-cells.ts'

/** Intervals that are decided at once: cells, or runs of intervals of one cell. */
export type Blocks = {
  readonly length: number
  readonly cell: Uint16Array
  readonly hours: Float64Array
  /** committed energy that the block shares: kind of day, or day */
  readonly pool: Uint16Array
  readonly kwhOfPool: Float64Array
}

/** The bill of a site for a power per block, USD over the horizon, to the last cent that any choice changes. */
export type SiteBill = {
  /** at the prices of the steps, as if nothing were committed by the day */
  readonly energyUsd: number
  /** what energy committed by the day saves on it */
  readonly committedUsd: number
  readonly peakUsd: number
  readonly totalUsd: number
}

/** @param kw per block */
export function siteBill(supply: SiteSupply, { cells }: Cells, blocks: Blocks, kw: Float64Array): SiteBill {
  let energyUsd = 0
  for (let b = 0; b < blocks.length; b++)
    energyUsd += blocks.hours[b]! * cheapest(cells[blocks.cell[b]!]!.alternatives, kw[b]!)
  const committedUsd = committedSaving(supply, cells, blocks, kw)
  const peakUsd = peakCost(supply, cells, blocks, kw)
  return { energyUsd, committedUsd, peakUsd, totalUsd: energyUsd - committedUsd + peakUsd }
}

/** Cost per hour under the better of the alternatives. */
export function cheapest(alternatives: readonly SupplySteps[], kw: number): number {
  let least = Infinity
  for (const each of alternatives) least = Math.min(least, costUnder(each, kw))
  return least
}

/** Committed energy takes the place of the dearest energy of its day, down to what handing it back earns. */
function committedSaving(
  { committedPerDay }: SiteSupply,
  cells: Cells['cells'],
  blocks: Blocks,
  kw: Float64Array,
): number {
  if (committedPerDay === null) return 0
  const bought: { readonly usdPerKwh: number; readonly kwh: number }[][] = Array.from(
    blocks.kwhOfPool,
    () => [],
  )
  for (let b = 0; b < blocks.length; b++) {
    const [steps] = cells[blocks.cell[b]!]!.alternatives
    let left = kw[b]!
    for (let k = 0; k < steps!.kw.length && left > 0; k++) {
      const taken = Math.min(left, steps!.kw[k]!)
      left -= taken
      bought[blocks.pool[b]!]!.push({ usdPerKwh: steps!.usdPerKwh[k]!, kwh: taken * blocks.hours[b]! })
    }
  }
  let saved = 0
  bought.forEach((energy, pool) => {
    let left = blocks.kwhOfPool[pool]!
    for (const { usdPerKwh, kwh } of energy.sort((a, b) => b.usdPerKwh - a.usdPerKwh)) {
      const gain = usdPerKwh - committedPerDay.handBackUsdPerKwh
      if (left <= 0) break
      saved += gain * Math.min(left, kwh)
      left -= kwh
    }
  })
  return saved
}

function peakCost(
  { peakCharge }: SiteSupply,
  cells: Cells['cells'],
  blocks: Blocks,
  kw: Float64Array,
): number {
  if (peakCharge === null) return 0
  const peaks = new Map<number, number>()
  for (let b = 0; b < blocks.length; b++) {
    if (blocks.hours[b] === 0) continue
    const { stage } = cells[blocks.cell[b]!]!
    peaks.set(stage, Math.max(peaks.get(stage) ?? -Infinity, kw[b]!))
  }
  let usd = 0
  for (const [stage, peak] of peaks)
    usd += (peakCharge.usdPerKw[stage] ?? 0) * Math.max(peak - (peakCharge.freeKw[stage] ?? 0), 0)
  return usd
}
