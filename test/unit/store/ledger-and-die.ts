import { createCalls } from '#electron/store/sqlite/calls.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { bill, payout } from './ledger-entries.ts'

/** Run as a program: books entries, or closes a month, and is killed when most of it has been written, inside the transaction. */
const [file, assetsFolder, what] = process.argv.slice(2) as [string, string, 'add' | 'close']
const db = await openDatabase(file, 'refuse')
db.function('die', () => {
  process.kill(process.pid, 'SIGKILL')
  return null
})
const calls = createCalls({
  db,
  file,
  assetsFolder,
  task: () => ({ step: () => undefined, isCancelled: () => false }),
})
const last = what === 'close' ? 'close' : 'bill'
db.exec(
  `CREATE TEMP TRIGGER kill AFTER INSERT ON main.ledger_entry WHEN NEW.kind = '${last}' BEGIN SELECT die(); END`,
)
const nowMs = Date.UTC(2026, 10, 20)
if (what === 'close') await calls.closeLedgerMonth('2026-09', { order: [], nowMs })
else {
  const days = Array.from({ length: 30 }, (_, i) => `2026-10-${String(i + 1).padStart(2, '0')}`)
  await calls.addLedgerEntries(
    [
      ...days.map((day) => payout({ day })),
      bill({ days: { from: '2026-10-01', to: '2026-10-31' } }, { reference: '2026-10' }),
    ],
    nowMs,
  )
}
