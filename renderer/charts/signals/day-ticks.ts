import { calendarDay, calendarMonth } from '#shared/format/times.ts'
import type { RowSpan } from './chart-plan.ts'

export type DayTick = { readonly row: number; readonly word: string }

const MOST_TICKS = 8
/** Months between two ticks. */
const STEPS = [1, 2, 3, 6, 12, 24, 48] as const

/**
 * Where a time axis is marked: at the first day of months in even steps, by `Jan 2026` or, in steps of years, `2026`; a
 * span with fewer than two such days is marked at its ends by `2 Nov 2026`.
 */
export function dayTicks(dates: readonly string[], { from, to }: RowSpan): DayTick[] {
  const firsts: { readonly row: number; readonly months: number }[] = []
  for (let row = from; row <= to; row++) {
    const date = dates[row]!
    if (!date.endsWith('-01')) continue
    firsts.push({ row, months: Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 })
  }
  if (firsts.length < 2) {
    return to > from
      ? [from, to].map((row) => ({ row, word: calendarDay(dates[row]!) }))
      : dates.slice(from, to + 1).map((date) => ({ row: from, word: calendarDay(date) }))
  }
  const on = (step: number) => firsts.filter(({ months }) => months % step === 0)
  const step = STEPS.find((months) => on(months).length <= MOST_TICKS) ?? STEPS.at(-1)!
  return on(step).map(({ row }) => ({
    row,
    word: step >= 12 ? dates[row]!.slice(0, 4) : calendarMonth(dates[row]!),
  }))
}

/** Days of the range that is chosen for all charts, null: all there are; and how a sentence speaks of them. */
export const RANGES = [
  { name: '1 year', days: 365, words: 'these 365 days' },
  { name: '2 years', days: 730, words: 'these 2 years' },
  { name: '4 years', days: 1461, words: 'these 4 years' },
  { name: 'All', days: null, words: 'these days' },
] as const
export type Range = (typeof RANGES)[number]

/** The newest days of a series; the whole of it where it is shorter. */
export function spanOf(length: number, { days }: Range): RowSpan {
  return { from: days === null ? 0 : Math.max(0, length - days), to: length - 1 }
}
