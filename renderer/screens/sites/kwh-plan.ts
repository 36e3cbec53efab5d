import type { SiteNow } from '#shared/domain/decision/sites/site-now.ts'

/** Where everything of the picture of the next kWh stands, in pixels. */
export type KwhPlan = {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** of the steps, from the first kW on */
  readonly path: string
  readonly takeX: number
  /** the take stands in the left half: its name goes to its right */
  readonly isTakeLeft: boolean
  readonly nextY: number
  /** values in USD/kWh and in kW */
  readonly yTicks: readonly { readonly value: number; readonly y: number }[]
  readonly xTicks: readonly { readonly value: number; readonly x: number }[]
  /** that tell the ticks per MWh and of MW apart */
  readonly decimals: number
  readonly mwDecimals: number
}

const [LEFT, RIGHT, TOP, BOTTOM] = [58, 10, 22, 34]

export function kwhPlan(now: SiteNow, widthPx: number, heightPx: number): KwhPlan {
  const { steps, takeKw, nextUsdPerKwh } = now
  const finite = steps.kw.filter(Number.isFinite).reduce((sum, kw) => sum + kw, 0)
  const mostKw = 1.15 * Math.max(takeKw, finite) || 1
  const shown = [...steps.usdPerKwh, nextUsdPerKwh, 0]
  const [low, high] = [Math.min(...shown), Math.max(...shown)]
  const room = (high - low) * 0.12 || 0.01
  const [from, to] = [low < 0 ? low - room : 0, high + room]
  const [left, right, top, bottom] = [LEFT, widthPx - RIGHT, TOP, heightPx - BOTTOM]
  const x = (kw: number) => left + ((right - left) * Math.min(kw, mostKw)) / mostKw
  const y = (usdPerKwh: number) => bottom - ((bottom - top) * (usdPerKwh - from)) / (to - from)
  let kw = 0
  const corners = steps.kw.flatMap((width, i) => {
    const begin = x(kw)
    kw += width
    const at = y(steps.usdPerKwh[i]!)
    return [`${i === 0 ? 'M' : 'L'}${begin} ${at}`, `L${x(kw)} ${at}`]
  })
  const yStep = niceStep((to - from) / 4)
  const xStep = niceStep(mostKw / 5)
  return {
    ...{ left, right, top, bottom },
    path: [...corners, ...(kw < mostKw ? [`L${x(kw)} ${top}`] : [])].join(' '),
    takeX: x(takeKw),
    isTakeLeft: takeKw < mostKw / 2,
    nextY: y(nextUsdPerKwh),
    yTicks: ticks(from, to, yStep).map((value) => ({ value, y: y(value) })),
    xTicks: ticks(0, mostKw, xStep).map((value) => ({ value, x: x(value) })),
    decimals: decimalsOf(yStep * 1000),
    mwDecimals: decimalsOf(xStep / 1000),
  }
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function niceStep(least: number): number {
  const ten = 10 ** Math.floor(Math.log10(least))
  return ten * ([1, 2, 5, 10].find((times) => times * ten >= least * (1 - 1e-9)) ?? 10)
}

function ticks(from: number, to: number, step: number): readonly number[] {
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
}

const decimalsOf = (step: number) => Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
