import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ledgerMapOf } from '#electron/files/ledger/column-map.ts'
import type { LedgerFile, LedgerSaid, LedgerWorld } from '#electron/files/ledger/options.ts'
import { NOTHING_SAID } from '#electron/files/ledger/options.ts'
import { readLedgerText } from '#electron/files/ledger/read-ledger.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/ledger')

/** Two sites, a price of 64 000 USD on every day of October 2026, and a rate of the euro. */
export const WORLD: LedgerWorld = {
  sites: [
    { name: 'Nord', zone: 'Europe/Oslo' },
    { name: 'Plains', zone: 'America/Chicago' },
  ],
  priceOn: (day) => (day.startsWith('2026-10') ? { usdPerBtc: 64_000, source: 'daily history' } : null),
  rateOn: (currency) =>
    currency === 'EUR' ? { usdPerUnit: 1.1, day: '2026-10-09', source: 'frankfurter' } : null,
  booked: [],
  recall: () => null,
  answersBefore: () => false,
}

type Said = Partial<Omit<LedgerSaid, 'columns'>> & { readonly map?: readonly string[] }

export function read(text: string | Buffer, { map = [], ...said }: Said = {}, world = WORLD): LedgerFile {
  return readLedgerText(text, 'file.csv', { ...NOTHING_SAID, ...said, columns: ledgerMapOf(map) }, world)
}
export const readFixture = (name: string, said: Said = {}) =>
  read(readFileSync(join(FIXTURES, `${name}.csv`)), said)

export const facts = ({ entries }: LedgerFile) => entries.map(({ fact }) => fact)
/** "row 3, Amount: message" */
export const faultLines = ({ faults }: LedgerFile) =>
  faults.map(({ row, column, message }) => `row ${row}${column === '' ? '' : `, ${column}`}: ${message}`)
