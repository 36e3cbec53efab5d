import type {
  Books,
  Costing,
  FactKind,
  FactOf,
  Month,
  NewEntry,
  PoolTerms,
  Since,
} from '#shared/domain/money/ledger/entry.ts'
import type { MonthHead } from '#shared/domain/money/ledger/ledger-months.ts'
import type { LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import type { LedgerAdded, LedgerPage, LedgerPools, LedgerRate } from '#shared/ipc/schemas/ledger.ts'
import type { JournalScope, WrittenJournal } from '#electron/files/ledger/write-journal.ts'

/** What a month is held against: the stored past, by the order of its sources, and the fleet of now. */
export type LedgerMoment = { readonly order: readonly string[]; readonly nowMs: number }

/** null: all. site '': of the company as a whole */
export type LedgerFilter = {
  readonly month: Month | null
  readonly kind: FactKind | null
  readonly site: string | null
  /** an entry with those that correct it; absent: all */
  readonly of?: number | undefined
  /** so many of the newest are left out; absent: none */
  readonly after?: number | undefined
  readonly atMost: number
}

/**
 * What really came in and went out. Entries are only ever added, and no undo touches them; everything that is said of them is computed
 * in the store's thread. Every change is one transaction: it is looked at against the books as they are in it, so that two
 * processes cannot book what only one may.
 */
export type LedgerCalls = {
  /** Oldest first. */
  readLedgerMonths(nowMs: number): Promise<readonly MonthHead[]>
  readLedgerMonth(month: Month, moment: LedgerMoment): Promise<LedgerMonth>
  readLedgerEntries(filter: LedgerFilter): Promise<LedgerPage>
  /** All of it, for who writes it into a file. */
  readLedgerBooks(): Promise<Books>
  /** Writes the journal into a file, whole or not at all. 'file-unwritable' */
  writeLedgerJournal(path: string, scope: JournalScope): Promise<WrittenJournal>
  readLedgerPools(): Promise<LedgerPools>
  /** What a unit of each currency was worth on the days of which it is stored. */
  readLedgerRates(): Promise<readonly LedgerRate[]>
  /**
   * Books all of them as one batch, or nothing where one has a fault; what is there already is counted and left.
   * 'bad-input' where there is no more room
   */
  addLedgerEntries(entries: readonly NewEntry[], nowMs: number): Promise<LedgerAdded>
  /** 'bad-input' where it cannot be, 'not-found' where there is no such entry or batch */
  voidInLedger(of: FactOf<'void'>['of'], reason: string, nowMs: number): Promise<void>
  /** Records the plans of its sites where there are none, then closes it. 'bad-input' says why it cannot be closed. */
  closeLedgerMonth(
    month: Month,
    moment: LedgerMoment,
  ): Promise<{ readonly hash: string; readonly plans: number }>
  /** 'bad-input' where it is not the newest closed one */
  reopenLedgerMonth(month: Month, reason: string, nowMs: number): Promise<void>
  /**
   * In place of those of the same name, case ignored, and first month; a pool keeps the name that its other terms have. 'bad-input' where
   * figures or theory of a closed month would be others
   */
  putPoolTerms(terms: PoolTerms): Promise<void>
  /** 'not-found'; else as {@link putPoolTerms} */
  removePoolTerms(name: string, from: Since): Promise<void>
  /** 'bad-input' where figures of a closed month would be others */
  setLedgerCosting(costing: Costing): Promise<void>
}
