import type { Money } from '#shared/format/money.ts'
import { nearDayMonth } from '#shared/format/near-days.ts'
import { number } from '#shared/format/numbers.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { textWidthPx } from '../../lib/text-width.ts'
import { roundStep } from '../strike-line/axis.ts'

/** The paths of a simulation, epoch by epoch, USD a day. */
export type FanPaths = {
  readonly p5: readonly number[]
  readonly p25: readonly number[]
  readonly p50: readonly number[]
  readonly p75: readonly number[]
  readonly p95: readonly number[]
}

/** What stands at a day of the axis. */
export type FanMark = { readonly day: number; readonly text: string }

export type FanScene = {
  /** days from now to where each epoch begins, and as the last one where the last epoch ends */
  readonly edges: readonly number[]
  /** of the scenario without chance, USD a day */
  readonly line: readonly number[]
  /** null while they are not known */
  readonly paths: FanPaths | null
  readonly marks: readonly FanMark[]
  /** of day 0, unix ms; null where it is not known: days are counted then */
  readonly atMs: number | null
  /** words at the end of each line */
  readonly captions: Readonly<Partial<Record<'p95' | 'p50' | 'p5' | 'line', string>>>
}

export type FanSize = { readonly widthPx: number; readonly heightPx: number; readonly textPx: number }
type Anchor = 'start' | 'middle' | 'end'
type Placed = { readonly text: string; readonly x: number; readonly y: number; readonly anchor: Anchor }

export type FanPlan = {
  readonly size: FanSize
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly ticks: readonly Placed[]
  /** where each epoch begins and the last one ends */
  readonly edgesX: readonly number[]
  readonly dates: readonly Placed[]
  /** of nought; null where it is not in sight */
  readonly zeroY: number | null
  /** nine in ten of the paths, half of them, as filled shapes; '' while they are not known */
  readonly outer: string
  readonly inner: string
  readonly median: string
  readonly line: string
  readonly captions: readonly (Placed & { readonly of: keyof FanScene['captions'] })[]
  /** textless where there is no room: the list of marks names them all */
  readonly marks: readonly { readonly x: number; readonly caption: Placed | null }[]
  readonly yOf: (usdPerDay: number) => number
}

const GAP = 6
const LEAST_TICKS = 3
/** between two lines of text, in letters' heights */
const LEADING = 1.35
/** of words above the picture */
const MOST_MARK_ROWS = 3

/** Where everything of the picture stands. Every text has room by the estimate of text-width.ts, and none lies over another. */
export function fanPlan(scene: FanScene, money: Money, size: FanSize): FanPlan {
  const { edges, line, paths, marks, atMs, captions } = scene
  const lineHeight = size.textPx * LEADING
  const wide = (text: string, bold = false) => textWidthPx(text, size.textPx, bold)
  const shown = [...line, ...(paths === null ? [] : [...paths.p5, ...paths.p95])].filter(Number.isFinite)
  const low = money.units(Math.min(0, ...shown))
  const high = money.units(Math.max(0, ...shown))
  const bottom = size.heightPx - lineHeight - GAP
  const most = Math.max(LEAST_TICKS, Math.floor(bottom / (lineHeight * 3)))
  const step = roundStep(high - low || 1, most)
  // Not whole steps at the ends: the words of the lines stand there.
  const [min, max] = [low - (low < 0 ? 0.06 : 0) * (high - low), high + 0.06 * (high - low || 1)]
  const decimals = step >= 1 ? 0 : Math.min(money.decimals, Math.ceil(-Math.log10(step) - 1e-9))
  const values: number[] = []
  for (let k = Math.ceil(min / step - 1e-9); k * step <= max; k++) values.push(k * step)
  const texts = values.map((value) => money.written(value + 0, decimals))
  const left = Math.ceil(Math.max(0, ...texts.map((text) => wide(text)))) + GAP * 2
  const right = size.widthPx - GAP
  const lastDay = edges.at(-1) ?? 1
  const xOf = (day: number) => left + ((right - left) * day) / (lastDay || 1)
  const inSight = marks
    .filter(({ day }) => day >= 0 && day <= lastDay)
    .map(({ day, text }) => ({ x: xOf(day), text }))
  const { rows, placed } = inRows(inSight, left, right, wide)
  const top = GAP + lineHeight * rows
  const yAt = (units: number) => bottom - ((bottom - top) * (units - min)) / (max - min)
  const yOf = (usd: number) => yAt(money.units(usd))
  const edgesX = edges.map(xOf)
  const steps = (of: readonly number[]) => stepPath(of, edgesX, yOf)
  const area = (from: readonly number[], to: readonly number[]) => stepArea(from, to, edgesX, yOf)
  return {
    size,
    ...{ left, right, top, bottom, edgesX, yOf },
    ticks: values.map((value, i) => ({ text: texts[i]!, x: left - GAP, y: yAt(value), anchor: 'end' })),
    dates: datesOf(edges, edgesX, atMs, right, wide).map((date) => ({ ...date, y: size.heightPx - GAP / 2 })),
    zeroY: min <= 0 && max >= 0 ? yAt(0) : null,
    outer: paths === null ? '' : area(paths.p5, paths.p95),
    inner: paths === null ? '' : area(paths.p25, paths.p75),
    median: paths === null ? '' : steps(paths.p50),
    line: steps(line),
    captions: captionsOf(captions, { line, ...paths }, { right, top, bottom, lineHeight, yOf }),
    marks: inSight.map(({ x }, i) => {
      const at = placed[i]
      return {
        x,
        caption:
          at === null || at === undefined
            ? null
            : { ...at, y: GAP + lineHeight * (at.row + 1) - size.textPx * 0.35 },
      }
    }),
  }
}

/** From one epoch to the next upright, within one level; a value that is missing leaves a gap. */
function stepPath(
  values: readonly number[],
  edgesX: readonly number[],
  yOf: (usd: number) => number,
): string {
  let path = ''
  let isOpen = false
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      isOpen = false
      return
    }
    const y = yOf(value).toFixed(1)
    path += `${isOpen ? 'V' : `M${edgesX[i]!.toFixed(1)} `}${y}H${edgesX[i + 1]!.toFixed(1)}`
    isOpen = true
  })
  return path
}

function stepArea(
  from: readonly number[],
  to: readonly number[],
  edgesX: readonly number[],
  yOf: (usd: number) => number,
): string {
  const boxes = from.map((low, i) => {
    const high = to[i]!
    if (!Number.isFinite(low) || !Number.isFinite(high)) return ''
    const [x, end] = [edgesX[i]!.toFixed(1), edgesX[i + 1]!.toFixed(1)]
    return `M${x} ${yOf(high).toFixed(1)}H${end}V${yOf(low).toFixed(1)}H${x}Z`
  })
  return boxes.join('')
}

type Wide = (text: string, bold?: boolean) => number

/** As many beginnings of epochs as have room beside each other. */
function datesOf(
  edges: readonly number[],
  edgesX: readonly number[],
  atMs: number | null,
  right: number,
  wide: Wide,
): Omit<Placed, 'y'>[] {
  const word = (day: number) =>
    atMs === null ? (day === 0 ? 'now' : `day ${number(day)}`) : nearDayMonth(atMs + day * MS_PER_DAY, atMs)
  const placed: Omit<Placed, 'y'>[] = []
  let free = -Infinity
  edges.slice(0, -1).forEach((day, i) => {
    const text = word(day)
    const width = wide(text)
    const start = i === 0 ? edgesX[i]! : edgesX[i]! - width / 2
    if (start < free || start + width > right) return
    placed.push({ text, x: start, anchor: 'start' })
    free = start + width + GAP * 2
  })
  return placed
}

/** Words of marks in as few rows as they need; null for one that has no room. */
function inRows(
  marks: readonly { readonly x: number; readonly text: string }[],
  left: number,
  right: number,
  wide: Wide,
): {
  readonly rows: number
  readonly placed: readonly ((Omit<Placed, 'y'> & { readonly row: number }) | null)[]
} {
  const free: number[] = []
  const placed = marks.map(({ x, text }) => {
    const width = wide(text)
    if (width > right - left) return null
    const start = Math.min(x + 2, right - width)
    let row = free.findIndex((end) => end <= start)
    if (row < 0) row = free.length
    if (row >= MOST_MARK_ROWS) return null
    free[row] = start + width + GAP
    return { text, x: start, anchor: 'start' as const, row }
  })
  return { rows: free.length, placed }
}

/** Words at the right ends of the lines, pushed apart. */
function captionsOf(
  captions: FanScene['captions'],
  values: Readonly<Partial<Record<keyof FanScene['captions'], readonly number[]>>>,
  room: {
    readonly right: number
    readonly top: number
    readonly bottom: number
    readonly lineHeight: number
    readonly yOf: (usd: number) => number
  },
): FanPlan['captions'] {
  const { right, top, bottom, lineHeight, yOf } = room
  const wanted = (['p95', 'p50', 'line', 'p5'] as const).flatMap((of) => {
    const text = captions[of]
    const last = values[of]?.at(-1)
    return text === undefined || last === undefined || !Number.isFinite(last)
      ? []
      : [{ of, text, y: yOf(last) - lineHeight * 0.25 }]
  })
  const sorted = wanted.toSorted((a, b) => a.y - b.y)
  let free = top + lineHeight
  const ys = sorted.map(({ y }) => {
    const at = Math.max(y, free)
    free = at + lineHeight
    return at
  })
  let floor = bottom - lineHeight * 0.25
  for (let i = ys.length - 1; i >= 0; i--) {
    ys[i] = Math.min(ys[i]!, floor)
    floor = ys[i]! - lineHeight
  }
  return sorted.map(({ of, text }, i) => ({ of, text, x: right - 4, y: ys[i]!, anchor: 'end' }))
}

/** The epoch at a place of the picture; null beside it. */
export function epochAt({ edgesX }: FanPlan, x: number): number | null {
  for (let i = 0; i + 1 < edgesX.length; i++) if (x >= edgesX[i]! && x < edgesX[i + 1]!) return i
  return null
}
