import { defineCommand, UsageError } from '../command.ts'
import { ledgerImportOptions, ledgerOptions, refuseOthers } from '../ledger-call.ts'
import type { LedgerOption, LedgerVerb } from '../ledger-call.ts'

const OF_IMPORT = ['kind', 'site', ...(Object.keys(ledgerImportOptions) as LedgerOption[])] as const

/** Each is loaded where it is asked for. */
const VERBS: Readonly<Record<string, LedgerVerb>> = {
  import: {
    ...{ operands: [1, 1], takes: OF_IMPORT },
    run: async (...call) => (await import('./ledger-import.ts')).runImport(...call),
  },
  months: {
    ...{ operands: [0, 0], takes: [] },
    run: async (call) => (await import('./ledger-month.ts')).runMonths(call),
  },
  month: {
    ...{ operands: [0, 1], takes: [] },
    run: async (...call) => (await import('./ledger-month.ts')).runMonth(...call),
  },
  entries: {
    ...{ operands: [0, 0], takes: ['month', 'kind', 'site', 'at-most'] },
    run: async (call) => (await import('./ledger-entries.ts')).runEntries(call),
  },
  add: {
    ...{ operands: [1, 1], takes: [] },
    run: async (...call) => (await import('./ledger-add.ts')).runAdd(...call),
  },
  void: {
    ...{ operands: [0, 1], takes: ['batch', 'reason'] },
    run: async (...call) => (await import('./ledger-entries.ts')).runVoid(...call),
  },
  close: {
    ...{ operands: [1, 1], takes: [] },
    run: async (...call) => (await import('./ledger-close.ts')).runClose(...call),
  },
  reopen: {
    ...{ operands: [1, 1], takes: ['reason'] },
    run: async (...call) => (await import('./ledger-close.ts')).runReopen(...call),
  },
  pools: {
    ...{ operands: [0, 2], takes: ['from', 'scheme', 'fee', 'revenue', 'sites', 'pool-hashrate'] },
    run: async (...call) => (await import('./ledger-pools.ts')).runPools(...call),
  },
  costing: {
    ...{ operands: [0, 1], takes: [] },
    run: async (...call) => (await import('./ledger-pools.ts')).runCosting(...call),
  },
  export: {
    ...{ operands: [1, 1], takes: ['from', 'to', 'sums', 'entries'] },
    run: async (...call) => (await import('./ledger-export.ts')).runExport(...call),
  },
}

export const command = defineCommand({
  name: 'ledger',
  operands: `${Object.keys(VERBS).join(' | ')} …`,
  minOperands: 1,
  maxOperands: 3,
  summary: 'what really came in and went out, by month, and why it is not what theory says (docs/ledger.md)',
  options: ledgerOptions,
  async run(call) {
    const [name = '', ...operands] = call.operands
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
    if (verb === undefined)
      throw new UsageError(`ledger: '${name}' is none of ${Object.keys(VERBS).join(', ')}`)
    refuseOthers(name, verb, call, operands)
    return verb.run(call, operands)
  },
})
