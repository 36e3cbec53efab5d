import type { Switching } from './hold.ts'
import { bandUsdPerDay, dailySpreadUsd, runningWorthUsd } from './hold.ts'

/**
 * The two hashprices between which machines stay as they are: stop below the one, start above the other. They are where the
 * worth of running until the next review is 0, and where it is the restart cost; all stages move in proportion with today's
 * hashprice.
 */

/** In today's hashprice. NaN: there is none. */
export type Strikes = {
  readonly stopBelowUsdPerPhDay: number
  readonly startAboveUsdPerPhDay: number
}

/** What the strikes of all machines with one price of energy have in common. */
export type StrikeShape = {
  /** of ln(hashprice); 0: the price is taken for certain */
  readonly volatilityPerYear: number
  readonly reviewDays: number
  /** the next adjustment or halving, and what the hashprice after it is of today's; null: none is known */
  readonly ahead: { readonly days: number; readonly hashpriceRatio: number } | null
}

/**
 * Strikes of any machine with one price of energy over the stages, in constant time. Arguments: its accepted PH/s, the hashprice
 * at which running equals standing by (cost of running over standing by per accepted PH/s and day), one restart, USD. NaN where a
 * figure is missing, nothing is accepted, or running costs no more than standing by.
 */
export type StrikeTable = {
  stopBelowUsdPerPhDay(acceptedPhs: number, evenUsdPerPhDay: number, restartUsd: number): number
  startAboveUsdPerPhDay(acceptedPhs: number, evenUsdPerPhDay: number, restartUsd: number): number
  /**
   * The same where running costs no more than standing by: energy that is paid for being taken, or standby that draws more. There
   * is no ratio to table, and below some hashprice the price hardly moves any more, so that a restart pays again: what counts is found from today's.
   */
  fromToday(
    acceptedPhs: number,
    evenUsdPerPhDay: number,
    restartUsd: number,
    todayUsdPerPhDay: number,
  ): Strikes
}

/** Natural logarithms of restart cost ÷ (a·even hashprice), days, between which strikes are tabled, and their distance. */
const LOWEST_LOG = Math.log(1e-8)
const HIGHEST_LOG = Math.log(1e7)
const LOG_STEP = 1 / 32
/** Strikes are looked for between e⁻³⁰ and e³⁰ of where the search begins. */
const FURTHEST_LOG = 30
const ROOT_TOLERANCE = 1e-11

/** The table that was asked for last: another fleet, or another price at which all stages move in proportion, has the same one. */
let last: { readonly shape: string; readonly table: StrikeTable } | null = null

/**
 * The table of a market. With one price of energy strike ÷ even hashprice depends on restart cost ÷ (a·even hashprice) alone, so
 * one table of two columns serves a fleet. A place of it is worked out when it is first asked for.
 *
 * Between its places the logarithms are joined by cubics.
 * @throws RangeError that names the field: reviewDays, ahead.days
 */
export function strikeTable(shape: StrikeShape): StrikeTable {
  const { volatilityPerYear, reviewDays, ahead } = shape
  const name = [volatilityPerYear, reviewDays, ahead?.days, ahead?.hashpriceRatio].join(' ')
  if (last?.shape !== name) last = { shape: name, table: newTable(shape) }
  return last.table
}

function newTable(shape: StrikeShape): StrikeTable {
  const isCertain = shape.volatilityPerYear === 0
  const stop = tabled((restartDays, near = { at: -bandOf(shape, restartDays) }) =>
    rootOf(worthAt(shape, restartDays), 0, near),
  )
  const start = tabled((restartDays, near = { at: bandOf(shape, restartDays) }) =>
    rootOf(worthAt(shape, restartDays), restartDays, near),
  )
  const strike =
    (logRatioAt: (restartDays: number) => number) =>
    (acceptedPhs: number, evenUsdPerPhDay: number, restartUsd: number): number => {
      if (!(acceptedPhs > 0 && evenUsdPerPhDay > 0 && restartUsd >= 0)) return NaN
      if (isCertain || restartUsd === 0) return evenUsdPerPhDay
      return evenUsdPerPhDay * Math.exp(logRatioAt(restartUsd / (acceptedPhs * evenUsdPerPhDay)))
    }
  // A shape that cannot be is refused here, not at the first machine.
  worthAt(shape, 1)(0)
  return { stopBelowUsdPerPhDay: strike(stop), startAboveUsdPerPhDay: strike(start), fromToday }

  function fromToday(acceptedPhs: number, even: number, restartUsd: number, today: number): Strikes {
    if (!(acceptedPhs > 0 && restartUsd >= 0 && today > 0 && even > -Infinity)) return NO_STRIKES
    const { volatilityPerYear, reviewDays, ahead } = shape
    const earned = (hashprice: number) => acceptedPhs * (hashprice - even)
    return exactStrikes(
      (hashprice) => ({
        xUsdPerDay: earned(hashprice),
        restartUsd,
        spreadUsdPerDay: dailySpreadUsd(acceptedPhs, hashprice, volatilityPerYear),
        reviewDays,
        ahead: ahead && {
          days: ahead.days,
          xAfter: (x) => earned(ahead.hashpriceRatio * (x / acceptedPhs + even)),
          spreadUsdPerDay: dailySpreadUsd(acceptedPhs, hashprice * ahead.hashpriceRatio, volatilityPerYear),
        },
      }),
      today,
    )
  }
}

const NO_STRIKES: Strikes = { stopBelowUsdPerPhDay: NaN, startAboveUsdPerPhDay: NaN }

/** Worth of running at the logarithm of hashprice ÷ even, in days of what running costs over standing by. */
function worthAt(shape: StrikeShape, restartDays: number): (logRatio: number) => number {
  const { volatilityPerYear, reviewDays, ahead } = shape
  return (logRatio) => {
    const ratio = Math.exp(logRatio)
    return runningWorthUsd({
      xUsdPerDay: ratio - 1,
      restartUsd: restartDays,
      spreadUsdPerDay: dailySpreadUsd(1, ratio, volatilityPerYear),
      reviewDays,
      ahead: ahead && {
        days: ahead.days,
        xAfter: (x) => ahead.hashpriceRatio * (x + 1) - 1,
        spreadUsdPerDay: dailySpreadUsd(1, ratio * ahead.hashpriceRatio, volatilityPerYear),
      },
    })
  }
}

/** About how far the logarithms of both strikes are from the even hashprice: where the search begins. */
function bandOf({ volatilityPerYear }: StrikeShape, restartDays: number): number {
  return Math.log1p(bandUsdPerDay(restartDays, dailySpreadUsd(1, 1, volatilityPerYear)))
}

function tabled(logRatioAt: (restartDays: number, near?: Near) => number): (restartDays: number) => number {
  const places = Math.ceil((HIGHEST_LOG - LOWEST_LOG) / LOG_STEP) + 1
  const known = new Float64Array(places)
  const isKnown = new Uint8Array(places)
  // Two known places in a row tell where the next one about is.
  const nearFrom = (one: number, two: number): Near | undefined =>
    isKnown[one] === 1 && isKnown[two] === 1 && Number.isFinite(known[one]! - known[two]!)
      ? { at: 2 * known[one]! - known[two]!, firstStep: LOG_STEP ** 2 / 4 }
      : undefined
  const at = (place: number): number => {
    if (isKnown[place] === 0) {
      const near = nearFrom(place - 1, place - 2) ?? nearFrom(place + 1, place + 2)
      known[place] = logRatioAt(Math.exp(LOWEST_LOG + place * LOG_STEP), near)
      isKnown[place] = 1
    }
    return known[place]!
  }
  return (restartDays) => {
    const where = (Math.log(restartDays) - LOWEST_LOG) / LOG_STEP
    // What lies further out is met too rarely for a table.
    if (!(where >= 1 && where < places - 2)) return logRatioAt(restartDays)
    const place = Math.floor(where)
    const t = where - place
    return (
      (-t * (t - 1) * (t - 2) * at(place - 1)) / 6 +
      ((t + 1) * (t - 1) * (t - 2) * at(place)) / 2 -
      ((t + 1) * t * (t - 2) * at(place + 1)) / 2 +
      ((t + 1) * t * (t - 1) * at(place + 2)) / 6
    )
  }
}

/**
 * Strikes of machines whose earnings are any rising function of the hashprice: under a tariff, on a coupled site. Some 10
 * evaluations each.
 *
 * @param switchingAt the machines at a hashprice of today, USD/PH/s/day, all stages moved with it
 * @param nearUsdPerPhDay where the search begins, above 0: today's hashprice or the even one
 * @throws RangeError that names the field, see {@link runningWorthUsd}
 */
export function exactStrikes(
  switchingAt: (hashpriceUsdPerPhDay: number) => Switching,
  nearUsdPerPhDay: number,
): Strikes {
  const hashpriceAt = (logRatio: number) => nearUsdPerPhDay * Math.exp(logRatio)
  const even = rootOf((logRatio) => switchingAt(hashpriceAt(logRatio)).xUsdPerDay, 0, { at: 0 })
  const { restartUsd, spreadUsdPerDay } = switchingAt(nearUsdPerPhDay)
  if (restartUsd === 0 || spreadUsdPerDay === 0)
    return { stopBelowUsdPerPhDay: hashpriceAt(even), startAboveUsdPerPhDay: hashpriceAt(even) }
  const worth = (logRatio: number) => runningWorthUsd(switchingAt(hashpriceAt(logRatio)))
  const near = { at: Number.isNaN(even) ? 0 : even }
  return {
    stopBelowUsdPerPhDay: hashpriceAt(rootOf(worth, 0, near)),
    startAboveUsdPerPhDay: hashpriceAt(rootOf(worth, restartUsd, near)),
  }
}

/** Where a search begins, and the first of its growing steps. */
type Near = { readonly at: number; readonly firstStep?: number }

/** Where a rising function takes a value, looked for from a place in steps that grow; NaN where it does not within ±30 of it. */
function rootOf(
  valueAt: (at: number) => number,
  target: number,
  { at: from, firstStep = 0.02 }: Near,
): number {
  const first = valueAt(from) - target
  if (first === 0) return from
  const direction = first > 0 ? -1 : 1
  let near = from
  let nearValue = first
  for (let step = firstStep; Math.abs(near - from) < FURTHEST_LOG; step *= 2) {
    const far = near + direction * step
    const farValue = valueAt(far) - target
    if (!(first > 0 ? farValue > 0 : farValue < 0))
      return rootBetween(valueAt, target, near, nearValue, far, farValue)
    near = far
    nearValue = farValue
  }
  return NaN
}

/**
 * Where a function takes a value between two places around it, by inverse quadratic interpolation where that is safe, else by
 * bisection. Source: T. R. Chandrupatla, Advances in Engineering Software 28 (1997), 145–149. NaN where the function is.
 * @param firstValue, secondValue the function there less the target, of different signs
 * @param tolerance how close to the place is close enough
 */
export function rootBetween(
  valueAt: (at: number) => number,
  target: number,
  first: number,
  firstValue: number,
  second: number,
  secondValue: number,
  tolerance = ROOT_TOLERANCE,
): number {
  let [a, fa, b, fb] = [second, secondValue, first, firstValue]
  let t = fa / (fa - fb)
  for (let round = 0; round < 100; round++) {
    const at = a + t * (b - a)
    const value = valueAt(at) - target
    if (Number.isNaN(value)) return NaN
    const isSameSide = value > 0 === fa > 0
    const [c, fc] = isSameSide ? [a, fa] : [b, fb]
    if (!isSameSide) [b, fb] = [a, fa]
    ;[a, fa] = [at, value]
    const least = tolerance / Math.abs(b - a)
    if (value === 0 || least > 0.5) break
    const xi = (a - b) / (c - b)
    const phi = (fa - fb) / (fc - fb)
    const isSafe = phi * phi < xi && (1 - phi) ** 2 < 1 - xi
    t = isSafe
      ? (fa / (fb - fa)) * (fc / (fb - fc)) + (((c - a) / (b - a)) * (fa / (fc - fa)) * fb) / (fc - fb)
      : 0.5
    t = Math.min(Math.max(t, least), 1 - least)
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b
}
