import type { FleetView } from '#shared/ipc/schemas/fleet.ts'
import type { DatedValue, NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Currency, ForeignCurrency } from '#shared/domain/power/currency.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { counted } from '#shared/format/numbers.ts'

export type CurrencyRow = {
  readonly currency: ForeignCurrency
  /** USD per 1 unit; null where none is known */
  readonly rate: DatedValue | null
  readonly isReporting: boolean
  /** sites whose tariff is in it */
  readonly sites: number
}

/** One row per currency: the one that figures are shown in, then those that sites pay in, then the others. */
export function rateRows(
  rates: NetworkState['rates'],
  reporting: Currency,
  tariffs: FleetView['tariffs'],
): readonly CurrencyRow[] {
  const rows = FOREIGN_CURRENCIES.map((currency) => ({
    currency,
    rate: rates[currency] ?? null,
    isReporting: currency === reporting,
    sites: tariffs.filter((tariff) => tariff.currency === currency).length,
  }))
  const rank = ({ isReporting, sites }: CurrencyRow) => (isReporting ? 0 : sites > 0 ? 1 : 2)
  return rows.toSorted((a, b) => rank(a) - rank(b))
}

/** What a currency is used for; empty where for nothing. */
export function useWords({ isReporting, sites }: CurrencyRow): string {
  return [
    ...(isReporting ? ['figures are shown in it'] : []),
    ...(sites > 0 ? [`${counted(sites, 'site pays', 'sites pay')} in it`] : []),
  ].join(', ')
}

/** What it costs that no rate is known; null where nobody needs one. */
export function missingWords({ isReporting, sites }: CurrencyRow): string | null {
  const costs = [
    ...(isReporting ? ['figures are shown in USD'] : []),
    ...(sites > 0 ? ['its sites have no power price'] : []),
  ]
  return costs.length === 0 ? null : `missing: ${costs.join(', ')}`
}

/** What is wrong with a rate that was typed, in words; null where nothing is. */
export function rateFault(usdPerUnit: number, currency: ForeignCurrency): string | null {
  if (usdPerUnit > 0 && usdPerUnit <= 1_000_000) return null
  return `It must be above 0 and at most a million: what 1 ${currency} costs in USD.`
}
