import { movingMean } from './daily-series.ts'
import type { DailySeries } from './daily-series.ts'

export const SHORT_DAYS = 30
export const LONG_DAYS = 60
/** the recovery lasts from the day of the cross until this many days after it */
export const RECOVERY_DAYS = 30

export type RibbonState = 'capitulation' | 'recovery' | 'none'

export type HashRibbons = {
  /** EH/s */
  readonly short: Float64Array
  readonly long: Float64Array
  readonly states: readonly (RibbonState | null)[]
}

/**
 * 30-day against 60-day mean of network hashrate (C. Edwards): `capitulation` while the short one is below the
 * long one, `recovery` from the cross back until 30 days after, else `none`. No state before 60 days are known.
 */
export function hashRibbons(series: DailySeries): HashRibbons {
  const short = movingMean(series.hashrateEhs, SHORT_DAYS)
  const long = movingMean(series.hashrateEhs, LONG_DAYS)
  let crossedAt = -Infinity
  let before: RibbonState | null = null
  const states = Array.from(short, (mean, i): RibbonState | null => {
    let state: RibbonState | null = null
    if (!Number.isNaN(mean) && !Number.isNaN(long[i]!)) {
      if (mean < long[i]!) state = 'capitulation'
      else {
        if (before === 'capitulation') crossedAt = i
        state = i - crossedAt <= RECOVERY_DAYS ? 'recovery' : 'none'
      }
    }
    before = state
    return state
  })
  return { short, long, states }
}
