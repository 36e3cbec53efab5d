import { SATS_PER_BTC, WH_PER_KWH } from '#shared/domain/units.ts'
import { amountOf } from '#shared/domain/money/ledger/amounts.ts'
import { dayAfter, dayNumber } from '#shared/domain/money/ledger/calendar.ts'
import type { Day, Fact, FactOf } from '#shared/domain/money/ledger/entry.ts'
import { COST_CATEGORIES } from '#shared/domain/money/ledger/entry.ts'
import { rounded } from '#shared/domain/money/ledger/shares.ts'
import type { RowKind } from '#shared/domain/money/ledger/file-kinds.ts'
import { readNumber } from '#shared/format/read-number.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { quoted } from '../shown.ts'
import type { LedgerField } from './fields.ts'
import { PARTS } from './fields.ts'
import type { RowReader } from './row-reader.ts'
import { isBitcoin, unitFor } from './units.ts'
import { categoryOf, isSale, isSettled, pairOf, partOf } from './words.ts'

/** Why a row is not for these books; null: it is. */
export function leftOutBecause(row: RowReader, kind: RowKind): string | null {
  const coin = row.text('coin') || row.coinInCurrency()
  if (coin !== '' && !isBitcoin(coin)) return `of ${coin}, not of bitcoin`
  if (row.given('pair')) {
    const pair = pairOf(row.text('pair'))
    if (pair === null || !isBitcoin(pair.base)) return `trade of ${row.text('pair')}, which sells no bitcoin`
  }
  if (kind === 'sale' && row.given('type') && !isSale(row.text('type')))
    return `'${row.text('type')}', which is no sale`
  if (!row.given('status')) return null
  const status = row.text('status')
  const settled = isSettled(status)
  if (settled === null)
    row.refuse(
      'status',
      `${quoted(status)} does not say whether it is paid: write paid or pending, or leave the column out`,
      `; --map '${row.heading('status')}=unused' takes all rows`,
    )
  return settled === false ? `'${status}', so not paid yet or never` : null
}

type More = {
  /** what counts where no column says it */
  readonly lifeDays: number | null
  readonly sign: (field: LedgerField) => DecimalSign
}

/** The fact of a row. */
export function factOf(row: RowReader, kind: RowKind, more: More): Fact {
  switch (kind) {
    case 'payout':
    case 'earning': {
      const on = row.day()
      const sat = row.sat('coins')
      const common = {
        ...{ pool: row.party('pool'), day: on, sat },
        feeSat: row.given('coin_fee') ? row.sat('coin_fee', true) : null,
        price: row.price(on, sat),
      }
      return kind === 'payout'
        ? { kind, ...common }
        : { kind, ...common, hashratePhs: row.measureOrNull('hashrate') }
    }
    case 'bill': {
      const days = row.days()
      const kwh = row.measureOrNull('energy')
      return {
        ...{ kind, payee: row.party('payee'), days },
        wh: kwh === null ? null : whOf(kwh),
        amount: row.money('money', days.to),
        part: billPart(row),
      }
    }
    case 'meter':
      return { kind, meter: row.party('meter'), days: row.days(), wh: whOf(row.measure('energy')) }
    case 'credit': {
      const days = row.days()
      const amount = row.money('money', days.to)
      return { kind, payer: row.party('payer'), days, amount, programme: row.text('programme') }
    }
    case 'sale':
      return sale(row)
    case 'cost': {
      const days = row.days()
      const payee = row.party('payee')
      return { kind, payee, days, category: category(row), amount: row.money('money', days.to) }
    }
    case 'purchase': {
      const on = row.day()
      return {
        ...{ kind, payee: row.party('payee'), day: on, what: row.needed('what') },
        amount: row.money('money', on),
        salvageUsdCents: row.given('salvage') ? row.money('salvage', on).usdCents : 0,
        lifeDays: life(row, on, more),
      }
    }
    case 'opening': {
      const on = row.day()
      return { kind, day: on, sat: row.sat('coins'), costUsdCents: row.money('money', on).usdCents }
    }
    case 'budget':
      return {
        ...{ kind, month: row.month(), priceUsdPerBtc: row.columnPrice(`${row.month()}-01`) },
        difficulty: row.measure('difficulty'),
        rewardBtcPerBlock: row.measure('reward', 'BTC') / SATS_PER_BTC,
        uptime: row.measure('uptime', 'fraction'),
        tariffUsdPerKwh: row.measure('tariff'),
        hashratePhs: row.measure('hashrate'),
        powerKw: row.measure('power'),
      }
  }
}

const whOf = (kwh: number): number => Math.round(Number((kwh * WH_PER_KWH).toFixed(6)))

/** An export writes what goes out as negative, and says by its type that it went out. */
function sale(row: RowReader): FactOf<'sale'> {
  const on = row.day()
  const isSigned = row.given('type')
  const sat = row.sat('coins', isSigned)
  const proceeds = row.given('money') ? row.money('money', on, isSigned) : soldAt(row, on, sat)
  const fee = row.given('money_fee') ? row.money('money_fee', on, isSigned) : null
  return { kind: 'sale', venue: row.party('venue'), day: on, sat, proceeds, fee }
}

/** Proceeds by the price alone, in its currency. */
function soldAt(row: RowReader, on: Day, sat: number) {
  if (!row.given('price')) row.refuse('money', 'amount is missing')
  const { amount, currency } = row.writtenPrice()
  return amountOf(currency, rounded((sat * amount) / 1e6), row.rateOf('price', currency, on))
}

function billPart(row: RowReader): FactOf<'bill'>['part'] {
  const word = row.text('part')
  return (
    partOf(word) ?? row.refuse('part', `${quoted(word)} is no part of a bill; there are ${PARTS.join(', ')}`)
  )
}

function category(row: RowReader): FactOf<'cost'>['category'] {
  const word = row.needed('category')
  return (
    categoryOf(word) ??
    row.refuse('category', `${quoted(word)} is no category; there are ${COST_CATEGORIES.join(', ')}`)
  )
}

/** Days of the calendar from the purchase on: 36 months end on the same day of the month. */
function life(row: RowReader, on: Day, { lifeDays, sign }: More): number {
  const written = row.text('life')
  if (written === '')
    return (
      lifeDays ??
      row.refuse(null, 'nothing says over how many days it is written down', '; say it with --life-days')
    )
  const { value, unit: beside } = readNumber(written, sign('life'))
  const unit = beside === '' ? row.unit('life') : unitFor('life', beside)
  if (!(value > 0)) return row.refuse('life', `${quoted(written)} is no length of time`)
  if (unit === null)
    return row.refuse(
      'life',
      `${quoted(written)} of what: days, months or years?`,
      "; say it with --map 'HEADING=life:months'",
    )
  if (unit === 'days') return Math.round(value)
  const months = unit === 'years' ? value * 12 : value
  const [year, month, day] = on.split('-').map(Number) as [number, number, number]
  const whole = Math.floor(months)
  const end = new Date(Date.UTC(year, month - 1 + whole, 1))
  const last = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()
  const begun = dayAfter(end.toISOString().slice(0, 10), Math.min(day, last) - 1)
  return dayNumber(begun) - dayNumber(on) + Math.round((months - whole) * 30.4375)
}
