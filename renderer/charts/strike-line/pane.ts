import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { RecentHashprice } from '#shared/domain/signals/hashprice-history.ts'
import { RECENT_DAYS } from '#shared/domain/signals/hashprice-history.ts'
import type { Money } from '#shared/format/money.ts'
import { MISSING } from '#shared/format/numbers.ts'
import { dayMonth } from '#shared/format/times.ts'
import { textWidthPx } from '../../lib/text-width.ts'
import { tenth } from './marks.ts'

/** The days before, at the left of the bars and on the same axis; today and the adjustment at its end. */

export type PaneScene = {
  readonly past: RecentHashprice | null
  /** unix ms; null: no day of the calendar */
  readonly nowMs: number | null
  /** NaN: no date is known */
  readonly adjustmentAtMs: number
  readonly now: number
  /** as it is, where another one is tried */
  readonly real: number
  readonly after: number
  readonly money: Money
}

type Text = { readonly text: string; readonly x: number; readonly y: number }
export type Caption = Text & { readonly of: 'now' | 'after' }

export type Pane = {
  readonly todayX: number
  /** null where no adjustment is known */
  readonly adjustmentX: number | null
  /** the days before, '' where none are known */
  readonly pastPath: string
  /** from today to the hashprice after the adjustment, and on; '' where none is known */
  readonly aheadPath: string
  readonly dates: readonly (Text & { readonly anchor: 'start' | 'middle' | 'end' })[]
  readonly captions: readonly Caption[]
}

/** Days without a value that a line is drawn across. */
const GAP_DAYS = 3
/** Where today and the adjustment are in the pane, with a past and without one. */
const TODAY_AT = { past: 0.8, none: 0.35 }
const LATEST_AT = 0.93
const LEAST_AHEAD_PX = 12

/**
 * Room for the days before, and for what is written at the lines at the least.
 * @param left of the pane
 */
export function paneWidthPx(
  scene: Pick<PaneScene, 'past' | 'now' | 'real' | 'after' | 'money' | 'adjustmentAtMs'>,
  widthPx: number,
  textPx: number,
): number {
  const wanted =
    scene.past === null
      ? Math.min(200, Math.max(104, widthPx * 0.14))
      : Math.min(420, Math.max(150, widthPx * 0.27))
  const texts = [nowText(scene), ...(Number.isFinite(scene.after) ? [afterText(scene)] : [])]
  const widest = Math.max(...texts.map((text) => textWidthPx(text, textPx, true)))
  return Math.max(wanted, Math.min(widest + 2 * PANE_GAP_PX, widthPx * 0.6))
}

/** Between the pane and the bars. */
export const PANE_GAP_PX = 8

const nowText = ({ now, real, money }: Pick<PaneScene, 'now' | 'real' | 'money'>) =>
  `${now === real ? 'now' : 'tried'} ${money.perPh(now)}`

function afterText({ after, money, adjustmentAtMs }: Pick<PaneScene, 'after' | 'money' | 'adjustmentAtMs'>) {
  const day = dayMonth(adjustmentAtMs)
  return `${day === MISSING ? 'after' : day} ${money.perPh(after)}`
}

/**
 * @param area where the pane is
 * @param x2 right end of the lines
 * @param y of a hashprice
 */
export function paneOf(
  scene: PaneScene,
  area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
  x2: number,
  textPx: number,
  y: (usdPerPhDay: number) => number,
): Pane {
  const { past, nowMs, adjustmentAtMs, now, real, after } = scene
  const width = area.right - area.left
  const todayX = tenth(area.left + width * (past === null ? TODAY_AT.none : TODAY_AT.past))
  const pxPerDay = (todayX - area.left) / daysShown(past, nowMs)
  const daysAhead = nowMs === null ? Number.NaN : (adjustmentAtMs - nowMs) / MS_PER_DAY
  const latest = area.left + width * LATEST_AT
  const hasAfter = Number.isFinite(after)
  const adjustmentX = !hasAfter
    ? null
    : past === null || Number.isNaN(daysAhead)
      ? tenth(latest)
      : tenth(Math.min(latest, todayX + Math.max(LEAST_AHEAD_PX, daysAhead * pxPerDay)))
  const dayX = (day: number) =>
    past === null || nowMs === null
      ? Number.NaN
      : todayX - ((nowMs - past.lastDayMs) / MS_PER_DAY + past.usdPerPhDay.length - 1 - day) * pxPerDay
  return {
    todayX,
    adjustmentX,
    pastPath: past === null || nowMs === null ? '' : pastPath(past, nowMs, real, dayX, y, area.left, todayX),
    aheadPath: adjustmentX === null ? '' : `M${todayX} ${y(now)}L${adjustmentX} ${y(after)}H${x2}`,
    dates: datesOf(past, nowMs, dayX, area, todayX, textPx),
    captions: captionsOf(scene, area, todayX, adjustmentX, textPx, y),
  }
}

const FEWEST_DAYS = 30

/** Few days fill the pane too. */
function daysShown(past: RecentHashprice | null, nowMs: number | null): number {
  if (past === null || nowMs === null) return RECENT_DAYS
  const first = past.usdPerPhDay.findIndex((value) => !Number.isNaN(value))
  const days = (nowMs - past.lastDayMs) / MS_PER_DAY + past.usdPerPhDay.length - 1 - first
  return Math.min(RECENT_DAYS, Math.max(FEWEST_DAYS, days))
}

function pastPath(
  { usdPerPhDay, lastDayMs }: RecentHashprice,
  nowMs: number,
  real: number,
  dayX: (day: number) => number,
  y: (usdPerPhDay: number) => number,
  left: number,
  todayX: number,
): string {
  let path = ''
  let before = Number.NEGATIVE_INFINITY
  for (let day = 0; day < usdPerPhDay.length; day++) {
    const [value, x] = [usdPerPhDay[day]!, dayX(day)]
    if (Number.isNaN(value) || x < left || x > todayX) continue
    path += `${day - before > GAP_DAYS ? 'M' : 'L'}${tenth(x)} ${y(value)}`
    before = day
  }
  const sinceDays = (nowMs - lastDayMs) / MS_PER_DAY + usdPerPhDay.length - 1 - before
  return path === '' || sinceDays > GAP_DAYS ? path : `${path}L${todayX} ${y(real)}`
}

function datesOf(
  past: RecentHashprice | null,
  nowMs: number | null,
  dayX: (day: number) => number,
  { left, bottom }: { readonly left: number; readonly bottom: number },
  todayX: number,
  textPx: number,
): Pane['dates'] {
  const y = bottom + textPx + 5
  const today = { text: 'today', x: todayX, y, anchor: 'middle' as const }
  if (past === null || nowMs === null) return [today]
  const first = past.usdPerPhDay.findIndex((value, day) => !Number.isNaN(value) && dayX(day) >= left)
  if (first === -1) return [today]
  const text = (day: number) =>
    dayMonth(past.lastDayMs - (past.usdPerPhDay.length - 1 - day) * MS_PER_DAY, 'UTC')
  const room = textWidthPx('today', textPx) / 2 + 8
  const middle = Math.round((first + past.usdPerPhDay.length - 1) / 2)
  const half = (day: number) => textWidthPx(text(day), textPx) / 2
  const firstEnd = dayX(first) + 2 * half(first)
  return [
    ...(firstEnd < todayX - room
      ? [{ text: text(first), x: tenth(dayX(first)), y, anchor: 'start' as const }]
      : []),
    ...(dayX(middle) - half(middle) > firstEnd + 8 && dayX(middle) + half(middle) < todayX - room
      ? [{ text: text(middle), x: tenth(dayX(middle)), y, anchor: 'middle' as const }]
      : []),
    today,
  ]
}

/** What the two lines stand for, each on the side of its line that is away from the other. */
function captionsOf(
  scene: Omit<PaneScene, 'past' | 'nowMs'>,
  area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
  todayX: number,
  adjustmentX: number | null,
  textPx: number,
  y: (usdPerPhDay: number) => number,
): readonly Caption[] {
  const { now, after } = scene
  const texts = [
    { of: 'now' as const, text: nowText(scene), at: todayX - 7, y: y(now) },
    ...(adjustmentX === null
      ? []
      : [{ of: 'after' as const, text: afterText(scene), at: adjustmentX - 5, y: y(after) }]),
  ]
  const isAfterAbove = !(after < now)
  const placed = texts.map(({ of, text, at, y: line }) => {
    const isAbove = (of === 'after') === isAfterAbove
    const width = textWidthPx(text, textPx, true)
    return {
      of,
      text,
      // Texts end at their line's point, and are pushed in where there is no room before it.
      x: tenth(Math.min(area.right, Math.max(at, area.left + width))),
      y: tenth(
        Math.min(area.bottom - 3, Math.max(area.top + textPx, isAbove ? line - 6 : line + textPx + 5)),
      ),
    }
  })
  return apart(placed, textPx + 3, area.top + textPx)
}

/** At an edge both may be pushed to the same place: the upper one gives way upwards, the lower one downwards where that is no place. */
function apart(captions: readonly Caption[], leastPx: number, top: number): readonly Caption[] {
  const [first, second] = captions
  if (first === undefined || second === undefined) return captions
  const missing = leastPx - Math.abs(first.y - second.y)
  if (missing <= 0) return captions
  const upper = first.y <= second.y ? first : second
  const gives = upper.y - missing >= top
  return captions.map((caption) =>
    (caption === upper) === gives
      ? { ...caption, y: tenth(caption.y + (gives ? -missing : missing)) }
      : caption,
  )
}
