import type { StrikeBar } from '#shared/domain/margins/strike-line.ts'
import type { Money } from '#shared/format/money.ts'
import { number } from '#shared/format/numbers.ts'

/** Hashprices that the upright axis spans, USD/PH/s/day. */
export type Span = { readonly min: number; readonly max: number }

/** Where a share of the hashrate breaks even at the most, USD/PH/s/day. */
function strikeOfShare(bars: readonly StrikeBar[], share: number): number {
  const last = bars.at(-1)
  if (last === undefined) return Number.NaN
  const phs = share * (last.acceptedBeforePhs + last.acceptedPhs)
  const bar =
    bars.find(({ acceptedBeforePhs, acceptedPhs }) => acceptedBeforePhs + acceptedPhs >= phs) ?? last
  return bar.strikeUsdPerPhDay
}

/** Break-evens of all but this share of the hashrate are always in sight, at either end. */
const OUTLIERS = 0.06
/** The past may stretch the axis this far beyond the lines. */
const PAST_ROOM = 0.5
/** Beyond the dearest thing in sight, and below the cheapest, as a share of what is in sight. */
const AIR = 0.06

/**
 * From a little below the cheapest lot to a little above what matters: an old machine must not press the rest flat, so one whose
 * break-even lies farther above the lines than the cheapest below them is torn off, unless many are as dear.
 *
 * @param lines hashprices that must be in sight
 * @param past hashprices of the days before
 */
export function spanOf(
  bars: readonly StrikeBar[],
  lines: readonly number[],
  past: Float64Array | readonly number[] | null = null,
): Span {
  const known = lines.filter(Number.isFinite)
  const [lowest, highest] = known.length === 0 ? [0, 0] : [Math.min(...known), Math.max(...known)]
  const cheapest = bars[0]?.strikeUsdPerPhDay ?? lowest
  const dearest = bars.at(-1)?.strikeUsdPerPhDay ?? highest
  const reach = Math.max(Math.abs(highest) * 0.35, highest - cheapest)
  const usual = (share: number, from: number) => {
    const strike = strikeOfShare(bars, share)
    return Number.isFinite(strike) ? strike : from
  }
  let max = Math.max(highest, Math.min(dearest, Math.max(highest + reach, usual(1 - OUTLIERS, highest))))
  let min = Math.min(lowest, Math.max(cheapest, Math.min(lowest - Math.abs(lowest), usual(OUTLIERS, lowest))))
  if (past !== null && known.length > 0)
    for (const value of past) {
      if (value > max) max = Math.max(max, Math.min(value, highest * (1 + PAST_ROOM)))
      if (value < min) min = Math.min(min, Math.max(value, lowest * (1 - PAST_ROOM)))
    }
  const air = AIR * (max - min || Math.abs(max) || 1)
  // A price below zero is there only where power is paid for.
  return { min: min >= 0 ? Math.max(0, min - air) : min - air, max: max + air }
}

export type Tick = { readonly value: number; readonly text: string }

/** In the reader's unit of hashprice, so that its marks stand at round figures. */
export type Axis = { readonly min: number; readonly max: number; readonly ticks: readonly Tick[] }

/** Smallest step of 1, 2 or 5 tens that makes no more than so many. */
export function roundStep(length: number, most: number): number {
  const rough = length / most
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999_999) ?? rough
}

/** Round figures from … to, both included. */
export function ticksOf(from: number, to: number, step: number): readonly Tick[] {
  const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9))
  const first = Math.ceil(from / step - 1e-9)
  return Array.from({ length: Math.max(0, Math.floor(to / step + 1e-9) - first + 1) }, (_, i) => ({
    value: (first + i) * step,
    text: number((first + i) * step, decimals),
  }))
}

const BETWEEN_TICKS = 2.6
const MOST_TICKS = 8

/**
 * In the reader's unit of hashprice, so that its marks stand at round figures. It ends on half a step, so that it stands still while
 * a line moves a little, and the bars with it. It has no more marks than have room.
 */
export function axisOf(
  span: Span,
  money: Pick<Money, 'hashpriceUnits'>,
  room: { heightPx: number; textPx: number },
): Axis {
  const [low, high] = [money.hashpriceUnits(span.min), money.hashpriceUnits(span.max)]
  const most = Math.min(MOST_TICKS, Math.max(2, Math.floor(room.heightPx / (room.textPx * BETWEEN_TICKS))))
  const half = roundStep(high - low, most) / 2
  const min = Math.floor(low / half + 1e-9) * half
  const max = Math.ceil(high / half - 1e-9) * half
  return { min, max, ticks: ticksOf(min, max, roundStep(max - min, most)) }
}
