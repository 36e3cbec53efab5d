import { monthOf } from '#shared/domain/money/ledger/entry.ts'
import type { Fact } from '#shared/domain/money/ledger/entry.ts'
import type { EntryFault } from '#shared/domain/money/ledger/faults.ts'
import type { LedgerFault } from '#shared/ipc/schemas/ledger.ts'
import type { FieldName } from './entry-fields.ts'
import { ENTRY_FIELDS } from './entry-fields.ts'
import type { DraftFaults, DraftField } from './read-entry.ts'

/** Why the books do not take an entry: what is wrong with a field beside it, anything else as a whole. */
export type Refusal = { readonly faults: DraftFaults; readonly fault: string | null }

export const refusalWords = (fault: string): Refusal => ({ faults: {}, fault })

export function refusalOf(found: readonly LedgerFault[], fact: Fact): Refusal {
  const faults: Partial<Record<DraftField, string>> = {}
  const others: string[] = []
  for (const { fault, message } of found) {
    const field = fieldOfFault(fault, fact)
    if (field === null || faults[field] !== undefined) others.push(message)
    else faults[field] = message
  }
  return { faults, fault: others.length === 0 ? null : others.join(' ') }
}

/** Where the form calls a figure of a fact by another name. */
const FORM_NAMES: Readonly<Record<string, FieldName>> = {
  ...{ fee: 'saleFee', salvageUsdCents: 'salvage', lifeDays: 'life', costUsdCents: 'cost' },
  ...{ usdPerKwh: 'costPerKwh', priceUsdPerBtc: 'monthPrice', rewardBtcPerBlock: 'reward' },
  tariffUsdPerKwh: 'tariff',
}

function fieldOfFault(fault: EntryFault, fact: Fact): DraftField | null {
  switch (fault.what) {
    case 'zone':
      return 'zone'
    case 'text':
    case 'number':
    case 'most':
    case 'money':
    case 'day':
      return fieldNamed(fault.field, fact)
    case 'salvage':
      return 'salvage'
    case 'sold':
      return 'sat'
    case 'period':
      return 'to'
    case 'overlap':
      return 'from'
    case 'future':
      return 'days' in fact ? (fact.days.to > fault.last ? 'to' : 'from') : 'day'
    case 'closed':
      if ('days' in fact) return monthOf(fact.days.from) <= fault.month ? 'from' : 'to'
      return 'month' in fact ? 'month' : 'day'
    case 'site':
    case 'twice':
    case 'conflict':
    case 'correction':
    case 'void':
    case 'close':
    case 'close before':
    case 'reopen':
      return null
  }
}

function fieldNamed(name: string, fact: Fact): FieldName | null {
  if (name === 'wh') return fact.kind === 'bill' ? 'billedWh' : 'wh'
  if (name === 'hashratePhs') return fact.kind === 'earning' ? 'hashrate' : 'hashratePhs'
  if (name === 'payee') return partyField(fact)
  const field = FORM_NAMES[name] ?? name
  return field in ENTRY_FIELDS ? (field as FieldName) : null
}

/** The books call whoever is on the other side the payee. */
function partyField({ kind }: Fact): FieldName {
  if (kind === 'payout' || kind === 'earning') return 'pool'
  return kind === 'meter' ? 'meter' : kind === 'credit' ? 'payer' : kind === 'sale' ? 'venue' : 'payee'
}
