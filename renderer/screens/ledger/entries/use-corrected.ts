import { useEffect, useState } from 'react'
import type { Entry, Fact } from '#shared/domain/money/ledger/entry.ts'
import { api, settle } from '../../../lib/api.ts'
import { corrected } from './correct.ts'

/** More corrections of one entry than anybody makes. */
const MOST = 1000

export type Corrected =
  { readonly fact: Fact; readonly fault: null } | { readonly fact: null; readonly fault: string }

/** The figures of an entry with all its corrections that count; null until they are read. */
export function useCorrected(entry: Entry): Corrected | null {
  const [read, setRead] = useState<Corrected | null>(null)
  const { key, fact } = entry
  useEffect(() => {
    let ended = false
    const isLate = () => ended
    const readAll = async () => {
      const answer = await settle(
        api.ledger.entries({ month: null, kind: null, site: null, of: key, atMost: MOST }),
      )
      if (isLate()) return
      if (!answer.ok) {
        setRead({ fact: null, fault: answer.error.message })
        return
      }
      const counting = answer.value.rows.filter((row) => row.voidedBy === null && row.entry.corrects === key)
      setRead({
        fact: corrected(
          fact,
          counting.map((row) => row.entry.fact),
        ),
        fault: null,
      })
    }
    void readAll()
    return () => void (ended = true)
  }, [key, fact])
  return read
}
