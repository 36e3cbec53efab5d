import { MS_PER_DAY, MS_PER_HOUR } from '../units.ts'
import type { MarketPrices } from './market-prices.ts'
import { intervalAt } from './market-prices.ts'
import type { ZoneClock, ZoneSpan } from './zone-clock.ts'

const WEEK_MS = 7 * MS_PER_DAY
/** How many weeks around the one that is wanted are asked for a moment without a price, and days after that. */
const WEEKS_AROUND = 4
const DAYS_AROUND = 14

/** Market prices over a stretch of time. */
export type MarketLine = {
  /** from each moment on */
  readonly atMs: readonly number[]
  readonly perKwh: readonly number[]
  /** hours before the first interval of the prices or after the last, which repeat others by local weekday and time */
  readonly repeatedHours: number
  /** hours inside the prices that have none, in which another day's stand in */
  readonly filledHours: number
  /** weeks that repeat; 0: the prices have less than a week, and their last days repeat */
  readonly weeks: number
}

/**
 * What a market costs from moment to moment, each interval at its own length. Where there is no price, one of the same local weekday and
 * time stands in: outside the prices their whole weeks repeat, inside them it is the nearest week's; where no week has that
 * moment, the nearest day's.
 * @throws RangeError (no site named) where no day has a price at some local time
 */
export function marketLine(prices: MarketPrices, clock: ZoneClock, fromMs: number, toMs: number): MarketLine {
  const firstMs = prices.fromMs[0]!
  const lastMs = prices.toMs.at(-1)!
  const weeks = Math.floor((lastMs - firstMs) / WEEK_MS)
  const atMs: number[] = []
  const perKwh: number[] = []
  let repeatedMs = 0
  let filledMs = 0
  let stretches: readonly ZoneSpan[] | null = null
  const standIn = standInOf(prices, clock, weeks)

  let found = intervalAt(prices, fromMs)
  let next = found >= 0 ? found : -1 - found
  for (let at = fromMs; at < toMs;) {
    const begin = next < prices.fromMs.length ? prices.fromMs[next]! : Infinity
    if (begin <= at) {
      atMs.push(at)
      perKwh.push(prices.perKwh[next]!)
      at = Math.min(prices.toMs[next]!, toMs)
      next++
      continue
    }
    const untilMs = Math.min(begin, toMs)
    if (at >= lastMs || at < firstMs) repeatedMs += untilMs - at
    else filledMs += untilMs - at
    stretches ??= clock.spans(fromMs, toMs)
    while (at < untilMs) {
      const span = stretches.find((stretch) => at < stretch.toMs)!
      const source = standIn(at, span)
      found = source.interval
      atMs.push(at)
      perKwh.push(prices.perKwh[found]!)
      at = Math.min(at + source.leftMs, span.toMs, untilMs)
    }
  }
  return { atMs, perKwh, repeatedHours: repeatedMs / MS_PER_HOUR, filledHours: filledMs / MS_PER_HOUR, weeks }
}

type StandIn = { readonly interval: number; readonly leftMs: number }

/** The interval whose price stands in for a moment, and how long it still lasts from the moment that matches. */
function standInOf(
  prices: MarketPrices,
  clock: ZoneClock,
  weeks: number,
): (atMs: number, span: ZoneSpan) => StandIn {
  const firstMs = prices.fromMs[0]!
  const lastMs = prices.toMs.at(-1)!
  // Local times of the prices, from UTC by arithmetic: asking the clock for each moment is slow.
  const spans = clock.spans(firstMs, lastMs)
  const firstWallMs = firstMs + spans[0]!.offsetMs
  const lastWallMs = lastMs + spans.at(-1)!.offsetMs
  const periodMs = Math.max(weeks, 1) * WEEK_MS

  function at(wallMs: number): StandIn | null {
    // An hour that a spring change skipped has the price of the hour after it; the hour before the first price is no such hour.
    const maybeSkipped = wallMs >= firstWallMs && wallMs < lastWallMs ? [wallMs + MS_PER_HOUR] : []
    for (const wall of [wallMs, ...maybeSkipped]) {
      const instants = spans.flatMap(({ fromMs, toMs, offsetMs }) => {
        const instant = wall - offsetMs
        return instant >= fromMs && instant < toMs ? [instant] : []
      })
      for (const instant of instants) {
        const interval = intervalAt(prices, instant)
        if (interval >= 0) return { interval, leftMs: prices.toMs[interval]! - instant }
      }
      if (instants.length > 0) return null
    }
    return null
  }

  return (atMs, { offsetMs }) => {
    const wallMs = atMs + offsetMs
    const isAfter = atMs >= lastMs
    const isBefore = atMs < firstMs
    const periods = isAfter
      ? Math.floor((wallMs - lastWallMs) / periodMs) + 1
      : isBefore
        ? -Math.ceil((firstWallMs - wallMs) / periodMs)
        : 0
    const wanted = wallMs - periods * periodMs
    for (let away = 0; away <= WEEKS_AROUND; away++)
      for (const sign of away === 0 ? [0] : [-1, 1]) {
        const source = at(wanted + sign * away * WEEK_MS)
        if (source !== null) return source
      }
    // No week has that moment: the day nearest to the moment itself, the earlier one first.
    const nearest = isAfter
      ? wallMs - Math.floor((wallMs - lastWallMs) / MS_PER_DAY) * MS_PER_DAY
      : isBefore
        ? wallMs + Math.ceil((firstWallMs - wallMs) / MS_PER_DAY) * MS_PER_DAY
        : wallMs
    for (let away = 0; away <= DAYS_AROUND; away++)
      for (const sign of away === 0 ? [0] : [-1, 1]) {
        const source = at(nearest + sign * away * MS_PER_DAY)
        if (source !== null) return source
      }
    const time = new Date(wallMs).toISOString().slice(11, 16)
    throw new RangeError(`the price file has no price at ${time} on any day near; give it whole days`)
  }
}
