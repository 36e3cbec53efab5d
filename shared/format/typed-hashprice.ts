import type { Currency } from '../domain/power/currency.ts'
import { SECONDS_PER_DAY } from '../domain/units.ts'
import { satPerThDayInUsdPerPhDay } from '../domain/chain/network.ts'
import { usdPerPh } from './money.ts'
import type { TypedField } from './typed.ts'
import { readTyped } from './typed.ts'
import { CHANGE_FIELD, HASHPRICE_FIELD } from './typed-fields.ts'

/** What a hashprice is typed in: money per PH/s and day, or satoshi per TH/s and day. */
export type TypedHashpriceUnit = Currency | 'sat'

/** What a hashprice in another unit than USD is worth; null: not known. */
export type HashpriceRates = {
  readonly priceUsdPerBtc: number | null
  /** of the currency that it may be typed in */
  readonly usdPerUnit: number | null
}

const SAT_FIELD: TypedField = { unit: 'sat/TH/day', usual: [1, 1000], example: '39.1 or 39.1 sat' }

/** The field of a unit. A unit that is written beside the number counts over it. */
function fieldOf(
  unit: TypedHashpriceUnit,
  text: string,
): { readonly unit: TypedHashpriceUnit; readonly field: TypedField } {
  if (/sat/i.test(text)) return { unit: 'sat', field: SAT_FIELD }
  if (unit === 'USD' || /\$|usd/i.test(text)) return { unit: 'USD', field: HASHPRICE_FIELD }
  return unit === 'sat'
    ? { unit, field: SAT_FIELD }
    : { unit, field: { unit, usual: [1, 1_000_000], example: `38.20 or 38.20 ${unit}` } }
}

export type HashpriceRead = {
  /** USD/PH/s/day; null: nothing was typed, or it was not understood */
  readonly usdPerPhDay: number | null
  readonly fault: string | null
  /** it is in satoshi, and what a bitcoin costs is not known */
  readonly needsPrice: boolean
}

/** Reads a hashprice as people find it: `34.50`, `$34.50`, `39.1 sat`, `39 053 sat/PH/day`. */
export function readHashprice(
  text: string,
  chosen: TypedHashpriceUnit,
  rates: HashpriceRates,
): HashpriceRead {
  const { unit, field } = fieldOf(chosen, text)
  const { value, fault } = readTyped(text, field)
  const none = { usdPerPhDay: null, needsPrice: false }
  if (fault !== null) return { ...none, fault }
  if (value === null) return { ...none, fault: null }
  if (!(value > 0)) return { ...none, fault: 'It must be above 0.' }
  if (unit === 'USD') return { ...none, usdPerPhDay: value, fault: null }
  if (unit === 'sat') {
    const { priceUsdPerBtc } = rates
    if (priceUsdPerBtc === null)
      return {
        ...none,
        needsPrice: true,
        fault: 'A hashprice in sat needs the price of a bitcoin: type it too.',
      }
    return { ...none, usdPerPhDay: satPerThDayInUsdPerPhDay(value, priceUsdPerBtc), fault: null }
  }
  return rates.usdPerUnit === null
    ? { ...none, fault: `No rate for ${unit} is known: type it in USD.` }
    : { ...none, usdPerPhDay: value * rates.usdPerUnit, fault: null }
}

/** No hashprice since 2019 was outside these, USD/PH/s/day. */
const USUAL_USD_PER_PH_DAY = [5, 500] as const

/** Of a hashprice that is more likely in another unit; null of a usual one. */
export function hashpriceDoubt(usdPerPhDay: number): string | null {
  const [least, most] = USUAL_USD_PER_PH_DAY
  return usdPerPhDay >= least && usdPerPhDay <= most
    ? null
    : `Hashprice: ${usdPerPh(usdPerPhDay)} per PH/s a day is far from what it has been for years; is it per PH/s and day, in USD?`
}

const DAYS_FIELD: TypedField = { unit: 'days', usual: [0, 60], example: '2 days or 2d 9h' }
const ADJUSTMENT_EXAMPLE = 'write it like −2.0 % in 2 days.'
/** A change and how long it is until then. */
const ADJUSTMENT = /^(.+?)\s+in\s+(.+)$|^(.+?%)\s*(.+)$/i

export type AdjustmentRead = {
  /** null: nothing was typed, or it was not understood */
  readonly adjustment: { readonly change: number; readonly secondsLeft: number } | null
  readonly fault: string | null
}

/** Reads the next adjustment as it is told: `−2.0 % in 2 days`, `-2% 2d 9h`. */
export function readAdjustment(text: string): AdjustmentRead {
  const bare = text.trim()
  const refused = (fault: string): AdjustmentRead => ({ adjustment: null, fault })
  if (bare === '') return { adjustment: null, fault: null }
  const found = ADJUSTMENT.exec(bare)
  if (found === null) return refused(`It needs a change and when it comes: ${ADJUSTMENT_EXAMPLE}`)
  const change = readTyped(found[1] ?? found[3]!, CHANGE_FIELD)
  const days = readTyped(found[2] ?? found[4]!, DAYS_FIELD)
  const fault = change.fault ?? days.fault
  if (fault !== null) return refused(fault)
  if (change.value === null || days.value === null)
    return refused(`It needs a change and when it comes: ${ADJUSTMENT_EXAMPLE}`)
  if (change.value < -0.75 || change.value > 3) return refused('It must be from −75 to 300 %.')
  if (!(days.value > 0 && days.value <= 60)) return refused('It must be ahead, at most 60 days.')
  return { adjustment: { change: change.value, secondsLeft: days.value * SECONDS_PER_DAY }, fault: null }
}
