import { DAYS_PER_MONTH, HOURS_PER_MONTH } from '../units.ts'
import type { Fault } from './fault.ts'
import { timesFault } from './fault.ts'

/** Hours in which capacity is to be shed. */
export type SheddingEvent = {
  /** unix ms */
  readonly fromMs: number
  readonly toMs: number
  /** what a kWh costs that is drawn all the same, or brings that is not; null: shedding is a duty */
  readonly usdPerKwh: number | null
}

/** A programme that pays for capacity which may be shed, and sheds it for some hours of a month. */
export type DemandResponse = {
  readonly creditUsdPerKwMonth: number
  /** known ones, in order of time */
  readonly events: readonly SheddingEvent[]
  /** hours of a month that are expected to be shed beside the known events, at times that nobody knows */
  readonly hoursPerMonth: number
  /**
   * kW the site has promised; null: all that runs and may be shed is enrolled. Of a promise every kW is the site's, so it
   * does not weigh on a single machine's verdict; enrolled capacity earns its credit only while the machine runs.
   */
  readonly capacityKw: number | null
}

/**
 * USD/kWh that stands for the duty to shed: a hundred times what the best machine earns from a kWh, and the upper bound of a market
 * price.
 */
export const DUTY_USD_PER_KWH = 10

/** What contradicts itself in a programme: the first fault with its field, null where there is none. */
export function demandResponseFault({ hoursPerMonth, events }: DemandResponse): Fault | null {
  if (hoursPerMonth > HOURS_PER_MONTH)
    return {
      field: 'demandResponse.hoursPerMonth',
      message: `${hoursPerMonth} is more than a month has (${HOURS_PER_MONTH})`,
    }
  return timesFault(events, 'demandResponse.events')
}

/** Credit, USD/kW and day: USD/kW/month ÷ (365.25/12). */
export function creditUsdPerKwDay({ creditUsdPerKwMonth }: DemandResponse): number {
  return creditUsdPerKwMonth / DAYS_PER_MONTH
}
