import type { ForeignCurrency } from '#shared/domain/power/currency.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { SourceFault } from './http.ts'
import type { collectReading } from './provider.ts'

type Answered = { readonly host: string; readonly endpoint: string; readonly asOfMs: number }

/**
 * Puts what an answer says of the currencies into the reading. `usdPerUnitOf`: USD per unit, null where the answer is silent,
 * NaN where it holds something else than a number: that one is told, and the others count all the same.
 */
export function sayRates(
  reading: ReturnType<typeof collectReading>,
  { host, endpoint, asOfMs }: Answered,
  usdPerUnitOf: (currency: ForeignCurrency) => number | null,
): void {
  const said = FOREIGN_CURRENCIES.flatMap((currency) => {
    const usdPerUnit = usdPerUnitOf(currency)
    return usdPerUnit === null ? [] : [{ currency, usdPerUnit, asOfMs }]
  })
  reading.rated(said.filter(({ usdPerUnit }) => !Number.isNaN(usdPerUnit)))
  const odd = said.filter(({ usdPerUnit }) => Number.isNaN(usdPerUnit)).map(({ currency }) => currency)
  if (odd.length > 0)
    reading.blame(new SourceFault(`${host} gave no number for ${odd.join(', ')}`, { endpoint }))
}

/** The rate between two prices of one bitcoin: BTC in USD ÷ BTC in the currency. undefined: the answer is silent. */
export function crossRate(usdPerBtc: number, pricePerBtc: unknown): number | null {
  if (pricePerBtc === undefined) return null
  return typeof pricePerBtc === 'number' ? usdPerBtc / pricePerBtc : NaN
}
