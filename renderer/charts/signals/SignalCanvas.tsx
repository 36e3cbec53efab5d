import { Chart, LinearScale, LineController, LineElement, LogarithmicScale, PointElement } from 'chart.js'
import { useEffect, useRef } from 'react'
import type { Palette } from '../palette.ts'
import type { ChartPlan, RowSpan, ValueAxis } from './chart-plan.ts'
import { logTicks } from './chart-plan.ts'
import { dayTicks } from './day-ticks.ts'
import type { Ground } from './ground.ts'
import { groundPlugin } from './ground.ts'

Chart.register(LinearScale, LogarithmicScale, LineController, LineElement, PointElement)

type Props = {
  readonly plan: ChartPlan
  readonly span: RowSpan
  readonly axis: ValueAxis
  readonly palette: Palette
  /** row that is read, null: none */
  readonly cursor: number | null
  /** what the picture shows, for those who do not see it */
  readonly name: string
  readonly onCursor: (row: number | null) => void
}

function chartOf(canvas: HTMLCanvasElement, axis: ValueAxis, ground: () => Ground): Chart {
  const { plan, span, palette } = ground()
  const days = dayTicks(plan.dates, span)
  const words = new Map(days.map(({ row, word }) => [row, word]))
  const tickLook = { color: palette['--muted'], font: { family: palette.font, size: 10.5 }, padding: 6 }
  return new Chart(canvas, {
    type: 'line',
    plugins: [groundPlugin(ground)],
    data: {
      labels: Array.from({ length: span.to - span.from + 1 }, (_, i) => span.from + i),
      datasets: plan.lines.map(({ name, values, colour, widthPx }) => ({
        label: name,
        data: Array.from(values.subarray(span.from, span.to + 1)),
        borderColor: palette[colour],
        borderWidth: widthPx,
        pointRadius: 0,
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 4, right: 8 } },
      scales: {
        x: {
          type: 'linear',
          min: span.from,
          max: Math.max(span.to, span.from + 1),
          border: { color: palette['--line'] },
          grid: { color: palette['--line'], drawTicks: false },
          ticks: { ...tickLook, autoSkip: false, maxRotation: 0, callback: (row) => words.get(Number(row)) },
          afterBuildTicks: (scale) => {
            scale.ticks = days.map(({ row }) => ({ value: row }))
          },
        },
        y: {
          type: axis.logarithmic ? 'logarithmic' : 'linear',
          min: axis.min,
          max: axis.max,
          border: { display: false },
          grid: { color: palette['--line'], drawTicks: false },
          ticks: {
            ...tickLook,
            maxTicksLimit: 6,
            includeBounds: false,
            callback: (value) => plan.tick(Number(value)),
          },
          ...(axis.logarithmic
            ? {
                afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
                  scale.ticks = logTicks(axis).map((value) => ({ value }))
                },
              }
            : {}),
        },
      },
    },
  })
}

/** The picture of one signal; it is drawn anew when data, span or theme change, and only overdrawn for the cursor. */
export function SignalCanvas({ plan, span, axis, palette, cursor, name, onCursor }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const chart = useRef<Chart | null>(null)
  const ground = useRef<Ground>({ plan, span, palette, cursor })

  useEffect(() => {
    ground.current = { ...ground.current, plan, span, palette }
    const made = chartOf(canvas.current!, axis, () => ground.current)
    chart.current = made
    return () => {
      made.destroy()
      chart.current = null
    }
  }, [plan, span, axis, palette])

  useEffect(() => {
    ground.current = { ...ground.current, cursor }
    chart.current?.draw()
  }, [cursor])

  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={name}
      onMouseMove={(event) => {
        const row = chart.current?.scales['x']?.getValueForPixel(event.nativeEvent.offsetX)
        if (row !== undefined) onCursor(Math.min(Math.max(Math.round(row), span.from), span.to))
      }}
      onMouseLeave={() => onCursor(null)}
    />
  )
}
