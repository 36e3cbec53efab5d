import { Chart, LinearScale, ScatterController } from 'chart.js'
import { useEffect, useRef } from 'react'
import { number } from '#shared/format/numbers.ts'
import type { Scene } from './drawing.ts'
import { barBox, strikePlugin } from './drawing.ts'

Chart.register(LinearScale, ScatterController)

type Props = {
  readonly scene: Scene
  readonly onMark: (bar: number | null) => void
  readonly onPick: (bar: number) => void
}

/** The bar whose hashrate span holds the pointer; thin ones are hit within two pixels. */
function barAt(chart: Chart, scene: Scene, event: React.MouseEvent): number | null {
  const y = event.nativeEvent.offsetY
  let nearest: number | null = null
  let distance = 3
  for (const [i, bar] of scene.line.bars.entries()) {
    const box = barBox(chart, scene, bar)
    const off = y < box.top ? box.top - y : Math.max(0, y - box.top - box.height)
    if (off < distance) {
      distance = off
      nearest = i
    }
  }
  return nearest
}

/** The canvas alone: hearing and focus belong to the panel around it. */
export function StrikeCanvas({ scene, onMark, onPick }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const chart = useRef<Chart | null>(null)
  const current = useRef(scene)

  useEffect(() => {
    current.current = scene
    const made = chart.current
    if (made === null) return
    const { palette, span, line, money } = scene
    const { x, y } = made.options.scales!
    Object.assign(x!, { min: money.units(span.min), max: money.units(span.max) })
    Object.assign(y!, { max: line.hashratePhs })
    x!.ticks!.color = palette['--muted']
    x!.grid!.color = palette['--line']
    made.update('none')
  }, [scene])

  useEffect(() => {
    const { palette, span, line, money } = current.current
    const made = new Chart(canvas.current!, {
      type: 'scatter',
      data: { datasets: [] },
      plugins: [strikePlugin(() => current.current)],
      options: {
        animation: false,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: { top: 24, right: 10 } },
        scales: {
          x: {
            type: 'linear',
            min: money.units(span.min),
            max: money.units(span.max),
            border: { display: false },
            grid: { color: palette['--line'], drawTicks: false },
            ticks: {
              color: palette['--muted'],
              font: { family: palette.font, size: 10.5 },
              maxTicksLimit: 9,
              padding: 6,
              callback: (value) => {
                const { money: shown, span: drawn } = current.current
                return Number(value) === shown.units(drawn.max) ? '' : number(Number(value))
              },
            },
          },
          y: { type: 'linear', display: false, min: 0, max: line.hashratePhs },
        },
      },
    })
    chart.current = made
    return () => {
      made.destroy()
      chart.current = null
    }
  }, [])

  const hit = (event: React.MouseEvent) =>
    chart.current === null ? null : barAt(chart.current, current.current, event)
  return (
    <canvas
      ref={canvas}
      aria-hidden="true"
      onMouseMove={(event) => onMark(hit(event))}
      onMouseLeave={() => onMark(null)}
      onClick={(event) => {
        const bar = hit(event)
        if (bar !== null) onPick(bar)
      }}
    />
  )
}
