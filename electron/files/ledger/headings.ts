import type { LedgerFileKind, RowKind } from '#shared/domain/money/ledger/file-kinds.ts'
import { foldHeading, squeeze, UNIT_IN_BRACKETS } from '../heading-parts.ts'
import type { LedgerField } from './fields.ts'
import { fieldsIn, LEDGER_FIELDS, typeOf } from './fields.ts'
import type { ColumnTarget, HeadingReading } from './column-map.ts'
import type { KnownShape } from './shapes.ts'
import { currencyOf, unitFor, unitsIn } from './units.ts'

/** Names under which programs and people write a field, squeezed, the surest first; beside the name that it has here. */
const SYNONYMS: Readonly<Partial<Record<LedgerField, readonly string[]>>> = {
  day: [
    ...['date', 'datetime', 'timestamp', 'time', 'earningsdate', 'paymentdate', 'payoutdate', 'dateutc'],
    ...[
      'paidat',
      'paidon',
      'createdat',
      'tradedate',
      'purchasedate',
      'invoicedate',
      'billdate',
      'settleddate',
    ],
  ],
  from: ['periodstart', 'periodfrom', 'start', 'startdate', 'begin', 'begindate', 'servicefrom', 'firstday'],
  to: ['periodend', 'periodto', 'end', 'enddate', 'until', 'through', 'serviceto', 'lastday'],
  month: ['period', 'billingmonth', 'billingperiod'],
  pool: ['poolname', 'miningpool'],
  payee: ['supplier', 'vendor', 'utility', 'provider', 'company', 'seller'],
  payer: ['customer', 'utility', 'provider', 'gridoperator', 'paidby'],
  meter: ['meterid', 'meternumber', 'meterno', 'meterpoint', 'device'],
  venue: ['exchange', 'broker', 'platform', 'market'],
  coins: [
    ...[
      'net',
      'netamount',
      'btc',
      'amount',
      'quantity',
      'volume',
      'sats',
      'sat',
      'satoshi',
      'satoshis',
      'payout',
      'paid',
    ],
    ...[
      'totalearnings',
      'earnings',
      'earned',
      'reward',
      'rewards',
      'totalreward',
      'mining',
      'income',
      'revenue',
    ],
    ...['amountbtc', 'bitcoin', 'bitcoins', 'executed'],
  ],
  coin_fee: ['fee', 'fees', 'networkfee', 'transactionfee', 'txfee', 'poolfee', 'miningfee', 'withdrawalfee'],
  hashrate: ['dailyhashrate', 'avghashrate', 'averagehashrate', 'hashrateavg', 'hashrate24h', 'meanhashrate'],
  price: ['btcprice', 'bitcoinprice', 'btcusdprice', 'btcusd', 'exchangerate', 'spotprice', 'rate'],
  value: ['worth', 'fiatvalue', 'fiatamount', 'usdvalue', 'valueusd', 'usd', 'eur'],
  energy: [
    'kwh',
    'mwh',
    'wh',
    'consumption',
    'usage',
    'energyused',
    'consumed',
    'energyconsumption',
    'energydelivered',
  ],
  money: [
    ...['amount', 'total', 'cost', 'price', 'invoiceamount', 'amountdue', 'totalamount', 'net', 'netamount'],
    ...['proceeds', 'subtotal', 'credit', 'usd', 'eur', 'gbp', 'cad', 'sum', 'charge', 'charges', 'payment'],
  ],
  money_fee: ['fee', 'fees', 'commission', 'tradingfee', 'feesandorspread', 'brokerage'],
  currency: ['ccy', 'currencycode'],
  rate: ['fx', 'fxrate', 'exchangerate', 'usdrate', 'rateusd', 'conversionrate'],
  part: ['component', 'charge', 'chargetype'],
  category: ['costtype', 'accounttype'],
  programme: ['program', 'event', 'product', 'service'],
  what: ['item', 'description', 'asset', 'equipment', 'product', 'machine', 'model'],
  salvage: ['residual', 'residualvalue', 'salvagevalue', 'scrapvalue'],
  life: ['usefullife', 'lifetime', 'depreciationperiod', 'term'],
  reward: ['blockreward', 'rewardperblock', 'btcperblock'],
  tariff: ['powerprice', 'energyprice', 'electricityprice', 'priceperkwh'],
  power: ['load', 'powerdraw', 'demand'],
  pair: ['market', 'symbol', 'tradingpair', 'instrument'],
  coin: ['asset', 'cryptocurrency', 'token'],
  type: ['side', 'transactiontype', 'direction', 'action', 'subtype'],
  status: ['state', 'paymentstatus', 'payoutstatus'],
  site: ['location', 'facility', 'sitename', 'plant'],
  zone: ['timezone', 'tz'],
  reference: [
    ...['tx', 'txn', 'txnid', 'payoutid', 'paymentid', 'withdrawalid'],
    ...['txid', 'transactionid', 'txhash', 'transactionhash', 'transaction', 'hash', 'invoice', 'invoiceno'],
    ...[
      'invoicenumber',
      'invoiceid',
      'billnumber',
      'ref',
      'id',
      'orderid',
      'tradeid',
      'documentnumber',
      'number',
    ],
  ],
  note: ['notes', 'comment', 'comments', 'memo', 'remark', 'remarks'],
}

/** A bill is of a period, and when it was written says nothing of it. */
const NO_PERIOD = [
  ...['date', 'datetime', 'timestamp', 'time', 'dateutc', 'invoicedate', 'billdate', 'paymentdate'],
  ...['payoutdate', 'settleddate', 'createdat', 'paidat', 'paidon'],
]

/** Names that in a kind of file mean another thing than they may elsewhere: they are not guessed there. */
const NOT_GUESSED: Readonly<Partial<Record<RowKind, readonly string[]>>> = {
  // a bill's price is per kWh
  bill: ['price', ...NO_PERIOD],
  credit: NO_PERIOD,
  // a sale's volume is bitcoin, its total money; "amount" may be either and is told by its unit
  sale: ['amount', 'netamount', 'paid', 'income', 'revenue', 'cost'],
  opening: ['amount', 'netamount', 'price'],
  purchase: ['price'],
}

type NameAndUnit = { readonly name: string; readonly unit: string | null }

/** "Amount (BTC)", "amount_btc", "EUR Subtotal", "kWh": what it may be called, and the unit beside it. */
export function partsOf(heading: string): readonly NameAndUnit[] {
  const bracketed = UNIT_IN_BRACKETS.exec(heading)
  if (bracketed !== null) return [{ name: squeeze(bracketed[1]!.toLowerCase()), unit: bracketed[2]! }]
  const words = heading.split(/[\s_-]+/).filter((word) => word !== '')
  const whole = { name: squeeze(heading.toLowerCase()), unit: null }
  if (words.length === 1) return [{ name: whole.name, unit: heading }, whole]
  const named = (some: readonly string[]) => squeeze(some.join('').toLowerCase())
  return [
    { name: named(words.slice(0, -1)), unit: words.at(-1)! },
    { name: named(words.slice(0, -2)), unit: words.slice(-2).join('/') },
    { name: named(words.slice(1)), unit: words[0]! },
    whole,
  ].filter(({ name }) => name !== '')
}

/** "USD per EUR", "EUR/USD": how exchange rates are headed; a pair is what one of the first is worth in the second. */
function rateUnit(heading: string): string | null {
  const per = /^(?:.*\b)?([a-z]{3})\s*per\s*([a-z]{3})$/i.exec(heading.trim())
  const pair = /^([a-z]{3})\s*\/\s*([a-z]{3})(?:\s*rate)?$/i.exec(heading.trim())
  const [of, worth] = per !== null ? [per[2]!, per[1]!] : pair !== null ? [pair[1]!, pair[2]!] : ['', '']
  const codes = [currencyOf(of), currencyOf(worth)]
  if (codes.includes(null)) return null
  return codes[1] === 'USD' ? 'USD per unit' : codes[0] === 'USD' ? 'units per USD' : null
}

/** What each heading means in a kind of file: the first that fits a field counts, the rest mean nothing; said ones are out of the way. */
export function readingsOf(
  headings: readonly string[],
  kind: LedgerFileKind,
  said: ReadonlyMap<string, ColumnTarget>,
  shape: KnownShape | null,
): readonly (HeadingReading | null)[] {
  const folded = headings.map(foldHeading)
  const readings = headings.map((_, at): HeadingReading | null | undefined => {
    const target = said.get(folded[at]!)
    if (target !== undefined) return target
    if (shape !== null) return shape.columns[folded[at]!] ?? null
    return undefined
  })
  const taken = new Set(readings.flatMap((reading) => (reading ? [reading.field] : [])))
  const parts = headings.map(partsOf)
  const fields = fieldsIn(kind)
  const guess = (field: LedgerField, name: string) => {
    if (taken.has(field)) return
    for (const [at, options] of parts.entries()) {
      if (readings[at] !== undefined) continue
      const found = options.find((part) => part.name === name && fitsUnit(field, part.unit))
      if (found === undefined) continue
      readings[at] = { field, unit: found.unit === null ? null : unitFor(field, found.unit) }
      taken.add(field)
      return
    }
  }
  if (fields.includes('rate') && !taken.has('rate')) {
    const at = headings.findIndex((heading, i) => readings[i] === undefined && rateUnit(heading) !== null)
    if (at !== -1) {
      readings[at] = { field: 'rate', unit: rateUnit(headings[at]!) }
      taken.add('rate')
    }
  }
  for (const field of fields) guess(field, squeeze(field))
  // The program's own files have those names and no others.
  if (kind !== 'entries')
    for (const field of fields)
      for (const name of SYNONYMS[field] ?? []) {
        const isOpen = NOT_GUESSED[kind]?.includes(name) === true
        if (!isOpen) guess(field, name)
        else guessByUnit(field, name)
      }
  return readings.map((reading) => reading ?? null)

  /** Only where the unit beside it measures nothing else. */
  function guessByUnit(field: LedgerField, name: string): void {
    if (taken.has(field)) return
    const at = parts.findIndex(
      (options, i) =>
        readings[i] === undefined &&
        options.some(
          (part) => part.name === name && part.unit !== null && unitFor(field, part.unit) !== null,
        ),
    )
    if (at === -1) return
    const { unit } = parts[at]!.find((part) => part.name === name && part.unit !== null)!
    readings[at] = { field, unit: unitFor(field, unit!) }
    taken.add(field)
  }
}

/** A unit of another thing makes it another column: "Amount (EUR)" is no bitcoin. */
function fitsUnit(field: LedgerField, unit: string | null): boolean {
  if (unit === null) return true
  const type = typeOf(field)
  if (unitsIn(field).length === 0) return false
  return unitFor(field, unit) !== null && !(type === 'end')
}

/** How many headings mean something in a kind of file. */
export const knownIn = (
  headings: readonly string[],
  kind: LedgerFileKind,
  said: ReadonlyMap<string, ColumnTarget>,
): number => readingsOf(headings, kind, said, null).filter((reading) => reading !== null).length

/** What a field is called in messages and on the command line. */
export const fieldWords = (field: LedgerField): string => LEDGER_FIELDS[field].label.toLowerCase()
