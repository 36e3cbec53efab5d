import type { CountedKind } from '#shared/domain/money/ledger/counted.ts'
import { COST_CATEGORIES } from '#shared/domain/money/ledger/entry.ts'
import { ROW_KINDS } from '#shared/domain/money/ledger/file-kinds.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import { DAYS_PER_YEAR } from '#shared/domain/units.ts'
import { BILL_PART_WORDS, CATEGORY_WORDS } from '#shared/format/ledger-kinds.ts'
import { THIN_SPACE } from '#shared/format/numbers.ts'
import { TYPED_VALUES } from '#shared/format/typed-fields.ts'
import type { TypedField } from '#shared/format/typed.ts'

/** Which fields each kind of entry has, and how each is typed. */

/** What a person types, in the order of the choice; months are closed and entries voided elsewhere. */
export const TYPED_KINDS = [...ROW_KINDS, 'plan'] as const satisfies readonly CountedKind[]

type Common = {
  readonly label: string
  readonly hint?: string
  /** may stay empty */
  readonly isOptional?: true
}
export type EntryField =
  | (Common & { readonly type: 'text' | 'day' | 'month' })
  | (Common & {
      readonly type: 'number'
      /** behind the field */
      readonly unit: string
      readonly read: TypedField
      /** it may be nothing */
      readonly mayBeZero?: true
    })
  /** in the currency of the entry */
  | (Common & { readonly type: 'money' })
  | (Common & {
      readonly type: 'choice'
      readonly choices: readonly { readonly value: string; readonly label: string }[]
    })

const wordsOf = (words: Readonly<Record<string, string>>, names: readonly string[]) =>
  names.map((value) => ({ value, label: words[value]! }))

const BTC: TypedField = {
  unit: 'BTC',
  usual: [0, 21_000_000],
  example: `0.12345678 or 12${THIN_SPACE}345${THIN_SPACE}678 sat`,
}
const KWH: TypedField = { unit: 'kWh', usual: [1000, 1e9], example: `144${THIN_SPACE}000 or 144 MWh` }
const PHS: TypedField = { unit: 'PH/s', usual: [0, 1e6], example: '12.5 or 12.5 PH/s' }
const KW: TypedField = { unit: 'kW', usual: [0, 1e7], example: `1${THIN_SPACE}350 or 1.35 MW` }
const SHARE: TypedField = { unit: '%', scale: 0.01, usual: [0, 100], example: '98 or 98 %' }
const USD_PER_KWH: TypedField = { unit: 'USD/kWh', usual: [0, 10], example: '0.045 or 4.5 ¢' }
const DOLLARS: TypedField = {
  unit: 'USD',
  usual: [0, 1e12],
  isMoney: true,
  example: `160${THIN_SPACE}000 or $160${THIN_SPACE}000`,
}

export const ENTRY_FIELDS = {
  pool: { type: 'text', label: 'Pool' },
  payee: { type: 'text', label: 'Paid to' },
  payer: { type: 'text', label: 'Paid by' },
  programme: { type: 'text', label: 'Programme', isOptional: true, hint: 'What it was paid for' },
  meter: { type: 'text', label: 'Meter' },
  venue: { type: 'text', label: 'Sold at' },
  what: { type: 'text', label: 'What was bought' },
  day: { type: 'day', label: 'Day' },
  from: { type: 'day', label: 'First day' },
  to: { type: 'day', label: 'Last day' },
  month: { type: 'month', label: 'Month' },
  sat: { type: 'number', label: 'Bitcoin', unit: 'BTC', read: BTC },
  feeSat: {
    type: 'number',
    label: 'Fee kept back',
    unit: 'BTC',
    read: BTC,
    isOptional: true,
    mayBeZero: true,
    hint: 'Empty: not said',
  },
  price: {
    type: 'number',
    label: 'Worth of a bitcoin that day',
    unit: 'USD/BTC',
    read: TYPED_VALUES.priceUsdPerBtc,
    isOptional: true,
  },
  hashrate: {
    type: 'number',
    label: 'Hashrate that the pool counted',
    unit: 'PH/s',
    read: PHS,
    isOptional: true,
    mayBeZero: true,
    hint: 'Mean of the day; empty: not said',
  },
  wh: { type: 'number', label: 'Energy', unit: 'kWh', read: KWH, mayBeZero: true },
  billedWh: {
    type: 'number',
    label: 'Energy on the bill',
    unit: 'kWh',
    read: KWH,
    isOptional: true,
    mayBeZero: true,
    hint: 'Empty: not said',
  },
  amount: { type: 'money', label: 'Amount' },
  proceeds: { type: 'money', label: 'Proceeds before the fee' },
  saleFee: { type: 'money', label: 'Fee of the sale', isOptional: true, hint: 'Empty: none' },
  currency: {
    type: 'choice',
    label: 'Currency',
    choices: CURRENCIES.map((value) => ({ value, label: value })),
  },
  rate: { type: 'number', label: 'Rate', unit: 'USD', read: DOLLARS, isOptional: true },
  part: {
    type: 'choice',
    label: 'What it charges',
    choices: wordsOf(BILL_PART_WORDS, ['all', 'energy', 'demand', 'fixed']),
  },
  category: { type: 'choice', label: 'Kind of cost', choices: wordsOf(CATEGORY_WORDS, COST_CATEGORIES) },
  salvage: {
    type: 'number',
    label: 'Salvage at the end',
    unit: 'USD',
    read: DOLLARS,
    isOptional: true,
    mayBeZero: true,
    hint: 'Empty: nothing',
  },
  life: {
    type: 'number',
    label: 'Life',
    unit: 'years',
    read: { unit: 'number', scale: DAYS_PER_YEAR, usual: [0.1, 100], example: '4 or 3.5' },
  },
  cost: { type: 'number', label: 'What it cost', unit: 'USD', read: DOLLARS, mayBeZero: true },
  monthPrice: {
    type: 'number',
    label: 'Price of bitcoin',
    unit: 'USD/BTC',
    read: TYPED_VALUES.priceUsdPerBtc,
  },
  difficulty: { type: 'number', label: 'Difficulty', unit: '', read: TYPED_VALUES.difficulty },
  reward: {
    type: 'number',
    label: 'Reward of a block, fees included',
    unit: 'BTC',
    read: { unit: 'BTC', usual: [0, 100], example: '3.15' },
  },
  uptime: { type: 'number', label: 'Uptime', unit: '%', read: SHARE, mayBeZero: true },
  tariff: { type: 'number', label: 'Price of energy', unit: 'USD/kWh', read: USD_PER_KWH, mayBeZero: true },
  hashratePhs: {
    type: 'number',
    label: 'Hashrate of all machines',
    unit: 'PH/s',
    read: PHS,
    mayBeZero: true,
  },
  powerKw: { type: 'number', label: 'Power, overhead included', unit: 'kW', read: KW, mayBeZero: true },
  poolFee: { type: 'number', label: 'Pool fee', unit: '%', read: SHARE, mayBeZero: true },
  costPerKwh: {
    type: 'number',
    label: 'All that stops with the machines',
    unit: 'USD/kWh',
    read: USD_PER_KWH,
    mayBeZero: true,
  },
} as const satisfies Readonly<Record<string, EntryField>>
export type FieldName = keyof typeof ENTRY_FIELDS

export const fieldOf = (name: FieldName): EntryField => ENTRY_FIELDS[name]

const MONEY = ['amount', 'currency', 'rate'] as const
const PERIOD = ['from', 'to'] as const

/** In the order in which they stand in the form. */
export const FIELDS_OF: Readonly<Record<CountedKind, readonly FieldName[]>> = {
  payout: ['pool', 'day', 'sat', 'feeSat', 'price'],
  earning: ['pool', 'day', 'sat', 'feeSat', 'hashrate', 'price'],
  bill: ['payee', 'part', ...PERIOD, ...MONEY, 'billedWh'],
  meter: ['meter', ...PERIOD, 'wh'],
  credit: ['payer', 'programme', ...PERIOD, ...MONEY],
  sale: ['venue', 'day', 'sat', 'proceeds', 'saleFee', 'currency', 'rate'],
  cost: ['payee', 'category', ...PERIOD, ...MONEY],
  purchase: ['payee', 'what', 'day', ...MONEY, 'salvage', 'life'],
  opening: ['day', 'sat', 'cost'],
  budget: ['month', 'hashratePhs', 'powerKw', 'uptime', 'monthPrice', 'difficulty', 'reward', 'tariff'],
  plan: ['month', 'hashratePhs', 'powerKw', 'uptime', 'poolFee', 'costPerKwh'],
}

/** How money of a currency is typed. */
export const moneyField = (currency: Currency): TypedField => ({
  unit: currency,
  usual: [0, 1e12],
  isMoney: true,
  example: `1${THIN_SPACE}250.50 or 1${THIN_SPACE}250.50 ${currency}`,
})
