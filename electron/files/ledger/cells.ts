import type { DatedRate, Day } from '#shared/domain/money/ledger/entry.ts'
import { rounded } from '#shared/domain/money/ledger/shares.ts'
import { rateLimits } from '#shared/domain/power/currency.ts'
import type { Currency, ForeignCurrency } from '#shared/domain/power/currency.ts'
import { converted } from '#shared/format/number-units.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { readNumber } from '#shared/format/read-number.ts'
import { quoted } from '../shown.ts'
import type { LedgerField } from './fields.ts'
import { fieldWords } from './headings.ts'
import { currencyOf, isStableCoin, timesOf, unitFor, unitsIn } from './units.ts'

/** A cell as a value, or what is wrong with it, and what to type on the command line. */
export type Read<T> = { readonly value: T } | Fault
export type Fault = { readonly fault: string; readonly remedy?: string }
export const isFault = (read: object): read is Fault => 'fault' in read

/** A column of numbers. */
export type NumberColumn = {
  readonly heading: string
  readonly field: LedgerField
  readonly unit: string | null
  readonly sign: DecimalSign
  /** someone said the unit */
  readonly isSaid: boolean
}

/** An accountant's (12.50) is −12.50. */
const BRACKETED = /^\((.+)\)$/

function numberIn(cell: string, sign: DecimalSign): { readonly value: number; readonly unit: string } {
  const bracketed = BRACKETED.exec(cell.trim())
  const { value, unit } = readNumber(bracketed?.[1] ?? cell.trim(), sign)
  return { value: bracketed === null ? value : -value, unit }
}

const noNumber = (cell: string): Fault => ({
  fault: `${quoted(cell)} is not a number: write digits, with the unit of the column or without`,
})

const noUnit = ({ heading, field }: NumberColumn): Fault => {
  const units = unitsIn(field)
  return {
    fault: `neither heading nor cell says the unit of ${fieldWords(field)}: ${units.slice(0, 4).join(', ')}${units.length > 4 ? ' …' : ''}`,
    remedy: `; say it with --map '${heading}=${field}:${units[0]!}'`,
  }
}

/** A number in satoshi, kWh, PH/s, kW, USD/kWh or a fraction; negative ones too. @param usual the unit where neither heading nor cell says it */
export function readMeasure(cell: string, column: NumberColumn, usual: string | null = null): Read<number> {
  const { value, unit: beside } = numberIn(cell, column.sign)
  if (Number.isNaN(value)) return noNumber(cell)
  const said = beside === '' ? null : unitFor(column.field, beside)
  if (beside !== '' && said === null)
    return { fault: `${quoted(cell)} is in '${beside}', which is no unit of ${fieldWords(column.field)}` }
  const unit = said ?? column.unit ?? usual
  if (unit === null && unitsIn(column.field).length > 0) return noUnit(column)
  return { value: unit === null ? value : converted(value, timesOf(column.field, unit)) }
}

/** What the words beside an amount and the row say about its currency. */
export type CurrencyHints = {
  /** of a column of its own, or of the traded pair; null: none */
  readonly row: string | null
  readonly file: Currency | null
}

/** An amount with its currency. */
export function readMoney(
  cell: string,
  column: NumberColumn,
  { row, file }: CurrencyHints,
): Read<{ readonly amount: number; readonly currency: Currency }> {
  const { value, unit: beside } = numberIn(cell, column.sign)
  if (Number.isNaN(value)) return noNumber(cell)
  const heading = column.unit === null ? null : currencyOf(column.unit.replace(/\/BTC$/, ''))
  // A heading says it of its column, a column of currencies of the amount alone.
  const isOfRow = heading === null || column.field === 'money'
  const words = beside === '' ? (isOfRow ? (row ?? '') : '') : beside.replace(/\s*\/\s*(?:btc|xbt)$/i, '')
  // a bare $ is also the sign of other dollars
  const own = words === '$' && (heading ?? file) !== null ? (heading ?? file)! : currencyOf(words)
  if (words !== '' && own === null) {
    const counts = isStableCoin(words) && column.isSaid && heading === 'USD'
    if (!counts)
      return isStableCoin(words)
        ? {
            fault: `${quoted(cell)} is in ${words}, which is no currency of the books`,
            remedy: `; where it counts as dollars say so with --map '${column.heading}=${column.field}:${column.field === 'price' ? 'USD/BTC' : 'USD'}'`,
          }
        : { fault: `${quoted(cell)} is in '${words}', which is no currency that is known here` }
  }
  if (own !== null && heading !== null && own !== heading)
    return { fault: `${quoted(cell)} is in ${own}, but the column is in ${heading}` }
  const currency = own ?? heading ?? file
  if (currency === null)
    return {
      fault: 'nothing says its currency',
      remedy: `; say it with --currency, or --map '${column.heading}=${column.field}:${column.field === 'price' ? 'USD/BTC' : 'USD'}'`,
    }
  return { value: { amount: value, currency } }
}

/** Hundredths of a unit, halves away from 0. Six digits behind the hundredth are more than any amount has. */
export const hundredthsOf = (amount: number): number => rounded(Number((amount * 100).toFixed(6)))

/** What one unit of a currency is worth, of a column of rates. */
export function readRate(
  cell: string,
  column: NumberColumn,
  currency: ForeignCurrency,
  day: Day,
  source: string,
): Read<DatedRate> {
  const { value } = numberIn(cell, column.sign)
  if (!(value > 0 && value < Infinity)) return noNumber(cell)
  const [least, most] = rateLimits(currency)
  const fits = (rate: number) => rate >= least && rate <= most
  const waySaid = (unit: string) => `--map '${column.heading}=rate:${unit}'`
  if (column.unit === null && fits(value) && fits(1 / value))
    return {
      fault: `nothing says whether ${quoted(cell)} is USD for 1 ${currency} or ${currency} for 1 USD`,
      remedy: `; say it with ${waySaid('USD per unit')} or ${waySaid('units per USD')}`,
    }
  const isInverse = column.unit === 'units per USD' || (column.unit === null && !fits(value))
  const usdPerUnit = isInverse ? 1 / value : value
  if (fits(usdPerUnit)) return { value: { usdPerUnit, day, source } }
  return {
    fault: `${quoted(cell)} as ${column.unit ?? 'rate'} of ${currency} is out of bounds${fits(1 / usdPerUnit) ? '; is it the other way round?' : ''}`,
  }
}
