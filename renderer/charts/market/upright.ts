import { number } from '#shared/format/numbers.ts'
import { logTicks, valueAxis } from '../signals/chart-plan.ts'
import { roundStep, ticksOf } from '../strike-line/axis.ts'
import { tenth } from '../strike-line/marks.ts'

/** The axis that the days and the fleet share, in units of hashprice; where a wide range is in view it is logarithmic. */
export type Upright = {
  readonly top: number
  readonly bottom: number
  readonly min: number
  readonly max: number
  readonly logarithmic: boolean
  readonly ticks: readonly { readonly text: string; readonly y: number }[]
  /** pixels from the top; what is beyond the axis is at its end */
  readonly y: (units: number) => number
}

const MOST_TICKS = 8
const BETWEEN_TICKS = 2.6
const isKnown = Number.isFinite

/** @param values what must be in sight, in units of hashprice; NaN: none */
export function uprightOf(
  values: readonly number[],
  { top, bottom, textPx }: { readonly top: number; readonly bottom: number; readonly textPx: number },
): Upright {
  const line = { name: '', values: Float64Array.from(values), colour: '--ink', widthPx: 1 } as const
  const { min, max, logarithmic } = valueAxis(
    { dates: [], lines: [line], sticks: [], bands: [], spells: [], tick: String },
    { from: 0, to: values.length - 1 },
  ) ?? { min: 0, max: 1, logarithmic: false }
  const scaled = logarithmic ? Math.log : (value: number) => value
  const [low, high] = [scaled(min), scaled(max)]
  const y = (units: number) => {
    if (!isKnown(units)) return Number.NaN
    const inside = Math.min(max, Math.max(min, units))
    return tenth(bottom - ((scaled(inside) - low) / (high - low)) * (bottom - top))
  }
  const most = Math.min(MOST_TICKS, Math.max(2, Math.floor((bottom - top) / (textPx * BETWEEN_TICKS))))
  const marks = logarithmic
    ? logTicks({ min, max, logarithmic }).map((value) => ({ value, text: number(value, value < 1 ? 2 : 0) }))
    : ticksOf(min, max, roundStep(max - min, most))
  return {
    top,
    bottom,
    min,
    max,
    logarithmic,
    y,
    ticks: marks.map(({ value, text }) => ({ text, y: y(value) })),
  }
}
