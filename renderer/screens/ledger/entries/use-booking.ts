import { useState } from 'react'
import type { NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { addEntry } from './add-entry.ts'
import { focusFault } from './focus-fault.ts'
import type { Refusal } from './refusal.ts'

/**
 * Books an entry, one at a time.
 * @param show is told why the books do not take it
 */
export function useBooking(show: (refusal: Refusal) => void) {
  const [isBusy, setBusy] = useState(false)
  /** @returns whether it is booked */
  const book = async (entry: NewEntry): Promise<boolean> => {
    if (isBusy) return false
    setBusy(true)
    const refusal = await addEntry(entry)
    setBusy(false)
    if (refusal === null) return true
    show(refusal)
    focusFault()
    return false
  }
  return { isBusy, book }
}
