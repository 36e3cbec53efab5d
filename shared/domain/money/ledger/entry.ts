import type { Currency } from '../../power/currency.ts'

/**
 * What really came in and went out, one fact per entry. Entries are only ever added; balances, lots of bitcoin, months and what an
 * accountant books are folds over them. Quantities are whole numbers: satoshi, hundredths of a currency's unit, watt-hours, so that
 * nothing is lost where they are added up.
 */

/** A day of the calendar of the entry's zone, YYYY-MM-DD. */
export type Day = string
/** YYYY-MM */
export type Month = string

/** The first month of what holds until further notice; '': since ever. It sorts before all months. */
export type Since = Month

export const monthOf = (day: Day): Month => day.slice(0, 7)

/** What one unit of a currency was worth in USD on a day. */
export type DatedRate = { readonly usdPerUnit: number; readonly day: Day; readonly source: string }

/** Money as it was written and in USD, in which the books are kept. */
export type Amount = {
  readonly currency: Currency
  /** hundredths of the unit */
  readonly hundredths: number
  readonly usdCents: number
  /** null: USD */
  readonly rate: DatedRate | null
}

/** What a bitcoin was worth when it came or went. */
export type CoinPrice = { readonly usdPerBtc: number; readonly source: string }

/** First and last day, both included. */
export type Days = { readonly from: Day; readonly to: Day }

export const COST_CATEGORIES = [
  'rent',
  'staff',
  'insurance',
  'hosting',
  'repair',
  'network',
  'finance',
  'other',
] as const
export type CostCategory = (typeof COST_CATEGORIES)[number]

/**
 * The facts. With `corrects`, figures are differences to those of the entry that is named, of the same kind, and may be negative.
 *
 * - earning: what a pool says was earned on a day, after its fee
 * - payout: what a pool sent
 * - bill: what an energy supplier or host charges for a period
 * - meter: what a meter counted over a period
 * - credit: what was paid or let off for giving power back
 * - sale: bitcoin sold for money
 * - cost: what is paid whether machines run or not
 * - purchase: what is written down over its life
 * - opening: bitcoin that was held before the books begin
 * - plan: what the fleet was to do in a month; theory and the sum of the machines rest on it
 * - budget: what a month was expected to bring
 * - void: an entry, or all entries of an import, that were a mistake and count for nothing; in open months only
 * - close, reopen: a month is locked with the hash of its figures, or unlocked
 */
export type Fact =
  | {
      readonly kind: 'earning'
      readonly pool: string
      readonly day: Day
      readonly sat: number
      /** kept back by the pool; null: not said */
      readonly feeSat: number | null
      /** mean of the day as the pool counted it; null: not said */
      readonly hashratePhs: number | null
      readonly price: CoinPrice
    }
  | {
      readonly kind: 'payout'
      readonly pool: string
      readonly day: Day
      readonly sat: number
      /** kept back for sending; null: not said */
      readonly feeSat: number | null
      readonly price: CoinPrice
    }
  | {
      readonly kind: 'bill'
      readonly payee: string
      readonly days: Days
      /** null: not said */
      readonly wh: number | null
      readonly amount: Amount
      /** all of it, or a part that is charged by itself */
      readonly part: 'all' | 'energy' | 'demand' | 'fixed'
    }
  | { readonly kind: 'meter'; readonly meter: string; readonly days: Days; readonly wh: number }
  | {
      readonly kind: 'credit'
      readonly payer: string
      readonly days: Days
      readonly amount: Amount
      readonly programme: string
    }
  | {
      readonly kind: 'sale'
      readonly venue: string
      readonly day: Day
      readonly sat: number
      /** before the fee */
      readonly proceeds: Amount
      readonly fee: Amount | null
    }
  | {
      readonly kind: 'cost'
      readonly payee: string
      readonly days: Days
      readonly category: CostCategory
      readonly amount: Amount
    }
  | {
      readonly kind: 'purchase'
      readonly payee: string
      readonly day: Day
      readonly what: string
      readonly amount: Amount
      readonly salvageUsdCents: number
      readonly lifeDays: number
    }
  | { readonly kind: 'opening'; readonly day: Day; readonly sat: number; readonly costUsdCents: number }
  | {
      readonly kind: 'plan'
      readonly month: Month
      /** of all its machines while they run */
      readonly hashratePhs: number
      /** the same, overhead included */
      readonly powerKw: number
      /** 0..1 */
      readonly uptime: number
      /** of what the pool counts, 0..1 */
      readonly poolFee: number
      /** everything that stops with the machines */
      readonly usdPerKwh: number
    }
  | {
      readonly kind: 'budget'
      readonly month: Month
      readonly priceUsdPerBtc: number
      readonly difficulty: number
      readonly rewardBtcPerBlock: number
      readonly uptime: number
      readonly tariffUsdPerKwh: number
      readonly hashratePhs: number
      readonly powerKw: number
    }
  | {
      readonly kind: 'void'
      readonly of: { readonly entry: number } | { readonly batch: number }
      readonly reason: string
    }
  | { readonly kind: 'close'; readonly month: Month; readonly hash: string; readonly costing: Costing }
  | { readonly kind: 'reopen'; readonly month: Month; readonly reason: string }

export type FactKind = Fact['kind']
export type FactOf<Kind extends FactKind> = Extract<Fact, { readonly kind: Kind }>

/** Which coins go first when some are sold: the oldest, or a share of all. */
export const COSTINGS = ['fifo', 'average'] as const
export type Costing = (typeof COSTINGS)[number]

/** An entry before it is stored. */
export type NewEntry = {
  readonly fact: Fact
  /** as it is called; '' for the company as a whole */
  readonly site: string
  /** IANA name of the zone in which its days are meant */
  readonly zone: string
  /** what it is known by to others: number of a bill, transaction id, line of a statement; '' for none */
  readonly reference: string
  /** key of the entry whose figures it changes; null: it stands by itself */
  readonly corrects: number | null
  readonly note: string
  /** name of the file and line as a person counts them; null: typed */
  readonly origin: { readonly file: string; readonly line: number } | null
}

export type Entry = NewEntry & {
  /** in the order in which they were stored */
  readonly key: number
  readonly recordedMs: number
  /** entries that were stored together */
  readonly batch: number
}

export const PAYOUT_SCHEMES = ['fpps', 'pps', 'pps+', 'pplns', 'solo'] as const
export type PayoutScheme = (typeof PAYOUT_SCHEMES)[number]

/** What was agreed with a pool, until later terms of it begin. */
export type PoolTerms = {
  readonly name: string
  /** first month in which they hold */
  readonly from: Since
  readonly scheme: PayoutScheme
  /** 0..1 */
  readonly fee: number
  /** whether income counts on the day that it is earned, or when it is paid: then earnings are information alone */
  readonly revenue: 'earned' | 'paid'
  /** names of sites whose machines hash for it; empty: all */
  readonly sites: readonly string[]
  /** of the pool as a whole, for how far luck reaches; null: not known, and not asked for where luck is the pool's */
  readonly poolHashrateEhs: number | null
}

/** Everything that the books are folded from. */
export type Books = {
  /** ascending by key */
  readonly entries: readonly Entry[]
  /** of a pool as many as begin in different months, all under one name */
  readonly pools: readonly PoolTerms[]
  readonly costing: Costing
}
