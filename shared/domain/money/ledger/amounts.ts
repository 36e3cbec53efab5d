import type { Currency } from '../../power/currency.ts'
import type { Amount, DatedRate } from './entry.ts'
import { rounded } from './shares.ts'

/** Money as it becomes part of an entry: converted here, once. @param rate null for USD */
export const amountOf = (currency: Currency, hundredths: number, rate: DatedRate | null): Amount => ({
  currency,
  hundredths,
  usdCents: rate === null ? hundredths : rounded(hundredths * rate.usdPerUnit),
  rate,
})
