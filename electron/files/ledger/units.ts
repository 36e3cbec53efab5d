import { SATS_PER_BTC } from '#shared/domain/units.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { signOf } from '#shared/format/money.ts'
import { factorOf } from '#shared/format/number-units.ts'
import type { CellType, LedgerField } from './fields.ts'
import { typeOf } from './fields.ts'

/** Units of columns: those that are offered, and how a unit as written becomes one of them. */

const PER_BTC = CURRENCIES.map((currency) => `${currency}/BTC`)

const OFFERED: Readonly<Record<CellType, readonly string[]>> = {
  text: [],
  /** a time without a zone is of UTC, or of the zone of the entry; seconds and milliseconds since 1970 */
  day: ['local', 'UTC', 'unix s', 'unix ms'],
  /** whether the day belongs to the period */
  end: ['included', 'excluded'],
  month: [],
  coins: ['BTC', 'mBTC', 'µBTC', 'sat'],
  money: CURRENCIES,
  energy: ['kWh', 'MWh', 'GWh', 'Wh'],
  hashrate: ['PH/s', 'TH/s', 'EH/s', 'GH/s', 'H/s'],
  power: ['kW', 'MW', 'W'],
  price: PER_BTC,
  tariff: ['USD/kWh', 'USD/MWh', '¢/kWh'],
  reward: ['BTC', 'sat'],
  share: ['fraction', '%'],
  number: [],
  life: ['days', 'months', 'years'],
  rate: ['USD per unit', 'units per USD'],
}

export const unitsIn = (field: LedgerField): readonly string[] => OFFERED[typeOf(field)]

/** Satoshi in one; their names in lower case. */
const COIN_UNITS: readonly (readonly [unit: string, sat: number, names: RegExp])[] = [
  ['BTC', SATS_PER_BTC, /^(?:btc|xbt|xxbt|₿|bitcoins?)$/],
  ['mBTC', 1e5, /^m(?:illi)?-?(?:btc|xbt)$/],
  ['µBTC', 100, /^(?:[uµμ]|micro)-?(?:btc|xbt)$/],
  ['sat', 1, /^(?:sats?|satoshis?)$/],
]
const LIFE_UNITS: readonly (readonly [unit: string, names: RegExp])[] = [
  ['days', /^d(?:ays?)?$/],
  ['months', /^m(?:o(?:s|nths?)?)?$/],
  ['years', /^y(?:(?:ea)?rs?)?$/],
]

export const isBitcoin = (text: string): boolean => COIN_UNITS[0]![2].test(text.trim().toLowerCase())

/** Coins that stand for dollars. They are no currency; whoever says that a column is in USD says that they count as such. */
export const isStableCoin = (text: string): boolean =>
  /^(?:usd[tc]|[tb]usd|usdp|gusd|dai)$/i.test(text.trim())

/** The currency that a code, a sign or a name of Kraken's (ZUSD) means. */
export function currencyOf(text: string): Currency | null {
  const bare = text.trim().toUpperCase()
  return (
    CURRENCIES.find((code) => bare === code || bare === `Z${code}` || bare === signOf(code)) ??
    ({ US$: 'USD', CA$: 'CAD', C$: 'CAD', A$: 'AUD', R$: 'BRL' } as const)[bare] ??
    null
  )
}

/** One of the offered units of a field, as it is written in a heading, a cell or on the command line; null where it is none. */
export function unitFor(field: LedgerField, written: string): string | null {
  const type = typeOf(field)
  const bare = written.trim()
  const small = bare.toLowerCase()
  const offered = OFFERED[type].find((unit) => unit === bare) ?? null
  if (offered !== null || bare === '') return offered
  switch (type) {
    case 'coins':
    case 'reward':
      return COIN_UNITS.find(([, , names]) => names.test(small))?.[0] ?? null
    case 'money':
      return currencyOf(bare)
    case 'price': {
      // "USD/BTC" says the unit, "BTC/USD" the pair: both mean dollars for a bitcoin
      const pair = /^(?:btc|xbt)\s*[/-]\s*([a-z]{3})$/i.exec(bare)
      const currency = currencyOf(pair?.[1] ?? bare.replace(/\s*(?:\/|per)\s*(?:btc|xbt|bitcoin)$/i, ''))
      return currency === null ? null : `${currency}/BTC`
    }
    case 'life':
      return LIFE_UNITS.find(([, names]) => names.test(small))?.[0] ?? null
    case 'share':
      return factorOf(bare, 'share') === null ? null : '%'
    case 'energy':
      return factorOf(bare, 'kWh') === null ? null : bare
    case 'hashrate':
      return factorOf(bare, 'PH/s') === null ? null : bare
    case 'power':
      return factorOf(bare, 'kW') === null ? null : bare
    case 'tariff':
      return /wh$/i.test(bare) && factorOf(bare, 'USD/kWh') !== null ? bare : null
    case 'day':
      return /^utc(?:[+-]?0)?$|^gmt$/.test(small) ? 'UTC' : null
    case 'rate':
      return small === 'usd' ? 'USD per unit' : null
    case 'text':
    case 'end':
    case 'month':
    case 'number':
      return null
  }
}

/** What a number in a unit is times, to be in satoshi, kWh, PH/s, kW, USD/kWh or a fraction. @param unit one that {@link unitFor} gave */
export function timesOf(field: LedgerField, unit: string): number {
  switch (typeOf(field)) {
    case 'coins':
    case 'reward':
      return COIN_UNITS.find(([name]) => name === unit)![1]
    case 'energy':
      return factorOf(unit, 'kWh')!
    case 'hashrate':
      return factorOf(unit, 'PH/s')!
    case 'power':
      return factorOf(unit, 'kW')!
    case 'tariff':
      return factorOf(unit, 'USD/kWh')!
    case 'share':
      return unit === '%' ? 0.01 : 1
    case 'text':
    case 'day':
    case 'end':
    case 'month':
    case 'money':
    case 'price':
    case 'number':
    case 'life':
    case 'rate':
      return 1
  }
}
