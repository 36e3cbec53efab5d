import type { ZoneClock } from './zone-clock.ts'

const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i

/** A time as written: an instant, or what a local clock shows, as if it were UTC. */
export type WrittenTime = { readonly ms: number; readonly isLocal: boolean }

/**
 * Reads a time such as `2026-01-01T00:00:00Z`, `…-06:00` or `2026-01-01 00:00`.
 * @returns the time, or what is wrong with it as the end of a sentence
 */
export function writtenTime(text: string): WrittenTime | { readonly fault: string } {
  const [, day, hour, minute, second = '00', zone] = TIME.exec(text) ?? []
  if (hour === '24')
    return {
      fault: `'${text}' is no begin of an interval: a column that counts to 24:00 holds the END of each interval; write when it begins, an interval earlier`,
    }
  const wallMs = day === undefined ? NaN : Date.parse(`${day}T${hour!}:${minute!}:${second}Z`)
  // Date.parse rolls 2026-02-30 over in some engines; writing it back shows it.
  if (Number.isNaN(wallMs) || new Date(wallMs).toISOString().slice(0, 10) !== day)
    return {
      fault: `'${text}' is not a time such as 2026-01-01T00:00:00Z, or 2026-01-01 00:00 in the site's time zone`,
    }
  if (zone === undefined) return { ms: wallMs, isLocal: true }
  const zoneText = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase()
  const ms = Date.parse(`${day}T${hour!}:${minute!}:${second}${zoneText}`)
  return Number.isNaN(ms) ? { fault: `'${text}' has a zone that does not exist` } : { ms, isLocal: false }
}

/**
 * The instant of a written time, unix ms; a local time that the clocks repeat is the first of the two.
 * @returns the instant, or what is wrong with the time
 */
export function writtenInstant(text: string, clock: ZoneClock): number | { readonly fault: string } {
  if (/[T ]24:/.test(text)) return { fault: `'${text}' is no time; write 00:00 of the next day` }
  const written = writtenTime(text)
  if ('fault' in written) return written
  if (!written.isLocal) return written.ms
  return clock.instants(written.ms)[0] ?? { fault: `'${text}' does not exist: the clocks skip it` }
}
