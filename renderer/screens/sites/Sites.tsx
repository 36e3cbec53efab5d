import { count, percent } from '#shared/format/numbers.ts'
import { tariffPrice } from '#shared/format/money.ts'
import { hashrateOfThs } from '#shared/format/units.ts'
import { tariffAt } from '../../parts/tariff.ts'
import { WhyButton } from '../../parts/why/WhyButton.tsx'
import { selectMoney, selectStaleMargins, selectWhatIfActive } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import type { SiteFigures } from '../../engine/protocol.ts'
import { StaleBadge } from '../../ui/StaleBadge.tsx'
import { Agreements } from './Agreements.tsx'
import { PriceCell } from './PriceCell.tsx'

const NO_FIGURES: readonly SiteFigures[] = []

/** One row per site. A power price typed here moves every figure at once and is stored with Enter. */
export function Sites() {
  const fleet = useStore((state) => state.fleet)
  const figures = useStore((state) => state.picture?.sites ?? NO_FIGURES)
  const trying = useStore(selectWhatIfActive)
  const money = useStore(selectMoney)
  const stale = useStore(selectStaleMargins)
  const { open } = useStore.getState()
  if (fleet === null) return null
  const { sites, tariffs, rowsAtSites } = fleet
  return (
    <section className="screen" aria-label="Sites">
      <header className="screen-head">
        <h1>Sites</h1>
        <p className="muted">
          What power costs where your machines stand, in the currency in which it is paid. Type a price:
          everything follows, Enter stores it. <StaleBadge values={stale} />
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
                  Running
                </th>
                <th scope="col">Power price</th>
                <th scope="col" className="figure">
                  Other per kWh
                </th>
                <th scope="col" className="figure">
                  Overhead
                </th>
                <th scope="col" className="figure">
                  Margin a day{trying ? <span className="what-if-mark">what if</span> : null}
                </th>
                <th scope="col" className="figure">
                  Break-even {money.mark}/PH/s
                </th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sites.name.map((name, row) => {
                const key = sites.key[row]!
                const figure = figures[row]
                const totals = figure?.totals ?? null
                const breakeven = figure?.breakevenHashpriceUsdPerPhDay ?? Number.NaN
                // Without a break-even nothing there counts: its sum would be 0, which is not what it earns.
                const margin = Number.isNaN(breakeven) ? Number.NaN : (totals?.marginUsdPerDay ?? Number.NaN)
                const tariff = tariffAt(tariffs, key)
                return (
                  <tr key={key}>
                    <th scope="row">
                      {name} <WhyButton of={name} subject={{ kind: 'site', key }} />
                    </th>
                    <td className="figure">{count(figure?.machines ?? Number.NaN)}</td>
                    <td className="figure">{hashrateOfThs(totals?.hashrateThs ?? Number.NaN)}</td>
                    <PriceCell
                      fleet={fleet}
                      row={row}
                      rowsWithOwnPrice={rowsAtSites[row]!.rowsWithOwnPrice}
                    />
                    <td className="figure">
                      {tariff === null
                        ? tariffPrice('USD', sites.otherUsdPerKwh[row]!)
                        : tariffPrice(tariff.currency, tariff.otherPerKwh)}
                    </td>
                    <td className="figure">{percent(sites.overhead[row]!)}</td>
                    <td className={margin < 0 ? 'figure loses' : 'figure'}>{money.amount(margin)}</td>
                    <td className="figure">{money.perPh(breakeven, 'up')}</td>
                    <td className="row-actions">
                      <button
                        type="button"
                        className="button quiet"
                        aria-label={`Edit ${name}`}
                        onClick={() => open({ kind: 'site', key })}
                      >
                        Edit…
                      </button>
                      <button
                        type="button"
                        className="button quiet"
                        aria-label={`Remove ${name}`}
                        onClick={() => open({ kind: 'remove-site', key })}
                      >
                        Remove…
                      </button>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {sites.length === 0 ? null : <Agreements fleet={fleet} />}
    </section>
  )
}
