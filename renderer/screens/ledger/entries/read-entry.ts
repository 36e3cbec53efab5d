import { SATS_PER_BTC } from '#shared/domain/units.ts'
import type {
  Amount,
  CoinPrice,
  CostCategory,
  DatedRate,
  Day,
  Fact,
  FactOf,
  NewEntry,
} from '#shared/domain/money/ledger/entry.ts'
import { amountOf } from '#shared/domain/money/ledger/amounts.ts'
import type { CountedKind } from '#shared/domain/money/ledger/counted.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { isTimeZone } from '#shared/domain/power/zone-clock.ts'
import { calendarDay } from '#shared/format/times.ts'
import { rateField } from '#shared/format/typed-fields.ts'
import { readTyped } from '#shared/format/typed.ts'
import type { TypedField } from '#shared/format/typed.ts'
import type { FieldName } from './entry-fields.ts'
import { fieldOf, moneyField } from './entry-fields.ts'

/** What stands in the fields of an entry, as it was typed. */
export type EntryDraft = {
  readonly kind: CountedKind
  readonly texts: Readonly<Partial<Record<FieldName, string>>>
  /** '': the company as a whole */
  readonly site: string
  readonly zone: string
  readonly reference: string
  readonly note: string
}
/** Fields of which something can be wrong. */
export type DraftField = FieldName | 'zone'
export type DraftFaults = Readonly<Partial<Record<DraftField, string | undefined>>>

/** What is stored of prices and rates, for fields that stay empty; null: nothing that holds for the day. */
export type KnownPrices = {
  readonly priceOn: (day: Day) => CoinPrice | null
  readonly rateOn: (currency: Currency, day: Day) => DatedRate | null
}

const TYPED = 'typed'

/**
 * A typed entry, or what is wrong with it by field.
 * @param mayBeZero any figure may be nothing, as one that is corrected
 */
export function entryFrom(
  draft: EntryDraft,
  known: KnownPrices,
  mayBeZero = false,
):
  | { readonly entry: NewEntry; readonly faults: null }
  | { readonly entry: null; readonly faults: DraftFaults } {
  const faults: Partial<Record<DraftField, string>> = {}
  const zone = draft.zone.trim()
  if (!isTimeZone(zone)) faults.zone = 'Write a time zone, like America/Chicago or UTC.'
  const fact = factFrom(draft, known, mayBeZero, faults)
  if (Object.keys(faults).length > 0) return { entry: null, faults }
  const entry = {
    ...{ fact, site: draft.site, zone },
    ...{ reference: draft.reference.trim(), note: draft.note.trim() },
    ...{ corrects: null, origin: null },
  }
  return { entry, faults: null }
}

/** The fact that the fields say; of no use where it has written faults. */
function factFrom(
  { kind, texts }: EntryDraft,
  known: KnownPrices,
  zeroes: boolean,
  faults: Partial<Record<DraftField, string>>,
): Fact {
  const typed = (name: FieldName) => (texts[name] ?? '').trim()
  const wrong = (name: FieldName, words: string) => void (faults[name] ??= words)

  const text = (name: FieldName): string => {
    const said = typed(name)
    if (said === '' && fieldOf(name).isOptional !== true) wrong(name, 'Write a name.')
    return said
  }
  const day = (name: 'day' | 'from' | 'to'): Day => {
    if (typed(name) === '') wrong(name, 'Say the day.')
    return typed(name)
  }
  const days = () => {
    const period = { from: day('from'), to: day('to') }
    if (period.from !== '' && period.to !== '' && period.to < period.from)
      wrong('to', 'The last day lies before the first.')
    return period
  }
  const month = (): string => {
    if (!/^\d{4}-\d{2}$/.test(typed('month'))) wrong('month', 'Say the month.')
    return typed('month')
  }
  const readAs = (name: FieldName, field: TypedField, mayBeZero: boolean): number | null => {
    const { value, fault } = readTyped(typed(name), field)
    if (fault !== null) wrong(name, fault)
    else if (value === null) {
      if (fieldOf(name).isOptional !== true) wrong(name, `Type a value, like ${field.example}.`)
    } else if (value < 0) wrong(name, 'It must not be below 0.')
    else if (value === 0 && !mayBeZero && !zeroes) wrong(name, 'It must be above 0.')
    return value
  }
  const number = (name: FieldName): number | null => {
    const field = fieldOf(name)
    return field.type === 'number' ? readAs(name, field.read, field.mayBeZero === true) : null
  }
  /** A whole number of the smallest part. */
  const parts = (name: FieldName, value: number | null, perUnit: number, smallest: string): number | null => {
    if (value === null) return null
    const whole = Math.round(value * perUnit)
    if (Math.abs(value * perUnit - whole) > 1e-3)
      wrong(name, `${smallest} is the smallest part that is booked.`)
    else if (!Number.isSafeInteger(whole)) wrong(name, 'It is beyond all measure.')
    return whole
  }
  const sat = (name: 'sat' | 'feeSat') => parts(name, number(name), SATS_PER_BTC, 'A satoshi')
  const wattHours = (name: 'wh' | 'billedWh') => parts(name, number(name), 1000, 'A watt-hour')
  const cents = (name: 'salvage' | 'cost') => parts(name, number(name), 100, 'A cent') ?? 0
  const share = (name: 'uptime' | 'poolFee'): number => {
    const value = number(name) ?? 0
    if (value > 1) wrong(name, 'It must not be above 100 %.')
    return value
  }
  const price = (on: Day): CoinPrice => {
    const value = number('price')
    if (value !== null) return { usdPerBtc: value, source: TYPED }
    const stored = on === '' ? null : known.priceOn(on)
    if (stored === null && on !== '')
      wrong('price', `No price of ${calendarDay(on)} is stored: type one, or fill the history under Data.`)
    return stored ?? { usdPerBtc: Number.NaN, source: '' }
  }
  const currency = typed('currency') as Currency
  const rate = (on: Day): DatedRate | null => {
    if (currency === 'USD') return null
    const value = readAs('rate', rateField(currency), false)
    if (value !== null) return { usdPerUnit: value, day: on, source: TYPED }
    const stored = on === '' ? null : known.rateOn(currency, on)
    if (stored === null && on !== '')
      wrong('rate', `No rate of ${calendarDay(on)} is stored: type what one ${currency} was worth in USD.`)
    return stored
  }
  const money = (name: 'amount' | 'proceeds' | 'saleFee', on: DatedRate | null): Amount | null => {
    const value = readAs(name, moneyField(currency), name === 'saleFee')
    const hundredths = parts(name, value, 100, 'A hundredth')
    return hundredths === null ? null : amountOf(currency, hundredths, on)
  }
  /** Of what must be there; where it is not, a fault is written and this goes nowhere. */
  const due = (name: 'amount' | 'proceeds', on: DatedRate | null): Amount =>
    money(name, on) ?? { currency, hundredths: 0, usdCents: 0, rate: on }

  switch (kind) {
    case 'payout': {
      const on = day('day')
      return {
        ...{ kind, pool: text('pool'), day: on, sat: sat('sat') ?? 0 },
        ...{ feeSat: sat('feeSat'), price: price(on) },
      }
    }
    case 'earning': {
      const on = day('day')
      return {
        ...{ kind, pool: text('pool'), day: on, sat: sat('sat') ?? 0 },
        ...{ feeSat: sat('feeSat'), hashratePhs: number('hashrate'), price: price(on) },
      }
    }
    case 'bill': {
      const period = days()
      const part = typed('part') as FactOf<'bill'>['part']
      const amount = due('amount', rate(period.to))
      return { kind, payee: text('payee'), days: period, wh: wattHours('billedWh'), amount, part }
    }
    case 'meter':
      return { kind, meter: text('meter'), days: days(), wh: wattHours('wh') ?? 0 }
    case 'credit': {
      const period = days()
      const amount = due('amount', rate(period.to))
      return { kind, payer: text('payer'), days: period, amount, programme: text('programme') }
    }
    case 'sale': {
      const on = day('day')
      const at = rate(on)
      return {
        ...{ kind, venue: text('venue'), day: on, sat: sat('sat') ?? 0 },
        ...{ proceeds: due('proceeds', at), fee: money('saleFee', at) },
      }
    }
    case 'cost': {
      const period = days()
      const amount = due('amount', rate(period.to))
      return { kind, payee: text('payee'), days: period, category: typed('category') as CostCategory, amount }
    }
    case 'purchase': {
      const on = day('day')
      return {
        ...{ kind, payee: text('payee'), day: on, what: text('what'), amount: due('amount', rate(on)) },
        ...{ salvageUsdCents: cents('salvage'), lifeDays: Math.max(1, Math.round(number('life') ?? 0)) },
      }
    }
    case 'opening':
      return { kind, day: day('day'), sat: sat('sat') ?? 0, costUsdCents: cents('cost') }
    case 'budget':
      return {
        ...{ kind, month: month(), priceUsdPerBtc: number('monthPrice') ?? 0 },
        ...{ difficulty: number('difficulty') ?? 0, rewardBtcPerBlock: number('reward') ?? 0 },
        ...{ uptime: share('uptime'), tariffUsdPerKwh: number('tariff') ?? 0 },
        ...{ hashratePhs: number('hashratePhs') ?? 0, powerKw: number('powerKw') ?? 0 },
      }
    case 'plan':
      return {
        ...{ kind, month: month(), hashratePhs: number('hashratePhs') ?? 0, powerKw: number('powerKw') ?? 0 },
        ...{ uptime: share('uptime'), poolFee: share('poolFee'), usdPerKwh: number('costPerKwh') ?? 0 },
      }
  }
}
