import { SATS_PER_BTC, THS_PER_PHS } from '#shared/domain/units.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { display } from './display.ts'
import type { Rounding } from './numbers.ts'
import { MISSING, number, THIN_SPACE } from './numbers.ts'
import { exchangeRate } from './rates.ts'

type Look = {
  /** stands before the figure; null: the code stands after it, because others share the sign or few fonts have it */
  readonly sign: string | null
  /** of a sum: about the worth of a cent, none where the unit itself is worth less than two */
  readonly decimals: 0 | 2
  /** of a price per kWh: three or four figures of a usual tariff; a last place that is 0 is left out */
  readonly perKwhDecimals: number
}

/**
 * No two currencies look alike: a bare $ is the US dollar and ¥ the yen, so the other dollars, the yuan and the two
 * crowns go by their codes.
 */
const LOOKS: Readonly<Record<Currency, Look>> = {
  USD: { sign: '$', decimals: 2, perKwhDecimals: 4 },
  EUR: { sign: '€', decimals: 2, perKwhDecimals: 4 },
  GBP: { sign: '£', decimals: 2, perKwhDecimals: 4 },
  CAD: { sign: null, decimals: 2, perKwhDecimals: 4 },
  AUD: { sign: null, decimals: 2, perKwhDecimals: 4 },
  CHF: { sign: null, decimals: 2, perKwhDecimals: 4 },
  JPY: { sign: '¥', decimals: 0, perKwhDecimals: 2 },
  NOK: { sign: null, decimals: 2, perKwhDecimals: 4 },
  SEK: { sign: null, decimals: 2, perKwhDecimals: 4 },
  BRL: { sign: null, decimals: 2, perKwhDecimals: 4 },
  CNY: { sign: null, decimals: 2, perKwhDecimals: 4 },
  RUB: { sign: null, decimals: 0, perKwhDecimals: 3 },
  KZT: { sign: null, decimals: 0, perKwhDecimals: 2 },
  PYG: { sign: null, decimals: 0, perKwhDecimals: 1 },
  AED: { sign: null, decimals: 2, perKwhDecimals: 4 },
}

const KWH_PER_MWH = 1000

/** What stands before a figure in this currency; null where its code stands behind. */
export const signOf = (currency: Currency): string | null => LOOKS[currency].sign

/** An amount that is in the currency already: the minus stands before the sign (`−$31.60`), a code behind (`31.60 NOK`). */
function amountIn(currency: Currency, amount: number, decimals: number, rounding: Rounding): string {
  const figure = number(amount, decimals, rounding)
  if (figure === MISSING) return MISSING
  const { sign } = LOOKS[currency]
  if (sign === null) return `${figure}${THIN_SPACE}${currency}`
  return figure.startsWith('−') ? `−${sign}${figure.slice(1)}` : `${sign}${figure}`
}

/** What prices of energy are of: `$/kWh`, `per MWh`. */
export const energyUnit = () => display().energyUnit

/** Of a price of energy in a column, where every figure has the same number. */
export const energyDecimals = (currency: Currency): number =>
  energyUnit() === 'kWh' ? LOOKS[currency].perKwhDecimals : LOOKS[currency].decimals

/** A price per kWh as a number per {@link energyUnit}. */
export const energyUnits = (perKwh: number): number =>
  energyUnit() === 'kWh' ? perKwh : perKwh * KWH_PER_MWH

/** A tariff as it is paid, not converted, per {@link energyUnit}: `0.535 NOK`, `535.00 NOK`. */
export function tariffPrice(currency: Currency, perKwh: number, rounding: Rounding = 'nearest'): string {
  if (energyUnit() === 'kWh') return unitPrice(currency, perKwh, rounding)
  return amountIn(currency, energyUnits(perKwh), LOOKS[currency].decimals, rounding)
}

/** A price of one of anything, as precise as tariffs are: of a kW and month. */
export function unitPrice(currency: Currency, price: number, rounding: Rounding = 'nearest'): string {
  const decimals = LOOKS[currency].perKwhDecimals
  const figure = number(price, decimals, rounding)
  // A tariff is quoted in tenths of a cent; the last place shows only where it says something.
  return amountIn(currency, price, figure.endsWith('0') ? decimals - 1 : decimals, rounding)
}

/** The same with its unit: `$0.0535 per kWh`, `$53.50 per MWh`. */
export function tariffWords(currency: Currency, perKwh: number): string {
  return Number.isFinite(perKwh) ? `${tariffPrice(currency, perKwh)} per ${energyUnit()}` : MISSING
}

/** What a hashprice is written in. */
export type HashpriceUnit = {
  readonly inSats: boolean
  /** behind a figure: `per PH/s a day` */
  readonly per: string
  /** in headings: `$/PH/s` */
  readonly heading: string
  /** without a figure: `USD per PH/s a day` */
  readonly words: string
  /** the same in signs: `USD/PH/s/day` */
  readonly signs: string
}

/**
 * Makes display strings of money in one currency. Everything else computes in USD: each of these takes USD and converts as
 * it writes, so that a figure is rounded once, and a break-even to the same side in every currency.
 */
export type Money = {
  readonly currency: Currency
  /** USD per 1 unit; 1 for USD */
  readonly usdPerUnit: number
  /** for headings: `$`, `€`, `NOK` */
  readonly mark: string
  /** USD as a number of units, for axes */
  readonly units: (usd: number) => number
  /** of the smallest coin that is shown: 2 for cents, 0 where the unit is worth little */
  readonly decimals: number
  /** an amount that is in the currency already */
  readonly written: (units: number, decimals: number) => string
  /** no more digits than matter: `$88 300`, `$412`, `$31.60` */
  readonly amount: (usd: number) => string
  /** always with cents, for columns with aligned decimals */
  readonly cents: (usd: number) => string
  /** whole units: the price of a bitcoin, what a fleet earns */
  readonly whole: (usd: number, rounding?: Rounding) => string
  /** what the next three are in: per PH/s and day, or in satoshi per TH/s and day at the price of now */
  readonly hashprice: HashpriceUnit
  /** hashprice without its unit: `$34.50`, `39.07 sat`. A break-even is rounded up: the safe side. */
  readonly perPh: (usdPerPhDay: number, rounding?: Rounding) => string
  /** hashprice as a number, for axes */
  readonly hashpriceUnits: (usdPerPhDay: number) => number
  /** break-evens from … to, rounded up; one figure where both read the same */
  readonly perPhRange: (lowUsdPerPhDay: number, highUsdPerPhDay: number) => string
  /** a price of energy, without its unit ({@link energyUnit}): `$0.0535`. A break-even is rounded down: the safe side. */
  readonly perKwh: (usdPerKwh: number, rounding?: Rounding) => string
  /** a cost of producing one bitcoin, rounded up: `$71 420` */
  readonly cost: (usd: number) => string
}

/**
 * @param usdPerUnit what one unit of the currency is worth; above 0, a rate that is known. Not read for USD.
 * @param priceUsdPerBtc at which a hashprice is told in satoshi where the reader wants that; null: not known, so it stays money
 */
export function moneyIn(currency: Currency, usdPerUnit: number, priceUsdPerBtc: number | null = null): Money {
  const rate = currency === 'USD' ? 1 : usdPerUnit
  const { sign, decimals } = LOOKS[currency]
  const units = (usd: number) => usd / rate
  const write = (usd: number, places: number, rounding: Rounding = 'nearest') =>
    amountIn(currency, units(usd), places, rounding)
  const inSats = display().hashpriceUnit === 'sat-th' && priceUsdPerBtc !== null && priceUsdPerBtc > 0
  const hashpriceUnits = inSats
    ? (usd: number) => ((usd / priceUsdPerBtc) * SATS_PER_BTC) / THS_PER_PHS
    : units
  const perPh = (usd: number, rounding?: Rounding) =>
    inSats ? satsText(hashpriceUnits(usd), 2, rounding) : write(usd, decimals, rounding)
  return {
    currency,
    usdPerUnit: rate,
    mark: sign ?? currency,
    units,
    decimals,
    written: (amount, places) => amountIn(currency, amount, places, 'nearest'),
    amount: (usd) => write(usd, Math.abs(units(usd)) >= 99.995 ? 0 : decimals),
    cents: (usd) => write(usd, decimals),
    whole: (usd, rounding) => write(usd, 0, rounding),
    hashprice: inSats
      ? {
          inSats,
          per: 'per TH/s a day',
          heading: 'sat/TH/s',
          words: 'sat per TH/s a day',
          signs: 'sat/TH/s/day',
        }
      : {
          inSats,
          per: 'per PH/s a day',
          heading: `${sign ?? currency}/PH/s`,
          words: `${currency} per PH/s a day`,
          signs: `${currency}/PH/s/day`,
        },
    perPh,
    hashpriceUnits,
    perPhRange: (low, high) => {
      const [from, to] = [perPh(low, 'up'), perPh(high, 'up')]
      return from === to ? from : `${from} … ${to}`
    },
    perKwh: (usd, rounding) => tariffPrice(currency, units(usd), rounding),
    cost: (usd) => write(usd, 0, 'up'),
  }
}

/**
 * The same for hashprices of another day or of another price of bitcoin: money, never satoshi, which would be those at the price of
 * now.
 */
export const moneyOfAnyDay = ({ currency, usdPerUnit }: Money): Money => moneyIn(currency, usdPerUnit)

export const US_DOLLARS = moneyIn('USD', 1)

/** The same in USD, for what is always told in USD. */
export const {
  amount: usd,
  cents: usdCents,
  whole: usdWhole,
  perPh: usdPerPh,
  perKwh: usdPerKwh,
  cost: usdCost,
} = US_DOLLARS

/** What one unit is worth: `1 EUR = 1.0842 USD`. */
export function rateSentence(currency: Currency, usdPerUnit: number): string {
  return `1 ${currency} = ${exchangeRate(usdPerUnit)} USD`
}

/** Bitcoin with the digits that a day's production has: `0.148 BTC`, `12.4 BTC`. */
export function btc(value: number): string {
  if (!Number.isFinite(value)) return MISSING
  const size = Math.abs(value)
  const decimals = size === 0 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.1 ? 3 : size >= 0.001 ? 5 : 8
  return `${number(value, decimals)} BTC`
}

/** A sum in bitcoin as whole satoshi: `39 070 sat`. */
export function sats(valueBtc: number): string {
  return satsText(valueBtc * SATS_PER_BTC, 0)
}

function satsText(value: number, decimals: number, rounding?: Rounding): string {
  return Number.isFinite(value) ? `${number(value, decimals, rounding)}${THIN_SPACE}sat` : MISSING
}
