import { MS_PER_DAY, MS_PER_HOUR } from '../units.ts'
import type { SiteContract } from './site-contract.ts'
import type { ZoneClock } from './zone-clock.ts'
import { zoneClock } from './zone-clock.ts'

/** What a contract dates. */
export type DatedPart =
  | 'tariff-begins'
  | 'tariff-ends'
  /** of the market's prices of energy, as far as they are known */
  | 'prices-end'
  /** of the market's prices of power handed back */
  | 'hand-back-prices-end'
  /** the end of the last listed event of a programme */
  | 'events-end'
  /** the end of the last listed hour in which the grid may peak */
  | 'peak-hours-end'

export type ContractDate = { readonly atMs: number; readonly what: DatedPart }

/**
 * The moments at which something of a contract begins or ends, in order of time, unix ms. A tariff version begins and ends with its days
 * in the site's zone; where the next one begins as it ends, that alone is told.
 */
export function contractDates(contract: SiteContract): readonly ContractDate[] {
  const { timeZone, tariffs, market, takeOrPay, demandResponse, coincidentPeak } = contract
  const clock = zoneClock(timeZone)
  const begins = tariffs.map(({ from }) => startOfDay(clock, Date.parse(`${from}T00:00:00Z`)))
  const ends = tariffs.flatMap(({ to }) =>
    to === null ? [] : [startOfDay(clock, Date.parse(`${to}T00:00:00Z`) + MS_PER_DAY)],
  )
  const dates: readonly (readonly [DatedPart, readonly number[]])[] = [
    ['tariff-begins', begins],
    ['tariff-ends', ends.filter((atMs) => !begins.includes(atMs))],
    ['prices-end', lastOf(market?.toMs)],
    ['hand-back-prices-end', lastOf(takeOrPay?.handBack?.toMs)],
    ['events-end', lastOf(demandResponse?.events.map(({ toMs }) => toMs))],
    ['peak-hours-end', lastOf(coincidentPeak?.hours.map(({ toMs }) => toMs))],
  ]
  return dates
    .flatMap(([what, moments]) => moments.map((atMs) => ({ atMs, what })))
    .sort((a, b) => a.atMs - b.atMs)
}

const lastOf = (moments: Iterable<number> = []): readonly number[] => {
  let last = -Infinity
  for (const atMs of moments) last = Math.max(last, atMs)
  return last === -Infinity ? [] : [last]
}

/** The first instant of a day: midnight, or where the clocks skip it the hour after. */
function startOfDay(clock: ZoneClock, wallMs: number): number {
  return clock.instants(wallMs)[0] ?? clock.instants(wallMs + MS_PER_HOUR)[0]!
}
