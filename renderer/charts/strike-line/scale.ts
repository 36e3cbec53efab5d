import type { StrikeLine } from '#shared/domain/margins/strike-line.ts'

/** Hashprices that the horizontal axis spans, USD/PH/s/day. */
export type Span = { readonly min: number; readonly max: number; readonly cut: boolean }

/** Break-evens far beyond the lines are drawn to the edge: an old machine must not press the rest into a corner. */
const FARTHEST = 2.4

/**
 * The axis starts at zero, because a bar's length is its break-even; it goes below only where power is paid for.
 *
 * @param lines hashprices that must be in sight
 */
export function spanOf(line: Pick<StrikeLine, 'bars'>, lines: readonly number[]): Span {
  const first = line.bars[0]
  const last = line.bars.at(-1)
  const farthestLine = Math.max(...lines.filter(Number.isFinite), 0)
  const dearest = Math.max(last?.breakevenHashpriceUsdPerPhDay ?? 0, farthestLine)
  const limit = farthestLine > 0 ? farthestLine * FARTHEST : dearest
  const max = Math.min(dearest * 1.06, limit)
  return {
    min: Math.min(0, first?.breakevenHashpriceUsdPerPhDay ?? 0),
    max: max > 0 ? max : 1,
    cut: dearest > limit,
  }
}
