import type { Month } from '#shared/domain/money/ledger/entry.ts'
import { monthWords } from '#shared/format/ledger-month-words.ts'
import { counted } from '#shared/format/numbers.ts'
import { sealWords } from '#shared/format/seal.ts'
import { api } from '../lib/api.ts'
import { tell } from '../ui/toasts.ts'
import { done } from './actions.ts'

/** Locks a month with the hash of its figures. */
export async function closeMonth(month: Month): Promise<void> {
  const closed = await done(api.ledger.close({ month }))
  if (closed === null) return
  const plans =
    closed.plans === 0
      ? ''
      : ` ${counted(closed.plans, 'plan')} of the fleet of now ${closed.plans === 1 ? 'is' : 'are'} kept with it.`
  tell(`${monthWords(month)} is closed, sealed as ${sealWords(closed.hash)}.${plans}`)
}

/** @returns whether it is open again */
export async function reopenMonth(month: Month, reason: string): Promise<boolean> {
  const isOpen = (await done(api.ledger.reopen({ month, reason }))) !== null
  if (isOpen) tell(`${monthWords(month)} is open again.`)
  return isOpen
}
