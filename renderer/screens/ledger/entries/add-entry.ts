import type { NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { api, settle } from '../../../lib/api.ts'
import type { Refusal } from './refusal.ts'
import { refusalOf, refusalWords } from './refusal.ts'

/** Books one entry. @returns what is in the way; null: it is booked */
export async function addEntry(entry: NewEntry): Promise<Refusal | null> {
  const answer = await settle(api.ledger.add({ entries: [entry] }))
  if (!answer.ok) return refusalWords(answer.error.message)
  const { faults, known } = answer.value
  if (faults.length > 0) return refusalOf(faults, entry.fact)
  return known > 0 ? refusalWords('The books have this entry already; nothing was added.') : null
}
