import type { LedgerFileKind, RowKind } from '#shared/domain/money/ledger/file-kinds.ts'
import { ROW_KINDS } from '#shared/domain/money/ledger/file-kinds.ts'

/** What a column of a file of entries can be, and which kinds of file have it. */

/** What stands in its cells. */
export type CellType =
  | 'text'
  | 'day'
  | 'end'
  | 'month'
  | 'coins'
  | 'money'
  | 'energy'
  | 'hashrate'
  | 'power'
  | 'price'
  | 'tariff'
  | 'reward'
  | 'share'
  | 'number'
  | 'life'
  | 'rate'

type Field = { readonly label: string; readonly type: CellType }

export const LEDGER_FIELDS = {
  kind: { label: 'Kind of entry', type: 'text' },
  day: { label: 'Day', type: 'day' },
  from: { label: 'First day', type: 'day' },
  to: { label: 'Last day', type: 'end' },
  month: { label: 'Month', type: 'month' },
  pool: { label: 'Pool', type: 'text' },
  payee: { label: 'Payee', type: 'text' },
  payer: { label: 'Payer', type: 'text' },
  meter: { label: 'Meter', type: 'text' },
  venue: { label: 'Venue', type: 'text' },
  coins: { label: 'Bitcoin', type: 'coins' },
  coin_fee: { label: 'Fee in bitcoin', type: 'coins' },
  hashrate: { label: 'Hashrate', type: 'hashrate' },
  price: { label: 'Price of a bitcoin', type: 'price' },
  price_source: { label: 'Source of the price', type: 'text' },
  value: { label: 'Worth of the bitcoin', type: 'money' },
  energy: { label: 'Energy', type: 'energy' },
  money: { label: 'Amount', type: 'money' },
  money_fee: { label: 'Fee in money', type: 'money' },
  currency: { label: 'Currency', type: 'text' },
  rate: { label: 'Exchange rate', type: 'rate' },
  rate_day: { label: 'Day of the rate', type: 'day' },
  rate_source: { label: 'Source of the rate', type: 'text' },
  part: { label: 'Part of the bill', type: 'text' },
  category: { label: 'Category', type: 'text' },
  programme: { label: 'Programme', type: 'text' },
  what: { label: 'What was bought', type: 'text' },
  salvage: { label: 'Salvage value', type: 'money' },
  life: { label: 'Life', type: 'life' },
  difficulty: { label: 'Difficulty', type: 'number' },
  reward: { label: 'Reward of a block', type: 'reward' },
  uptime: { label: 'Uptime', type: 'share' },
  tariff: { label: 'Tariff', type: 'tariff' },
  power: { label: 'Power', type: 'power' },
  pair: { label: 'Traded pair', type: 'text' },
  coin: { label: 'Which coin', type: 'text' },
  type: { label: 'Type of the row', type: 'text' },
  status: { label: 'Status of the row', type: 'text' },
  site: { label: 'Site', type: 'text' },
  zone: { label: 'Time zone', type: 'text' },
  reference: { label: 'Reference', type: 'text' },
  note: { label: 'Note', type: 'text' },
} as const satisfies Readonly<Record<string, Field>>
export type LedgerField = keyof typeof LEDGER_FIELDS
const NAMES = Object.keys(LEDGER_FIELDS) as LedgerField[]

export const isLedgerField = (name: string): name is LedgerField => Object.hasOwn(LEDGER_FIELDS, name)
export const typeOf = (field: LedgerField): CellType => LEDGER_FIELDS[field].type

/** Who the other side is in a kind of file; null: nobody. */
export const PARTY = {
  payout: 'pool',
  earning: 'pool',
  bill: 'payee',
  meter: 'meter',
  credit: 'payer',
  sale: 'venue',
  cost: 'payee',
  purchase: 'payee',
  opening: null,
  budget: null,
} as const satisfies Readonly<Record<RowKind, LedgerField | null>>

const MONEY = ['money', 'currency', 'rate', 'rate_day', 'rate_source'] as const
const PERIOD = ['from', 'to', 'month', 'day'] as const
const WORTH = ['price', 'price_source', 'value', 'currency', 'rate', 'rate_day', 'rate_source'] as const
const COMMON = ['site', 'zone', 'reference', 'note'] as const

/** The columns of a kind, without those that all have; `needed` cannot be done without, one of each list. */
const KINDS: Readonly<
  Record<
    RowKind,
    { readonly needed: readonly (readonly LedgerField[])[]; readonly others: readonly LedgerField[] }
  >
> = {
  payout: { needed: [['day'], ['coins']], others: ['coin_fee', ...WORTH, 'coin', 'status'] },
  earning: {
    needed: [['day'], ['coins']],
    others: ['coin_fee', 'hashrate', ...WORTH, 'coin', 'status'],
  },
  bill: { needed: [PERIOD, ['money']], others: [...PERIOD, 'energy', ...MONEY, 'part'] },
  meter: { needed: [PERIOD, ['energy']], others: PERIOD },
  credit: { needed: [PERIOD, ['money']], others: [...PERIOD, ...MONEY, 'programme'] },
  sale: {
    needed: [['day'], ['coins'], ['money', 'price']],
    others: ['money', 'price', 'money_fee', ...MONEY, 'pair', 'coin', 'type', 'status'],
  },
  cost: { needed: [PERIOD, ['money'], ['category']], others: [...PERIOD, ...MONEY] },
  purchase: { needed: [['day'], ['what'], ['money']], others: [...MONEY, 'salvage', 'life'] },
  opening: { needed: [['day'], ['coins'], ['money']], others: MONEY },
  budget: {
    needed: [
      ...[['month'], ['price'], ['difficulty'], ['reward'], ['uptime'], ['tariff'], ['hashrate'], ['power']],
    ] as LedgerField[][],
    others: [],
  },
}

/** One of each list must be a column. */
export const neededIn = (kind: RowKind): readonly (readonly LedgerField[])[] => KINDS[kind].needed

const fieldsOfKind = (kind: RowKind): ReadonlySet<LedgerField> => {
  const party = PARTY[kind]
  return new Set([
    ...KINDS[kind].needed.flat(),
    ...KINDS[kind].others,
    ...COMMON,
    ...(party === null ? [] : [party]),
  ])
}
const OF_KIND = new Map<LedgerFileKind, ReadonlySet<LedgerField>>(
  ROW_KINDS.map((kind) => [kind, fieldsOfKind(kind)]),
)
OF_KIND.set('entries', new Set(['kind', ...ROW_KINDS.flatMap((kind) => [...OF_KIND.get(kind)!])]))

/** The columns that a kind of file may have, in the order in which they are offered. */
export const fieldsIn = (kind: LedgerFileKind): readonly LedgerField[] =>
  NAMES.filter((name) => OF_KIND.get(kind)!.has(name))

/** The words of the enumerations of facts, as other programs write them too. */
export const PARTS = ['all', 'energy', 'demand', 'fixed'] as const
