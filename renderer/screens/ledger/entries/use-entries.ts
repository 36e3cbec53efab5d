import { useEffect, useState } from 'react'
import type { FactKind, Month } from '#shared/domain/money/ledger/entry.ts'
import type { LedgerPage } from '#shared/ipc/schemas/ledger.ts'
import { api, settle } from '../../../lib/api.ts'

type EntriesView = {
  /** null: of all months */
  readonly month: Month | null
  /** null: of all kinds */
  readonly kind: FactKind | null
  /** '': of the company as a whole; null: of all sites */
  readonly site: string | null
  /** so many of the newest are left out */
  readonly after: number
}

type ReadEntries = {
  /** null until it is read */
  readonly page: LedgerPage | null
  /** it is of another view: that which is asked for is being read */
  readonly isStale: boolean
  /** why it could not be read, in words */
  readonly fault: string | null
}

/** So many fit into one answer. */
export const MOST_ROWS = 2000

/** Entries as they are looked at, read again whenever the books change. */
export function useEntries({ month, kind, site, after }: EntriesView): ReadEntries {
  const view = JSON.stringify([month, kind, site, after])
  const [read, setRead] = useState<Omit<ReadEntries, 'isStale'> & { readonly of: string }>({
    ...{ page: null, fault: null, of: view },
  })
  useEffect(() => {
    let asked = 0
    const readAll = async () => {
      const turn = ++asked
      const answer = await settle(api.ledger.entries({ month, kind, site, after, atMost: MOST_ROWS }))
      if (turn !== asked) return
      const { page, fault } = answer.ok
        ? { page: answer.value, fault: null }
        : { page: null, fault: answer.error.message }
      setRead({ page, fault, of: view })
    }
    void readAll()
    const stop = api.on['ledger.changed'](() => void readAll())
    return () => {
      asked = -1
      stop()
    }
  }, [month, kind, site, after, view])
  return { page: read.page, fault: read.fault, isStale: read.of !== view }
}
