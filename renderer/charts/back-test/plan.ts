import type { Money } from '#shared/format/money.ts'
import { roundStep } from '../strike-line/axis.ts'

/** What was earned more than by always running, as running sums at the end of each month. */
export type RunningLine = {
  readonly look: 'advice' | 'average' | 'hindsight'
  readonly name: string
  readonly moreUsd: readonly number[]
}

export type RunningPlan = {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly zero: number
  readonly ticks: readonly { readonly y: number; readonly text: string }[]
  readonly months: readonly { readonly x: number; readonly text: string }[]
  readonly lines: readonly {
    readonly look: RunningLine['look']
    /** `M x y L …` */
    readonly path: string
    readonly end: { readonly x: number; readonly y: number }
    readonly label: { readonly y: number; readonly text: string }
  }[]
  /** of the line at zero */
  readonly base: { readonly y: number; readonly text: string }
}

export const TEXT_PX = 11
/** of the widest digits and letters, with air */
const LETTER_PX = 6.4
const LINE_PX = 14
const BETWEEN_TICKS_PX = 34
const MONTH_PX = 62

/** Places for labels that want to stand at these heights, each at least `gap` from the next, in their order. */
export function spread(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!)
  const placed = wanted.slice()
  let least = top
  for (const i of order) {
    placed[i] = Math.max(wanted[i]!, least)
    least = placed[i] + gap
  }
  let most = bottom
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i]!, most)
    most = placed[i] - gap
  }
  return placed
}

/**
 * @param months names of the months, in the order of the sums
 * @param size of the picture, pixels
 */
export function runningPlan(
  lines: readonly RunningLine[],
  months: readonly string[],
  money: Money,
  size: { readonly widthPx: number; readonly heightPx: number },
): RunningPlan {
  const sums = lines.flatMap(({ moreUsd }) => moreUsd.map(money.units)).filter(Number.isFinite)
  const [low, high] = [Math.min(0, ...sums), Math.max(0, ...sums)]
  const [top, bottom] = [10, size.heightPx - 22]
  const most = Math.max(2, Math.floor((bottom - top) / BETWEEN_TICKS_PX))
  const step = roundStep(high - low || 1, most)
  const [min, max] = [Math.floor(low / step) * step, Math.max(Math.ceil(high / step), 1) * step]
  const yOf = (units: number) => bottom - ((units - min) / (max - min)) * (bottom - top)
  const decimals = step < 1 ? money.decimals : 0
  const values = Array.from({ length: Math.round((max - min) / step) + 1 }, (_, i) => min + i * step)
  const ticks = values.map((value) => ({ y: yOf(value), text: money.written(value, decimals) }))
  const left = Math.ceil(Math.max(...ticks.map(({ text }) => text.length)) * LETTER_PX) + 10
  const texts = lines.map(({ name, moreUsd }) => `${name} ${money.amount(moreUsd.at(-1) ?? Number.NaN)}`)
  const baseText = 'Always on'
  const widest = Math.max(...[...texts, baseText].map((text) => text.length))
  const right = Math.max(left + 40, size.widthPx - Math.ceil(widest * LETTER_PX) - 12)
  const xOf = (month: number) => left + ((month + 1) / Math.max(1, months.length)) * (right - left)
  const heights = [...lines.map(({ moreUsd }) => yOf(money.units(moreUsd.at(-1) ?? 0))), yOf(0)]
  const labels = spread(heights, LINE_PX, top, bottom)
  const every = Math.max(1, Math.ceil(MONTH_PX / ((right - left) / Math.max(1, months.length))))
  return {
    ...{ left, right, top, bottom, zero: yOf(0), ticks },
    months: months.flatMap((text, i) => (i % every === 0 ? [{ x: (xOf(i - 1) + xOf(i)) / 2, text }] : [])),
    lines: lines.map(({ look, moreUsd }, i) => ({
      look,
      path: [
        `M${left} ${yOf(0)}`,
        ...moreUsd.map((usd, month) => `L${round(xOf(month))} ${round(yOf(money.units(usd)))}`),
      ].join(''),
      end: { x: right, y: heights[i]! },
      label: { y: labels[i]!, text: texts[i]! },
    })),
    base: { y: labels.at(-1)!, text: baseText },
  }
}

const round = (px: number) => Math.round(px * 10) / 10
