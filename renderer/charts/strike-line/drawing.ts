import type { Chart, Plugin } from 'chart.js'
import type { StrikeBar } from '#shared/domain/margins/strike-line.ts'
import type { Money } from '#shared/format/money.ts'
import { barName } from './bar-words.ts'
import type { ShownLine } from '../../engine/protocol.ts'
import type { Palette } from '../palette.ts'
import type { Span } from './scale.ts'

/** What the plugin draws; replaced as a whole when something changes. */
export type Scene = {
  readonly line: ShownLine
  /** the axis has its units, so that its marks stand at round figures */
  readonly money: Money
  readonly span: Span
  readonly nowUsdPerPhDay: number
  /** NaN where no adjustment is known */
  readonly afterUsdPerPhDay: number
  readonly after80: readonly [number, number] | null
  readonly palette: Palette
  /** index of the bar under the pointer or the keyboard */
  readonly marked: number | null
}

const LABEL_PX = 11
const GAP_PX = 1.5

/** Where a hashprice stands on the canvas. */
const xOf = (chart: Chart, scene: Scene, usdPerPhDay: number) =>
  chart.scales['x']!.getPixelForValue(scene.money.units(usdPerPhDay))

/** Where a bar stands on the canvas. */
export function barBox(chart: Chart, scene: Scene, bar: StrikeBar) {
  const { y } = chart.scales
  const { min, max } = scene.span
  const within = (value: number) => xOf(chart, scene, Math.min(Math.max(value, min), max))
  const zero = within(0)
  const end = within(bar.breakevenHashpriceUsdPerPhDay)
  const bottom = y!.getPixelForValue(bar.hashrateBeforePhs)
  const top = y!.getPixelForValue(bar.hashrateBeforePhs + bar.hashratePhs)
  const gap = bottom - top > 4 * GAP_PX ? GAP_PX : 0
  return {
    left: Math.min(zero, end),
    width: Math.max(2, Math.abs(end - zero)),
    top,
    height: Math.max(1, bottom - top - gap),
    end,
    isCut: bar.breakevenHashpriceUsdPerPhDay > max,
  }
}

const colourOf = (bar: StrikeBar, palette: Palette) =>
  bar.state === 'earns'
    ? palette['--bar-earns']
    : bar.state === 'waits'
      ? palette['--bar-between']
      : palette['--bar-loses']

function drawBars(chart: Chart, scene: Scene): void {
  const { ctx } = chart
  const { palette } = scene
  for (const [i, bar] of scene.line.bars.entries()) {
    const box = barBox(chart, scene, bar)
    ctx.fillStyle = colourOf(bar, palette)
    ctx.beginPath()
    ctx.roundRect(box.left, box.top, box.width, box.height, Math.min(2, box.height / 2))
    ctx.fill()
    // A torn edge says that the bar goes on.
    if (box.isCut) {
      ctx.fillStyle = palette['--panel']
      for (const back of [10, 14]) ctx.fillRect(box.end - back, box.top, 1.5, box.height)
    }
    if (i === scene.marked) {
      ctx.strokeStyle = palette['--focus']
      ctx.lineWidth = 2
      ctx.strokeRect(box.left - 1, box.top - 1, box.width + 2, Math.max(4, box.height + 2))
    }
  }
}

/** Names on the bars that are tall enough; the lines are drawn before, so that a name stays readable across one. */
function drawNames(chart: Chart, scene: Scene): void {
  const { ctx } = chart
  const { palette } = scene
  ctx.font = `500 ${LABEL_PX - 0.5}px ${palette.font}`
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  ctx.fillStyle = palette['--ink']
  const { right } = chart.chartArea
  for (const bar of scene.line.bars) {
    const box = barBox(chart, scene, bar)
    if (box.height < LABEL_PX + 1) continue
    const name = barName(bar)
    const inside = ctx.measureText(name).width + 14 < box.width
    const x = inside ? box.left + 7 : box.left + box.width + 6
    if (!inside) {
      ctx.strokeStyle = palette['--panel']
      ctx.lineWidth = 4
      ctx.lineJoin = 'round'
      ctx.strokeText(name, x, box.top + box.height / 2, right - x)
    }
    ctx.fillText(name, x, box.top + box.height / 2, Math.max(0, right - x))
  }
}

function drawLine(chart: Chart, scene: Scene, value: number, colour: string, dash: readonly number[]): void {
  const { ctx, chartArea } = chart
  const x = xOf(chart, scene, value)
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.75
  ctx.setLineDash([...dash])
  ctx.beginPath()
  ctx.moveTo(x, chartArea.top - 6)
  ctx.lineTo(x, chartArea.bottom)
  ctx.stroke()
  ctx.setLineDash([])
}

function drawBand(chart: Chart, scene: Scene): void {
  if (scene.after80 === null) return
  const { ctx, chartArea } = chart
  const [low, high] = scene.after80
  const left = xOf(chart, scene, Math.max(low, scene.span.min))
  const right = xOf(chart, scene, Math.min(high, scene.span.max))
  ctx.fillStyle = scene.palette['--band']
  ctx.fillRect(left, chartArea.top - 6, Math.max(1, right - left), chartArea.height + 6)
}

/** The two captions stand on the outer sides of the lines, so that they never meet. */
function drawCaptions(chart: Chart, scene: Scene): void {
  const { ctx, chartArea } = chart
  const { palette, money, nowUsdPerPhDay: now, afterUsdPerPhDay: after } = scene
  const caption = (text: string, value: number, colour: string, side: 'left' | 'right') => {
    ctx.font = `600 ${LABEL_PX}px ${palette.font}`
    ctx.fillStyle = colour
    ctx.textBaseline = 'alphabetic'
    const width = ctx.measureText(text).width
    const x = xOf(chart, scene, value)
    const fits = side === 'left' ? x - width - 6 > chartArea.left : x + width + 6 < chart.width
    const to = fits ? side : side === 'left' ? 'right' : 'left'
    ctx.textAlign = to === 'left' ? 'right' : 'left'
    ctx.fillText(text, to === 'left' ? x - 6 : x + 6, chartArea.top - 10)
  }
  const known = Number.isFinite(after)
  caption(`now ${money.perPh(now)}`, now, palette['--ink'], known && after < now ? 'right' : 'left')
  if (known)
    caption(`after ${money.perPh(after)}`, after, palette['--accent'], after < now ? 'left' : 'right')
}

/** Bars whose height is their hashrate: chart.js gives axes and sizes, this gives what stands between them. */
export function strikePlugin(scene: () => Scene): Plugin {
  return {
    id: 'strike-line',
    afterDraw(chart) {
      const now = scene()
      drawBand(chart, now)
      drawBars(chart, now)
      drawLine(chart, now, now.nowUsdPerPhDay, now.palette['--ink'], [])
      if (Number.isFinite(now.afterUsdPerPhDay)) {
        drawLine(chart, now, now.afterUsdPerPhDay, now.palette['--accent'], [4, 3])
      }
      drawNames(chart, now)
      drawCaptions(chart, now)
    },
  }
}
