import { MS_PER_DAY, MS_PER_HOUR } from '../units.ts'
import type { ZoneClock, ZoneSpan } from './zone-clock.ts'

/** From each moment on, which local day it is, counted from the first one; an hour that is repeated changes no day. */
export function localDays(spans: readonly ZoneSpan[]): {
  readonly atMs: readonly number[]
  readonly day: readonly number[]
} {
  const atMs: number[] = []
  const day: number[] = []
  const first = Math.floor((spans[0]!.fromMs + spans[0]!.offsetMs) / MS_PER_DAY)
  for (const { fromMs, toMs, offsetMs } of spans)
    for (let at = fromMs; at < toMs;) {
      const wallDay = Math.floor((at + offsetMs) / MS_PER_DAY)
      const index = wallDay - first
      if (day.length === 0 || index > day.at(-1)!) {
        atMs.push(at)
        day.push(index)
      }
      at = (wallDay + 1) * MS_PER_DAY - offsetMs
    }
  return { atMs, day }
}

/** A calendar month of a zone, unix ms. */
export type LocalMonth = { readonly fromMs: number; readonly toMs: number }

/** The local months that a stretch of time touches, whole, in order. */
export function localMonths(clock: ZoneClock, fromMs: number, toMs: number): LocalMonth[] {
  const { year, month } = clock.local(fromMs)
  const begin = (monthsAhead: number): number => {
    const wallMs = Date.UTC(year, month - 1 + monthsAhead, 1)
    // Some zones change their clocks at midnight, which then does not exist.
    return clock.instants(wallMs)[0] ?? clock.instants(wallMs + MS_PER_HOUR)[0]!
  }
  const months: LocalMonth[] = []
  for (let i = 0; ; i++) {
    const at = begin(i)
    if (i > 0 && at >= toMs) return months
    months.push({ fromMs: at, toMs: begin(i + 1) })
  }
}
