import type { StrikeBar } from '#shared/domain/margins/strike-line.ts'
import type { Money } from '#shared/format/money.ts'
import { number } from '#shared/format/numbers.ts'
import { textWidthPx } from '../../lib/text-width.ts'

/** Hashprices that the horizontal axis spans, USD/PH/s/day. */
export type Span = { readonly min: number; readonly max: number; readonly cut: boolean }

/** Break-evens far beyond the lines are drawn to the edge: an old machine must not press the rest into a corner. */
const FARTHEST = 2.4

/**
 * The axis starts at zero, because a bar's length is its break-even; it goes below only where power is paid for.
 *
 * @param lines hashprices that must be in sight
 */
export function spanOf(bars: readonly StrikeBar[], lines: readonly number[]): Span {
  const first = bars[0]
  const last = bars.at(-1)
  const farthestLine = Math.max(...lines.filter(Number.isFinite), 0)
  const dearest = Math.max(last?.strikeUsdPerPhDay ?? 0, farthestLine)
  const limit = farthestLine > 0 ? farthestLine * FARTHEST : dearest
  const max = Math.min(dearest * 1.06, limit)
  return {
    min: Math.min(0, first?.strikeUsdPerPhDay ?? 0),
    max: max > 0 ? max : 1,
    cut: dearest > limit,
  }
}

export type Tick = { readonly value: number; readonly text: string }

/** In the reader's unit of hashprice, so that its marks stand at round figures. */
export type Axis = { readonly min: number; readonly max: number; readonly ticks: readonly Tick[] }

const MOST_TICKS = 8
const BETWEEN_TICKS_PX = 16

/** Smallest step of 1, 2 or 5 tens that makes no more than so many. */
function roundStep(length: number, most: number): number {
  const rough = length / most
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999_999) ?? rough
}

/**
 * The axis ends on half a step, so that it stands still while a line moves a little, and the bars with it. It has no
 * more marks than have room.
 */
export function axisOf(span: Span, money: Money, room: { widthPx: number; textPx: number }): Axis {
  const [low, high] = [money.hashpriceUnits(span.min), money.hashpriceUnits(span.max)]
  const half = roundStep(high - low, MOST_TICKS) / 2
  const min = Math.floor(low / half) * half
  const max = Math.ceil(high / half) * half
  const decimalsOf = (step: number) => Math.max(0, Math.ceil(-Math.log10(step) - 1e-9))
  const text = (value: number, step: number) => number(value, decimalsOf(step))
  const tickPx =
    Math.max(textWidthPx(text(min, half * 2), room.textPx), textWidthPx(text(max, half * 2), room.textPx)) +
    BETWEEN_TICKS_PX
  const most = Math.min(MOST_TICKS, Math.max(1, Math.floor(room.widthPx / tickPx)))
  const step = roundStep(max - min, most)
  const first = Math.ceil(min / step)
  const ticks = Array.from({ length: Math.floor(max / step + 1e-9) - first + 1 }, (_, i) => {
    const value = (first + i) * step
    return { value, text: text(value, step) }
  })
  return { min, max, ticks }
}
