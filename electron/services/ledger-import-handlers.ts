import type { ledgerImportChannels } from '#shared/ipc/schemas/ledger-import.ts'
import { sourceOrder } from '#shared/ipc/sources.ts'
import { NOTHING_SAID } from '#electron/files/ledger/options.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'

type Ports = Pick<HandlerPorts, 'store' | 'dialogs' | 'nowMs' | 'emit'>

/** A file of entries from the choice to the books. */
export function createLedgerImportHandlers({
  store,
  dialogs,
  nowMs,
  emit,
}: Ports): Pick<Handlers, keyof typeof ledgerImportChannels> {
  const moment = async () => ({
    order: sourceOrder((await store.readSettings()).networkOrder),
    nowMs: nowMs(),
  })
  return {
    async 'ledgerImport.choose'({ kind }) {
      const path = await dialogs.openFile('ledger-csv')
      return path === null ? null : store.previewLedgerFile(path, { ...NOTHING_SAID, kind }, await moment())
    },
    async 'ledgerImport.again'({ token, ...said }) {
      const { saidOf } = await import('./ledger-said.ts')
      return store.previewLedgerFileAgain(token, saidOf(said), await moment())
    },
    async 'ledgerImport.forget'({ token, what }) {
      await store.forgetForLedgerFile(token, what)
      return {}
    },
    async 'ledgerImport.confirm'({ token, accepted }) {
      const booked = await store.confirmLedgerFile(token, accepted, nowMs())
      if (booked.added > 0) emit('ledger.changed', {})
      return booked
    },
    async 'ledgerImport.discard'({ token }) {
      await store.discardLedgerFile(token)
      return {}
    },
  }
}
