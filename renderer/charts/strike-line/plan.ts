import { THS_PER_PHS } from '#shared/domain/units.ts'
import type { RecentHashprice } from '#shared/domain/signals/hashprice-history.ts'
import type { Money } from '#shared/format/money.ts'
import type { NamedBar } from '../../engine/protocol.ts'
import { cutToWidth, textWidthPx } from '../../lib/text-width.ts'
import type { Axis, Span } from './axis.ts'
import { axisOf, roundStep, spanOf, ticksOf } from './axis.ts'
import { barName, shortBarName, signedMoney } from './bar-words.ts'
import { areaPath, lookOf, markOfBar, SIGN_PX, signPath, tenth } from './marks.ts'
import type { Pane } from './pane.ts'
import { PANE_GAP_PX, paneOf, paneWidthPx } from './pane.ts'

/** What the drawing of the strike line shows; hashprices in USD/PH/s/day. */
export type Scene = {
  readonly bars: readonly NamedBar[]
  readonly hashprices: {
    readonly now: number
    /** as it is, where another one is tried; else as `now` */
    readonly real: number
    /** NaN where no adjustment is known */
    readonly after: number
    /** ends of the 80 % range after the adjustment, lowest first; null where there is no range */
    readonly after80: readonly [number, number] | null
    /** of what is not tried: the axis is made for them, so that it stands still while a line is dragged */
    readonly inSight: readonly number[]
  }
  readonly past: RecentHashprice | null
  /** unix ms; null: no day of the calendar */
  readonly nowMs: number | null
  /** NaN: no date is known */
  readonly adjustmentAtMs: number
  readonly money: Money
  readonly size: { readonly widthPx: number; readonly heightPx: number; readonly textPx: number }
}

export type Box = {
  readonly left: number
  readonly width: number
  readonly top: number
  readonly height: number
}
type Text = { readonly text: string; readonly x: number; readonly y: number }
type Shape = { readonly look: string; readonly path: string }

/** Where everything stands on a drawing of that size, in pixels from its top left corner. */
export type StrikePlan = {
  readonly size: Scene['size']
  readonly axis: Axis
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** where the bars begin */
  readonly barsLeft: number
  readonly ticks: readonly Text[]
  readonly rates: readonly (Text & { readonly anchor: 'middle' | 'end' })[]
  readonly pane: Pane
  readonly lineY: number
  /** null where nothing is tried */
  readonly realY: number | null
  readonly band: { readonly top: number; readonly height: number } | null
  /** one for each bar: from its step to the line, which is its money */
  readonly areas: readonly Box[]
  /** below steps and line, of all that runs */
  readonly body: string
  /** areas of all bars that look alike: a step changes a few elements, not sixty */
  readonly shapes: readonly Shape[]
  readonly signs: readonly Shape[]
  readonly edges: readonly Shape[]
  /** marks on bars that go on beyond the edge, and their break-evens */
  readonly torn: string
  readonly tornTexts: readonly Text[]
  readonly names: readonly (Text & { readonly isUpright: boolean; readonly isFaint: boolean })[]
  readonly sums: readonly (Text & { readonly tone: string })[]
}

const RIGHT_PX = 16
const TOP_PX = 8
const AXIS_GAP_PX = 6
const LEAST_BAR_PX = 0.75

/** Pixels from the top of a hashprice; one beyond the axis is at its end. */
export function heightOf({ axis, top, bottom }: Upright, units: number): number {
  const inside = Math.min(Math.max(units, axis.min), axis.max)
  return tenth(bottom - ((inside - axis.min) / (axis.max - axis.min)) * (bottom - top))
}

/** The hashprice at a height, in the reader's unit, as far as the axis goes. */
export function unitsAt({ axis, top, bottom }: Upright, y: number): number {
  const share = Math.min(1, Math.max(0, (bottom - y) / (bottom - top)))
  return axis.min + share * (axis.max - axis.min)
}
export type Upright = Pick<StrikePlan, 'axis' | 'top' | 'bottom'>

export function strikePlan(scene: Scene): StrikePlan {
  const { bars, hashprices, money, past, size } = scene
  const { widthPx, heightPx, textPx } = size
  const { now, real, after, after80, inSight } = hashprices
  const last = bars.at(-1)
  const phs = last === undefined ? 1 : last.acceptedBeforePhs + last.acceptedPhs
  const bottom = heightPx - textPx - 9
  const span = spanOf(bars, inSight, past?.usdPerPhDay)
  const isCut = last !== undefined && last.strikeUsdPerPhDay > span.max
  const top = TOP_PX + (isCut ? textPx + 2 : 0)
  const axis = axisWith(span, now, money, { heightPx: bottom - top, textPx })
  const upright = { axis, top, bottom }
  const y = (usdPerPhDay: number) => heightOf(upright, money.hashpriceUnits(usdPerPhDay))
  const labelsPx = Math.max(...axis.ticks.map(({ text }) => textWidthPx(text, textPx)))
  const left = tenth(labelsPx + AXIS_GAP_PX)
  const right = widthPx - RIGHT_PX
  const before = { past, nowMs: scene.nowMs, adjustmentAtMs: scene.adjustmentAtMs, now, real, after, money }
  const barsLeft = tenth(left + paneWidthPx(before, widthPx, textPx))
  const x = (at: number) => tenth(barsLeft + (at / phs) * (right - barsLeft))
  const lineY = y(now)
  const columns = bars.map((bar) => {
    const from = x(bar.acceptedBeforePhs)
    const width = x(bar.acceptedBeforePhs + bar.acceptedPhs) - from
    return { left: from, width: tenth(Math.max(LEAST_BAR_PX, width - (width > 4 ? 1 : 0))) }
  })
  const areas = bars.map((bar, i): Box => {
    const step = y(bar.strikeUsdPerPhDay)
    return { ...columns[i]!, top: Math.min(step, lineY), height: tenth(Math.abs(step - lineY)) }
  })
  const sums = sumsOf(scene, areas, y)
  return {
    size,
    axis,
    left,
    right,
    top,
    bottom,
    barsLeft,
    ticks: axis.ticks.map(({ value, text }) => ({
      text,
      x: left - AXIS_GAP_PX,
      y: heightOf(upright, value),
    })),
    rates: ratesOf(phs, x, right, bottom + textPx + 5, textPx),
    pane: paneOf(before, { left, right: barsLeft - PANE_GAP_PX, top, bottom }, right, textPx, y),
    lineY,
    realY: real === now ? null : y(real),
    band:
      after80 === null
        ? null
        : { top: y(after80[1]), height: Math.max(1, tenth(y(after80[0]) - y(after80[1]))) },
    areas,
    ...shapesOf(scene, columns, areas, upright, y),
    names: namesOf(scene, areas, bottom, top, sums.taken),
    sums: sums.texts,
  }
}

/** A line beyond the axis makes it longer; one that is on it leaves it as it is. */
function axisWith(span: Span, line: number, money: Money, room: { heightPx: number; textPx: number }): Axis {
  const axis = axisOf(span, money, room)
  const units = money.hashpriceUnits(line)
  // An end of the axis that was tried comes back with its last digits rounded.
  const rounding = (axis.max - axis.min) * 1e-6
  if (!(units < axis.min - rounding || units > axis.max + rounding)) return axis
  const air = (span.max - span.min) * 0.05
  return axisOf(
    { min: Math.min(span.min, Math.max(0, line - air)), max: Math.max(span.max, line + air) },
    money,
    room,
  )
}

const TONES = ['rests', 'loses', 'waits', 'earns']

/** All that is drawn of the bars but their texts. */
function shapesOf(
  { bars, money, size, hashprices: { now } }: Scene,
  columns: readonly { readonly left: number; readonly width: number }[],
  areas: readonly Box[],
  { axis, top, bottom }: Upright,
  y: (usdPerPhDay: number) => number,
) {
  const shapes = new Map<string, string>()
  const signs = new Map<string, string>()
  const edges = new Map<string, string>()
  const add = (to: Map<string, string>, look: string, path: string) => {
    if (path !== '') to.set(look, (to.get(look) ?? '') + path)
  }
  let body = ''
  let torn = ''
  const tornTexts: Text[] = []
  for (const [i, bar] of bars.entries()) {
    const [column, area] = [columns[i]!, areas[i]!]
    const mark = markOfBar(bar)
    const step = y(bar.strikeUsdPerPhDay)
    const seen = { ...area, height: Math.max(1, area.height) }
    add(shapes, lookOf(mark), areaPath(seen, mark.isCut && seen.height > 3))
    // What is powered down stands above the line; only elsewhere it needs a sign.
    const isPlain = mark.sign === 'cross' && bar.strikeUsdPerPhDay > now
    add(signs, `sign ${mark.tone}`, isPlain ? '' : signPath(seen, mark.sign))
    add(
      edges,
      `edge ${bar.isIdle ? 'idle' : 'runs'} ${mark.tone}`,
      bar.isIdle
        ? `M${column.left} ${bottom}V${step}h${column.width}V${bottom}`
        : `M${column.left} ${step}h${column.width}`,
    )
    const under = tenth(bottom - area.top - area.height)
    if (!bar.isIdle && under > 0)
      body += `M${column.left} ${tenth(bottom - under)}h${column.width}v${under}h${-column.width}z`
    if (money.hashpriceUnits(bar.strikeUsdPerPhDay) > axis.max) {
      torn += tornEdge(column, top)
      const text = `${barName(bar)} ${money.perPh(bar.strikeUsdPerPhDay, 'up')} ↑`
      const end = column.left + column.width
      const at = Math.max(end, textWidthPx(text, size.textPx))
      tornTexts.push({ text: cutToWidth(text, size.textPx, size.widthPx), x: at, y: top - 4 })
    }
  }
  const inOrder = (of: Map<string, string>) =>
    [...of]
      .map(([look, path]) => ({ look, path }))
      .sort((a, b) => toneAt(a.look) - toneAt(b.look) || (a.look < b.look ? -1 : 1))
  return {
    shapes: inOrder(shapes),
    signs: inOrder(signs),
    edges: inOrder(edges),
    body,
    torn,
    // One has room: the dearest is the one that is asked after.
    tornTexts: tornTexts.slice(-1),
  }
}

const toneAt = (look: string) => TONES.findIndex((tone) => look.endsWith(tone))

/** Says that the bar goes on. */
function tornEdge({ left, width }: { readonly left: number; readonly width: number }, top: number): string {
  return [6, 10]
    .map((below) => `M${tenth(left - 1)} ${top + below}h${tenth(width + 2)}v1.5h${tenth(-width - 2)}z`)
    .join('')
}

/**
 * Marks at the right edge of a drawing, apart from its plan: where a verdict changes is known later.
 * @param flips hashprices, USD/PH/s/day
 */
export function flipMarks(plan: Upright & Pick<StrikePlan, 'right'>, flips: readonly number[], money: Money) {
  const x = plan.right + RIGHT_PX / 2 - 1
  return flips
    .map((flip) => `M${x - 4} ${heightOf(plan, money.hashpriceUnits(flip))}l4 -4l4 4l-4 4z`)
    .join('')
}

const EHS_PER_PHS = 1e-3

/** Marks of the accepted hashrate, in the unit that suits it. */
function ratesOf(
  phs: number,
  x: (phs: number) => number,
  right: number,
  y: number,
  textPx: number,
): StrikePlan['rates'] {
  const [unit, factor] =
    phs >= 5000 ? ['EH/s', EHS_PER_PHS] : phs >= 2 ? ['PH/s', 1] : (['TH/s', THS_PER_PHS] as const)
  const unitLeft = right + RIGHT_PX - 2 - textWidthPx(unit, textPx)
  const most = Math.max(1, Math.floor((unitLeft - x(0)) / (textPx * 6)))
  const ticks = ticksOf(0, phs * factor, roundStep(phs * factor, most))
  return [
    ...ticks
      .map(({ value, text }) => ({ text, x: x(value / factor), y, anchor: 'middle' as const }))
      .filter((tick) => tick.x + textWidthPx(tick.text, textPx) / 2 + 8 < unitLeft),
    { text: unit, x: right + RIGHT_PX - 2, y, anchor: 'end' as const },
  ]
}

/** Widths of the shortest sum in parts of the size of its letters. */
const LEAST_SUM = 2

/** What each bar earns or loses, where its area has room for it. */
function sumsOf(
  { bars, money, hashprices, size: { textPx } }: Scene,
  areas: readonly Box[],
  y: (usdPerPhDay: number) => number,
) {
  const taken: number[] = []
  const texts: (Text & { readonly tone: string })[] = []
  const lineY = y(hashprices.now)
  for (const [i, bar] of bars.entries()) {
    const area = areas[i]!
    taken.push(0)
    // Looked at first: most bars of a large fleet are too narrow, and a figure is dear to write.
    if (bar.isIdle || area.width < LEAST_SUM * textPx || area.height < textPx + 5) continue
    const text = signedMoney(bar.marginUsdPerDay, money)
    const isBelow = bar.strikeUsdPerPhDay <= hashprices.now
    const least = textPx + 5 + (markOfBar(bar).sign === 'dot' ? 2 * SIGN_PX + textPx : 0)
    if (textWidthPx(text, textPx, true) + 3 > area.width || area.height < least) continue
    taken[i] = textPx + 6
    texts.push({
      text,
      x: tenth(area.left + area.width / 2),
      y: tenth(isBelow ? lineY + textPx + 3 : area.top + textPx + 3),
      tone: bar.marginUsdPerDay < 0 ? 'loses' : 'earns',
    })
  }
  return { texts, taken }
}

/** What is cut shorter no longer names anything. */
const LEAST_LETTERS = 8

/** Names of the bars that are wide enough: along their columns, and across those that are as wide as the name. */
function namesOf(
  { bars, size: { textPx } }: Scene,
  areas: readonly Box[],
  bottom: number,
  top: number,
  taken: readonly number[],
): StrikePlan['names'] {
  return bars.flatMap((bar, i): StrikePlan['names'] => {
    const area = areas[i]!
    if (area.width < textPx + 1 || (bar.model === null && bar.site === null)) return []
    const x = tenth(area.left + area.width / 2)
    const isFaint = bar.isIdle
    const across = [barName(bar), shortBarName(bar)].find(
      (name) => textWidthPx(name, textPx) + 8 <= area.width,
    )
    if (across !== undefined) return [{ text: across, x, y: bottom - 7, isUpright: false, isFaint }]
    // Up to the step or the sum beneath the line, whichever is first in the way.
    const room = bottom - Math.max(top, area.top + (taken[i] ?? 0)) - 10
    const whole = [bar, { ...bar, site: null }]
      .map(shortBarName)
      .find((name) => textWidthPx(name, textPx) <= room)
    const text = whole ?? cutToWidth(shortBarName(bar), textPx, room)
    return whole === undefined && text.length < LEAST_LETTERS
      ? []
      : [{ text, x, y: bottom - 6, isUpright: true, isFaint }]
  })
}
