const EASING_BELOW = -0.02
/** A daily difficulty is a level when it stays the same, but for rounding, from one day to the next. */
const SAME_LEVEL = 1e-6

/**
 * The adjustments that a daily series of difficulty shows, as fractions, newest first. The day of a retarget
 * holds a mix of the old and the new difficulty, so only a value that stands for two days counts as a level.
 */
export function adjustmentsOf(difficulty: Float64Array): number[] {
  const levels: number[] = []
  for (let i = 1; i < difficulty.length; i++) {
    const value = difficulty[i]!
    const isLevel = Math.abs(value / difficulty[i - 1]! - 1) < SAME_LEVEL
    const last = levels.at(-1)
    if (isLevel && (last === undefined || Math.abs(value / last - 1) >= SAME_LEVEL)) levels.push(value)
  }
  return levels
    .slice(1)
    .map((level, i) => level / levels[i]! - 1)
    .reverse()
}

/** `easing` when the last or the next expected adjustment is below −2 %; null where none is known. */
export function difficultyState(
  newestFirst: readonly number[],
  expected: number | null,
): 'easing' | 'none' | null {
  const known = [newestFirst[0], expected ?? undefined].filter((change) => change !== undefined)
  if (known.length === 0) return null
  return known.some((change) => change < EASING_BELOW) ? 'easing' : 'none'
}
