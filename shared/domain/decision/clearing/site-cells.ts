import type { SiteSupply, SupplySteps } from '../../power/supply.ts'
import type { DemandCurve } from './demand-curve.ts'

/**
 * Intervals in which a site's energy costs the same and which are cleared at once: the supply's groups, split by kinds of local days
 * where committed energy belongs to a day.
 */
export type Cell = {
  readonly stage: number
  readonly hours: number
  readonly floorKw: number
  readonly alternatives: readonly SupplySteps[]
  /** of energy that is bought beyond what is committed and beyond tiers */
  readonly energyUsdPerKwh: number
  /** on every kWh of what may be shed: adder less credit */
  readonly shiftUsdPerKwh: number
  readonly creditUsdPerKwh: number
  /** kind of its local day; 0 where no energy is committed by the day */
  readonly pool: number
}

/** Committed energy of all days of one kind. */
export type Pool = { readonly days: number; readonly kwh: number }

export type Cells = {
  readonly cells: readonly Cell[]
  /** per interval */
  readonly cellOf: Uint16Array
  readonly pools: readonly Pool[]
  /** per interval its local day counted from 0 without gaps, and the committed energy of each such day */
  readonly dayOf: Uint16Array
  readonly kwhOfDay: Float64Array
}

const MS_PER_HOUR = 3_600_000
/** A day that the clocks cut by an hour is a whole day. */
const WHOLE_DAY_HOURS = 23
const HOURS_PER_DAY = 24

const NOTHING_PAID: readonly SupplySteps[] = [{ kw: [Infinity], usdPerKwh: [0] }]

export function intervalHours({ intervals }: SiteSupply): Float64Array {
  return new Float64Array(intervals.length).map(
    (_, i) => (intervals.atMs[i + 1]! - intervals.atMs[i]!) / MS_PER_HOUR,
  )
}

export function cellsOf(supply: SiteSupply): Cells {
  const { intervals, groups, committedPerDay } = supply
  const hours = intervalHours(supply)
  const dayOf = new Uint16Array(intervals.length)
  for (let i = 1; i < intervals.length; i++)
    dayOf[i] = dayOf[i - 1]! + (intervals.localDay[i] === intervals.localDay[i - 1] ? 0 : 1)
  const days = intervals.length === 0 ? 0 : dayOf[intervals.length - 1]! + 1
  const kwhOfDay = new Float64Array(days)
  if (committedPerDay === null) {
    const cells = groups.map((group) => ({
      stage: group.stage,
      hours: group.hours,
      // a group without an interval asks for nothing
      floorKw: group.hours > 0 ? group.floorKw : 0,
      alternatives: group.hours > 0 ? group.alternatives : NOTHING_PAID,
      energyUsdPerKwh: group.energyUsdPerKwh,
      shiftUsdPerKwh: group.shedAdderUsdPerKwh - group.creditUsdPerKwh,
      creditUsdPerKwh: group.creditUsdPerKwh,
      pool: 0,
    }))
    return { cells, cellOf: intervals.group, pools: [{ days: 0, kwh: 0 }], dayOf, kwhOfDay }
  }

  // Days that hold the same hours of the same groups are of one kind.
  const hoursOf: Map<number, number>[] = Array.from({ length: days }, () => new Map<number, number>())
  for (let i = 0; i < intervals.length; i++) {
    const day = hoursOf[dayOf[i]!]!
    day.set(intervals.group[i]!, (day.get(intervals.group[i]!) ?? 0) + hours[i]!)
  }
  const kinds = new Map<string, { readonly pool: number; days: number; kwh: number }>()
  const poolOfDay = hoursOf.map((day, at) => {
    const all = [...day.values()].reduce((sum, each) => sum + each, 0)
    const kwh = committedPerDay.kwh * (all >= WHOLE_DAY_HOURS ? 1 : all / HOURS_PER_DAY)
    kwhOfDay[at] = kwh
    const name = [...day].sort(([a], [b]) => a - b).map(([group, each]) => `${group}:${each.toFixed(6)}`)
    const kind = kinds.get(name.join()) ?? { pool: kinds.size, days: 0, kwh: 0 }
    kinds.set(name.join(), kind)
    kind.days += 1
    kind.kwh += kwh
    return kind.pool
  })
  const cells: { -readonly [K in keyof Cell]: Cell[K] }[] = []
  const known = new Map<string, number>()
  const cellOf = intervals.group.map((g, i) => {
    const group = groups[g]!
    const pool = poolOfDay[dayOf[i]!]!
    const name = `${g},${pool}`
    const at = known.get(name) ?? cells.length
    if (at === cells.length) {
      known.set(name, at)
      cells.push({
        stage: group.stage,
        hours: 0,
        floorKw: group.floorKw,
        alternatives: group.alternatives,
        energyUsdPerKwh: group.energyUsdPerKwh,
        shiftUsdPerKwh: group.shedAdderUsdPerKwh - group.creditUsdPerKwh,
        creditUsdPerKwh: group.creditUsdPerKwh,
        pool,
      })
    }
    cells[at]!.hours += hours[i]!
    return at
  })
  return { cells, cellOf, pools: [...kinds.values()], dayOf, kwhOfDay }
}

/** Powers that differ by less are equal: sums of the same machines in another order. */
export function sameKw(kw: number): number {
  return 1e-9 * Math.max(1, Math.abs(kw))
}

/** What a power costs per hour under one line of supply, USD; Infinity above its cap. */
export function costUnder(supply: SupplySteps, kw: number): number {
  let left = kw
  let usd = supply.fixedUsdPerHour ?? 0
  const last = supply.kw.length - 1
  for (let k = 0; k <= last; k++) {
    const taken = Math.min(left, supply.kw[k]!)
    // what machines would feed in does not exist, but the first step prices it
    usd += taken * supply.usdPerKwh[k]!
    left -= taken
    if (left <= 0) return usd
  }
  return left <= sameKw(kw) ? usd : Infinity
}

export function capKw(supply: SupplySteps): number {
  return supply.kw.reduce((sum, each) => sum + each, 0)
}

/** The same supply up to a power. */
export function upTo(supply: SupplySteps, limitKw: number): SupplySteps {
  const kw: number[] = []
  let left = limitKw
  for (const each of supply.kw) {
    kw.push(Math.max(Math.min(each, left), 0))
    left -= each
  }
  return { ...supply, kw }
}

/** The same supply with something on top of every price. */
export function dearer(supply: SupplySteps, usdPerKwh: number): SupplySteps {
  return usdPerKwh === 0 ? supply : { ...supply, usdPerKwh: supply.usdPerKwh.map((each) => each + usdPerKwh) }
}

/** The same supply where any kWh may also be had at a price. */
export function atMost(supply: SupplySteps, usdPerKwh: number): SupplySteps {
  return { ...supply, usdPerKwh: supply.usdPerKwh.map((each) => Math.min(each, usdPerKwh)) }
}

export type Crossing = {
  readonly kw: number
  /** min(strike of the last step taken, price of the next kWh) */
  readonly lambdaUsdPerKwh: number
  /** of machines that may be split, energy paid, USD per hour: no choice of whole machines earns more */
  readonly usdPerHour: number
  /** steps of the curve that are taken as a whole, and what is taken of the next one */
  readonly full: number
  readonly restKw: number
}

/**
 * Steps by falling strike against supply by rising price.
 * @throws RangeError naming capKw or floorKw where a limit cannot be kept
 */
export function crossing(curve: DemandCurve, supply: SupplySteps, floorKw: number): Crossing {
  const { strikeUsdPerKwh: strike, kwBefore, baseKw } = curve
  const steps = strike.length
  const cap = capKw(supply)
  if (baseKw > cap + sameKw(cap))
    throw new RangeError(
      `capKw: ${figure(cap)} kW is below the ${figure(baseKw)} kW that the machines draw at the least`,
    )
  let kw = baseKw
  let end = 0
  for (let k = 0; k < supply.kw.length; k++) {
    const begin = end
    end += supply.kw[k]!
    if (end <= baseKw) continue
    const wanted = baseKw + kwBefore[countAbove(strike, supply.usdPerKwh[k]!)]!
    kw = Math.max(Math.min(wanted, end), begin, baseKw)
    if (wanted <= end) break
  }
  if (kw < floorKw) {
    const most = Math.min(baseKw + kwBefore[steps]!, cap)
    if (most < floorKw - sameKw(floorKw))
      throw new RangeError(
        `floorKw: ${figure(floorKw)} kW is above the ${figure(most)} kW that the machines may draw at the most`,
      )
    kw = Math.min(floorKw, most)
  }
  const full = lastAtMost(kwBefore, kw - baseKw + sameKw(kw))
  const restKw = Math.max(kw - baseKw - kwBefore[full]!, 0)
  const isCut = full < steps && restKw > sameKw(kw)
  const lastStrike = isCut ? strike[full]! : full > 0 ? strike[full - 1]! : Infinity
  const lambda = Math.min(lastStrike, priceAbove(supply, kw))
  return {
    kw,
    // nothing is taken below a cap that is filled: the first kWh that is not served
    lambdaUsdPerKwh: Number.isFinite(lambda) ? lambda : (strike[0] ?? supply.usdPerKwh.at(-1) ?? 0),
    usdPerHour:
      curve.baseUsd + curve.usdBefore[full]! + (isCut ? restKw * strike[full]! : 0) - costUnder(supply, kw),
    full,
    restKw: isCut ? restKw : 0,
  }
}

/** Price of the next kWh above a power; Infinity where there is none. */
export function priceAbove(supply: SupplySteps, kw: number): number {
  let end = 0
  for (let k = 0; k < supply.kw.length; k++) {
    end += supply.kw[k]!
    if (end > kw + sameKw(kw)) return supply.usdPerKwh[k]!
  }
  return Infinity
}

/** Entries of a falling column above a value. */
function countAbove(falling: Float64Array, value: number): number {
  let low = 0
  let high = falling.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (falling[middle]! > value) low = middle + 1
    else high = middle
  }
  return low
}

/** Last place of a rising column, from 0 up, whose entry is at most a value. */
function lastAtMost(rising: Float64Array, value: number): number {
  let low = 0
  let high = rising.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (rising[middle]! <= value) low = middle
    else high = middle - 1
  }
  return low
}

export function figure(value: number): string {
  return String(Number(value.toPrecision(12)))
}
