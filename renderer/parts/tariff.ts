import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import type { FleetView } from '#shared/ipc/schemas/fleet.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { number } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { energyUnit, usdPerKwh } from '#shared/format/money.ts'
import { faultOf } from '../lib/bounds.ts'

export type SiteTariff = FleetView['tariffs'][number]

/** What a site pays in a currency of its own; null where it pays in USD. */
export function tariffAt(tariffs: FleetView['tariffs'], siteKey: number): SiteTariff | null {
  return tariffs.find((tariff) => tariff.siteKey === siteKey) ?? null
}

/** In what a price is typed, and what one unit is worth in USD: 1 for USD, null where no rate is known. */
export type PriceUnit = { readonly currency: Currency; readonly usdPerUnit: number | null }

/** What a price is in the reader's money, to stand beside it: nothing that would say the same figure again. */
export function besideWords(money: Money, currency: Currency, priceUsdPerKwh: number): string | null {
  if (!Number.isFinite(priceUsdPerKwh) || (currency === 'USD' && money.currency === 'USD')) return null
  const shown = currency === money.currency ? usdPerKwh(priceUsdPerKwh) : money.perKwh(priceUsdPerKwh)
  return `= ${shown} per ${energyUnit()}`
}

/** What anyone pays per kWh in any currency is below it: the bound while there is no rate. */
const MOST_PER_KWH = 1_000_000

/** A bound with four figures and no noughts behind. */
function bound(value: number): string {
  const rounded = Number(value.toPrecision(4))
  return number(rounded, String(rounded).split('.')[1]?.length ?? 0)
}

/** What is wrong with a price per kWh, said in the unit in which it was typed; null where nothing is. */
export function priceFault(
  field: 'powerPriceUsdPerKwh' | 'otherUsdPerKwh',
  perKwh: number,
  { currency, usdPerUnit }: PriceUnit,
): string | null {
  if (currency === 'USD') return faultOf(field, perKwh)
  const [leastUsd, mostUsd] = MACHINE_FIELDS[field].bounds
  const [least, most] =
    usdPerUnit === null ? [-MOST_PER_KWH, MOST_PER_KWH] : [leastUsd / usdPerUnit, mostUsd / usdPerUnit]
  const isMeant = (value: number) => value >= least && value <= most
  if (isMeant(perKwh)) return null
  const hundredth = Number((perKwh / 100).toPrecision(12))
  const slip = isMeant(hundredth) ? ` Is it in hundredths of ${currency}? Then type ${hundredth}.` : ''
  return `It must be from ${bound(least)} to ${bound(most)} ${currency}/kWh.${slip}`
}

/** Why a site has no figures: said where its price stands. */
export function noRateWords(currency: Currency): string {
  return `No rate for ${currency} is known, so this site has no figures. Type one under Data.`
}
