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

/** The stage of a day from the moment of the horizon; after the last one that one, before the first the first. */
export function stageOn({ stages }: Pick<Horizon, 'stages'>, day: number): number {
  let fromDay = 0
  let found = 0
  stages.forEach(({ days }, stage) => {
    if (isReached(fromDay, day)) found = stage
    fromDay += days
  })
  return found
}

/** The same day, summed in another order, is the same stage. */
export const isReached = (fromDay: number, day: number): boolean => fromDay <= day + 1e-6
