import { useEffect, useRef, useState } from 'react'
import type { ContractTerms } from '#shared/domain/power/contract-terms.ts'
import { NO_TERMS, termsOf } from '#shared/domain/power/contract-terms.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { localDate } from '#shared/domain/power/tariff.ts'
import { siteAnswer, untilWords } from '#shared/format/site-words.ts'
import type { SitePolicies } from '../../engine/protocol.ts'
import { rateOf } from '#shared/ipc/reporting-money.ts'
import { tariffAt } from '../../parts/tariff.ts'
import type { ShownFleet } from '../../state/fleet-slice.ts'
import { selectMoney, selectNowMs, selectStaleMargins } from '../../state/selectors.ts'
import type { SiteDraft } from '../../state/site-slice.ts'
import { useStore } from '../../state/store.ts'
import { StaleBadge } from '../../ui/StaleBadge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ContractPanel } from './ContractPanel.tsx'
import { DraftBar } from './DraftBar.tsx'
import { NextKwh } from './NextKwh.tsx'
import { Optimum } from './Optimum.tsx'
import { Policies } from './Policies.tsx'
import { PriceFilePanel } from './PriceFilePanel.tsx'
import { SiteFacts } from './SiteFacts.tsx'
import { TariffPanel } from './TariffPanel.tsx'
import { useContract, useSiteAhead, useSiteView } from './use-site.ts'
import { useWayBack } from './use-way-back.ts'
import { WatchedFiles } from './WatchedFiles.tsx'

/** A site's page: what power really costs there, and what it is agreed to cost. */
export function Site({ fleet, siteKey }: { readonly fleet: ShownFleet; readonly siteKey: number }) {
  const contract = useContract(siteKey, fleet.revision)
  const { leaveSite } = useStore.getState()
  const row = fleet.sites.key.indexOf(siteKey)
  useWayBack(leaveSite)
  useEffect(() => {
    if (row < 0) leaveSite()
  }, [row, leaveSite])
  return row < 0 || contract === undefined ? null : (
    <SitePage key={siteKey} fleet={fleet} row={row} contract={contract} />
  )
}

type PageProps = {
  readonly fleet: ShownFleet
  readonly row: number
  readonly contract: SiteContract | null
}

function SitePage({ fleet, row, contract }: PageProps) {
  const siteKey = fleet.sites.key[row]!
  const name = fleet.sites.name[row]!
  const [find, setFind] = useState('')
  const view = useSiteView(siteKey, find, fleet.revision)
  const draft = useStore((state) => state.siteDrafts.get(siteKey) ?? null)
  const ahead = useSiteAhead(siteKey, draft)
  const money = useStore(selectMoney)
  const nowMs = useStore(selectNowMs)
  const clockMs = useNow()
  const stale = useStore(selectStaleMargins)
  const { open, leaveSite, draftSite } = useStore.getState()
  const stored = contract === null ? null : termsOf(contract)
  const terms = draft?.terms ?? stored ?? { ...NO_TERMS, timeZone: readersZone() }
  const rate = useStore((state) => rateOf(state.network, terms.currency))
  const usdPerUnit = terms.currency === 'USD' ? 1 : (rate?.value ?? null)
  const isWatching = useStore((state) => state.watched.some((file) => file.siteKey === siteKey))
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const change = (patch: Partial<SiteDraft>) => {
    const next: SiteDraft = { ...(draft ?? { terms: null, before: stored, policies: new Map() }), ...patch }
    const terms = isChanged(next) ? next.terms : null
    draftSite(siteKey, terms === null && next.policies.size === 0 ? null : { ...next, terms })
  }
  const onTerms = (next: ContractTerms) =>
    change({ terms: next, before: (draft?.terms ?? null) === null ? stored : draft!.before })
  const onPolicy = ({ key, id, policy: known }: SitePolicies['lots'][number], policy: MachinePolicy) => {
    const policies = new Map(draft?.policies)
    if (policy === known) policies.delete(key)
    else policies.set(key, { id, policy })
    change({ policies })
  }
  const plainUsd = fleet.sites.powerPriceUsdPerKwh[row]!
  const tariff = tariffAt(fleet.tariffs, siteKey)
  const plainPrice =
    tariff?.currency === terms.currency
      ? (tariff.powerPricePerKwh ?? NaN)
      : Number((plainUsd / (usdPerUnit ?? NaN)).toPrecision(6))
  const capKw = contract?.capKw ?? null
  const market = contract?.market ?? null
  const handBack = contract?.takeOrPay?.handBack ?? null

  return (
    <section className="screen site" aria-label={name}>
      <header className="screen-head">
        <button type="button" className="button quiet site-back" onClick={leaveSite}>
          ‹ Sites
        </button>
        <h1 ref={heading} tabIndex={-1}>
          <span className="muted">{name}</span>{' '}
          {view === null ? 'Looking at what power costs …' : siteAnswer(money, view.now, capKw)}
        </h1>
        <p className="muted">
          {view === null ? null : untilWords(view.now, nowMs, terms.timeZone)} <StaleBadge values={stale} />
        </p>
        <div className="actions">
          <button type="button" className="button" onClick={() => open({ kind: 'site', key: siteKey })}>
            Edit name and price…
          </button>
          <button
            type="button"
            className="button"
            onClick={() => open({ kind: 'parts', source: { kind: 'prices', site: name } })}
          >
            Import market prices…
          </button>
          <button
            type="button"
            className="button"
            onClick={() => open({ kind: 'parts', source: { kind: 'contracts' } })}
          >
            Import contracts…
          </button>
        </div>
      </header>
      {view === null ? null : <SiteFacts row={row} view={view} contract={contract} money={money} />}
      {view === null ? null : (
        <div className="site-pair">
          <NextKwh now={view.now} money={money} />
          <Optimum view={view} capKw={capKw} money={money} />
        </div>
      )}
      <TariffPanel
        terms={terms}
        plainPrice={plainPrice}
        today={localDate(terms.timeZone, nowMs ?? clockMs)}
        usdPerUnit={usdPerUnit}
        onTariffs={(tariffs) => onTerms({ ...terms, tariffs })}
      />
      <ContractPanel stored={contract} terms={terms} usdPerUnit={usdPerUnit} onTerms={onTerms} />
      {market === null ? null : (
        <PriceFilePanel title="Market prices" prices={market} timeZone={terms.timeZone} nowMs={nowMs} />
      )}
      {handBack === null ? null : (
        <PriceFilePanel title="Hand-back prices" prices={handBack} timeZone={terms.timeZone} nowMs={nowMs} />
      )}
      {isWatching ? (
        <section className="panel pad site-panel" aria-label="Watched files">
          <WatchedFiles siteKey={siteKey} />
        </section>
      ) : null}
      {view === null ? null : (
        <Policies
          policies={view.policies}
          drafted={draft?.policies ?? NO_POLICIES}
          find={find}
          onFind={setFind}
          onPolicy={onPolicy}
        />
      )}
      {draft === null ? null : (
        <DraftBar
          siteKey={siteKey}
          site={name}
          draft={draft}
          ahead={ahead}
          now={view?.now ?? null}
          money={money}
        />
      )}
    </section>
  )
}

const NO_POLICIES: SiteDraft['policies'] = new Map()

/** What was changed back by hand is as it was. */
function isChanged({ terms, before }: SiteDraft): boolean {
  if (terms === null) return false
  return JSON.stringify(terms) !== JSON.stringify(before ?? { ...NO_TERMS, timeZone: terms.timeZone })
}

function readersZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
