import type { NumberField } from '#shared/domain/fleet/fields.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import { signOf } from './money.ts'

/** Units that numbers are written in, in files and in fields, and what each is times to be in ours. */

type MoneyUnit = 'USD/BTC' | 'USD/PH/day' | 'USD/day' | Currency | `${Currency}/kWh`
type OtherUnit =
  | Exclude<NumberField['unit'], MoneyUnit>
  /** a fraction: a bare 0.02 is 2 % */
  | 'share'
  /** in percent: a bare 2 is 2 % */
  | '%'
  | 'number'
  | 'blocks'
  | 'BTC'
  | 'sat/TH/day'
  | 'kW'
  | 'kWh'
  | 'PH/s'
  | 'EH/s'
  | 'hours'
  | 'days'
export type Unit = OtherUnit | MoneyUnit

const PREFIX_EXPONENT: Readonly<Record<string, number>> = {
  '': 0,
  k: 3,
  m: 6,
  g: 9,
  t: 12,
  p: 15,
  e: 18,
  z: 21,
}
const HASH = /^([kmgtpez])(?:h(?:ash)?(?:\/?s(?:ec)?)?)?$|^(h)\/?s$/
const PER = /(?:\/|per|_|^)(kwh|mwh|day|d|btc)$/
const OF_HASHRATE = /(?:\/|per|^)ph(?:\/?s)?(?:(?:\/|per|a|,)?(?:day|d))?$/

const SATS_OF_HASHRATE =
  /^(?:sats?|satoshis?)?(?:(?:\/|per|a)*([tpe])h(?:\/?s)?)?(?:(?:\/|per|a)*(?:day|d))?$/

const CENTS = ['c', 'ct', 'cts', 'cent', 'cents', '¢']
const ORE = ['øre', 'öre', 'ore']
const HUNDREDTHS: Readonly<Partial<Record<Currency, readonly string[]>>> = {
  USD: [...CENTS, 'us¢', 'usc'],
  EUR: CENTS,
  CAD: CENTS,
  AUD: CENTS,
  GBP: ['p', 'pence', 'penny'],
  CHF: ['rp', 'rappen'],
  NOK: ORE,
  SEK: ORE,
}
/** Each with its length in days. */
const TIMES: readonly (readonly [name: RegExp, days: number])[] = [
  [/^s(?:ecs?|econds?)?$/, 1 / 86_400],
  [/^m(?:ins?|inutes?)?$/, 1 / 1440],
  [/^h(?:rs?|ours?)?$/, 1 / 24],
  [/^d(?:ays?)?$/, 1],
  [/^w(?:ks?|eeks?)?$/, 7],
]

/**
 * What a number in a unit is times, to be in ours: 1000 for kW where W is wanted.
 * @param unit as written
 * @returns null where the unit is not understood or measures something else
 */
export function factorOf(unit: string, ours: Unit): number | null {
  const bare = unit.replace(/\s/g, '')
  const small = bare.toLowerCase()
  if (small === '') return 1
  return isMoney(ours) ? moneyUnitFactor(small, ours) : otherFactor(bare, small, ours)
}

function otherFactor(bare: string, small: string, ours: OtherUnit): number | null {
  switch (ours) {
    case 'share':
      return isPercent(small) ? 0.01 : null
    case '%':
      return isPercent(small) ? 1 : null
    case 'TH/s': {
      const found = HASH.exec(small)
      // a power of ten that divides or multiplies without an error of its own
      return found === null ? null : 10 ** (PREFIX_EXPONENT[found[1] ?? '']! - 12)
    }
    case 'PH/s':
    case 'EH/s': {
      const found = HASH.exec(small)
      return found === null ? null : 10 ** (PREFIX_EXPONENT[found[1] ?? '']! - (ours === 'PH/s' ? 15 : 18))
    }
    case 'W':
      return wattsOf(bare, small)
    case 'kWh':
      return kilowattHoursOf(bare, small)
    case 'kW': {
      const watts = wattsOf(bare, small)
      return watts === null ? null : watts / 1000
    }
    case '':
      return /^(?:pcs?|units?|machines?|miners?|x)$/.test(small) ? 1 : null
    case 'number':
      return /^[kmgtpez]$/.test(small) ? 10 ** PREFIX_EXPONENT[small]! : null
    case 'blocks':
      return /^blocks?$/.test(small) ? 1 : null
    case 'BTC':
      if (/^(?:btc|₿|bitcoins?)$/.test(small)) return 1
      return /^(?:sats?|satoshis?)$/.test(small) ? 1e-8 : null
    case 'sat/TH/day': {
      const found = SATS_OF_HASHRATE.exec(small)
      return found === null ? null : 10 ** (12 - PREFIX_EXPONENT[found[1] ?? 't']!)
    }
    case 'hours': {
      const found = TIMES.find(([name]) => name.test(small))
      return found === undefined ? null : found[1] * 24
    }
    case 'days':
      return TIMES.find(([name]) => name.test(small))?.[1] ?? null
  }
}

function wattsOf(bare: string, small: string): number | null {
  if (/^(?:w|watts?)$/.test(small)) return 1
  if (/^(?:kw|kilowatts?)$/.test(small)) return 1000
  // mW and mw may be milliwatts
  return /^(?:MW|megawatts?)$/.test(bare) ? 1e6 : null
}

function kilowattHoursOf(bare: string, small: string): number | null {
  if (/^(?:kwh|kilowatthours?)$/.test(small)) return 1
  if (/^(?:wh|watthours?)$/.test(small)) return 1e-3
  // mWh and mwh may be milliwatt-hours
  if (/^(?:MWh|MWH|megawatthours?)$/.test(bare)) return 1000
  return /^(?:GWh|GWH|gigawatthours?)$/.test(bare) ? 1e6 : null
}

const isMoney = (unit: Unit): unit is MoneyUnit => CURRENCIES.some((code) => unit.startsWith(code))

function moneyUnitFactor(small: string, ours: MoneyUnit): number | null {
  if (ours === 'USD/PH/day') return moneyFactor(small.replace(OF_HASHRATE, ''), 'USD', undefined)
  if (ours === 'USD/day') return moneyFactor(small, 'USD', 'day')
  if (ours === 'USD/BTC') {
    const bare = small.replace(/^k|k$/, '')
    const factor = moneyFactor(bare, 'USD', 'btc')
    return factor === null || bare === small ? factor : factor * 1000
  }
  const currency = CURRENCIES.find((code) => ours.startsWith(code))!
  return moneyFactor(small, currency, ours.endsWith('/kWh') ? 'kwh' : undefined)
}

const isPercent = (small: string) => /^(?:%|percent|pct|per_?cent)$/.test(small)

/**
 * @param small lower case, without spaces
 * @param per what one of is priced; undefined: it is a sum
 */
function moneyFactor(
  small: string,
  currency: Currency,
  per: 'kwh' | 'day' | 'btc' | undefined,
): number | null {
  const of = PER.exec(small)
  const factor = currencyFactor(of === null ? small : small.slice(0, of.index), currency)
  if (factor === null || of === null) return factor
  const [, written] = of
  if (per === 'kwh' && written === 'mwh') return factor / 1000
  return written === per || (per === 'day' && written === 'd') ? factor : null
}

function currencyFactor(small: string, currency: Currency): number | null {
  const signs = [currency.toLowerCase(), signOf(currency), ...(currency === 'USD' ? ['us$'] : [])]
  if (small === '' || signs.includes(small)) return 1
  return HUNDREDTHS[currency]?.includes(small) === true ? 0.01 : null
}

/** What is to be divided by, where a factor below 1 is one part of a whole number; null where it is none. */
function divisorOf(factor: number): number | null {
  const divisor = Math.round(1 / factor)
  return divisor > 1 && Math.abs(divisor * factor - 1) < 1e-12 ? divisor : null
}

/** A value in another unit, in ours; what is smaller than ours is divided, so that 4.5 ¢ is 0.045 and not 0.045000000000000005. */
export function converted(value: number, factor: number): number {
  const divisor = divisorOf(factor)
  return divisor === null ? value * factor : value / divisor
}

/** "× 1000", "÷ 100"; '' for 1. */
export function factorText(factor: number): string {
  const divisor = divisorOf(factor)
  return factor === 1 ? '' : divisor === null ? ` × ${factor}` : ` ÷ ${divisor}`
}

export const unitOf = ({ unit, share }: NumberField): NumberField['unit'] | 'share' =>
  share === true ? 'share' : unit
