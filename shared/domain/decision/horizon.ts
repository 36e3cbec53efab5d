import type { Stage } from '../ahead/stage.ts'
import type { ChanceMarket } from './waiting/chance.ts'

/** What is expected over the days that are weighed. */
export type Horizon = {
  /** in order, one at least */
  readonly stages: readonly Stage[]
  /** all of them together */
  readonly days: number
  /** no date is known: one stage of a day, and money is per day, a restart left out of it */
  readonly isPerDay?: boolean
  /** standard deviation of ln(hashprice) per year; 0: price risk is left out */
  readonly volatilityPerYear: number
  /** days until someone can act again */
  readonly reviewDays: number
  /** probability that the change at the next adjustment is at most the given one; null where the change is an assumption */
  readonly changeBelow: ((change: number) => number) | null
  /** what futures are drawn from beside the stages; null where price or change was typed, or no date is known */
  readonly drawn: Pick<ChanceMarket, 'logSpreadNow' | 'adjustment'> | null
}
