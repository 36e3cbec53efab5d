import { DEFAULT_DAYS_AFTER_ADJUSTMENT } from '../../chain/outlook.ts'
import { DAYS_PER_YEAR } from '../../units.ts'
import type { Horizon } from '../horizon.ts'
import { cutTo, worthOverReviews } from './reviews-ahead.ts'

/**
 * Whether a switch is worth its restart while the price may turn again. A machine that is off can be started later, one
 * that runs can be stopped later, and each way back costs a restart; so between two strikes it stays as it is.
 *
 * What running earns over standing by, x in USD/day, wanders without drift by a daily spread s. Being on instead of off is
 * worth D(x) where all stays equal: the optimal switching of a Brownian x under a restart cost r, whose value is cubic
 * between the strikes −u and u, u = (¾ r s²)^⅓, with slope 0 at both (A. Dixit, "Entry and exit decisions under
 * uncertainty", Journal of Political Economy 97 (1989), without discounting).
 *
 * All figures are of the machines that would switch together. NaN in is NaN out.
 */

/** What comes when the present stage ends: an adjustment or a halving. */
export type CutAhead = {
  /** from now, 0 or more */
  readonly days: number
  /**
   * What running earns over standing by after it, USD/day, at the price at which it earns `xUsdPerDay` now: with one price of
   * energy a·HP·k − c₁. Rises with its argument.
   */
  readonly xAfter: (xUsdPerDay: number) => number
  /** of the new stage, see {@link dailySpreadUsd} */
  readonly spreadUsdPerDay: number
}

/** The machines that would switch, and what they look at. */
export type Switching = {
  /** what running earns over standing by, schedule included, USD/day */
  readonly xUsdPerDay: number
  /** one restart of all of them, 0 or more */
  readonly restartUsd: number
  readonly spreadUsdPerDay: number
  /** days until someone can act again, above 0 */
  readonly reviewDays: number
  /** the next adjustment or halving; null: none is known */
  readonly ahead: CutAhead | null
}

/** Reviews are looked through one by one up to this many; closer ones are joined, which moves no strike that can be seen. */
const MOST_REVIEWS = 4000
/** A cut that is nearer counts as having come: a tenth of a second. */
const IMMINENT_DAYS = 1e-6
/** In units of (u/s)² days: so long before a cut what it brings has no weight left (below 1e-10). */
const FORGOTTEN_AFTER = 20
/** Standard deviation of a day's change of x: a·HP·σ/√365.25, USD/day. The volatility is of ln(hashprice) per year. */
export function dailySpreadUsd(
  acceptedPhs: number,
  hashpriceUsdPerPhDay: number,
  volatilityPerYear: number,
): number {
  return (acceptedPhs * hashpriceUsdPerPhDay * volatilityPerYear) / Math.sqrt(DAYS_PER_YEAR)
}

/** u, USD/day: what running loses where it is stopped, and earns where it is started, with an eye on it at all times. */
export function bandUsdPerDay(restartUsd: number, spreadUsdPerDay: number): number {
  return Math.cbrt(0.75 * restartUsd * spreadUsdPerDay * spreadUsdPerDay)
}

/** D as a share of r; t = x/u */
function shareAt(t: number): number {
  if (t >= 1) return 1
  if (t <= -1) return 0
  return (2 + 3 * t - t * t * t) / 4
}

/** t = x/u; without a band D is a step at 0 */
const inBands = (x: number, band: number) => (band > 0 || x !== 0 ? x / band : 0)

/**
 * D(x): what being on instead of off is worth where nothing changes but the price, USD, 0 to `restartUsd`:
 * r/2 + (u²x − x³/3)/s². Without a restart cost 0; without a spread 0 below x = 0, r above and r/2 there.
 */
export function endValueUsd(xUsdPerDay: number, restartUsd: number, spreadUsdPerDay: number): number {
  return restartUsd * shareAt(inBands(xUsdPerDay, bandUsdPerDay(restartUsd, spreadUsdPerDay)))
}

/** The mean of D over what x may be `days` later, USD: exact for a normal change. */
export function expectedEndValueUsd(
  xUsdPerDay: number,
  restartUsd: number,
  spreadUsdPerDay: number,
  days: number,
): number {
  const change = spreadUsdPerDay * Math.sqrt(days)
  if (!(change > 0) || restartUsd === 0)
    return Number.isNaN(change) ? NaN : endValueUsd(xUsdPerDay, restartUsd, spreadUsdPerDay)
  const band = bandUsdPerDay(restartUsd, spreadUsdPerDay)
  // A band too narrow for a number is a step.
  return (
    restartUsd *
    (band > 0 ? meanShare(xUsdPerDay / band, change / band) : normalProbability(xUsdPerDay / change))
  )
}

/**
 * What being on at the end of a horizon is worth for comparing plans, USD: {@link expectedEndValueUsd}. Without price risk a dated horizon
 * ends there and it is 0; a day that stands for those to come (`isPerDay`) goes on like this for {@link EARN_BACK_DAYS}, in which
 * being on saves a restart as far as it earns one back.
 */
export function endOfHorizonUsd(
  { volatilityPerYear, isPerDay = false }: Pick<Horizon, 'volatilityPerYear' | 'isPerDay'>,
  xUsdPerDay: number,
  restartUsd: number,
  spreadUsdPerDay: number,
  days: number,
): number {
  if (!(restartUsd > 0)) return 0
  if (volatilityPerYear > 0)
    return spreadUsdPerDay > 0 ? expectedEndValueUsd(xUsdPerDay, restartUsd, spreadUsdPerDay, days) : 0
  return isPerDay ? Math.min(Math.max(xUsdPerDay * (EARN_BACK_DAYS - days), 0), restartUsd) : 0
}

/** Where no date is known a start without price risk has to earn its restart back in so many days, as after an adjustment. */
const EARN_BACK_DAYS = DEFAULT_DAYS_AFTER_ADJUSTMENT

/** The mean of the share over a normal t of this mean and spread. */
function meanShare(mean: number, spread: number): number {
  const low = (-1 - mean) / spread
  const high = (1 - mean) / spread
  if (low > 9) return 0
  if (high < -9) return 1
  // Far wider than the band the moments below lose their digits: there the density is all but straight across it.
  if (spread > 30) return wideMeanShare(mean, spread)
  // Density and probability share what takes longest, the exponential.
  const lowBell = bell(low)
  const highBell = bell(high)
  const lowTail = tailOf(low, lowBell)
  const highTail = tailOf(high, highBell)
  const above = high > 0 ? highTail : 1 - highTail
  const between = (high > 0 ? 1 - highTail : highTail) - (low > 0 ? 1 - lowTail : lowTail)
  const atLow = lowBell / ROOT_TAU
  const atHigh = highBell / ROOT_TAU
  const first = mean * between - spread * (atHigh - atLow)
  const second = mean * first + spread * (spread * between - (atHigh + atLow))
  const third = mean * second + spread * (2 * spread * first - (atHigh - atLow))
  return Math.min(Math.max(above + (2 * between + 3 * first - third) / 4, 0), 1)
}

/** ¾ ∫ (1 − t²) Φ((mean − t)/spread) dt over −1..1, by the rule of two points that is exact for cubics under this weight. */
function wideMeanShare(mean: number, spread: number): number {
  const node = Math.sqrt(1 / 5)
  return (normalProbability((mean - node) / spread) + normalProbability((mean + node) / spread)) / 2
}

/**
 * What running until the next review and best action from then on is worth over being off, USD, before it is compared with
 * 0 where the machines run and with the restart where they are off.
 *
 * Without a cut N·x + E[D(x_N)]. With one: backwards from it over the reviews that come before, on a grid of x around today's.
 * Without a restart cost N·x.
 *
 * @throws RangeError that names the field: restartUsd, spreadUsdPerDay, reviewDays, ahead.days
 */
export function runningWorthUsd(switching: Switching): number {
  checkSwitching(switching)
  const { xUsdPerDay: x, restartUsd, spreadUsdPerDay, reviewDays, ahead } = switching
  if (Number.isNaN(x + restartUsd + spreadUsdPerDay)) return NaN
  if (ahead === null) return worthWithoutCut(x, restartUsd, spreadUsdPerDay, reviewDays)
  if (ahead.days < IMMINENT_DAYS)
    return worthWithoutCut(ahead.xAfter(x), restartUsd, ahead.spreadUsdPerDay, reviewDays)
  return worthBeforeCut(switching, ahead)
}

/**
 * Whether the machines run until the next review. Without a restart cost or without a spread: where running earns at least as much
 * as standing by. Where a figure is missing (NaN) they stay as they are.
 *
 * @throws RangeError as {@link runningWorthUsd}
 */
export function runsNow(isOn: boolean, switching: Switching): boolean {
  checkSwitching(switching)
  const { xUsdPerDay, restartUsd, spreadUsdPerDay } = switching
  if (Number.isNaN(xUsdPerDay + restartUsd + spreadUsdPerDay)) return isOn
  if (restartUsd === 0 || spreadUsdPerDay === 0) return xUsdPerDay >= 0
  const least = isOn ? 0 : restartUsd
  const known = clearWorth(switching, least)
  if (known !== null) return known
  const worth = runningWorthUsd(switching)
  return Number.isNaN(worth) ? isOn : worth >= least
}

/** Whether {@link runningWorthUsd} is more than a value. */
export function isWorthMore(switching: Switching, usd: number): boolean {
  return clearWorth(switching, usd) ?? runningWorthUsd(switching) > usd
}

/**
 * Whether the worth is above a value or below it, where that is clear without looking ahead: what follows the first review is worth
 * 0 to one restart. null: it is not.
 */
function clearWorth(switching: Switching, usd: number): boolean | null {
  const untilReview = daysUntilReview(switching) * switching.xUsdPerDay
  if (untilReview > usd) return true
  if (untilReview + switching.restartUsd < usd) return false
  return null
}

/** In which x is earned for certain; NaN where a cut comes at once, after which it is another x. */
function daysUntilReview({ reviewDays, ahead }: Switching): number {
  if (ahead === null) return reviewDays
  return ahead.days < IMMINENT_DAYS
    ? NaN
    : Math.min(Math.max(reviewDays, ahead.days / MOST_REVIEWS), ahead.days)
}

function worthWithoutCut(x: number, restartUsd: number, spreadUsdPerDay: number, reviewDays: number): number {
  const band = bandUsdPerDay(restartUsd, spreadUsdPerDay)
  const aside = spreadUsdPerDay * Math.sqrt(3 * reviewDays)
  const share =
    (4 * shareAt(inBands(x, band)) + shareAt(inBands(x - aside, band)) + shareAt(inBands(x + aside, band))) /
    6
  return reviewDays * x + restartUsd * share
}

function worthBeforeCut(switching: Switching, ahead: CutAhead): number {
  const { xUsdPerDay: x, restartUsd, spreadUsdPerDay } = switching
  const reviewDays = Math.max(switching.reviewDays, ahead.days / MOST_REVIEWS)
  // A review on the day of the cut chooses what D has chosen already; it is not to be counted by a rounding either.
  const before = Math.max(Math.ceil(ahead.days / reviewDays - 1e-9) - 1, 0)
  const restDays = ahead.days - before * reviewDays
  const worthAtLastReview = (at: number) =>
    restDays * at + expectedEndValueUsd(ahead.xAfter(at), restartUsd, ahead.spreadUsdPerDay, restDays)
  if (before === 0) return worthAtLastReview(x)
  if (restartUsd === 0 || spreadUsdPerDay === 0) {
    const earned = reviewDays * x
    return earned + cutTo(restartUsd, cutTo(restartUsd, worthAtLastReview(x)) + (before - 1) * earned)
  }
  const band = bandUsdPerDay(restartUsd, spreadUsdPerDay)
  const forgotten = (FORGOTTEN_AFTER * (band / spreadUsdPerDay) ** 2) / reviewDays + FORGOTTEN_AFTER
  const reviews = Math.min(before, Math.ceil(forgotten))
  return worthOverReviews(reviews, restartUsd, worthAtLastReview, x, spreadUsdPerDay, reviewDays)
}

function checkSwitching({ restartUsd, spreadUsdPerDay, reviewDays, ahead }: Switching): void {
  if (restartUsd < 0) throw new RangeError(`restartUsd: ${restartUsd} is negative`)
  if (spreadUsdPerDay < 0) throw new RangeError(`spreadUsdPerDay: ${spreadUsdPerDay} is negative`)
  if (!(reviewDays > 0 && reviewDays < Infinity))
    throw new RangeError(`reviewDays: ${reviewDays} is not a time above 0`)
  if (ahead !== null && !(ahead.days >= 0 && ahead.days < Infinity))
    throw new RangeError(`ahead.days: ${ahead.days} is not a time of 0 or more`)
}

const ROOT_TAU = Math.sqrt(2 * Math.PI)

function bell(z: number): number {
  return Math.exp(-(z * z) / 2)
}

/**
 * Probability that a standard normal is below z, to about 1e-15.
 * Source: J. F. Hart et al., Computer Approximations (1968), function 5666, as given by G. West, "Better approximations to
 * cumulative normal functions", Wilmott (May 2005).
 */
export function normalProbability(z: number): number {
  const tail = tailOf(z, bell(z))
  return z > 0 ? 1 - tail : tail
}

/** Beyond |z|. */
function tailOf(z: number, bellOfZ: number): number {
  const size = Math.abs(z)
  return size > 37 ? 0 : bellOfZ * (size < 7.07106781186547 ? near(size) : far(size))
}

function near(z: number): number {
  const top =
    (((((0.0352624965998911 * z + 0.700383064443688) * z + 6.37396220353165) * z + 33.912866078383) * z +
      112.079291497871) *
      z +
      221.213596169931) *
      z +
    220.206867912376
  const bottom =
    ((((((0.0883883476483184 * z + 1.75566716318264) * z + 16.064177579207) * z + 86.7807322029461) * z +
      296.564248779674) *
      z +
      637.333633378831) *
      z +
      793.826512519948) *
      z +
    440.413735824752
  return top / bottom
}

function far(z: number): number {
  return 1 / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))) / ROOT_TAU
}
