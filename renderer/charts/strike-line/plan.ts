import type { StrikeBar } from '#shared/domain/margins/strike-line.ts'
import type { Money } from '#shared/format/money.ts'
import { axisOf, spanOf } from './axis.ts'
import type { NamedBar } from './bar-words.ts'
import { barName } from './bar-words.ts'
import { cutToWidth, textWidthPx } from '../../lib/text-width.ts'

/** The lines that cut the bars, USD/PH/s/day. */
export type Hashprices = {
  readonly now: number
  /** NaN where no adjustment is known */
  readonly after: number
  /** ends of the 80 % range after the adjustment, lowest first; null where there is no range */
  readonly after80: readonly [number, number] | null
}

export type Scene = {
  readonly bars: readonly NamedBar[]
  readonly hashprices: Hashprices
  readonly money: Money
  /** what stands before the hashprice after the adjustment */
  readonly afterWord: string
  readonly size: { readonly widthPx: number; readonly heightPx: number; readonly textPx: number }
}

export type Box = {
  readonly left: number
  readonly width: number
  readonly top: number
  readonly height: number
}
type Text = { readonly text: string; readonly x: number; readonly y: number }

/** How a bar is drawn: by its state, hollow where its machines are off. */
export type BarLook = StrikeBar['state'] | `idle ${StrikeBar['state']}`
export const barLook = ({ state, isIdle }: StrikeBar): BarLook => (isIdle ? `idle ${state}` : state)
const NO_OUTLINES: Readonly<Record<BarLook, string>> = {
  earns: '',
  falls: '',
  waits: '',
  'under water': '',
  'idle earns': '',
  'idle falls': '',
  'idle waits': '',
  'idle under water': '',
}

/** Where everything stands on a drawing of that size, in pixels from its top left corner. */
export type StrikePlan = {
  readonly size: Scene['size']
  readonly top: number
  readonly bottom: number
  readonly ticks: readonly (Text & { readonly at: number; readonly anchor: 'start' | 'middle' | 'end' })[]
  readonly band: { readonly left: number; readonly width: number } | null
  /** one for each bar */
  readonly boxes: readonly Box[]
  /** outlines of all bars of a look: a step changes a few elements, not sixty */
  readonly outlines: Readonly<Record<BarLook, string>>
  /** marks on bars that go on beyond the edge */
  readonly torn: string
  readonly names: readonly (Text & { readonly isOutside: boolean })[]
  readonly nowX: number
  readonly afterX: number | null
  readonly captions: readonly (Text & { readonly of: 'now' | 'after'; readonly anchor: 'start' | 'end' })[]
}

const LEFT = 2
const RIGHT = 10
const GAP_PX = 1.5
const CAPTION_GAP_PX = 6
/** captions are set bold, and this much larger than the other texts */
export const CAPTION_LARGER_PX = 0.5
/** between the two captions, where they stand side by side */
const BETWEEN_PX = 12

const tenth = (px: number) => Math.round(px * 10) / 10

export function strikePlan(scene: Scene): StrikePlan {
  const { bars, hashprices, money, size } = scene
  const { widthPx, textPx } = size
  const { now, after, after80 } = hashprices
  const room = { widthPx: widthPx - LEFT - RIGHT, textPx }
  const axis = axisOf(spanOf(bars, [now, after, ...(after80 ?? [])]), money, room)
  const ofUnits = (units: number) =>
    LEFT + ((Math.min(Math.max(units, axis.min), axis.max) - axis.min) / (axis.max - axis.min)) * room.widthPx
  const x = (usdPerPhDay: number) => tenth(ofUnits(money.hashpriceUnits(usdPerPhDay)))
  const captions = captionsOf(scene, x)
  const top = Math.max(...captions.map((caption) => caption.y)) + 10
  const bottom = size.heightPx - textPx - 8
  const last = bars.at(-1)
  const hashratePhs = last === undefined ? 1 : last.hashrateBeforePhs + last.hashratePhs
  const y = (phs: number) => tenth(bottom - (phs / hashratePhs) * (bottom - top))

  const boxes = bars.map((bar): Box => {
    const [zero, end] = [x(0), x(bar.strikeUsdPerPhDay)]
    const [upper, lower] = [y(bar.hashrateBeforePhs + bar.hashratePhs), y(bar.hashrateBeforePhs)]
    const gap = lower - upper > 4 * GAP_PX ? GAP_PX : 0
    return {
      left: Math.min(zero, end),
      width: Math.max(2, tenth(Math.abs(end - zero))),
      top: upper,
      height: Math.max(1, tenth(lower - upper - gap)),
    }
  })
  const outlines: Record<BarLook, string> = { ...NO_OUTLINES }
  let torn = ''
  for (const [i, bar] of bars.entries()) {
    outlines[barLook(bar)] += outline(boxes[i]!)
    if (money.hashpriceUnits(bar.strikeUsdPerPhDay) > axis.max) torn += tornEdge(boxes[i]!)
  }
  return {
    size,
    top,
    bottom,
    ticks: axis.ticks.map(({ value, text }) =>
      tickAt(tenth(ofUnits(value)), text, bottom + textPx + 4, size),
    ),
    band:
      after80 === null
        ? null
        : { left: x(after80[0]), width: Math.max(1, tenth(x(after80[1]) - x(after80[0]))) },
    boxes,
    outlines,
    torn,
    names: namesOf(scene, boxes),
    nowX: x(now),
    afterX: Number.isFinite(after) ? x(after) : null,
    captions,
  }
}

/** A bar with the corners at its end rounded. */
function outline({ left, width, top, height }: Box): string {
  const r = Math.min(2, height / 2, width)
  return `M${left} ${top}h${tenth(width - r)}q${r} 0 ${r} ${r}v${tenth(height - 2 * r)}q0 ${r} ${-r} ${r}h${-tenth(width - r)}z`
}

/** Says that the bar goes on. */
function tornEdge({ left, width, top, height }: Box): string {
  return [10, 14].map((back) => `M${tenth(left + width - back)} ${top}h1.5v${height}h-1.5z`).join('')
}

function tickAt(at: number, text: string, y: number, { widthPx, textPx }: Scene['size']) {
  const half = textWidthPx(text, textPx) / 2
  if (at - half < 0) return { at, text, x: 0, y, anchor: 'start' as const }
  if (at + half > widthPx) return { at, text, x: widthPx, y, anchor: 'end' as const }
  return { at, text, x: at, y, anchor: 'middle' as const }
}

/** Names of the bars that are tall enough, in the bar where they have room, else behind its end. */
function namesOf({ bars, size: { widthPx, textPx } }: Scene, boxes: readonly Box[]) {
  return bars.flatMap((bar, i) => {
    const { left, width, top, height } = boxes[i]!
    if (height < textPx + 1) return []
    const name = barName(bar)
    const isOutside = textWidthPx(name, textPx) + 14 > width
    const x = isOutside ? left + width + 6 : left + 7
    const text = cutToWidth(name, textPx, widthPx - x)
    return text === '' ? [] : [{ text, x, y: tenth(top + height / 2), isOutside }]
  })
}

/**
 * The captions stand on the outer sides of their lines; at an edge one moves inwards and pushes the other along. Where
 * there is no room for two side by side, one stands above the other.
 */
function captionsOf(
  { hashprices: { now, after }, money, afterWord, size: { widthPx, textPx } }: Scene,
  x: (usdPerPhDay: number) => number,
): StrikePlan['captions'] {
  const texts = [
    { of: 'now' as const, text: `now ${money.perPh(now)}`, at: x(now) },
    ...(Number.isFinite(after)
      ? [{ of: 'after' as const, text: `${afterWord} ${money.perPh(after)}`, at: x(after) }]
      : []),
  ].sort((a, b) => a.at - b.at)
  const widths = texts.map(({ text }) => textWidthPx(text, textPx + CAPTION_LARGER_PX, true))
  const starts = texts.map(({ at }, i) => {
    const isLeft = i === 0
    const wanted = isLeft ? at - CAPTION_GAP_PX - widths[i]! : at + CAPTION_GAP_PX
    return Math.min(Math.max(0, wanted), widthPx - widths[i]!)
  })
  const firstRow = 2 * textPx - 7
  const isStacked = texts.length === 2 && widths[0]! + BETWEEN_PX + widths[1]! > widthPx
  if (texts.length === 2 && !isStacked) {
    starts[1] = Math.min(Math.max(starts[1]!, starts[0]! + widths[0]! + BETWEEN_PX), widthPx - widths[1]!)
    starts[0] = Math.max(0, Math.min(starts[0]!, starts[1] - BETWEEN_PX - widths[0]!))
  }
  return texts.map(({ of, text }, i) =>
    i === 0
      ? { of, text, x: tenth(starts[0]! + widths[0]!), y: firstRow, anchor: 'end' as const }
      : {
          of,
          text,
          x: tenth(starts[i]!),
          y: isStacked ? firstRow + textPx + 4 : firstRow,
          anchor: 'start' as const,
        },
  )
}
