import { PAYOUT_SCHEMES } from '#shared/domain/money/ledger/entry.ts'
import type { Month } from '#shared/domain/money/ledger/entry.ts'
import { isMonth } from '#shared/domain/money/ledger/calendar.ts'
import { createLedgerService } from '#electron/services/ledger-service.ts'
import type { LedgerService } from '#electron/services/ledger-service.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { acceptOption } from './answers.ts'
import type { Call, ExitCode, OptionSpecs } from './command.ts'
import { dataOption, jsonOption, UsageError } from './command.ts'
import { withStore } from './stored.ts'

/** What is said of a file of entries. */
export const ledgerImportOptions = {
  pool: { type: 'string', value: 'NAME', help: 'with import: the pool, where no column names it' },
  payee: {
    type: 'string',
    value: 'NAME',
    help: 'with import: who is paid or pays, the venue, or the meter, where no column names it',
  },
  zone: {
    type: 'string',
    value: 'ZONE',
    help: "with import: in which days are meant (the site's, else UTC)",
  },
  currency: { type: 'string', value: 'CODE', help: 'with import: of amounts that do not say theirs' },
  'life-days': {
    type: 'string',
    value: 'DAYS',
    help: 'with import: over which a purchase is written down',
  },
  map: {
    type: 'string',
    value: 'HEADING=FIELD:UNIT',
    repeated: true,
    help: "with import: reads a column as a field: 'Amount=coins:BTC'",
  },
  ...acceptOption,
} as const satisfies OptionSpecs

/** What follows `ledger`; a verb takes those of them that it names. */
export const ledgerOptions = {
  month: { type: 'string', value: 'MONTH', help: 'with entries: of this month alone, 2026-10' },
  kind: { type: 'string', value: 'KIND', help: 'with entries and import: payout, earning, bill, sale, …' },
  site: {
    type: 'string',
    value: 'SITE',
    help: "with entries and import: the site; '' of the company as a whole",
  },
  'at-most': { type: 'string', value: 'N', help: 'with entries: the newest N (100)' },
  from: {
    type: 'string',
    value: 'MONTH',
    help: 'with export: from this month on; with pools put and remove: the first month of the terms, or ever',
  },
  to: { type: 'string', value: 'MONTH', help: 'with export: to the end of this month' },
  entries: { type: 'boolean', help: 'with export: the entries, as a file that import takes' },
  sums: { type: 'boolean', help: 'with export: one entry a month, a line an account' },
  batch: { type: 'string', value: 'N', help: 'with void: all that came with this import' },
  reason: { type: 'string', value: 'TEXT', help: 'with void and reopen: why' },
  scheme: { type: 'string', value: PAYOUT_SCHEMES.join('|'), help: 'with pools put: how it pays' },
  fee: { type: 'string', value: 'SHARE', help: 'with pools put: what it keeps, 2% or 0.02' },
  revenue: {
    type: 'string',
    value: 'earned|paid',
    help: 'with pools put: whether income counts on the day it is earned, or when it is paid (paid)',
  },
  sites: {
    type: 'string',
    value: 'SITE',
    repeated: true,
    help: 'with pools put: a site whose machines hash for it; several times for several (all)',
  },
  'pool-hashrate': {
    type: 'string',
    value: 'EH/S',
    help: 'with pools put: of the pool as a whole, for how far luck reaches',
  },
  ...ledgerImportOptions,
  ...jsonOption,
  ...dataOption,
} as const

export type LedgerOption = Exclude<keyof typeof ledgerOptions, 'json' | 'data' | 'new'>
export type LedgerCall = Call<typeof ledgerOptions>

/** What a verb is: operands after it, options beside --json and --data, and where its work is. */
export type LedgerVerb = {
  readonly operands: readonly [least: number, most: number]
  readonly takes: readonly LedgerOption[]
  readonly run: (call: LedgerCall, operands: readonly string[]) => Promise<ExitCode>
}

/** @throws UsageError where an option or an operand is not the verb's */
export function refuseOthers(name: string, verb: LedgerVerb, call: LedgerCall, operands: readonly string[]) {
  const [least, most] = verb.operands
  if (operands.length < least) throw new UsageError(`ledger ${name}: something is missing after it`)
  if (operands.length > most)
    throw new UsageError(`ledger ${name}: '${operands[most]!}' is one argument too many`)
  for (const option of Object.keys(ledgerOptions) as (keyof typeof ledgerOptions)[]) {
    if (option === 'json' || option === 'data' || option === 'new') continue
    const given = call.options[option]
    if (given !== undefined && given !== false && !verb.takes.includes(option))
      throw new UsageError(`ledger ${name}: --${option} does not go with it`)
  }
}

/** @throws UsageError */
export function monthGiven(words: string, text: string): Month {
  if (isMonth(text)) return text
  throw new UsageError(`${words} is '${text}'; it must be a month such as 2026-10`)
}

/** @throws UsageError */
export function keyGiven(words: string, text: string): number {
  const key = /^\d{1,15}$/.test(text) ? Number(text) : 0
  if (key > 0) return key
  throw new UsageError(`${words} is '${text}'; it must be a number that ledger entries shows`)
}

/** @throws UsageError */
export function reasonGiven(verb: string, call: LedgerCall): string {
  const reason = (call.options.reason ?? '').trim()
  if (reason === '') throw new UsageError(`ledger ${verb}: say why: --reason TEXT`)
  if (reason.length > 500) throw new UsageError(`ledger ${verb}: --reason has more than 500 characters`)
  return reason
}

export function withLedger<T>(
  { host, options }: LedgerCall,
  work: (ledger: LedgerService, store: Store) => Promise<T>,
): Promise<T> {
  return withStore(host, options.data, (store) =>
    work(createLedgerService({ store, nowMs: Date.now }), store),
  )
}
