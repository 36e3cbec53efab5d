export const EASING_BELOW = -0.02
/** A daily difficulty is a level when it stays the same, but for rounding, from one day to the next. */
const SAME_LEVEL = 1e-6

/** An adjustment as a fraction, with the row of the first whole day at the new difficulty. */
export type AdjustmentStep = { readonly row: number; readonly change: number }

/**
 * The adjustments that a daily series of difficulty shows, oldest first. The day of a retarget holds a mix of the
 * old and the new difficulty, so only a value that stands for two days counts as a level.
 */
export function adjustmentSteps(difficulty: Float64Array): AdjustmentStep[] {
  const levels: { readonly row: number; readonly value: number }[] = []
  for (let i = 1; i < difficulty.length; i++) {
    const value = difficulty[i]!
    const isLevel = Math.abs(value / difficulty[i - 1]! - 1) < SAME_LEVEL
    const last = levels.at(-1)?.value
    if (isLevel && (last === undefined || Math.abs(value / last - 1) >= SAME_LEVEL))
      levels.push({ row: i - 1, value })
  }
  return levels.slice(1).map(({ row, value }, i) => ({ row, change: value / levels[i]!.value - 1 }))
}

/** The changes of {@link adjustmentSteps} alone, newest first. */
export function adjustmentsOf(difficulty: Float64Array): number[] {
  return adjustmentSteps(difficulty)
    .map((step) => step.change)
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
