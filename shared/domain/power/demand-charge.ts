/** A charge on the highest power of a month. */
export type DemandCharge = {
  readonly usdPerKwMonth: number
  /** true: this month's peak has been metered already, so that stopping now avoids nothing */
  readonly isAlreadySet: boolean
}

/** The charge, USD/kW and day: USD/kW/month ÷ (365.25/12). */
export function demandChargeUsdPerKwDay({ usdPerKwMonth }: DemandCharge): number {
  return usdPerKwMonth / DAYS_PER_MONTH
}

/** The part that a machine avoids by staying off, USD/kW and day. */
export function avoidableDemandChargeUsdPerKwDay(charge: DemandCharge): number {
  return charge.isAlreadySet ? 0 : demandChargeUsdPerKwDay(charge)
}
import { DAYS_PER_MONTH } from '../units.ts'
