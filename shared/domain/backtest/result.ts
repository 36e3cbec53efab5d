/** Who decides: what this program advises, nobody, one switch for the whole fleet, and someone who knew all days. */
export const BACKTEST_WAYS = ['advice', 'alwaysOn', 'averageRule', 'hindsight'] as const
export type BacktestWay = (typeof BACKTEST_WAYS)[number]

/** What one way of deciding came to over some days. Money in USD; machines with their quantity. */
export type WaySums = {
  /** revenue − energy and what else stops with a machine − standby of what is off − restarts */
  readonly cashUsd: number
  /** the part of it that went for restarts */
  readonly restartsUsd: number
  /** machines that went from off to on, each time */
  readonly starts: number
  /** machines × days off; machines in repair are in none of this */
  readonly machineDaysOff: number
}

export type SumsOfWays = Readonly<Record<BacktestWay, WaySums>>

/** A month, as much of it as lies in the period. */
export type BacktestMonth = SumsOfWays & {
  /** YYYY-MM */
  readonly month: string
  /** of the month in the period, and those of them of which a value is missing: these earn nothing for anybody */
  readonly days: number
  readonly missingDays: number
  /** of the other days; NaN where there are none */
  readonly meanHashpriceUsdPerPhDay: number
}

/** What the history must know of a day. */
export const BACKTEST_VALUES = ['priceUsd', 'difficulty', 'issuanceBtc', 'feesBtc'] as const
export type BacktestValue = (typeof BACKTEST_VALUES)[number]

/** Days in a row that lack the same values. */
export type BacktestGap = {
  /** YYYY-MM-DD, both included */
  readonly fromDay: string
  readonly toDay: string
  readonly days: number
  readonly missing: readonly BacktestValue[]
}

/** What the advice would have earned on days that are over, beside three other ways of deciding. */
export type Backtest = {
  /** YYYY-MM-DD, both included */
  readonly fromDay: string
  readonly toDay: string
  /** days from one review to the next, and σ of ln(hashprice) per year that it was advised with */
  readonly reviewDays: number
  readonly volatilityPerYear: number
  readonly months: readonly BacktestMonth[]
  /** of all months */
  readonly total: SumsOfWays & Pick<BacktestMonth, 'days' | 'missingDays' | 'meanHashpriceUsdPerPhDay'>
  /** (advice − always on) ÷ (hindsight − always on); NaN where hindsight gains nothing */
  readonly reachedShare: number
  readonly gaps: readonly BacktestGap[]
  /** machines that took part, and those left out: in repair, or without a figure */
  readonly machines: number
  readonly machinesLeftOut: number
  /** names of sites whose hindsight is a bound from above: cleared as a whole, or shared with a host by profit */
  readonly boundedSites: readonly string[]
}
