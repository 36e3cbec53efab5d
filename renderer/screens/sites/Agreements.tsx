import { useEffect, useId, useState } from 'react'
import type { SiteAgreements } from '#shared/ipc/schemas/case.ts'
import type { ShownFleet } from '../../state/fleet-slice.ts'
import { api, settle } from '../../lib/api.ts'
import { useStore } from '../../state/store.ts'
import { WatchedFiles } from './WatchedFiles.tsx'

/** What is stored about each site beside its price, in words. It is read again with every change of the fleet. */
export function Agreements({ fleet }: { readonly fleet: ShownFleet }) {
  const headingId = useId()
  const [agreements, setAgreements] = useState<SiteAgreements | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const { revision, sites } = fleet
  const { open } = useStore.getState()
  useEffect(() => {
    let isLate = false
    void settle(api.case.agreements({})).then((answer) => {
      if (isLate) return
      if (answer.ok) setAgreements(answer.value)
      setFault(answer.ok ? null : answer.error.message)
    })
    void settle(api.watched.read({})).then((answer) => {
      if (!isLate && answer.ok) useStore.getState().takeWatched(answer.value)
      else if (!isLate && !answer.ok) setFault(answer.error.message)
    })
    return () => void (isLate = true)
  }, [revision])

  const linesOf = new Map(agreements?.map(({ siteKey, lines }) => [siteKey, lines]))
  const agreed = sites.name.map((name, row) => ({
    ...{ name, siteKey: sites.key[row]! },
    lines: linesOf.get(sites.key[row]!) ?? [],
  }))
  return (
    <section className="panel pad agreements" aria-labelledby={headingId}>
      <h2 id={headingId}>Contracts and operating points</h2>
      {fault !== null ? (
        <p className="fault-text" role="alert">
          {fault}
        </p>
      ) : agreements === null ? (
        <p className="muted">Reading what is stored.</p>
      ) : (
        agreed.map(({ name, siteKey, lines }) => (
          <section key={name} aria-label={name}>
            <header>
              <h3>{name}</h3>
              <button
                type="button"
                className="button quiet"
                aria-label={`Import market prices of ${name}`}
                onClick={() => open({ kind: 'parts', source: { kind: 'prices', site: name } })}
              >
                Import market prices…
              </button>
            </header>
            {lines.length === 0 ? (
              <p className="muted">Nothing beside the price above.</p>
            ) : (
              <dl>
                {lines.map((line, i) => (
                  <div key={i}>
                    <dt>{line.name}</dt>
                    <dd>{line.words}</dd>
                  </div>
                ))}
              </dl>
            )}
            <WatchedFiles siteKey={siteKey} />
          </section>
        ))
      )}
    </section>
  )
}
