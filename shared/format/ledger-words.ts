import { CENTS_PER_USD, SATS_PER_BTC, WH_PER_KWH } from '#shared/domain/units.ts'
import type { EntryFault, Place } from '../domain/money/ledger/faults.ts'
import { capital, monthWords } from './ledger-month-words.ts'
import { counted, number } from './numbers.ts'
import { calendarDay } from './times.ts'

/** Why entries are not booked, and what to do about it. */

const FIELD_WORDS: Readonly<Record<string, string>> = {
  sat: 'bitcoin',
  feeSat: 'fee',
  hashratePhs: 'hashrate',
  wh: 'energy',
  amount: 'amount',
  proceeds: 'proceeds',
  fee: 'fee',
  price: 'price of a bitcoin',
  salvageUsdCents: 'salvage value',
  lifeDays: 'life',
  costUsdCents: 'cost',
  powerKw: 'power',
  uptime: 'uptime',
  poolFee: 'pool fee',
  source: 'source of the price',
  usdPerKwh: 'price of a kWh',
  priceUsdPerBtc: 'price of a bitcoin',
  difficulty: 'difficulty',
  rewardBtcPerBlock: 'reward of a block',
  tariffUsdPerKwh: 'price of a kWh',
  payee: 'name',
  what: 'name of what was bought',
  day: 'day',
  from: 'first day',
  to: 'last day',
}

const fieldWords = (field: string): string => FIELD_WORDS[field] ?? field

/** Stored figures as people write them, not in their smallest parts. */
const HUNDREDTHS = ['amount', 'proceeds', 'fee', 'salvageUsdCents', 'costUsdCents']
function sizeWords(field: string, value: number): string {
  if (HUNDREDTHS.includes(field)) return number(value / CENTS_PER_USD, 2)
  if (field === 'sat' || field === 'feeSat') return `${number(value / SATS_PER_BTC, 8)} BTC`
  return field === 'wh' ? `${number(value / WH_PER_KWH)} kWh` : String(value)
}

const RULE_WORDS: Readonly<Record<Extract<EntryFault, { what: 'number' }>['rule'], string>> = {
  whole: 'a whole number',
  'not negative': '0 or more',
  'not positive': '0 or less, as its bitcoin',
  'above 0': 'above 0',
  'a share': 'from 0 to 100 %',
  'a number': 'a number',
}

const CORRECTION_WORDS: Readonly<Record<Extract<EntryFault, { what: 'correction' }>['why'], string>> = {
  unknown: 'There is no such entry',
  void: 'That entry counts for nothing. Enter the fact anew',
  'no figures':
    'An entry of this kind is not corrected by differences. Void it and enter it anew, after reopening its month where that is closed',
  'other kind': 'It is of another kind. A correction is of the kind that it corrects',
  'a correction': 'It is a correction itself. Name the entry that it corrects',
  'other subject': 'It is of another pool, payee, meter, venue or site. Void it and enter it anew',
  'other currency': 'It is in another currency. Write the difference in the currency of the entry',
  'before it': 'The correction is dated before it. Date it on the day of the entry or later',
  'below 0':
    'Together with its corrections it would come to less than 0, to no day of life, or to a salvage value above the cost. Differences are entered, not new figures',
  'changes nothing': 'All differences are 0',
}

const VOID_WORDS: Readonly<Record<Extract<EntryFault, { what: 'void' }>['why'], string>> = {
  unknown: 'There is none',
  'void already': 'It counts for nothing already',
  'no fact':
    'Only what came in, went out or was planned can be made void. A closed month is reopened instead',
  corrected: 'Corrections rest on it. Void those first',
}

/** How an entry that is in the way is called where nothing better is known of it: `entry 12`, `entry 3 of these`. */
export const placeWords = (place: Place): string =>
  'key' in place ? `entry ${place.key}` : `entry ${place.at + 1} of these`

const bitcoin = (sat: number): string => `${number(sat / SATS_PER_BTC, 8)} BTC`

/**
 * What is wrong with an entry and what to do, in sentences.
 * @param where how another entry is called: by its line in a file, or as {@link placeWords} does
 */
export function entryFaultWords(fault: EntryFault, where: (place: Place) => string = placeWords): string {
  switch (fault.what) {
    case 'site':
      return `There is no site ${fault.site}. Choose one of the sites, or none for the company as a whole.`
    case 'zone':
      return `${fault.zone} is no time zone. Write one as America/Chicago or UTC.`
    case 'text':
      return `The ${fieldWords(fault.field)} is missing, longer than ${counted(fault.atMost, 'letter')}, or has a character that no line of text has, such as a line break.`
    case 'day':
      return fault.field === 'month'
        ? `${fault.value} is no month of the books. Write it as 2026-10.`
        : `The ${fieldWords(fault.field)} ${fault.value} is no day of the calendar since bitcoin began. Write it as 2026-10-31.`
    case 'period':
      return fault.to < fault.from
        ? `The period ends on ${calendarDay(fault.to)}, before it begins on ${calendarDay(fault.from)}.`
        : `The period is longer than ${counted(fault.atMostDays, 'day')}. Split it.`
    case 'future':
      return `${calendarDay(fault.day)} is too far ahead: ${calendarDay(fault.last)} is the last day that can be entered now.`
    case 'number':
      return `The ${fieldWords(fault.field)} must be ${RULE_WORDS[fault.rule]}; it is ${fault.value}.`
    case 'most':
      return `The ${fieldWords(fault.field)} ${sizeWords(fault.field, fault.value)} is further from 0 than ${sizeWords(fault.field, fault.most)}, the most that is taken. Look at its unit.`
    case 'money':
      return `The ${fieldWords(fault.field)} in USD is not what the amount makes at its rate. An amount in USD has no rate, any other has one with its day.`
    case 'salvage':
      return 'The salvage value is above the cost.'
    case 'twice':
      return `It is there twice: ${where(fault.other)} says the same. Leave one out, or give them references that tell them apart.`
    case 'conflict':
      return `${capital(where(fault.other))} says the same thing with other figures. Correct or void that one, or give this one a reference of its own.`
    case 'overlap':
      return `${calendarDay(fault.day)} is in the period of ${where(fault.other)} too. Mend the periods, or correct or void that one.`
    case 'closed':
      return `${monthWords(fault.month)} is closed, or lies before a month that is. Enter a correction in an open month, or reopen it.`
    case 'sold':
      return `More bitcoin goes out than is held: ${bitcoin(fault.sat)} of ${bitcoin(fault.heldSat)} on ${calendarDay(fault.day)}. Enter what came in before, or what was held when the books began.`
    case 'correction':
      return `Entry ${fault.of} cannot be corrected so. ${CORRECTION_WORDS[fault.why]}.`
    case 'void': {
      const named = 'entry' in fault.of ? `Entry ${fault.of.entry}` : `Import ${fault.of.batch}`
      return `${named} cannot be made void. ${VOID_WORDS[fault.why]}.`
    }
    case 'close':
      return fault.why === 'closed already'
        ? `${monthWords(fault.month)} is closed already, or lies before a month that is.`
        : fault.why === 'not over'
          ? `${monthWords(fault.month)} is not over in the time zone of each of its entries. Close it when it is.`
          : 'Which bitcoin goes first was changed while the month was being closed. Close it again.'
    case 'close before':
      return `${monthWords(fault.month)} cannot be closed while ${monthWords(fault.first)} is open. Months are closed in order.`
    case 'reopen':
      return fault.newest === null
        ? 'No month is closed.'
        : `${monthWords(fault.month)} cannot be reopened: the newest closed month, ${monthWords(fault.newest)}, comes first.`
  }
}
