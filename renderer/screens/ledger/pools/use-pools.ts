import { useEffect, useState } from 'react'
import type { LedgerPools } from '#shared/ipc/schemas/ledger.ts'
import { api, settle } from '../../../lib/api.ts'

type KnownPools = {
  /** null until they are read */
  readonly known: LedgerPools | null
  /** why they could not be, in words */
  readonly fault: string | null
}

/** Terms of pools and the costing, read again whenever the books change. */
export function usePools(): KnownPools {
  const [pools, setPools] = useState<KnownPools>({ known: null, fault: null })
  useEffect(() => {
    let asked = 0
    const read = async () => {
      const turn = ++asked
      const answer = await settle(api.ledger.pools({}))
      if (turn !== asked) return
      setPools(
        answer.ok ? { known: answer.value, fault: null } : { known: null, fault: answer.error.message },
      )
    }
    void read()
    const stop = api.on['ledger.changed'](() => void read())
    return () => {
      asked = -1
      stop()
    }
  }, [])
  return pools
}
