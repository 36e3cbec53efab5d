import type { SiteContract } from '../../power/site-contract.ts'
import type { SiteSupply } from '../../power/supply.ts'
import { countUpTo } from '../../fleet/sorted-index.ts'
import { DUTY_USD_PER_KWH } from '../../power/demand-response.ts'
import { HOURS_PER_DAY, MS_PER_DAY, MS_PER_HOUR } from '../../units.ts'
import type { Horizon } from '../horizon.ts'
import type { PricedIntervals } from '../schedule/lot-schedules.ts'
import type { Lots } from './lots.ts'

/** What a site offers its machines over the horizon. */
export type SiteOffer = {
  /** row of the site columns */
  readonly site: number
  /** null: the fleet's own prices, for machines with operating points to choose from */
  readonly contract: SiteContract | null
  readonly supply: SiteSupply | null
  /** null: without a contract */
  readonly asItRuns: AsItRuns | null
  /** rows of the fleet; lot l is row rows[l] */
  readonly rows: Uint32Array
  readonly lots: Lots
  /** what energy costs in each interval: given, or cleared */
  readonly priced: PricedIntervals
}

/** What energy costs a site on average in the first stage if everything goes on as it is now. */
export type AsItRuns = {
  readonly priceUsdPerKwh: number
  /** of what may be shed, adders on top, credits off */
  readonly shedUsdPerKwh: number
  /** of the hours, those that a programme sheds */
  readonly dutyShare: number
}

/**
 * One interval a stage, or one a day, energy at no price of the site's own: machines carry theirs.
 * @param byDay days count from now
 */
export function ownPrices({ stages }: Horizon, byDay: boolean): PricedIntervals {
  const fromMs = stages[0]!.fromMs
  const cuts: { readonly atMs: number; readonly stage: number; readonly day: number }[] = []
  const startMs = Number.isNaN(fromMs) ? 0 : fromMs
  let atMs = startMs
  stages.forEach(({ days }, stage) => {
    const endMs = atMs + days * MS_PER_DAY
    while (atMs < endMs) {
      const day = Math.floor((atMs - startMs) / MS_PER_DAY + 1e-9)
      cuts.push({ atMs, stage, day })
      atMs = byDay ? Math.min(startMs + (day + 1) * MS_PER_DAY, endMs) : endMs
    }
  })
  const n = cuts.length
  const ends = Float64Array.from([...cuts.map((cut) => cut.atMs), atMs])
  return {
    atMs: ends,
    localDay: Uint16Array.from(cuts, ({ day }) => (byDay ? day : 0)),
    stage: Uint16Array.from(cuts, ({ stage }) => stage),
    hours: byDay
      ? Float64Array.from({ length: n }, (_, i) => (ends[i + 1]! - ends[i]!) / MS_PER_HOUR)
      : Float64Array.from(stages, ({ days }) => days * HOURS_PER_DAY),
    usdPerKwh: new Float64Array(n),
    protectedUsdPerKwh: new Float64Array(n),
    hashpriceUsdPerPhDay: stages.map(({ hashpriceUsdPerPhDay }) => hashpriceUsdPerPhDay),
  }
}

/** The same supply with neighbours of one group as one interval, for those whom the border between two days does not concern. */
export function withoutDays(supply: SiteSupply): SiteSupply {
  const { atMs, group, localDay, length } = supply.intervals
  const starts: number[] = []
  for (let i = 0; i < length; i++) if (i === 0 || group[i] !== group[i - 1]) starts.push(i)
  return {
    ...supply,
    intervals: {
      length: starts.length,
      atMs: Float64Array.from([...starts, length], (i) => atMs[i]!),
      group: Uint16Array.from(starts, (i) => group[i]!),
      localDay: Uint16Array.from(starts, (i) => localDay[i]!),
    },
  }
}

/**
 * The intervals of a supply with a price for each; what may be shed pays its group's adder and earns its credit on top.
 * @param usdPerKwh of each interval
 */
export function pricedIntervals(
  { intervals, groups }: SiteSupply,
  hashpriceUsdPerPhDay: readonly number[],
  usdPerKwh: Float64Array,
): PricedIntervals {
  const { atMs, group, localDay } = intervals
  return {
    atMs,
    localDay,
    stage: Uint16Array.from(group, (g) => groups[g]!.stage),
    hours: Float64Array.from(group, (_, i) => (atMs[i + 1]! - atMs[i]!) / MS_PER_HOUR),
    usdPerKwh: usdPerKwh.map((usd, i) => {
      const { shedAdderUsdPerKwh, creditUsdPerKwh } = groups[group[i]!]!
      return usd + shedAdderUsdPerKwh - creditUsdPerKwh
    }),
    protectedUsdPerKwh: usdPerKwh,
    hashpriceUsdPerPhDay,
  }
}

/** Whether a programme's duty sheds in an interval: a price that nobody pays. */
export function isDuty({ usdPerKwh, protectedUsdPerKwh }: PricedIntervals, i: number): boolean {
  return usdPerKwh[i]! - protectedUsdPerKwh[i]! > DUTY_USD_PER_KWH / 2
}

/** Means of each stage, weighted by time, USD/kWh. */
export type StageMeans = {
  readonly hours: Float64Array
  /** share of the hours in which a programme's duty sheds; the other means are of the rest for what may be shed */
  readonly dutyShare: Float64Array
  /** of the price itself, which standby pays too */
  readonly priceUsdPerKwh: Float64Array
  /** of the price with adders and credits, for what is drawn above standby by machines that may be shed */
  readonly shedUsdPerKwh: Float64Array
}

export function stageMeans(priced: PricedIntervals): StageMeans {
  const count = priced.hashpriceUsdPerPhDay.length
  const hours = new Float64Array(count)
  const price = new Float64Array(count)
  const shed = new Float64Array(count)
  const duty = new Float64Array(count)
  for (let i = 0; i < priced.hours.length; i++) {
    const t = priced.stage[i]!
    hours[t]! += priced.hours[i]!
    price[t]! += priced.hours[i]! * priced.protectedUsdPerKwh[i]!
    if (isDuty(priced, i)) duty[t]! += priced.hours[i]!
    else shed[t]! += priced.hours[i]! * priced.usdPerKwh[i]!
  }
  for (let t = 0; t < count; t++) {
    price[t]! /= hours[t]!
    shed[t]! /= hours[t]! - duty[t]!
    duty[t]! /= hours[t]!
  }
  // The mean of one price is that price, to the bit.
  for (let t = 0; t < count; t++) {
    const each = priced.protectedUsdPerKwh.filter((_, i) => priced.stage[i] === t)
    if (each.every((value) => value === each[0])) price[t] = each[0] ?? NaN
  }
  return { hours, dutyShare: duty, priceUsdPerKwh: price, shedUsdPerKwh: shed }
}

/** Of one machine: what a stage is worth over standing by in the hours worth running, in all where none is, USD. */
export type StageCurve = (revenueUsdPerHour: number, kw: number, otherUsdPerKwh: number) => number

/** Per stage the prices of what may be shed, sorted once, so that each machine is one binary search. */
export function stageCurves(priced: PricedIntervals): StageCurve[] {
  const { stage, hours, usdPerKwh, hashpriceUsdPerPhDay } = priced
  return hashpriceUsdPerPhDay.map((_, t) => {
    const order = [...stage.keys()]
      .filter((i) => stage[i] === t && !isDuty(priced, i))
      .sort((a, b) => usdPerKwh[a]! - usdPerKwh[b]!)
    const prices = Float64Array.from(order, (i) => usdPerKwh[i]!)
    const hoursBefore = new Float64Array(order.length + 1)
    const usdBefore = new Float64Array(order.length + 1)
    order.forEach((i, k) => {
      hoursBefore[k + 1] = hoursBefore[k]! + hours[i]!
      usdBefore[k + 1] = usdBefore[k]! + hours[i]! * usdPerKwh[i]!
    })
    return (revenueUsdPerHour, kw, otherUsdPerKwh) => {
      const runs = kw > 0 ? countUpTo(prices, revenueUsdPerHour / kw - otherUsdPerKwh) : order.length
      const k = runs === 0 ? order.length : runs
      return hoursBefore[k]! * (revenueUsdPerHour - kw * otherUsdPerKwh) - kw * usdBefore[k]!
    }
  })
}
