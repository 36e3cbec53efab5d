import type { LedgerImportPreview } from '#shared/ipc/schemas/ledger-import.ts'
import type { LedgerSaid } from '#electron/files/ledger/options.ts'
import type { LedgerMoment } from './ledger-port.ts'

/** Files of entries between their preview and the books, one at a time. */
export type LedgerImportCalls = {
  /**
   * Reads a file and says what booking it would add; it waits until it is booked or another one takes its place. What was remembered for
   * its headings counts where `said` says nothing. Tells how far it is and can be cancelled. Fails as every reader of files does.
   */
  previewLedgerFile(path: string, said: LedgerSaid, moment: LedgerMoment): Promise<LedgerImportPreview>
  /**
   * Reads the waiting file again; what was remembered for its headings does not count. Where it is cancelled or fails, the file waits as it
   * was. 'not-found' where another one waits.
   */
  previewLedgerFileAgain(token: string, said: LedgerSaid, moment: LedgerMoment): Promise<LedgerImportPreview>
  /** Forgets what was remembered and counts in the waiting file. */
  forgetForLedgerFile(token: string, what: 'columns' | 'answers'): Promise<void>
  /**
   * Books the waiting file as one batch, whole or not at all, and remembers what was said of it. 'bad-input' where something is wrong
   * with it, a question is not accepted, or the books have changed so that it no longer fits.
   */
  confirmLedgerFile(
    token: string,
    accepted: readonly string[],
    nowMs: number,
  ): Promise<{ readonly added: number; readonly known: number }>
  discardLedgerFile(token: string): Promise<void>
}
