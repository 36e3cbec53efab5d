import type { SiteSupply, SupplySteps } from '../../power/supply.ts'
import type { DemandCurve } from './demand-curve.ts'
import { choosePeak } from './peak-limit.ts'
import type { Cells, Crossing } from './site-cells.ts'
import { atMost, crossing, dearer, upTo } from './site-cells.ts'

/**
 * What ties the cells of a site to one another (energy committed by the day, the charge on a peak), turned into a price and a limit per
 * cell, so that each can be cleared by itself.
 */
export type Shadows = {
  /** per cell, what it offers: committed energy at its day's price, up to the chosen peak */
  readonly offered: readonly (readonly SupplySteps[])[]
  /** the same with the peak's shadow price on every kWh in place of its limit: no choice pays less than under it, but for a credit */
  readonly bounding: readonly (readonly SupplySteps[])[]
  /** what the bounding supplies charge too much, USD over the horizon */
  readonly creditUsd: number
  /** per cell, the better crossing and which alternative it is of */
  readonly crossings: readonly Crossing[]
  readonly alternative: Uint8Array
  /** per stage, Infinity where none is chosen */
  readonly peakKw: readonly number[]
}

const ROUNDS = 3
const HALVINGS = 50

export function shadowsOf(
  supply: SiteSupply,
  { cells, pools }: Cells,
  curves: readonly DemandCurve[],
  stages: number,
): Shadows {
  const { committedPerDay, peakCharge } = supply
  const peakKw = Array.from({ length: stages }, () => Infinity)
  const shadow = new Float64Array(cells.length)
  const dayPrice = pools.map(() => committedPerDay?.handBackUsdPerKwh ?? Infinity)
  const rounds = committedPerDay !== null && peakCharge !== null ? ROUNDS : 1
  for (let round = 0; round < rounds; round++) {
    if (committedPerDay !== null) pools.forEach((_, pool) => (dayPrice[pool] = priceOfDay(pool)))
    if (peakCharge !== null)
      for (let stage = 0; stage < stages; stage++) choosePeakOf(stage, peakCharge.usdPerKw[stage] ?? 0)
  }

  const offered = cells.map(({ stage }, c) => underDay(c).map((steps) => upTo(steps, peakKw[stage]!)))
  const bounding = cells.map((_, c) => underDay(c).map((steps) => dearer(steps, shadow[c]!)))
  let creditUsd = 0
  cells.forEach(({ hours, stage }, c) => {
    creditUsd += shadow[c]! * hours * (peakCharge?.freeKw[stage] ?? 0)
  })
  if (committedPerDay !== null)
    pools.forEach(({ kwh }, pool) => {
      creditUsd += (dayPrice[pool]! - committedPerDay.handBackUsdPerKwh) * kwh
    })
  const alternative = new Uint8Array(cells.length)
  const crossings = offered.map((alternatives, c) => {
    const each = alternatives.map((steps) => crossing(curves[c]!, steps, cells[c]!.floorKw))
    const best = each.reduce((at, one, i) => (one.usdPerHour > each[at]!.usdPerHour ? i : at), 0)
    alternative[c] = best
    return each[best]!
  })
  return { offered, bounding, creditUsd, crossings, alternative, peakKw }

  function underDay(c: number): readonly SupplySteps[] {
    const { alternatives, pool } = cells[c]!
    return committedPerDay === null ? alternatives : alternatives.map((each) => atMost(each, dayPrice[pool]!))
  }

  /** The lowest price, from handing back up, at which a day's committed energy suffices. */
  function priceOfDay(pool: number): number {
    const handBack = committedPerDay!.handBackUsdPerKwh
    const members = cells.map((_, c) => c).filter((c) => cells[c]!.pool === pool)
    const used = (price: number) =>
      members.reduce((sum, c) => {
        const { alternatives, stage, floorKw, hours } = cells[c]!
        const under = upTo(atMost(alternatives[0]!, price), peakKw[stage]!)
        const { kw } = crossing(curves[c]!, under, floorKw)
        return sum + hours * Math.max(kw - kwCheaper(alternatives[0]!, price), 0)
      }, 0)
    let low = handBack
    if (used(low) <= pools[pool]!.kwh) return low
    let high = Math.max(...members.flatMap((c) => cells[c]!.alternatives[0]!.usdPerKwh))
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (low + high) / 2
      if (used(middle) <= pools[pool]!.kwh) high = middle
      else low = middle
    }
    return high
  }

  function choosePeakOf(stage: number, usdPerKw: number): void {
    const members = cells.map((_, c) => c).filter((c) => cells[c]!.stage === stage && cells[c]!.hours > 0)
    const chosen = choosePeak(
      members.map((c) => {
        const { hours, floorKw } = cells[c]!
        const each = underDay(c).map((supplySteps) => ({
          supply: supplySteps,
          usd: crossing(curves[c]!, supplySteps, floorKw).usdPerHour,
        }))
        const best = each.reduce((a, b) => (b.usd > a.usd ? b : a))
        return { curve: curves[c]!, supply: best.supply, hours, floorKw }
      }),
      usdPerKw,
      peakCharge!.freeKw[stage] ?? 0,
    )
    peakKw[stage] = chosen.limitKw
    members.forEach((c, at) => (shadow[c] = chosen.shadowUsdPerKwh[at]!))
    // a shadow price may not ask for more than the rate
    const asked = members.reduce((sum, c) => sum + shadow[c]! * cells[c]!.hours, 0)
    if (asked > usdPerKw) for (const c of members) shadow[c]! *= usdPerKw / asked
  }
}

/** Power that costs less than a price. */
function kwCheaper(supply: SupplySteps, usdPerKwh: number): number {
  return supply.kw.reduce((sum, kw, k) => sum + (supply.usdPerKwh[k]! < usdPerKwh ? kw : 0), 0)
}
