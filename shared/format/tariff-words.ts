import type { TariffSeason } from '../domain/power/tariff.ts'

const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** @param month 1..12 */
export const monthName = (month: number): string => MONTH_NAMES[month - 1]!

/** `Summer (Jun, Jul, Aug)` */
export const seasonWords = ({ name, months }: TariffSeason): string =>
  `${name} (${months.map(monthName).join(', ')})`
