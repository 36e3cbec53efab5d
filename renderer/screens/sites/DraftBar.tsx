import { useState } from 'react'
import type { Money } from '#shared/format/money.ts'
import { siteAheadWords } from '#shared/format/site-words.ts'
import type { SiteNow } from '#shared/domain/decision/sites/site-now.ts'
import type { SiteAhead } from '../../engine/protocol.ts'
import { api, settle } from '../../lib/api.ts'
import { changed } from '../../state/actions.ts'
import type { SiteDraft } from '../../state/site-slice.ts'
import { useStore } from '../../state/store.ts'

type Props = {
  readonly siteKey: number
  readonly site: string
  readonly draft: SiteDraft
  /** null: the answer is on its way */
  readonly ahead: SiteAhead | null
  /** as it is stored; null: not known yet */
  readonly now: SiteNow | null
  readonly money: Money
}

/** What is changed and not stored yet: what it would do, and the two ways on. */
export function DraftBar({ siteKey, site, draft, ahead, now, money }: Props) {
  const [fault, setFault] = useState<string | null>(null)
  const [isStoring, setStoring] = useState(false)
  const { draftSite } = useStore.getState()
  const store = async () => {
    setStoring(true)
    setFault(null)
    const { terms, before, policies } = draft
    const answer = await settle(api.site.agree({ site, terms, before, policies: [...policies.values()] }))
    setStoring(false)
    if (!answer.ok) {
      setFault(answer.error.message)
      return
    }
    draftSite(siteKey, null)
    await changed(`The contract of ${site} is stored.`)
  }
  return (
    <section className="draft-bar" aria-label="Not stored yet">
      <div>
        <p role="status">
          <strong>Not stored yet.</strong>{' '}
          {ahead === null || now === null
            ? 'Looking at what it would do …'
            : ahead.refusal !== null
              ? `It cannot be weighed: ${ahead.refusal}.`
              : siteAheadWords(money, { ...ahead, before: now, after: ahead.now })}
        </p>
        {fault === null ? null : (
          <p className="fault-text" role="alert">
            {fault}
          </p>
        )}
      </div>
      <div className="actions">
        <button type="button" className="button" onClick={() => draftSite(siteKey, null)}>
          Discard
        </button>
        <button type="button" className="button primary" disabled={isStoring} onClick={() => void store()}>
          Store
        </button>
      </div>
    </section>
  )
}
