import { SATS_PER_BTC } from '#shared/domain/units.ts'
import { isTimeZone, zoneClock } from '#shared/domain/power/zone-clock.ts'
import type { ZoneClock } from '#shared/domain/power/zone-clock.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { amountOf } from '#shared/domain/money/ledger/amounts.ts'
import type { Amount, CoinPrice, DatedRate, Day, Days } from '#shared/domain/money/ledger/entry.ts'
import type { RowKind } from '#shared/domain/money/ledger/file-kinds.ts'
import { wholeMonth } from '#shared/domain/money/ledger/calendar.ts'
import { isNearRate } from '#shared/domain/money/ledger/near-rate.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { SAYS_NOTHING, readCellText } from '../cell-text.ts'
import { quoted } from '../shown.ts'
import type { CurrencyHints, NumberColumn, Read } from './cells.ts'
import { hundredthsOf, isFault, readMeasure, readMoney, readRate } from './cells.ts'
import type { DayWay } from './dates.ts'
import { dayBefore, readDay, readMonth } from './dates.ts'
import type { LedgerField } from './fields.ts'
import { typeOf } from './fields.ts'
import { fieldWords } from './headings.ts'
import type { LedgerSaid, LedgerWorld } from './options.ts'
import { currencyOf, isBitcoin } from './units.ts'
import { pairOf } from './words.ts'

/** A column of the file as rows are read by it. */
export type ReadColumn = NumberColumn & { readonly at: number }

type RowWays = {
  readonly columns: ReadonlyMap<LedgerField, ReadColumn>
  readonly order: DayWay['order']
  readonly said: LedgerSaid
  /** of the file as a whole */
  readonly party: string | null
  readonly site: string | null
  readonly world: LedgerWorld
  readonly fault: (field: LedgerField | null, message: string, remedy?: string) => void
  /** a rate of another day than the entry's is asked about */
  readonly askRate: (field: LedgerField, currency: Currency, rate: DatedRate, day: Day) => void
}

/** USD for a bitcoin; no finer than anybody says a price. */
const worth = (usdCents: number, sat: number): number =>
  Number(((usdCents / 100 / sat) * SATS_PER_BTC).toPrecision(12))

/** Thrown where a value cannot be read, after the fault was told: the row is no entry. */
export class UnreadRow extends Error {}

/** Reads the fields of one row after another. Every reader throws {@link UnreadRow} once the fault is told. */
export function rowReader(ways: RowWays) {
  const { columns, said, world } = ways
  const clocks = new Map<string, ZoneClock>()
  const siteNames = new Map<string, string>()
  let cells: readonly string[] = []

  const refuse = (field: LedgerField | null, message: string, remedy?: string): never => {
    ways.fault(field, message, remedy)
    throw new UnreadRow()
  }
  function must<T>(field: LedgerField, read: Read<T>): T {
    return isFault(read) ? refuse(field, read.fault, read.remedy) : read.value
  }
  const text = (field: LedgerField): string => {
    const column = columns.get(field)
    if (column === undefined) return ''
    const written = readCellText(cells[column.at] ?? '')
    return typeOf(field) !== 'text' && SAYS_NOTHING.test(written) ? '' : written
  }
  const given = (field: LedgerField): boolean => text(field) !== ''
  const needed = (field: LedgerField): string =>
    text(field) || refuse(field, `${fieldWords(field)} is missing`)

  function site(): string {
    const name = columns.has('site') && given('site') ? text('site') : (ways.site ?? '')
    let same = siteNames.get(name)
    if (same === undefined) {
      same = world.sites.find((each) => isSameSiteName(each.name, name))?.name ?? name
      siteNames.set(name, same)
    }
    return same
  }
  function zoneName(): string {
    const ofSite = world.sites.find((each) => each.name === site())?.zone ?? 'UTC'
    return given('zone') ? text('zone') : (said.zone ?? ofSite)
  }
  /** Zones are dear to look up, and a file has few of them. */
  function clock(): ZoneClock {
    const name = zoneName()
    const known = clocks.get(name)
    if (known !== undefined) return known
    if (!isTimeZone(name))
      refuse(columns.has('zone') ? 'zone' : null, `${quoted(name)} is no time zone such as America/Chicago`)
    const made = zoneClock(name)
    clocks.set(name, made)
    return made
  }
  function dayRead(field: LedgerField) {
    const way = { order: ways.order, clock: columns.get(field)!.unit, zone: clock() }
    const read = readDay(needed(field), way)
    return 'fault' in read ? refuse(field, read.fault) : read
  }
  const day = (field: LedgerField = 'day'): Day => dayRead(field).day
  /** Of several payouts or sales on a day without one, the time tells which is which. */
  function reference(kind: RowKind): string {
    const isTimed = (kind === 'payout' || kind === 'sale') && !given('reference') && given('day')
    return isTimed ? (dayRead('day').time ?? '') : text('reference')
  }

  function lastDay(): Day {
    const read = dayRead('to')
    const isExcluded = columns.get('to')!.unit === 'excluded' || read.isMidnight
    return isExcluded ? dayBefore(read.day) : read.day
  }
  function month(): string {
    const written = needed('month')
    return readMonth(written) ?? refuse('month', `${quoted(written)} is no month such as 2026-10 or Oct 2026`)
  }
  /** A period by its ends, a month, or a day. */
  function days(): Days {
    if (given('from') && given('to')) {
      const period = { from: day('from'), to: lastDay() }
      return period.from > period.to
        ? refuse('to', `the period ends on ${period.to}, before it begins on ${period.from}`)
        : period
    }
    if (given('month')) return wholeMonth(month())
    if (given('day')) {
      const one = day()
      return { from: one, to: one }
    }
    const missing = given('from') ? 'to' : 'from'
    return refuse(columns.has(missing) ? missing : null, 'the days of the period are missing')
  }

  function measure(field: LedgerField, usual: string | null = null): number {
    const value = must(field, readMeasure(needed(field), columns.get(field)!, usual))
    return value < 0
      ? refuse(field, `${quoted(text(field))} is negative; what was booked wrong is corrected at its entry`)
      : value
  }
  const measureOrNull = (field: LedgerField): number | null => (given(field) ? measure(field) : null)

  /** Pools head "Currency" what says which coin a row is of; '' where it is a currency, or none is said. */
  const coinInCurrency = (): string =>
    columns.has('coins') && !columns.has('money') && currencyOf(text('currency')) === null
      ? text('currency')
      : ''
  /** A column that says which coin the row is of says the unit too. */
  const coinUnit = (): string | null =>
    isBitcoin(text('coin')) ||
    isBitcoin(coinInCurrency()) ||
    (given('pair') && isBitcoin(pairOf(text('pair'))?.base ?? ''))
      ? 'BTC'
      : null
  function sat(field: 'coins' | 'coin_fee', isSigned = false): number {
    const value = must(field, readMeasure(needed(field), columns.get(field)!, coinUnit()))
    if (value < 0 && !isSigned)
      refuse(field, `${quoted(text(field))} is negative; what was booked wrong is corrected at its entry`)
    return Math.round(Math.abs(Number(value.toFixed(3))))
  }

  const hints = (): CurrencyHints => ({
    row:
      (coinInCurrency() === '' ? text('currency') : '') ||
      (given('pair') ? (pairOf(text('pair'))?.quote ?? null) : null),
    file: said.currency,
  })
  function rateOf(field: LedgerField, currency: Currency, on: Day): DatedRate | null {
    if (currency === 'USD') return null
    if (given('rate')) {
      const rateDay = given('rate_day') ? day('rate_day') : on
      const source = text('rate_source') || 'file'
      return must('rate', readRate(text('rate'), columns.get('rate')!, currency, rateDay, source))
    }
    const stored = world.rateOn(currency, on)
    if (stored === null)
      return refuse(
        field,
        `in ${currency}, and no rate of ${currency} is stored: type one, fetch the rates, or add a column with the USD that one ${currency} was worth`,
      )
    if (!isNearRate(stored, on)) ways.askRate(field, currency, stored, on)
    return stored
  }
  /** @param isSigned the export writes what goes out as negative */
  function money(field: LedgerField, on: Day, isSigned = false): Amount {
    const { amount, currency } = must(field, readMoney(needed(field), columns.get(field)!, hints()))
    if (amount < 0 && !isSigned)
      refuse(field, `${quoted(text(field))} is negative; what was booked wrong is corrected at its entry`)
    return amountOf(currency, Math.abs(hundredthsOf(amount)), rateOf(field, currency, on))
  }
  /** Of a bitcoin, as a column of prices has it. */
  function writtenPrice(): { readonly amount: number; readonly currency: Currency } {
    const read = must('price', readMoney(needed('price'), columns.get('price')!, hints()))
    return read.amount > 0 ? read : refuse('price', `${quoted(text('price'))} is no price of a bitcoin`)
  }
  /** The same in USD. */
  function columnPrice(on: Day): number {
    const { amount, currency } = writtenPrice()
    return amount * (rateOf('price', currency, on)?.usdPerUnit ?? 1)
  }
  function price(on: Day, coinsSat: number): CoinPrice {
    const source = text('price_source') || 'file'
    if (given('price')) return { usdPerBtc: columnPrice(on), source }
    if (given('value') && coinsSat > 0)
      return { usdPerBtc: worth(money('value', on).usdCents, coinsSat), source }
    return (
      world.priceOn(on) ??
      refuse(
        columns.has('price') ? 'price' : null,
        `no price of a bitcoin is known for ${on}: fill the history, or add a column with it`,
      )
    )
  }
  function party(field: LedgerField): string {
    if (given(field)) return text(field)
    return ways.party ?? refuse(columns.has(field) ? field : null, `${fieldWords(field)} is missing`)
  }

  return {
    begin(row: readonly string[]): void {
      cells = row
    },
    heading: (field: LedgerField): string => columns.get(field)?.heading ?? '',
    /** of a column, as it was said or its heading says it; null: none */
    unit: (field: LedgerField): string | null => columns.get(field)?.unit ?? null,
    /** the name of the entry's zone, which there is */
    zone(): string {
      clock()
      return zoneName()
    },
    ...{ refuse, text, given, needed, site, day, reference, month, days },
    ...{
      measure,
      measureOrNull,
      sat,
      money,
      rateOf,
      hints,
      writtenPrice,
      columnPrice,
      coinInCurrency,
      price,
      party,
    },
  }
}
export type RowReader = ReturnType<typeof rowReader>
