import type { FactKind } from './entry.ts'

/** What a file may hold, one fact per row. */
export const ROW_KINDS = [
  'payout',
  'earning',
  'bill',
  'meter',
  'credit',
  'sale',
  'cost',
  'purchase',
  'opening',
  'budget',
] as const satisfies readonly FactKind[]
export type RowKind = (typeof ROW_KINDS)[number]

/** The same, and files whose rows say in a column `kind` what they are, as the program writes them. */
export const LEDGER_FILE_KINDS = [...ROW_KINDS, 'entries'] as const
export type LedgerFileKind = (typeof LEDGER_FILE_KINDS)[number]
