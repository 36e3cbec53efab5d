import { isLine, isLines } from '../../fleet/names.ts'
import { dayAfter, daysIn, isDay, isMonth, monthAfter } from './calendar.ts'
import type { CountedKind } from './counted.ts'
import type { Amount, CoinPrice, Day, FactOf, NewEntry } from './entry.ts'
import { monthOf } from './entry.ts'
import {
  LONGEST_NAME,
  LONGEST_NOTE,
  LONGEST_REASON,
  LONGEST_REFERENCE,
  LONGEST_SOURCE,
  MOST,
} from './entry-bounds.ts'
import type { EntryFault } from './faults.ts'
import { payeeOf } from './identity.ts'

/** What is spread is spread over ten years at most, and may begin a year ahead: rent and insurance are paid before. */
const LONGEST_PERIOD_DAYS = 3660
const AHEAD_DAYS = 366
const FIRST_DAY = '2009-01-03'

type Rule = Extract<EntryFault, { what: 'number' }>['rule']

/**
 * What is wrong with an entry by itself, whatever the books say: the first fault, or null. Differences of a correction may be negative.
 * @param today the day in the entry's zone
 * @param isZone whether there is such a zone
 */
export function checkEntry(
  entry: NewEntry,
  today: (zone: string) => Day,
  isZone: (zone: string) => boolean,
): EntryFault | null {
  const { fact, zone } = entry
  if (!isZone(zone)) return { what: 'zone', zone }
  const long = checkTexts(entry)
  if (long !== null) return long
  if (fact.kind === 'void') return isReason(fact.reason) ? null : text('reason', LONGEST_REASON)
  if (fact.kind === 'reopen' && !isReason(fact.reason)) return text('reason', LONGEST_REASON)
  if (fact.kind === 'close' || fact.kind === 'reopen')
    return isMonth(fact.month) && fact.month >= monthOf(FIRST_DAY)
      ? null
      : { what: 'day', field: 'month', value: fact.month }
  return checkDays(fact, today(zone)) ?? checkFigures(fact, entry.corrects !== null)
}

const text = (field: string, atMost: number): EntryFault => ({ what: 'text', field, atMost })

const isReason = (reason: string): boolean =>
  reason.trim() !== '' && reason.length <= LONGEST_REASON && isLines(reason)
const isName = (name: string): boolean => name.length <= LONGEST_NAME && isLine(name)

function checkTexts({ fact, site, reference, note }: NewEntry): EntryFault | null {
  if (!isName(site)) return text('site', LONGEST_NAME)
  if (reference.length > LONGEST_REFERENCE || !isLine(reference)) return text('reference', LONGEST_REFERENCE)
  if (note.length > LONGEST_NOTE || !isLines(note)) return text('note', LONGEST_NOTE)
  if (fact.kind === 'void' || fact.kind === 'close' || fact.kind === 'reopen') return null
  const isNamed = fact.kind !== 'opening' && fact.kind !== 'plan' && fact.kind !== 'budget'
  const payee = payeeOf(fact)
  if ((isNamed && payee.trim() === '') || !isName(payee)) return text('payee', LONGEST_NAME)
  if (fact.kind === 'purchase' && (fact.what.trim() === '' || !isName(fact.what)))
    return text('what', LONGEST_NAME)
  if (fact.kind === 'credit' && !isName(fact.programme)) return text('programme', LONGEST_NAME)
  const isSource =
    !('price' in fact) || (fact.price.source.length <= LONGEST_SOURCE && isLine(fact.price.source))
  return isSource ? null : text('source', LONGEST_SOURCE)
}

function checkDays(fact: FactOf<CountedKind>, today: Day): EntryFault | null {
  if ('month' in fact)
    return isMonth(fact.month) &&
      fact.month >= monthOf(FIRST_DAY) &&
      fact.month <= monthAfter(monthOf(today), 120)
      ? null
      : { what: 'day', field: 'month', value: fact.month }
  if ('day' in fact) return checkDay('day', fact.day) ?? checkPast(fact.day, today)
  const { from, to } = fact.days
  const wrong = checkDay('from', from) ?? checkDay('to', to)
  if (wrong !== null) return wrong
  if (to < from || daysIn(fact.days) > LONGEST_PERIOD_DAYS)
    return { what: 'period', from, to, atMostDays: LONGEST_PERIOD_DAYS }
  return fact.kind === 'meter' ? checkPast(to, today) : checkPast(from, dayAfter(today, AHEAD_DAYS))
}

const checkDay = (field: string, value: string): EntryFault | null =>
  isDay(value) && value >= FIRST_DAY ? null : { what: 'day', field, value }

const checkPast = (day: Day, last: Day): EntryFault | null =>
  day <= last ? null : { what: 'future', day, last }

function checkFigures(fact: FactOf<CountedKind>, isDifference: boolean): EntryFault | null {
  const whole = (field: string, value: number | null, most: number, rule: Rule = 'not negative') =>
    value === null ? null : checkWhole(field, value, most, isDifference ? 'whole' : rule)
  const money = (field: string, amount: Amount | null) =>
    amount === null
      ? null
      : (whole(field, amount.hundredths, MOST.hundredths) ??
        checkMoney(field, amount) ??
        checkWhole(field, amount.usdCents, MOST.cents, 'a number'))
  switch (fact.kind) {
    case 'earning':
      return (
        whole('sat', fact.sat, MOST.sat) ??
        whole('feeSat', fact.feeSat, MOST.sat) ??
        (fact.hashratePhs === null
          ? null
          : checkNumber(
              'hashratePhs',
              fact.hashratePhs,
              MOST.hashratePhs,
              isDifference ? 'a number' : 'not negative',
            )) ??
        checkPrice(fact.price)
      )
    case 'payout':
      return (
        whole('sat', fact.sat, MOST.sat, 'above 0') ??
        whole('feeSat', fact.feeSat, MOST.sat) ??
        checkPrice(fact.price)
      )
    case 'bill':
      return whole('wh', fact.wh, MOST.wh) ?? money('amount', fact.amount)
    case 'meter':
      return whole('wh', fact.wh, MOST.wh)
    case 'credit':
    case 'cost':
      return money('amount', fact.amount)
    case 'sale':
      return (
        whole('sat', fact.sat, MOST.sat, 'above 0') ??
        money('proceeds', fact.proceeds) ??
        money('fee', fact.fee)
      )
    case 'purchase': {
      const wrong =
        money('amount', fact.amount) ??
        whole('salvageUsdCents', fact.salvageUsdCents, MOST.cents) ??
        whole('lifeDays', fact.lifeDays, MOST.lifeDays, 'above 0')
      if (wrong !== null) return wrong
      return !isDifference && fact.salvageUsdCents > fact.amount.usdCents ? { what: 'salvage' } : null
    }
    case 'opening':
      return (
        whole('sat', fact.sat, MOST.sat, 'above 0') ??
        whole('costUsdCents', fact.costUsdCents, MOST.cents) ??
        // Satoshi cannot be taken back while their cost is added, nor the other way round.
        (fact.sat * fact.costUsdCents < 0
          ? {
              what: 'number',
              field: 'costUsdCents',
              value: fact.costUsdCents,
              rule: fact.sat > 0 ? 'not negative' : 'not positive',
            }
          : null)
      )
    case 'plan':
      return (
        checkNumber('hashratePhs', fact.hashratePhs, MOST.hashratePhs, 'not negative') ??
        checkNumber('powerKw', fact.powerKw, MOST.powerKw, 'not negative') ??
        checkNumber('uptime', fact.uptime, Infinity, 'a share') ??
        checkNumber('poolFee', fact.poolFee, Infinity, 'a share') ??
        checkNumber('usdPerKwh', fact.usdPerKwh, MOST.usdPerKwh, 'a number')
      )
    case 'budget':
      return (
        checkNumber('priceUsdPerBtc', fact.priceUsdPerBtc, MOST.usdPerBtc, 'not negative') ??
        checkNumber('difficulty', fact.difficulty, MOST.difficulty, 'above 0') ??
        checkNumber('rewardBtcPerBlock', fact.rewardBtcPerBlock, MOST.rewardBtc, 'not negative') ??
        checkNumber('uptime', fact.uptime, Infinity, 'a share') ??
        checkNumber('tariffUsdPerKwh', fact.tariffUsdPerKwh, MOST.usdPerKwh, 'a number') ??
        checkNumber('hashratePhs', fact.hashratePhs, MOST.hashratePhs, 'not negative') ??
        checkNumber('powerKw', fact.powerKw, MOST.powerKw, 'not negative')
      )
  }
}

function checkWhole(field: string, value: number, most: number, rule: Rule): EntryFault | null {
  if (!Number.isSafeInteger(value)) return { what: 'number', field, value, rule: 'whole' }
  return checkNumber(field, value, most, rule)
}

function checkNumber(field: string, value: number, most: number, rule: Rule): EntryFault | null {
  if (Math.abs(value) > most) return { what: 'most', field, value, most }
  const isRight =
    Number.isFinite(value) &&
    (rule === 'a share'
      ? value >= 0 && value <= 1
      : rule === 'not negative'
        ? value >= 0
        : rule === 'above 0'
          ? value > 0
          : true)
  return isRight ? null : { what: 'number', field, value, rule }
}

const checkPrice = ({ usdPerBtc }: CoinPrice): EntryFault | null =>
  checkNumber('price', usdPerBtc, MOST.usdPerBtc, 'above 0')

/** USD are what was written; another currency is what its rate makes, to a cent. */
function checkMoney(field: string, { currency, hundredths, usdCents, rate }: Amount): EntryFault | null {
  const isRight =
    currency === 'USD'
      ? rate === null && usdCents === hundredths
      : rate !== null &&
        Number.isFinite(rate.usdPerUnit) &&
        rate.usdPerUnit > 0 &&
        rate.usdPerUnit <= MOST.usdPerUnit &&
        rate.source.length <= LONGEST_SOURCE &&
        isDay(rate.day) &&
        Number.isSafeInteger(usdCents) &&
        Math.abs(usdCents - hundredths * rate.usdPerUnit) <= 1
  return isRight ? null : { what: 'money', field }
}
