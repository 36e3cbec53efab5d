import type { Chart, Plugin } from 'chart.js'
import type { Palette } from '../palette.ts'
import type { Band, ChartPlan, RowSpan } from './chart-plan.ts'

/** What is drawn around the lines; the cursor changes without a new chart. */
export type Ground = {
  readonly plan: ChartPlan
  readonly span: RowSpan
  readonly palette: Palette
  readonly cursor: number | null
}

const CAPTION_PX = 10.5
const STICK_PX = 3

const xOf = (chart: Chart, row: number) => chart.scales['x']!.getPixelForValue(row)
const yOf = (chart: Chart, value: number) => {
  const { top, bottom } = chart.chartArea
  const y = chart.scales['y']!.getPixelForValue(value)
  return Math.min(Math.max(y, top), bottom)
}

const edgeAt = ({ edge }: Band, row: number) => (typeof edge === 'number' ? edge : edge[row]!)

/** One filled shape per stretch of days that have an edge. */
function drawBand(chart: Chart, { span, palette }: Ground, band: Band): void {
  const { ctx, chartArea } = chart
  const outer = band.side === 'above' ? chartArea.top : chartArea.bottom
  ctx.fillStyle = palette[band.colour]
  let first: number | null = null
  for (let row = span.from; row <= span.to + 1; row++) {
    const edge = row > span.to ? NaN : edgeAt(band, row)
    if (!Number.isNaN(edge)) {
      if (first === null) {
        first = row
        ctx.beginPath()
        ctx.moveTo(xOf(chart, row), outer)
      }
      ctx.lineTo(xOf(chart, row), yOf(chart, edge))
    } else if (first !== null) {
      ctx.lineTo(xOf(chart, row - 1), outer)
      ctx.fill()
      first = null
    }
  }
}

function drawSpells(chart: Chart, { plan, span, palette }: Ground): void {
  const { ctx, chartArea } = chart
  for (const spell of plan.spells) {
    if (spell.to < span.from || spell.from > span.to) continue
    const left = xOf(chart, Math.max(spell.from, span.from))
    const right = xOf(chart, Math.min(spell.to + 1, span.to))
    ctx.fillStyle = palette[spell.colour]
    ctx.fillRect(left, chartArea.top, Math.max(1, right - left), chartArea.height)
  }
}

/** Every state is told by its word too, where there is room for it. */
function drawCaptions(chart: Chart, { plan, span, palette }: Ground): void {
  const { ctx, chartArea } = chart
  ctx.font = `500 ${CAPTION_PX}px ${palette.font}`
  ctx.textAlign = 'left'
  ctx.textBaseline = 'alphabetic'
  for (const band of plan.bands) {
    const edge = yOf(chart, edgeAt(band, span.to))
    const room = band.side === 'above' ? edge - chartArea.top : chartArea.bottom - edge
    if (!(room > CAPTION_PX + 2)) continue
    ctx.fillStyle = palette[band.ink]
    const y = band.side === 'above' ? chartArea.top + CAPTION_PX : chartArea.bottom - 4
    ctx.fillText(band.name, chartArea.right - ctx.measureText(band.name).width - 4, y)
  }
  for (const spell of plan.spells) {
    if (spell.to < span.from || spell.from > span.to) continue
    const left = xOf(chart, Math.max(spell.from, span.from))
    const right = xOf(chart, Math.min(spell.to + 1, span.to))
    if (ctx.measureText(spell.name).width + 6 > right - left) continue
    ctx.fillStyle = palette[spell.ink]
    ctx.fillText(spell.name, left + 3, chartArea.top + CAPTION_PX)
  }
}

function drawSticks(chart: Chart, { plan, span, palette }: Ground): void {
  if (plan.sticks.length === 0) return
  const { ctx, chartArea } = chart
  const zero = yOf(chart, 0)
  ctx.fillStyle = palette['--muted']
  ctx.fillRect(chartArea.left, zero, chartArea.width, 1)
  for (const { row, value, colour } of plan.sticks) {
    if (row < span.from || row > span.to) continue
    const y = yOf(chart, value)
    ctx.fillStyle = palette[colour]
    ctx.fillRect(xOf(chart, row) - STICK_PX / 2, Math.min(y, zero), STICK_PX, Math.max(1, Math.abs(y - zero)))
  }
}

function drawCursor(chart: Chart, { plan, palette, cursor }: Ground): void {
  if (cursor === null) return
  const { ctx, chartArea } = chart
  const x = xOf(chart, cursor)
  ctx.fillStyle = palette['--focus']
  ctx.fillRect(x - 0.5, chartArea.top, 1, chartArea.height)
  for (const { values } of plan.lines) {
    if (Number.isNaN(values[cursor]!)) continue
    ctx.beginPath()
    ctx.arc(x, yOf(chart, values[cursor]!), 3.5, 0, 2 * Math.PI)
    ctx.fill()
  }
}

/** Zones and states behind the lines, events and the cursor before them. */
export function groundPlugin(ground: () => Ground): Plugin {
  return {
    id: 'signal-ground',
    beforeDatasetsDraw(chart) {
      const now = ground()
      drawSpells(chart, now)
      for (const band of now.plan.bands) drawBand(chart, now, band)
    },
    afterDatasetsDraw(chart) {
      const now = ground()
      drawSticks(chart, now)
      drawCaptions(chart, now)
      drawCursor(chart, now)
    },
  }
}
