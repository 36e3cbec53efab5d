import type {
  Books,
  Costing,
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
import { sourceOrder } from '#shared/ipc/sources.ts'
import type { LedgerFilter } from '#electron/store/port.ts'
import type { Store } from '#electron/store/sqlite/client.ts'

type LedgerPorts = {
  readonly store: Store
  readonly nowMs: () => number
  /** after every change of the books */
  readonly onChange?: () => void
}

/** The ledger for the window and the command line; faults are those of the store's calls (store/ledger-port.ts). */
export type LedgerService = {
  months(): Promise<readonly MonthHead[]>
  month(month: Month): Promise<LedgerMonth>
  entries(filter: LedgerFilter): Promise<LedgerPage>
  books(): Promise<Books>
  exportJournal(path: string, scope: JournalScope): Promise<WrittenJournal>
  pools(): Promise<LedgerPools>
  rates(): Promise<readonly LedgerRate[]>
  add(entries: readonly NewEntry[]): Promise<LedgerAdded>
  void(of: FactOf<'void'>['of'], reason: string): Promise<void>
  close(month: Month): Promise<{ readonly hash: string; readonly plans: number }>
  reopen(month: Month, reason: string): Promise<void>
  putPool(terms: PoolTerms): Promise<void>
  removePool(name: string, from: Since): Promise<void>
  setCosting(costing: Costing): Promise<void>
}

export function createLedgerService({ store, nowMs, onChange }: LedgerPorts): LedgerService {
  const moment = async () => ({
    order: sourceOrder((await store.readSettings()).networkOrder),
    nowMs: nowMs(),
  })
  const changing = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work
    onChange?.()
    return done
  }
  return {
    months: () => store.readLedgerMonths(nowMs()),
    month: async (month) => store.readLedgerMonth(month, await moment()),
    entries: (filter) => store.readLedgerEntries(filter),
    books: () => store.readLedgerBooks(),
    exportJournal: (path, scope) => store.writeLedgerJournal(path, scope),
    pools: () => store.readLedgerPools(),
    rates: () => store.readLedgerRates(),
    add: (entries) => changing(store.addLedgerEntries(entries, nowMs())),
    void: (of, reason) => changing(store.voidInLedger(of, reason, nowMs())),
    close: async (month) => changing(store.closeLedgerMonth(month, await moment())),
    reopen: (month, reason) => changing(store.reopenLedgerMonth(month, reason, nowMs())),
    putPool: (terms) => changing(store.putPoolTerms(terms)),
    removePool: (name, from) => changing(store.removePoolTerms(name, from)),
    setCosting: (costing) => changing(store.setLedgerCosting(costing)),
  }
}
