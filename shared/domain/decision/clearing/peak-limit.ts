import type { SupplySteps } from '../../power/supply.ts'
import type { DemandCurve } from './demand-curve.ts'
import { crossing, sameKw, upTo } from './site-cells.ts'

/** A cell of one stage as the choice of a peak sees it. */
export type PeakCell = {
  readonly curve: DemandCurve
  readonly supply: SupplySteps
  readonly hours: number
  readonly floorKw: number
}

export type PeakChoice = {
  /** the site's highest power of the stage; Infinity where the charge changes nothing */
  readonly limitKw: number
  /** per cell what a kWh at the peak adds to the charge, USD/kWh; weighed with the cells' hours at most the rate */
  readonly shadowUsdPerKwh: readonly number[]
}

const HALVINGS = 60

/**
 * The peak that is best paid for: what the machines earn under a limit is concave in it, the charge above what is free is linear, so
 * the best limit is where one more kW earns the rate.
 *
 * @param usdPerKw rate of the stage
 * @param freeKw a peak up to it costs nothing more
 */
export function choosePeak(cells: readonly PeakCell[], usdPerKw: number, freeKw: number): PeakChoice {
  const open = cells.map(({ curve, supply, floorKw }) => crossing(curve, supply, floorKw).kw)
  const most = Math.max(0, ...open)
  const least = Math.max(freeKw, ...cells.map(({ curve, floorKw }) => Math.max(curve.baseKw, floorKw)))
  const none = cells.map(() => 0)
  if (!(usdPerKw > 0) || most <= least + sameKw(least)) return { limitKw: Infinity, shadowUsdPerKwh: none }
  if (worthOfKw(least) <= usdPerKw) return { limitKw: least, shadowUsdPerKwh: shadows(least) }
  let low = least
  let high = most
  for (let i = 0; i < HALVINGS && high - low > sameKw(high) / 16; i++) {
    const middle = (low + high) / 2
    if (worthOfKw(middle) > usdPerKw) low = middle
    else high = middle
  }
  // a crossing takes powers a hair apart for the same
  const hair = 4 * sameKw(high)
  const limitKw = bendWithin(low - hair, high + hair) ?? high
  const below = shadows(low)
  const above = shadows(high)
  const perKw = (of: readonly number[]) => of.reduce((sum, usd, c) => sum + usd * cells[c]!.hours, 0)
  const [a, b] = [perKw(below), perKw(above)]
  const share = a > b ? Math.min(Math.max((usdPerKw - b) / (a - b), 0), 1) : 0
  return { limitKw, shadowUsdPerKwh: above.map((usd, c) => usd + share * (below[c]! - usd)) }

  /** What one kW more of the limit earns over the stage. */
  function worthOfKw(limit: number): number {
    return shadows(limit).reduce((sum, usd, c) => sum + usd * cells[c]!.hours, 0)
  }
  function shadows(limit: number): readonly number[] {
    return cells.map(({ curve, supply, floorKw }, c) => {
      if (open[c]! <= limit + sameKw(limit) / 64) return 0
      const under = upTo(supply, limit)
      const { lambdaUsdPerKwh } = crossing(curve, under, floorKw)
      return Math.max(lambdaUsdPerKwh - lastPrice(under), 0)
    })
  }
  /** A power at which some cell's last machine is served, or its supply gets dearer. */
  function bendWithin(from: number, to: number): number | null {
    for (const { curve, supply } of cells) {
      let end = 0
      for (const kw of supply.kw) {
        end += kw
        if (end >= from && end <= to) return end
      }
      const { kwBefore, baseKw } = curve
      let first = 0
      let last = kwBefore.length
      while (first < last) {
        const middle = (first + last) >>> 1
        if (baseKw + kwBefore[middle]! < from) first = middle + 1
        else last = middle
      }
      if (first < kwBefore.length && baseKw + kwBefore[first]! <= to) return baseKw + kwBefore[first]!
    }
    return null
  }
}

/** Price of the last kWh that there is. */
function lastPrice({ kw, usdPerKwh }: SupplySteps): number {
  for (let k = kw.length - 1; k > 0; k--) if (kw[k]! > 0) return usdPerKwh[k]!
  return usdPerKwh[0]!
}
