import { MS_PER_DAY } from '#shared/domain/units.ts'
import { MISSING } from './numbers.ts'
import { dayMonth, parts, yearOf } from './times.ts'

/** No day of a year is meant by the same words twice within so long. */
const PLAIN_WITHOUT_YEAR_MS = 300 * MS_PER_DAY

/** A day of the months around now, of whichever year: `14 Jan`; with its year where it is farther away. */
export function nearDayMonth(atMs: number, nowMs: number): string {
  return dayMonth(atMs, undefined, Math.abs(atMs - nowMs) < PLAIN_WITHOUT_YEAR_MS ? atMs : nowMs)
}

/** A part of a month, where the day itself would say more than is known: `mid May`, of another year than now's `early March 2028`. */
export function monthPart(atMs: number, timeZone?: string, nowMs = Date.now()): string {
  if (!Number.isFinite(atMs)) return MISSING
  const day = Number(parts(atMs, { day: 'numeric' }, timeZone).replace(/\D/g, ''))
  const year = Math.abs(atMs - nowMs) < PLAIN_WITHOUT_YEAR_MS ? {} : yearOf(atMs, nowMs, timeZone)
  return `${day <= 10 ? 'early' : day <= 20 ? 'mid' : 'late'} ${parts(atMs, { month: 'long', ...year }, timeZone)}`
}
