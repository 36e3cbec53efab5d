import { basename } from 'node:path'
import type { ledgerChannels } from '#shared/ipc/schemas/ledger.ts'
import type { HandlerPorts, Handlers } from './handlers.ts'
import { createLedgerService } from './ledger-service.ts'

/** Calls about the ledger; what computes it is loaded in the store's thread when it is asked for. */
export function createLedgerHandlers({
  store,
  nowMs,
  emit,
  dialogs,
}: Pick<HandlerPorts, 'store' | 'nowMs' | 'emit' | 'dialogs'>): Pick<Handlers, keyof typeof ledgerChannels> {
  const ledger = createLedgerService({ store, nowMs, onChange: () => emit('ledger.changed', {}) })
  const done = async (work: Promise<void>) => {
    await work
    return {}
  }
  return {
    'ledger.months': () => ledger.months(),
    'ledger.month': ({ month }) => ledger.month(month),
    'ledger.entries': (filter) => ledger.entries(filter),
    'ledger.add': ({ entries }) => ledger.add(entries),
    'ledger.void': ({ of, reason }) => done(ledger.void(of, reason)),
    'ledger.close': ({ month }) => ledger.close(month),
    'ledger.reopen': ({ month, reason }) => done(ledger.reopen(month, reason)),
    async 'ledger.exportJournal'({ month }) {
      const path = await dialogs.saveFile('journal', month === null ? 'journal.csv' : `journal-${month}.csv`)
      if (path === null) return null
      const written = await ledger.exportJournal(path, { from: month, to: month, asSums: false })
      return { fileName: basename(path), ...written }
    },
    'ledger.pools': () => ledger.pools(),
    'ledger.rates': () => ledger.rates(),
    'ledger.putPool': ({ pool }) => done(ledger.putPool(pool)),
    'ledger.removePool': ({ name, from }) => done(ledger.removePool(name, from)),
    'ledger.setCosting': ({ costing }) => done(ledger.setCosting(costing)),
  }
}
