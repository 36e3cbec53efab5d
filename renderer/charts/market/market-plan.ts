import { THS_PER_PHS } from '#shared/domain/units.ts'
import { hashrateOfThs } from '#shared/format/units.ts'
import type { FleetOnMarket } from '../../engine/market-view.ts'
import { textWidthPx } from '../../lib/text-width.ts'
import type { RowSpan } from '../signals/chart-plan.ts'
import { dayTicks } from '../signals/day-ticks.ts'
import { roundStep, ticksOf } from '../strike-line/axis.ts'
import { tenth } from '../strike-line/marks.ts'
import type { Upright } from './upright.ts'
import { uprightOf } from './upright.ts'

/** What the picture shows; hashprices in USD/PH/s/day. */
export type MarketScene = {
  readonly days: {
    readonly dates: readonly string[]
    /** where they are told in satoshi: what a day paid in bitcoin, at the price of now */
    readonly usdPerPhDay: Float64Array
    readonly span: RowSpan
  } | null
  /** null where there is none that runs, or nothing is known of it */
  readonly fleet: FleetOnMarket | null
  /** NaN where it is not known */
  readonly now: number
  /** after the expected adjustment; NaN where none is known */
  readonly after: number
  readonly unitsOf: (usdPerPhDay: number) => number
  readonly words: (usdPerPhDay: number, rounding?: 'up') => string
  readonly size: { readonly widthPx: number; readonly heightPx: number; readonly textPx: number }
}

/** A part of a band: its hashrate as a length. */
export type Piece = {
  /** place in the fleet's bands */
  readonly band: number
  readonly state: FleetOnMarket['bands'][number]['state']
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** its rows go on beyond the axis */
  readonly isTorn: boolean
}
type Text = { readonly text: string; readonly x: number; readonly y: number }
export type Line = {
  readonly of: 'now' | 'after'
  readonly x1: number
  readonly x2: number
  readonly y: number
}

export type MarketPlan = {
  readonly size: MarketScene['size']
  readonly upright: Upright
  readonly left: number
  readonly right: number
  /** of the days; null: there are none in view */
  readonly pane: { readonly left: number; readonly right: number; readonly span: RowSpan } | null
  /** of the fleet; null: nothing runs */
  readonly profile: { readonly left: number; readonly right: number } | null
  readonly past: string
  readonly dayTexts: readonly Text[]
  readonly pieces: readonly Piece[]
  /** how far pieces go that are torn off */
  readonly tornTexts: readonly Text[]
  readonly hashrateTexts: readonly Text[]
  readonly lines: readonly Line[]
  readonly captions: readonly (Text & { readonly of: Line['of'] })[]
}

const TOP_PX = 8
const AXIS_GAP_PX = 6
const BETWEEN_PX = 14
const CAPTION_GAP_PX = 6
/** of the width beside the days */
const PROFILE_SHARE = 0.34
const PROFILE_PX = [150, 460] as const
const LEAST_PIECE_PX = 1.5
const MOST_HASHRATE_TICKS = 3

export function marketPlan(scene: MarketScene): MarketPlan {
  const { days, fleet, now, after, unitsOf, size } = scene
  const { widthPx, heightPx, textPx } = size
  const { grid } = fleet ?? { grid: null }
  const edges =
    grid === null ? [] : [grid.fromUsdPerPhDay, grid.fromUsdPerPhDay + grid.count * grid.stepUsdPerPhDay]
  const upright = uprightOf(
    [
      ...(days === null ? [] : days.usdPerPhDay.subarray(days.span.from, days.span.to + 1)),
      ...edges,
      now,
      after,
    ].map(unitsOf),
    { top: TOP_PX, bottom: heightPx - textPx - 9, textPx },
  )
  const captions = captionsOf(scene, upright)
  const captionPx = Math.max(0, ...captions.map(({ text }) => textWidthPx(text, textPx, true)))
  const left = tenth(Math.max(0, ...upright.ticks.map(({ text }) => textWidthPx(text, textPx))) + AXIS_GAP_PX)
  const right = tenth(widthPx - captionPx - 2 * CAPTION_GAP_PX)
  const profile = grid === null ? null : profileOf(left, right, days !== null)
  const pane =
    days === null
      ? null
      : { left, right: profile === null ? right : profile.left - BETWEEN_PX, span: days.span }
  return {
    ...{ size, upright, left, right, pane, profile },
    past:
      pane === null || days === null
        ? ''
        : pastPath(days.usdPerPhDay, pane, (usd) => upright.y(unitsOf(usd))),
    dayTexts: pane === null || days === null ? [] : dayTextsOf(days.dates, pane, size),
    ...(fleet === null || grid === null || profile === null
      ? { pieces: [], tornTexts: [], hashrateTexts: [] }
      : piecesOf(fleet.bands, grid.stepUsdPerPhDay, profile, upright, scene)),
    lines: [
      ...(Number.isFinite(now)
        ? [{ of: 'now' as const, x1: left, x2: right, y: upright.y(unitsOf(now)) }]
        : []),
      ...(Number.isFinite(after)
        ? [
            {
              of: 'after' as const,
              x1: profile?.left ?? pane?.right ?? left,
              x2: right,
              y: upright.y(unitsOf(after)),
            },
          ]
        : []),
    ],
    captions: captions.map((caption) => ({ ...caption, x: tenth(right + CAPTION_GAP_PX) })),
  }
}

function profileOf(
  left: number,
  right: number,
  hasDays: boolean,
): { readonly left: number; readonly right: number } {
  if (!hasDays) return { left, right }
  const width = Math.min(PROFILE_PX[1], Math.max(PROFILE_PX[0], PROFILE_SHARE * (right - left)))
  return { left: tenth(right - width), right }
}

/** Pixels from the left of a day. */
export function xOfDay({ left, right, span }: NonNullable<MarketPlan['pane']>, row: number): number {
  return tenth(left + ((row - span.from) / Math.max(1, span.to - span.from)) * (right - left))
}

/** The nearest day there; null beside the days. */
export function dayAt({ pane }: MarketPlan, x: number): number | null {
  if (pane === null || x < pane.left - 4 || x > pane.right + 4) return null
  const { left, right, span } = pane
  const row = Math.round(span.from + ((x - left) / (right - left)) * (span.to - span.from))
  return Math.min(span.to, Math.max(span.from, row))
}

/** The part of a band there; null beside them. */
export function pieceAt({ profile, pieces }: MarketPlan, x: number, y: number): number | null {
  if (profile === null || x < profile.left - 2 || x > profile.right) return null
  const inRow = pieces.filter((piece) => y >= piece.y - 1 && y <= piece.y + piece.height + 1)
  const found = inRow.findLast((piece) => x >= piece.x) ?? inRow[0]
  return found === undefined ? null : pieces.indexOf(found)
}

/** One point for each pixel and its extremes, however many days: what is drawn is of the size of the screen. */
function pastPath(
  usdPerPhDay: Float64Array,
  pane: NonNullable<MarketPlan['pane']>,
  y: (usdPerPhDay: number) => number,
): string {
  const { from, to } = pane.span
  const perPixel = Math.max(1, Math.ceil((to - from) / Math.max(1, pane.right - pane.left)))
  let path = ''
  let before = Number.NEGATIVE_INFINITY
  for (let first = from; first <= to; first += perPixel) {
    const rows = Array.from({ length: Math.min(perPixel, to - first + 1) }, (_, i) => first + i).filter(
      (row) => !Number.isNaN(usdPerPhDay[row]!),
    )
    if (rows.length === 0) continue
    const lowest = rows.reduce((best, row) => (usdPerPhDay[row]! < usdPerPhDay[best]! ? row : best))
    const highest = rows.reduce((best, row) => (usdPerPhDay[row]! > usdPerPhDay[best]! ? row : best))
    for (const row of [...new Set([lowest, highest])].sort((a, b) => a - b)) {
      path += `${row - before > GAP_DAYS + perPixel ? 'M' : 'L'}${xOfDay(pane, row)} ${y(usdPerPhDay[row]!)}`
      before = row
    }
  }
  return path.replace(/^L/, 'M')
}
/** Days without a value over which the line goes on. */
const GAP_DAYS = 3

function dayTextsOf(
  dates: readonly string[],
  pane: NonNullable<MarketPlan['pane']>,
  { heightPx, textPx }: MarketScene['size'],
): readonly Text[] {
  let free = Number.NEGATIVE_INFINITY
  return dayTicks(dates, pane.span).flatMap(({ row, word }) => {
    const half = textWidthPx(word, textPx) / 2
    const x = tenth(Math.min(pane.right - half, Math.max(pane.left + half, xOfDay(pane, row))))
    if (x - half < free) return []
    free = x + half + 10
    return [{ text: word, x, y: heightPx - 4 }]
  })
}

function piecesOf(
  bands: FleetOnMarket['bands'],
  step: number,
  profile: { readonly left: number; readonly right: number },
  { y }: Upright,
  { unitsOf, words, size }: MarketScene,
): Pick<MarketPlan, 'pieces' | 'tornTexts' | 'hashrateTexts'> {
  const held = new Map<number, number>()
  for (const { fromUsdPerPhDay: from, acceptedPhs } of bands)
    held.set(from, (held.get(from) ?? 0) + acceptedPhs)
  const longest = Math.max(...held.values())
  const ticks = ticksOf(0, longest, roundStep(longest, MOST_HASHRATE_TICKS)).slice(1)
  const x = (phs: number) => tenth(profile.left + (phs / longest) * (profile.right - profile.left))
  const drawn = new Map<number, number>()
  const gap = bands.length > 0 && y(unitsOf(0)) - y(unitsOf(step)) > 4 ? 1 : 0
  const pieces = bands.map((band, i): Piece => {
    const { fromUsdPerPhDay: from, toUsdPerPhDay: to, acceptedPhs } = band
    const before = drawn.get(from) ?? 0
    drawn.set(from, before + acceptedPhs)
    const [upper, lower] = [y(unitsOf(to)), y(unitsOf(from))]
    return {
      ...{ band: i, state: band.state, x: x(before), y: upper },
      width: Math.max(LEAST_PIECE_PX, tenth(x(before + acceptedPhs) - x(before))),
      height: Math.max(LEAST_PIECE_PX, tenth(lower - upper - gap)),
      isTorn:
        band.highestUsdPerPhDay > to + 1e-9 * Math.abs(to) ||
        band.lowestUsdPerPhDay < from - 1e-9 * Math.abs(from),
    }
  })
  const texts = ticks.map(({ value }) => ({
    text: hashrateOfThs(value * THS_PER_PHS),
    x: x(value),
    y: size.heightPx - 4,
  }))
  const tornTexts = pieces.flatMap(({ band, x: left, y: upper, width, height, isTorn }) => {
    if (!isTorn) return []
    const { highestUsdPerPhDay: highest, lowestUsdPerPhDay: lowest, toUsdPerPhDay: to } = bands[band]!
    const text = highest > to ? `up to ${words(highest, 'up')}` : `down to ${words(lowest, 'up')}`
    const room = profile.right - textWidthPx(text, size.textPx)
    return [
      { text, x: tenth(Math.max(profile.left, Math.min(room, left + width + 6))), y: upper + height / 2 },
    ]
  })
  return { pieces, tornTexts, hashrateTexts: texts }
}

/** What the lines stand for, at their right, apart from each other. */
function captionsOf({ now, after, unitsOf, words, size }: MarketScene, { y, top, bottom }: Upright) {
  const texts = [
    { of: 'now' as const, text: `now ${words(now)}`, at: now },
    { of: 'after' as const, text: `after ${words(after)}`, at: after },
  ].filter(({ at }) => Number.isFinite(at))
  const placed = texts.map(({ of, text, at }) => ({ of, text, y: y(unitsOf(at)) + size.textPx * 0.35 }))
  const [one, other] = placed
  if (one === undefined || other === undefined) return placed
  const least = size.textPx + 3
  const missing = least - Math.abs(one.y - other.y)
  if (missing <= 0) return placed
  const upper = one.y < other.y || (one.y === other.y && after >= now) ? one : other
  // Both move half of what is missing, and stay within the picture.
  const middle = Math.min(bottom - least / 2, Math.max(top + least / 2, (one.y + other.y) / 2))
  return placed.map((each) => ({
    ...each,
    y: tenth(each === upper ? middle - least / 2 : middle + least / 2),
  }))
}
