import { lazy } from 'react'
import { energyUnit } from '#shared/format/money.ts'
import { sitesAnswer } from '#shared/format/site-words.ts'
import type { ShownFleet } from '../../state/fleet-slice.ts'
import { selectMoney, selectStaleMargins, selectWhatIfActive } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import type { SiteFigures } from '../../engine/protocol.ts'
import { StaleBadge } from '../../ui/StaleBadge.tsx'
import { SiteRow } from './SiteRow.tsx'
import { useAgreements } from './use-agreements.ts'
import type { AgreementLines } from './use-agreements.ts'

const Site = lazy(() => import('./Site.tsx').then((m) => ({ default: m.Site })))

const NO_LINES: AgreementLines = []
const NO_FIGURES: readonly SiteFigures[] = []

/** The sites, or the page of one. */
export function Sites() {
  const fleet = useStore((state) => state.fleet)
  const site = useStore((state) => state.site)
  if (fleet === null) return null
  return site === null ? <SiteList fleet={fleet} /> : <Site fleet={fleet} siteKey={site} />
}

/** One row per site. A power price typed here moves every figure at once and is stored with Enter. */
function SiteList({ fleet }: { readonly fleet: ShownFleet }) {
  const figures = useStore((state) => state.picture?.sites ?? NO_FIGURES)
  const trying = useStore(selectWhatIfActive)
  const money = useStore(selectMoney)
  const stale = useStore(selectStaleMargins)
  const { open } = useStore.getState()
  const { sites } = fleet
  const answer = sitesAnswer(
    money,
    sites.name.map((name, row) => ({ name, meanUsdPerKwh: figures[row]?.now.meanUsdPerKwh ?? Number.NaN })),
  )
  const { linesOf, fault } = useAgreements(fleet.revision)
  return (
    <section className="screen sites" aria-label="Sites">
      <header className="screen-head">
        <h1>{answer ?? 'Sites'}</h1>
        <p className="muted">
          A name opens the site: its tariff by the hour, contract and policies. Type a price: everything
          follows, Enter stores it. <StaleBadge values={stale} />
        </p>
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => open({ kind: 'parts', source: { kind: 'contracts' } })}
          >
            Import contracts…
          </button>
          <button
            type="button"
            className="button"
            onClick={() => open({ kind: 'parts', source: { kind: 'ladders' } })}
          >
            Import operating points…
          </button>
          <button type="button" className="button primary" onClick={() => open({ kind: 'site', key: null })}>
            Add a site…
          </button>
        </div>
      </header>
      {sites.length === 0 ? (
        <p className="panel pad muted">
          No site yet. Add one, then machines that stand there; or import a list that names them.
        </p>
      ) : (
        <div className="panel table-scroll">
          <table className="plain" aria-label="Sites">
            <thead>
              <tr>
                <th scope="col">Site</th>
                <th scope="col" className="figure">
                  Machines
                </th>
                <th scope="col" className="figure">
                  At the meter
                </th>
                <th scope="col" className="figure">
                  A {energyUnit()} costs now
                </th>
                <th scope="col">Power price</th>
                <th scope="col" className="figure">
                  Other per {energyUnit()}
                </th>
                <th scope="col" className="figure">
                  Overhead
                </th>
                <th scope="col" className="figure">
                  Earns a day{trying ? <span className="what-if-mark">what if</span> : null}
                </th>
                <th scope="col" className="figure">
                  Break-even {money.hashprice.heading}
                </th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            {sites.name.map((_, row) => (
              <SiteRow
                key={sites.key[row]}
                fleet={fleet}
                row={row}
                figure={figures[row]}
                lines={linesOf.get(sites.key[row]!) ?? NO_LINES}
              />
            ))}
          </table>
        </div>
      )}
      {fault === null ? null : (
        <p className="fault-text" role="alert">
          {fault}
        </p>
      )}
    </section>
  )
}
