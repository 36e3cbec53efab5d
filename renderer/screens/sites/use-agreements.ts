import { useEffect, useState } from 'react'
import type { SiteAgreements } from '#shared/ipc/schemas/case.ts'
import { api, settle } from '../../lib/api.ts'
import { useStore } from '../../state/store.ts'

export type AgreementLines = SiteAgreements[number]['lines']

/** What is stored about each site beside its price, in words, by its key. It is read again with every change of the fleet. */
export function useAgreements(revision: number): {
  readonly linesOf: ReadonlyMap<number, AgreementLines>
  readonly fault: string | null
} {
  const [linesOf, setLinesOf] = useState<ReadonlyMap<number, AgreementLines>>(new Map())
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    let isLate = false
    void settle(api.case.agreements({})).then((answer) => {
      if (isLate) return
      if (answer.ok) setLinesOf(new Map(answer.value.map(({ siteKey, lines }) => [siteKey, lines])))
      setFault(answer.ok ? null : answer.error.message)
    })
    void settle(api.watched.read({})).then((answer) => {
      if (!isLate && answer.ok) useStore.getState().takeWatched(answer.value)
      else if (!isLate && !answer.ok) setFault(answer.error.message)
    })
    return () => void (isLate = true)
  }, [revision])
  return { linesOf, fault }
}
