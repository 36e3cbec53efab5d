import type { BudgetVariance, PeriodFigures } from '../budget.ts'
import type { AccountLine } from './accounts.ts'
import type { Costing, Day, FactOf, Month, PayoutScheme } from './entry.ts'

/** Why what came from a pool is not what theory expects; in this order, each with those before it as they really were. */
export const PAY_CAUSES = ['uptime', 'fees', 'luck', 'price', 'unexplained'] as const
export type PayCause = (typeof PAY_CAUSES)[number]

export type PoolMonth = {
  readonly pool: string
  /** null: no terms are stored of it, and then there is no theory */
  readonly scheme: PayoutScheme | null
  /** last day that is compared and counts in these figures, of a month that is not over; null: the whole month */
  readonly through: Day | null
  readonly actualSat: number
  readonly actualUsdCents: number
  /** null where it cannot be computed; `missing` says why */
  readonly theory: {
    readonly sat: number
    readonly usdCents: number
    /** they add up to actual − theory, to the satoshi and to the cent; `price` has no satoshi */
    readonly steps: Readonly<Record<PayCause, { readonly sat: number; readonly usdCents: number }>>
    /** between which satoshi 95 of 100 such months lie, at what was really hashed and kept back; null where the scheme has no luck, or the pool's size is not known */
    readonly luck: {
      readonly blocksExpected: number
      readonly lowSat: number
      readonly highSat: number
    } | null
  } | null
  /** mean of the days that the pool gave; null: it gave none */
  readonly hashratePhs: number | null
  readonly missing: readonly LedgerLack[]
}

/** Why the invoice is not what the machines and the agreed price make; in this order. */
export const ENERGY_CAUSES = ['metered', 'invoiced', 'price', 'other charges'] as const
export type EnergyCause = (typeof ENERGY_CAUSES)[number]

export type EnergyMonth = {
  readonly site: string
  /** last day that counts in these figures, of a month that is not over; null: the whole month */
  readonly through: Day | null
  /** what the machines should have used by the plan; null: no plan */
  readonly machinesWh: number | null
  readonly meterWh: number | null
  readonly invoiceWh: number | null
  readonly expectedUsdCents: number | null
  readonly invoiceUsdCents: number | null
  /** they add up to invoice − expected, to the cent; null where one of the two is missing. Without a meter all of the kWh is `invoiced` */
  readonly stepsUsdCents: Readonly<Record<EnergyCause, number>> | null
  readonly missing: readonly LedgerLack[]
}

export type BudgetMonth = {
  readonly site: string
  readonly plan: PeriodFigures
  /** null where a figure is missing */
  readonly actual: PeriodFigures | null
  readonly days: number
  readonly variance: BudgetVariance | null
  /** what the books say of the margin beyond what these figures make: actual of the books − actual of the figures; null where there is none */
  readonly restUsdCents: number | null
  readonly missing: readonly LedgerLack[]
}

/** What is not there, for a sentence that says what to do. */
export type LedgerLack =
  | { readonly what: 'plan' | 'price' | 'network' | 'bill' | 'meter' | 'pool terms' | 'pool hashrate' }
  | { readonly what: 'days'; readonly of: 'earning' | 'meter' | 'bill'; readonly days: readonly Day[] }

/** A lot of bitcoin that came at one time and is not all sold. */
export type CoinLot = {
  readonly entry: number
  readonly day: Day
  readonly sat: number
  readonly costUsdCents: number
}

export type CoinMonth = {
  readonly openingSat: number
  readonly receivedSat: number
  readonly soldSat: number
  readonly closingSat: number
  /** at cost */
  readonly openingUsdCents: number
  readonly receivedUsdCents: number
  readonly soldCostUsdCents: number
  readonly closingUsdCents: number
  /** proceeds less fees less cost of what was sold */
  readonly gainUsdCents: number
  /** closing satoshi at the price of the month's last day, of a month that is not over at that of its last full day; null: no price */
  readonly marketUsdCents: number | null
  /** oldest first; where the costing is the average, those that came last are left, all at the average cost */
  readonly lots: readonly CoinLot[]
}

export type AssetMonth = {
  readonly entry: number
  readonly what: string
  readonly site: string
  readonly costUsdCents: number
  readonly depreciationUsdCents: number
  /** at the month's end */
  readonly bookUsdCents: number
}

/** A month as it stands: everything that window, pack, workbook and command line show of it. */
export type LedgerMonth = {
  readonly month: Month
  /** in the zones of all its entries and in UTC; what is closed is over */
  readonly isOver: boolean
  readonly costing: Costing
  /** null: open */
  readonly closed: {
    readonly entry: number
    readonly atMs: number
    readonly hash: string
    /** the hash of the figures as they are computed now; another one means that something has changed under a closed month */
    readonly hashNow: string
  } | null
  /**
   * Of the month alone, income first. Unlike in postings and balances, income is positive and cost negative: they sum to the result.
   */
  readonly statement: readonly AccountLine[]
  readonly resultUsdCents: number
  /** of all accounts at the month's end; they sum to 0 */
  readonly balances: readonly AccountLine[]
  readonly pools: readonly PoolMonth[]
  readonly energy: readonly EnergyMonth[]
  readonly budgets: readonly BudgetMonth[]
  readonly coins: CoinMonth
  readonly assets: readonly AssetMonth[]
  /** plans that theory rests on: recorded, or the fleet of now where none was */
  readonly plans: readonly {
    readonly site: string
    readonly plan: FactOf<'plan'>
    readonly isRecorded: boolean
  }[]
  /** entries that count in it */
  readonly entries: number
}

/** One value per UTC day from `fromDay` on; NaN where the day has none. */
export type DailyNetwork = {
  readonly fromDay: Day
  readonly priceUsd: Float64Array
  readonly difficulty: Float64Array
  readonly subsidyBtcPerBlock: Float64Array
  readonly feesBtcPerBlock: Float64Array
}

/** What months are held against that is no part of the books. */
export type LedgerEvidence = {
  /** null: no history is stored */
  readonly network: DailyNetwork | null
  /** what the fleet of now would do in a month, by site */
  readonly plansNow: readonly { readonly site: string; readonly plan: Omit<FactOf<'plan'>, 'month'> }[]
  readonly nowMs: number
}
