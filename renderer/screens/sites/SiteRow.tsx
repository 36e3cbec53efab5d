import { useEffect, useRef } from 'react'
import { MISSING, count, percent } from '#shared/format/numbers.ts'
import { tariffPrice } from '#shared/format/money.ts'
import { power } from '#shared/format/units.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import type { SiteFigures } from '../../engine/protocol.ts'
import { tariffAt } from '../../parts/tariff.ts'
import { WhyButton } from '../../parts/why/WhyButton.tsx'
import type { ShownFleet } from '../../state/fleet-slice.ts'
import { selectMoney } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { PriceCell } from './PriceCell.tsx'
import type { AgreementLines } from './use-agreements.ts'
import { WatchedFiles } from './WatchedFiles.tsx'

type Props = {
  readonly fleet: ShownFleet
  readonly row: number
  /** not there yet: undefined */
  readonly figure: SiteFigures | undefined
  readonly lines: AgreementLines
}

/** A site in the list; its name opens its page. */
export function SiteRow({ fleet, row, figure, lines }: Props) {
  const { sites, tariffs, rowsAtSites } = fleet
  const key = sites.key[row]!
  const name = sites.name[row]!
  const money = useStore(selectMoney)
  const isDrafted = useStore((state) => state.siteDrafts.has(key))
  const isLeft = useStore((state) => state.leftSite === key)
  const { open, openSite } = useStore.getState()
  const opens = useRef<HTMLButtonElement>(null)
  // Back from its page, where the list was left.
  useEffect(() => {
    if (isLeft) opens.current?.focus()
  }, [isLeft])
  const breakeven = figure?.breakevenHashpriceUsdPerPhDay ?? Number.NaN
  // Without a break-even nothing there counts: its sum would be 0, which is not what it earns.
  const margin = Number.isNaN(breakeven) ? Number.NaN : (figure?.totals?.marginUsdPerDay ?? Number.NaN)
  const tariff = tariffAt(tariffs, key)
  const now = figure?.now ?? null
  const next = money.perKwh(now?.nextUsdPerKwh ?? Number.NaN)
  const mean = money.perKwh(now?.meanUsdPerKwh ?? Number.NaN)
  return (
    <tbody aria-label={name}>
      <tr>
        <th scope="row">
          <button
            ref={opens}
            type="button"
            className="button quiet site-name"
            title={`Open ${name}`}
            onClick={() => openSite(key)}
          >
            {name}
          </button>
          <WhyButton of={name} subject={{ kind: 'site', key }} />
          {isDrafted ? <p className="note">changes not stored</p> : null}
        </th>
        <td className="figure">{count(figure?.machines ?? Number.NaN)}</td>
        <td className="figure">{power((now?.asIsKw ?? Number.NaN) * W_PER_KW)}</td>
        <td className="figure">
          {mean}
          {next === MISSING || next === mean ? null : <p className="note">next one {next}</p>}
        </td>
        <PriceCell
          fleet={fleet}
          row={row}
          rowsWithOwnPrice={rowsAtSites[row]!.rowsWithOwnPrice}
          pricesFrom={now?.pricesFrom ?? 'fleet'}
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
      <tr>
        <td className="site-agreed" colSpan={10}>
          {lines.length === 0 ? (
            <p className="muted">Nothing beside the price.</p>
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
          <WatchedFiles siteKey={key} />
        </td>
      </tr>
    </tbody>
  )
}
