import { useState } from 'react'
import { count, counted, percent } from '#shared/format/numbers.ts'
import { usd, usdPerKwh, usdPerPh } from '#shared/format/money.ts'
import { hashrateOfThs } from '#shared/format/units.ts'
import { api, settle } from '../../lib/api.ts'
import { faultOf } from '../../lib/form.ts'
import { changed } from '../../state/actions.ts'
import { memo } from '../../state/memo.ts'
import { selectBasis, selectPicture, selectWhatIfActive } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { LiveNumber } from '../../ui/LiveNumber.tsx'
import { siteFigures } from './site-figures.ts'

const selectSiteFigures = memo([selectBasis, selectPicture], (basis, picture) =>
  basis === null ? [] : siteFigures(basis, picture),
)

/** One row per site. A power price typed here moves every figure at once and is stored with Enter. */
export function Sites() {
  const fleet = useStore((state) => state.fleet)
  const figures = useStore(selectSiteFigures)
  const trying = useStore(selectWhatIfActive)
  const tried = useStore((state) => state.whatIf.sitePowerPrices)
  const { open, trySitePower } = useStore.getState()
  const [faults, setFaults] = useState<ReadonlyMap<number, string>>(new Map())
  if (fleet === null) return null
  const { sites } = fleet

  const setFault = (key: number, message: string | null) =>
    setFaults((now) => {
      const next = new Map(now)
      if (message === null) next.delete(key)
      else next.set(key, message)
      return next
    })
  const store = async (row: number, powerPriceUsdPerKwh: number | null) => {
    const key = sites.key[row]!
    const stored = sites.powerPriceUsdPerKwh[row]!
    if (powerPriceUsdPerKwh === stored || (powerPriceUsdPerKwh === null && Number.isNaN(stored))) {
      trySitePower(key, null)
      return
    }
    const wrong = powerPriceUsdPerKwh === null ? null : faultOf('powerPriceUsdPerKwh', powerPriceUsdPerKwh)
    setFault(key, wrong)
    if (wrong !== null) {
      trySitePower(key, null)
      return
    }
    const site = {
      name: sites.name[row]!,
      powerPriceUsdPerKwh,
      otherUsdPerKwh: sites.otherUsdPerKwh[row]!,
      overhead: sites.overhead[row]!,
    }
    const answer = await settle(api.site.update({ key, site, replaceOwn: false }))
    if (answer.ok) {
      await changed(`Power at ${site.name} is ${usdPerKwh(powerPriceUsdPerKwh ?? Number.NaN)} per kWh.`)
    } else {
      setFault(key, answer.error.message)
    }
    trySitePower(key, null)
  }

  return (
    <section className="screen" aria-label="Sites">
      <header className="screen-head">
        <h1>Sites</h1>
        <p className="muted">
          What power costs where your machines stand. Type a price: everything follows, Enter stores it.
        </p>
        <div className="actions">
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
                  Other $/kWh
                </th>
                <th scope="col" className="figure">
                  Overhead
                </th>
                <th scope="col" className="figure">
                  Margin a day{trying ? <span className="what-if-mark">what if</span> : null}
                </th>
                <th scope="col" className="figure">
                  Break-even $/PH/s
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
                const margin = totals?.marginUsdPerDay ?? Number.NaN
                const fault = faults.get(key)
                const own = figure?.rowsWithOwnPrice ?? 0
                return (
                  <tr key={key}>
                    <th scope="row">{name}</th>
                    <td className="figure">{count(figure?.machines ?? 0)}</td>
                    <td className="figure">{hashrateOfThs(totals?.hashrateThs ?? Number.NaN)}</td>
                    <td>
                      <LiveNumber
                        label={`Power price at ${name}`}
                        unit="USD/kWh"
                        width={74}
                        value={tried.get(key) ?? sites.powerPriceUsdPerKwh[row]!}
                        placeholder="not given"
                        onLive={(value) => trySitePower(key, value)}
                        onCommit={(value) => void store(row, value)}
                        onCancel={() => trySitePower(key, null)}
                      />
                      {own === 0 ? null : <p className="note">{counted(own, 'row')} with its own price</p>}
                      {fault === undefined ? null : (
                        <p className="note fault" role="alert">
                          {fault}
                        </p>
                      )}
                    </td>
                    <td className="figure">{usdPerKwh(sites.otherUsdPerKwh[row]!)}</td>
                    <td className="figure">{percent(sites.overhead[row]!)}</td>
                    <td className={margin < 0 ? 'figure loses' : 'figure'}>{usd(margin)}</td>
                    <td className="figure">
                      {usdPerPh(figure?.breakevenHashpriceUsdPerPhDay ?? Number.NaN, 'up')}
                    </td>
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
    </section>
  )
}
