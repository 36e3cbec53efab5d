import { HOURS_PER_DAY } from '../units.ts'
import type { TariffPeriod, Weekday, WeekPrices } from './tariff.ts'
import { WEEKDAYS } from './tariff.ts'

/** A tariff's week as a grid that is painted, and back. The week is held by the minute, so that nothing is lost by an hour. */

const MINUTES_PER_HOUR = 60
const MINUTES_PER_DAY = HOURS_PER_DAY * MINUTES_PER_HOUR
const DAYS = WEEKDAYS.length

/** Price of each minute of the week per kWh, Monday 0:00 first. */
export type WeekMinutes = Float64Array

/** Hours of some days, both ends included; days by their place in WEEKDAYS. */
export type WeekArea = {
  readonly fromDay: number
  readonly toDay: number
  /** 0..23 */
  readonly fromHour: number
  readonly toHour: number
}

/** Lines → grid. */
export function minutesOf({ baseUsdPerKwh, periods }: WeekPrices): WeekMinutes {
  const minutes = new Float64Array(DAYS * MINUTES_PER_DAY).fill(baseUsdPerKwh)
  for (const { days, fromHour, toHour, usdPerKwh } of periods)
    for (const day of days) {
      const at = WEEKDAYS.indexOf(day) * MINUTES_PER_DAY
      minutes.fill(usdPerKwh, at + toMinute(fromHour), at + toMinute(toHour))
    }
  return minutes
}

const toMinute = (hour: number) => Math.round(hour * MINUTES_PER_HOUR)

/** Price of an hour of the week per kWh; NaN where it changes within the hour. */
export function hourPrice(minutes: WeekMinutes, day: number, hour: number): number {
  const from = day * MINUTES_PER_DAY + hour * MINUTES_PER_HOUR
  const first = minutes[from]!
  for (let at = from + 1; at < from + MINUTES_PER_HOUR; at++) if (minutes[at] !== first) return NaN
  return first
}

/** The week with another price in some of its hours; the base price stays, and periods are as few as can be. */
export function painted(week: WeekPrices, area: WeekArea, usdPerKwh: number): WeekPrices {
  const minutes = minutesOf(week)
  for (let day = area.fromDay; day <= area.toDay; day++)
    minutes.fill(
      usdPerKwh,
      day * MINUTES_PER_DAY + area.fromHour * MINUTES_PER_HOUR,
      day * MINUTES_PER_DAY + (area.toHour + 1) * MINUTES_PER_HOUR,
    )
  return { baseUsdPerKwh: week.baseUsdPerKwh, periods: periodsOf(minutes, week.baseUsdPerKwh) }
}

/** Grid → lines: the fewest periods beside the base price that give each minute its price. In order of day and hour. */
export function periodsOf(minutes: WeekMinutes, baseUsdPerKwh: number): readonly TariffPeriod[] {
  const kinds = kindsOfDay(minutes)
  const cuts = cutsOf(kinds.map(({ prices }) => prices))
  const columns = cuts.slice(0, -1).map((cut) => kinds.map(({ prices }) => prices[cut]!))
  const prices = new Set(columns.flat())
  prices.delete(baseUsdPerKwh)
  const periods = [...prices].flatMap((price) =>
    fewestBlocks(columns.map((column) => maskOf(column, price))).map(({ mask, from, to }) => ({
      days: WEEKDAYS.filter((day) =>
        kinds.some((kind, k) => (mask & (1 << k)) !== 0 && kind.days.includes(day)),
      ),
      fromHour: cuts[from]! / MINUTES_PER_HOUR,
      toHour: cuts[to]! / MINUTES_PER_HOUR,
      usdPerKwh: price,
    })),
  )
  const day = ({ days }: TariffPeriod) => WEEKDAYS.indexOf(days[0]!)
  return periods.sort((a, b) => day(a) - day(b) || a.fromHour - b.fromHour)
}

type KindOfDay = { readonly days: Weekday[]; readonly prices: Float64Array }

/** Days that are alike are one: a period that is for one of them may be for all of them. */
function kindsOfDay(minutes: WeekMinutes): readonly KindOfDay[] {
  const kinds: KindOfDay[] = []
  for (const [d, day] of WEEKDAYS.entries()) {
    const prices = minutes.subarray(d * MINUTES_PER_DAY, (d + 1) * MINUTES_PER_DAY)
    const known = kinds.find((kind) => kind.prices.every((price, minute) => price === prices[minute]))
    if (known === undefined) kinds.push({ days: [day], prices })
    else known.days.push(day)
  }
  return kinds
}

/** Minutes at which some day changes its price, with the begin and the end of the day. */
function cutsOf(days: readonly Float64Array[]): readonly number[] {
  const cuts = [0]
  for (let minute = 1; minute < MINUTES_PER_DAY; minute++)
    if (days.some((prices) => prices[minute] !== prices[minute - 1])) cuts.push(minute)
  return [...cuts, MINUTES_PER_DAY]
}

const maskOf = (column: readonly number[], price: number) =>
  column.reduce((mask, each, k) => (each === price ? mask | (1 << k) : mask), 0)

/** Some days over some columns, `to` being the first that no longer belongs to it. */
type Block = { readonly mask: number; readonly from: number; to: number }

/** How the days of a column may be divided, and the cheapest way to there. */
type Division = {
  readonly parts: readonly number[]
  readonly blocks: number
  readonly before: Division | null
}

/**
 * The fewest blocks that cover each column's days exactly once: from column to column the cheapest way to every division of its
 * days, where a part that was there before goes on for nothing.
 */
function fewestBlocks(columns: readonly number[]): readonly Block[] {
  let ways: readonly Division[] = [{ parts: [], blocks: 0, before: null }]
  for (const mask of columns) {
    const cheapest = new Map<string, Division>()
    for (const way of ways)
      for (const kept of subsetsOf(way.parts)) {
        const key = kept.join()
        if (way.blocks < (cheapest.get(key)?.blocks ?? Infinity)) cheapest.set(key, way)
      }
    ways = divisionsOf(mask).map((parts) => {
      let best: Division | null = null
      for (const kept of subsetsOf(parts)) {
        const before = cheapest.get(kept.join())
        if (before === undefined) continue
        const blocks = before.blocks + parts.length - kept.length
        if (best === null || blocks < best.blocks) best = { parts, blocks, before }
      }
      return best!
    })
  }
  const divisions: (readonly number[])[] = []
  let way = ways.reduce((best, other) => (other.blocks < best.blocks ? other : best))
  for (; way.before !== null; way = way.before) divisions.unshift(way.parts)
  return blocksOf(divisions)
}

function blocksOf(divisions: readonly (readonly number[])[]): readonly Block[] {
  const blocks: Block[] = []
  let open: readonly Block[] = []
  divisions.forEach((parts, column) => {
    open = parts.map((mask) => {
      const block = open.find((before) => before.mask === mask) ?? { mask, from: column, to: column }
      if (block.from === column) blocks.push(block)
      block.to = column + 1
      return block
    })
  })
  return blocks
}

/** Every way to divide a set of bits into parts, each part list in the order of its lowest bits. */
function divisionsOf(mask: number): readonly (readonly number[])[] {
  if (mask === 0) return [[]]
  const lowest = mask & -mask
  const rest = mask ^ lowest
  const divisions: (readonly number[])[] = []
  for (let more = rest; ; more = (more - 1) & rest) {
    for (const others of divisionsOf(rest ^ more)) divisions.push([lowest | more, ...others])
    if (more === 0) return divisions
  }
}

/** All subsets, in the order of the list. */
function subsetsOf(parts: readonly number[]): readonly (readonly number[])[] {
  return parts.reduce<readonly (readonly number[])[]>(
    (subsets, part) => [...subsets, ...subsets.map((subset) => [...subset, part])],
    [[]],
  )
}
