import { DAYS_PER_MONTH } from '../units.ts'

/** A charge on the highest power of a month. */
export type DemandCharge = {
  readonly usdPerKwMonth: number
  /** true: the peak that is charged has been metered already, so that stopping avoids nothing */
  readonly isAlreadySet: boolean
  /** the highest power of this billing month so far, kW */
  readonly meteredKwThisMonth: number
  /** a month is charged for at least this share of the highest peak of the months before it, 0..1; 0: no ratchet */
  readonly ratchetShare: number
  /** how many months back a ratchet looks */
  readonly lookbackMonths: number
  /** peaks of the months before this one, the last month first, kW */
  readonly pastPeaksKw: readonly number[]
}

/** A charge without what has been metered: the month begins, and nothing holds from the past. */
export const PLAIN_CHARGE: Omit<DemandCharge, 'usdPerKwMonth'> = {
  isAlreadySet: false,
  meteredKwThisMonth: 0,
  ratchetShare: 0,
  lookbackMonths: 12,
  pastPeaksKw: [],
}

/**
 * What is paid anyway, kW, so that drawing it costs nothing more: in this month the peak that has been metered, and what the ratchet
 * holds; in a later month the ratchet alone, this month's peak being one of the past ones.
 * @param monthsAhead 0: this month
 */
export function paidAnywayKw(charge: DemandCharge, monthsAhead: number): number {
  const { isAlreadySet, meteredKwThisMonth, ratchetShare, lookbackMonths, pastPeaksKw } = charge
  if (isAlreadySet) return Infinity
  const past = monthsAhead === 0 ? pastPeaksKw : [meteredKwThisMonth, ...pastPeaksKw]
  // between that month and this one lie months whose peaks nobody knows
  const unknown = Math.max(monthsAhead - 1, 0)
  const held = ratchetShare * Math.max(0, ...past.slice(0, Math.max(lookbackMonths - unknown, 0)))
  return monthsAhead === 0 ? Math.max(meteredKwThisMonth, held) : held
}

/** The charge, USD/kW and day: USD/kW/month ÷ (365.25/12). */
export function demandChargeUsdPerKwDay({ usdPerKwMonth }: Pick<DemandCharge, 'usdPerKwMonth'>): number {
  return usdPerKwMonth / DAYS_PER_MONTH
}
