import { useEffect, useState } from 'react'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import type { SiteAhead, SiteView } from '../../engine/protocol.ts'
import { engine } from '../../state/engine.ts'
import { realMarketInputsOf } from '../../state/question.ts'
import type { SiteDraft } from '../../state/site-slice.ts'
import { useStore } from '../../state/store.ts'

/** What the engine says of one site, asked again with everything that it rests on; the last answer stays until the next is there. */
export function useSiteView(siteKey: number, find: string, revision: number): SiteView | null {
  const [view, setView] = useState<SiteView | null>(null)
  // Made anew with every market and every price that is tried.
  const figures = useStore((state) => state.picture?.advice ?? null)
  const refusal = useStore((state) => state.picture?.refusal ?? null)
  useEffect(() => {
    let isLate = false
    engine()
      .site({ siteKey, find })
      .then((answer) => {
        if (!isLate) setView(answer)
      }, engine().tellFault)
    return () => void (isLate = true)
  }, [siteKey, find, revision, figures, refusal])
  return view
}

/** The contract as it is stored, null: none; undefined until it is known. */
export function useContract(siteKey: number, revision: number): SiteContract | null | undefined {
  const [known, setKnown] = useState<SiteContract | null | undefined>(undefined)
  useEffect(() => {
    let isLate = false
    engine()
      .contract(siteKey)
      .then((answer) => {
        if (!isLate) setKnown(answer)
      }, engine().tellFault)
    return () => void (isLate = true)
  }, [siteKey, revision])
  return known
}

/** After the last stroke. */
const REST_MS = 150

/** What a draft would do; null without one, and while the answer is on its way. */
export function useSiteAhead(siteKey: number, draft: SiteDraft | null): SiteAhead | null {
  const [known, setKnown] = useState<{ readonly draft: SiteDraft; readonly ahead: SiteAhead } | null>(null)
  useEffect(() => {
    if (draft === null) return
    let isLate = false
    const timer = setTimeout(() => {
      const state = useStore.getState()
      const tried = {
        terms: new Map(draft.terms === null ? [] : [[siteKey, draft.terms]]),
        policies: new Map([...draft.policies].map(([key, { policy }]) => [key, policy])),
      }
      engine()
        .siteAhead({ siteKey, real: realMarketInputsOf(state, state.network), tried })
        .then((ahead) => {
          if (!isLate) setKnown({ draft, ahead })
        }, engine().tellFault)
    }, REST_MS)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [siteKey, draft])
  return draft !== null && known?.draft === draft ? known.ahead : null
}
