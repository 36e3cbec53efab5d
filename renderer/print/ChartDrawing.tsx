import type { LineChart } from '#shared/report/document.ts'
import { scaleOf } from '#shared/report/written.ts'
import type { Money } from '#shared/format/money.ts'
import { dayMonth } from '#shared/format/times.ts'
import { roundStep, ticksOf } from '../charts/strike-line/axis.ts'
import { textWidthPx } from '../lib/text-width.ts'

type Props = {
  readonly chart: LineChart
  readonly money: Money
  readonly nowMs: number
}

const SIZE = { width: 700, height: 190, text: 10 }
const TOP_PX = 8
const FOOT_PX = 18
const GAP_PX = 6
/** From the middle of one date to that of the next. */
const DATE_PX = 85
const MOST_TICKS = 6

/** Lines over time; each has a dash of its own and its name at its end, so that no colour is needed. */
export function ChartDrawing({ chart, money, nowMs }: Props) {
  const { atMs, lines, title, look } = chart
  const all = Float64Array.from(lines.flatMap(({ values }) => values))
  const { unit, shown } = scaleOf({ look, total: null }, all, money, [])
  const columns = lines.map(({ values }) => values.map(shown))
  const known = columns.flat().filter(Number.isFinite)
  if (known.length === 0 || atMs.length < 2) return null
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const step = roundStep(high - low || Math.abs(high) || 1, MOST_TICKS - 1)
  const [min, max] = [Math.floor(low / step) * step, Math.ceil(high / step + 1e-9) * step]
  const ticks = ticksOf(min, max, step)
  const width = (texts: readonly string[]) =>
    Math.max(0, ...texts.map((text) => textWidthPx(text, SIZE.text)))
  const left = width(ticks.map(({ text }) => text)) + GAP_PX
  const right = SIZE.width - width(lines.map(({ label }) => label)) - GAP_PX
  const bottom = SIZE.height - FOOT_PX
  const [from, to] = [atMs[0]!, atMs.at(-1)!]
  const x = (ms: number) => left + ((ms - from) / (to - from || 1)) * (right - left)
  const y = (value: number) => bottom - ((value - min) / (max - min || 1)) * (bottom - TOP_PX)
  const dateOf = (ms: number) => dayMonth(ms, undefined, nowMs)
  const dates = datesWithRoom(atMs, x, (ms) => width([dateOf(ms)]))
  const ends = columns.map((values) => {
    const last = values.findLastIndex(Number.isFinite)
    return last === -1 ? null : { x: x(atMs[last]!), y: y(values[last]!) }
  })
  return (
    <figure>
      <figcaption>
        {title}
        {unit === '' ? null : <small> {unit}</small>}
      </figcaption>
      <svg
        className="chart"
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
        fontSize={SIZE.text}
        role="img"
        aria-label={`${title}: ${lines.map(({ label }) => label).join(', ')}. The table has the same figures.`}
      >
        {ticks.map(({ value, text }) => (
          <g key={value}>
            <line className="tick" x1={left} x2={right} y1={y(value)} y2={y(value)} />
            <text className="axis" x={left - GAP_PX / 2} y={y(value)} dy="0.35em" textAnchor="end">
              {text}
            </text>
          </g>
        ))}
        {dates.map((ms, i) => (
          <text
            key={ms}
            className="axis"
            x={x(ms)}
            y={SIZE.height - 4}
            textAnchor={i === 0 ? 'start' : 'middle'}
          >
            {dateOf(ms)}
          </text>
        ))}
        {columns.map((values, i) => (
          <path
            key={i}
            className={`line of-${i % 4}${lines[i]!.isDashed ? ' dashed' : ''}`}
            d={pathOf(values, (row) => x(atMs[row]!), y)}
          />
        ))}
        {apart(ends.map((end) => end?.y ?? Number.NaN)).map((labelY, i) =>
          ends[i] === null ? null : (
            <text key={i} x={right + GAP_PX / 2} y={labelY} dy="0.35em">
              {lines[i]!.label}
            </text>
          ),
        )}
      </svg>
    </figure>
  )
}

/** A line that breaks off where a value is missing. */
function pathOf(values: readonly number[], x: (row: number) => number, y: (value: number) => number): string {
  let path = ''
  let isOn = false
  values.forEach((value, row) => {
    if (Number.isFinite(value)) path += `${isOn ? 'L' : 'M'}${x(row).toFixed(1)} ${y(value).toFixed(1)}`
    isOn = Number.isFinite(value)
  })
  return path
}

/** Names that would stand on each other, moved down as far as they need. */
function apart(heights: readonly number[]): readonly number[] {
  const moved = [...heights]
  const order = heights.map((_, i) => i).filter((i) => Number.isFinite(heights[i]))
  order.sort((a, b) => heights[a]! - heights[b]!)
  order.forEach((i, place) => {
    const above = order[place - 1]
    if (above !== undefined) moved[i] = Math.max(moved[i]!, moved[above]! + SIZE.text * 1.15)
  })
  return moved
}

/** The moments whose dates can stand below the axis, the first of them always: it begins where the axis does, the others stand around their place. */
function datesWithRoom(
  atMs: readonly number[],
  x: (ms: number) => number,
  width: (ms: number) => number,
): readonly number[] {
  let last = Number.NEGATIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  return atMs.filter((ms, i) => {
    const half = i === 0 ? 0 : width(ms) / 2
    if (x(ms) - last < DATE_PX || x(ms) - half < end + GAP_PX) return false
    last = x(ms)
    end = last + (i === 0 ? width(ms) : half)
    return true
  })
}
