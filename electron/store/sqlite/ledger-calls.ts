import type { LedgerCalls, LedgerImportCalls } from '../port.ts'
import type { LedgerImports } from './ledger-imports.ts'
import type { Ledger } from './ledger.ts'
import type { Task } from './task.ts'

/** Whatever folds the books is loaded when it is first asked for. */
export function createLedgerCalls(ledger: () => Promise<Ledger>): LedgerCalls {
  return {
    readLedgerMonths: async (nowMs) => (await ledger()).months(nowMs),
    readLedgerMonth: async (month, moment) => (await ledger()).month(month, moment),
    readLedgerEntries: async (filter) => (await ledger()).entries(filter),
    readLedgerBooks: async () => (await ledger()).books(),
    writeLedgerJournal: async (path, scope) => {
      const { writeJournal } = await import('#electron/files/ledger/write-journal.ts')
      return writeJournal(path, (await ledger()).books(), scope)
    },
    readLedgerPools: async () => (await ledger()).pools(),
    readLedgerRates: async () => (await ledger()).allRates(),
    addLedgerEntries: async (entries, nowMs) => (await ledger()).add(entries, nowMs),
    voidInLedger: async (of, reason, nowMs) => (await ledger()).void(of, reason, nowMs),
    closeLedgerMonth: async (month, moment) => (await ledger()).close(month, moment),
    reopenLedgerMonth: async (month, reason, nowMs) => (await ledger()).reopen(month, reason, nowMs),
    putPoolTerms: async (terms) => (await ledger()).putPool(terms),
    removePoolTerms: async (name, from) => (await ledger()).removePool(name, from),
    setLedgerCosting: async (costing) => (await ledger()).setCosting(costing),
  }
}

/** The same of what reads files. */
export function createLedgerImportCalls(
  imports: () => Promise<LedgerImports>,
  task: () => Task,
): LedgerImportCalls {
  return {
    previewLedgerFile: async (path, said, moment) => (await imports()).preview(path, said, moment, task()),
    previewLedgerFileAgain: async (token, said, moment) =>
      (await imports()).previewAgain(token, said, moment, task()),
    forgetForLedgerFile: async (token, what) => (await imports()).forget(token, what),
    confirmLedgerFile: async (token, accepted, nowMs) => (await imports()).confirm(token, accepted, nowMs),
    discardLedgerFile: async (token) => (await imports()).discard(token),
  }
}
