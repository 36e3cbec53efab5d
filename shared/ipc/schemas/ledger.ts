import { z } from 'zod'
import { COSTINGS, PAYOUT_SCHEMES } from '#shared/domain/money/ledger/entry.ts'
import { LONGEST_REASON } from '#shared/domain/money/ledger/entry-bounds.ts'
import type {
  Costing,
  DatedRate,
  Entry,
  FactKind,
  PoolTerms,
  Since,
} from '#shared/domain/money/ledger/entry.ts'
import type { AdmitFault } from '#shared/domain/money/ledger/faults.ts'
import type { MonthHead } from '#shared/domain/money/ledger/ledger-months.ts'
import type { LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import type { ForeignCurrency } from '#shared/domain/power/currency.ts'
import { count, key, name, nothing, text } from './bounds.ts'
import { monthSchema, newEntriesSchema } from './ledger-entries.ts'

/** An entry as a list shows it. */
export type LedgerRow = {
  readonly entry: Entry
  /** key of the entry that made it count for nothing; null: it counts */
  readonly voidedBy: number | null
  /** keys of the entries that change its figures */
  readonly correctedBy: readonly number[]
  /** some of its days lie in a closed month, so that it can be corrected but not voided */
  readonly isLocked: boolean
}

export type LedgerPage = {
  /** stored at all, and of those that were asked for */
  readonly total: number
  readonly found: number
  /** newest day first */
  readonly rows: readonly LedgerRow[]
}

/** Why an entry cannot be booked. */
export type LedgerFault = AdmitFault & {
  /** what is wrong and what to do, as a sentence */
  readonly message: string
}

/** With a fault nothing is booked at all. */
export type LedgerAdded = {
  /** null: nothing was booked */
  readonly batch: number | null
  /** keys of the booked ones, in the order in which they were given */
  readonly keys: readonly number[]
  /** that were there already */
  readonly known: number
  readonly faults: readonly LedgerFault[]
}

export type LedgerPools = {
  /** by name, then by their first month */
  readonly pools: readonly PoolTerms[]
  /** names of pools that entries name and nobody has stored terms of */
  readonly withoutTerms: readonly string[]
  readonly costing: Costing
  /** first month whose terms may still change; '': every one */
  readonly openFrom: Since
}

/** A stored rate, one a day and currency. */
export type LedgerRate = DatedRate & { readonly currency: ForeignCurrency }

const isObject = (value: unknown) => typeof value === 'object' && value !== null
const FACT_KINDS = Object.keys({
  ...{ earning: 0, payout: 0, bill: 0, meter: 0, credit: 0, sale: 0, cost: 0, purchase: 0, opening: 0 },
  ...{ plan: 0, budget: 0, void: 0, close: 0, reopen: 0 },
} satisfies Readonly<Record<FactKind, 0>>) as FactKind[]

const from = monthSchema.or(z.literal(''))
const poolTermsSchema: z.ZodType<PoolTerms, PoolTerms> = z.strictObject({
  ...{ name, from },
  scheme: z.enum(PAYOUT_SCHEMES),
  fee: z.number().min(0).max(1),
  revenue: z.enum(['earned', 'paid']),
  sites: z.array(name).max(1000),
  poolHashrateEhs: z.number().positive().max(1e6).nullable(),
})

/** Who types entries adds few at once; a file has calls of its own. */
const MOST_TYPED = 1000
const reason = z.string().trim().min(1).max(LONGEST_REASON)
/** Rows of the list that one call may ask for. */
export const MOST_LEDGER_ROWS = 2000

/** Calls about the ledger. Each that stores is followed by 'ledger.changed'. */
export const ledgerChannels = {
  /** Every month from the first with entries to the last, in order. */
  'ledger.months': { input: nothing, output: z.custom<readonly MonthHead[]>(Array.isArray) },
  /** A month as it stands; also one without entries. */
  'ledger.month': { input: z.strictObject({ month: monthSchema }), output: z.custom<LedgerMonth>(isObject) },
  /** null: all of them. site '': of the company as a whole; of: an entry with those that correct it */
  'ledger.entries': {
    input: z.strictObject({
      month: monthSchema.nullable(),
      kind: z.enum(FACT_KINDS).nullable(),
      site: text(100).nullable(),
      of: key.optional(),
      /** so many of the newest are left out; absent: none */
      after: count.optional(),
      atMost: z.int().min(1).max(MOST_LEDGER_ROWS),
    }),
    output: z.custom<LedgerPage>(isObject),
  },
  /** Books all of them or none; a correction names the entry that it corrects. */
  'ledger.add': {
    input: z.strictObject({ entries: newEntriesSchema.max(MOST_TYPED) }),
    output: z.custom<LedgerAdded>(isObject),
  },
  /** An entry, or all that came with one import, count for nothing from now on. 'bad-input' says why not. */
  'ledger.void': {
    input: z.strictObject({
      of: z.union([z.strictObject({ entry: key }), z.strictObject({ batch: key })]),
      reason,
    }),
    output: nothing,
  },
  /** 'bad-input' says why not; plans: that were recorded with it */
  'ledger.close': {
    input: z.strictObject({ month: monthSchema }),
    output: z.strictObject({ hash: z.string().length(64), plans: count }),
  },
  'ledger.reopen': { input: z.strictObject({ month: monthSchema, reason }), output: nothing },
  /** Asks where to, then writes the journal of a month, or of all of them; null: given up. lines: 0 where nothing is booked */
  'ledger.exportJournal': {
    input: z.strictObject({ month: monthSchema.nullable() }),
    output: z.strictObject({ fileName: z.string(), entries: count, lines: count }).nullable(),
  },
  'ledger.pools': { input: nothing, output: z.custom<LedgerPools>(isObject) },
  'ledger.rates': { input: nothing, output: z.custom<readonly LedgerRate[]>(Array.isArray) },
  /**
   * Takes the place of the terms of that name, case ignored, and first month. 'bad-input' where figures or theory of a closed month
   * would be others.
   */
  'ledger.putPool': { input: z.strictObject({ pool: poolTermsSchema }), output: nothing },
  /** 'not-found'; else as {@link 'ledger.putPool'} */
  'ledger.removePool': { input: z.strictObject({ name, from }), output: nothing },
  /** 'bad-input' while a month is closed */
  'ledger.setCosting': { input: z.strictObject({ costing: z.enum(COSTINGS) }), output: nothing },
} as const
