import type { RowKind } from '#shared/domain/money/ledger/file-kinds.ts'
import { foldHeading } from '../heading-parts.ts'
import type { HeadingReading } from './column-map.ts'

/**
 * Exports of other programs, told by all of their headings. docs/ledger-files.md says where the headings were read; what is not in
 * this list goes through the mapping.
 */
export type KnownShape = {
  readonly name: string
  readonly kind: RowKind
  /** the venue or pool that wrote it */
  readonly party: string
  /** heading, folded → what it is; other columns of the export are not used */
  readonly columns: Readonly<Record<string, HeadingReading>>
}

const text = (field: HeadingReading['field']): HeadingReading => ({ field, unit: null })

const SHAPES: readonly (KnownShape & { readonly headings: readonly string[] })[] = [
  {
    ...{ name: 'Kraken, trades', kind: 'sale', party: 'Kraken' },
    headings: ['txid', 'ordertxid', 'pair', 'time', 'type', 'ordertype', 'price', 'cost', 'fee', 'vol'],
    columns: {
      txid: text('reference'),
      pair: text('pair'),
      time: { field: 'day', unit: 'UTC' },
      type: text('type'),
      cost: text('money'),
      fee: text('money_fee'),
      vol: { field: 'coins', unit: 'BTC' },
    },
  },
  {
    ...{ name: 'Coinbase, transactions', kind: 'sale', party: 'Coinbase' },
    headings: [
      ...['timestamp', 'transaction type', 'asset', 'quantity transacted', 'price currency'],
      ...['price at transaction', 'subtotal', 'fees and/or spread', 'notes'],
    ],
    columns: {
      id: text('reference'),
      timestamp: { field: 'day', unit: 'UTC' },
      'transaction type': text('type'),
      asset: text('coin'),
      'quantity transacted': { field: 'coins', unit: 'BTC' },
      'price currency': text('currency'),
      subtotal: text('money'),
      'fees and/or spread': text('money_fee'),
      notes: text('note'),
    },
  },
  {
    ...{ name: 'Coinbase, transactions before 2024', kind: 'sale', party: 'Coinbase' },
    headings: [
      ...['timestamp', 'transaction type', 'asset', 'quantity transacted', 'spot price currency'],
      ...['spot price at transaction', 'subtotal', 'fees and/or spread', 'notes'],
    ],
    columns: {
      timestamp: { field: 'day', unit: 'UTC' },
      'transaction type': text('type'),
      asset: text('coin'),
      'quantity transacted': { field: 'coins', unit: 'BTC' },
      'spot price currency': text('currency'),
      subtotal: text('money'),
      'fees and/or spread': text('money_fee'),
      notes: text('note'),
    },
  },
  {
    ...{ name: 'Binance, trades', kind: 'sale', party: 'Binance' },
    headings: ['date(utc)', 'pair', 'side', 'price', 'executed', 'amount', 'fee'],
    columns: {
      'date(utc)': { field: 'day', unit: 'UTC' },
      pair: text('pair'),
      side: text('type'),
      executed: { field: 'coins', unit: 'BTC' },
      amount: text('money'),
      fee: text('money_fee'),
    },
  },
  {
    ...{ name: 'Bitstamp, transactions', kind: 'sale', party: 'Bitstamp' },
    headings: [
      ...['id', 'account', 'type', 'subtype', 'datetime', 'amount', 'amount currency', 'value'],
      ...['value currency', 'rate', 'rate currency', 'fee', 'fee currency'],
    ],
    columns: {
      id: text('reference'),
      subtype: text('type'),
      datetime: { field: 'day', unit: 'UTC' },
      amount: { field: 'coins', unit: 'BTC' },
      'amount currency': text('coin'),
      value: text('money'),
      'value currency': text('currency'),
      fee: text('money_fee'),
    },
  },
]

/** The export whose headings all stand in a file; null: none of those that are known. */
export function shapeOf(headings: readonly string[]): KnownShape | null {
  const folded = new Set(headings.map(foldHeading))
  return SHAPES.find((shape) => shape.headings.every((heading) => folded.has(heading))) ?? null
}
