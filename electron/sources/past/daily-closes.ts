/**
 * What a day brought, from something that only grows (blocks, coins, work) and is known at some moments: its growth from
 * one midnight to the next, each by interpolation between the two moments around it.
 */

/** Times of blocks in the order of their heights: a block may bear an earlier time than the one before it, moments do not. */
export function risingTimes(timesS: readonly number[]): readonly number[] {
  let latest = -Infinity
  return timesS.map((time) => (latest = Math.max(latest, time)))
}

/**
 * Heights at the midnights that begin days fromDay … throughDay + 1.
 * @param timesS ascending, unix seconds; heights ascending with them
 * @param widestS NaN where the two moments around a midnight are further apart than this
 */
export function heightsAtMidnights(
  timesS: readonly number[],
  heights: readonly number[],
  fromDay: number,
  throughDay: number,
  widestS: number,
): Float64Array {
  const result = new Float64Array(Math.max(0, throughDay + 2 - fromDay)).fill(NaN)
  let after = 0
  for (let i = 0; i < result.length; i++) {
    const midnightS = (fromDay + i) * SECONDS_PER_DAY
    while (after < timesS.length && timesS[after]! < midnightS) after++
    if (after === 0 || after === timesS.length) continue
    const [startS, endS] = [timesS[after - 1]!, timesS[after]!]
    if (endS - startS > widestS) continue
    const share = (midnightS - startS) / (endS - startS)
    result[i] = heights[after - 1]! + share * (heights[after]! - heights[after - 1]!)
  }
  return result
}
import { SECONDS_PER_DAY } from '#shared/domain/units.ts'
