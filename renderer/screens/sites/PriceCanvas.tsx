import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import type { Plugin } from 'chart.js'
import { useEffect, useRef } from 'react'
import type { MarketPrices } from '#shared/domain/power/market-prices.ts'
import { pricePoints } from '#shared/domain/power/market-picture.ts'
import { number } from '#shared/format/numbers.ts'
import { dayMonth } from '#shared/format/times.ts'
import type { Palette } from '../../charts/palette.ts'

Chart.register(LinearScale, LineController, LineElement, PointElement)

type Props = {
  readonly prices: MarketPrices
  readonly timeZone: string
  readonly nowMs: number | null
  readonly palette: Palette
  /** what the picture shows, for those who do not see it */
  readonly name: string
}

const MOST_POINTS = 2000

/** A line at now. */
function nowPlugin(nowMs: number | null, { '--accent': colour, font }: Palette): Plugin<'line'> {
  return {
    id: 'now',
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      const x = nowMs === null ? NaN : scales['x']!.getPixelForValue(nowMs)
      if (!(x >= chartArea.left && x <= chartArea.right)) return
      ctx.save()
      ctx.strokeStyle = ctx.fillStyle = colour
      ctx.setLineDash([3, 3])
      ctx.beginPath()
      ctx.moveTo(x, chartArea.top)
      ctx.lineTo(x, chartArea.bottom)
      ctx.stroke()
      ctx.font = `10.5px ${font}`
      const isLeft = x < chartArea.right - 40
      ctx.textAlign = isLeft ? 'left' : 'right'
      ctx.fillText('now', x + (isLeft ? 4 : -4), chartArea.top + 10)
      ctx.restore()
    },
  }
}

/** The picture of a price file, in steps. */
export function PriceCanvas({ prices, timeZone, nowMs, palette, name }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const points = pricePoints(prices, MOST_POINTS)
    const tickLook = { color: palette['--muted'], font: { family: palette.font, size: 10.5 }, padding: 6 }
    const chart = new Chart(canvas.current!, {
      type: 'line',
      plugins: [nowPlugin(nowMs, palette)],
      data: {
        datasets: [
          {
            data: points.map(({ atMs, perKwh }) => ({ x: atMs, y: perKwh * 1000 })),
            borderColor: palette['--earns'],
            borderWidth: 1.3,
            pointRadius: 0,
            stepped: 'before',
            spanGaps: false,
          },
        ],
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: { top: 4, right: 8 } },
        scales: {
          x: {
            type: 'linear',
            min: points[0]!.atMs,
            max: Math.max(points.at(-1)!.atMs, nowMs ?? 0),
            border: { color: palette['--line'] },
            grid: { color: palette['--line'], drawTicks: false },
            ticks: {
              ...tickLook,
              maxRotation: 0,
              maxTicksLimit: 7,
              callback: (atMs) => dayMonth(Number(atMs), timeZone),
            },
          },
          y: {
            type: 'linear',
            border: { display: false },
            grid: { color: palette['--line'], drawTicks: false },
            title: {
              ...{ display: true, text: `${prices.currency}/MWh`, color: palette['--muted'] },
              font: { family: palette.font, size: 10.5 },
            },
            ticks: { ...tickLook, maxTicksLimit: 6, callback: (value) => number(Number(value)) },
          },
        },
      },
    })
    return () => chart.destroy()
  }, [prices, timeZone, nowMs, palette])
  return <canvas ref={canvas} role="img" aria-label={name} />
}
