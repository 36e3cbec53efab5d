import type { PointTable } from '#shared/domain/ladders/point-table.ts'
import { energyUnit } from '#shared/format/money.ts'
import { count, MISSING } from '#shared/format/numbers.ts'
import { jPerTh, ths } from '#shared/format/units.ts'
import { selectMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'

/** The points of a ladder: what each takes and gives, and from where to where it is best. */
export function Points({ table: { rows, offUsdPerDay } }: { readonly table: PointTable }) {
  const money = useStore(selectMoney)
  const isNoneBest = !rows.some(({ isBest }) => isBest)
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Table of points">
      <table className="plain points">
        <thead>
          <tr>
            <th scope="col">Point</th>
            <Figure name="Hashrate" unit="TH/s" />
            <Figure name="Power" unit="W" />
            <Figure name="Efficiency" unit="J/TH" />
            <th scope="col">Step from</th>
            <Figure name="Pays up to" unit={`${money.mark}/${energyUnit()}`} />
            <Figure name="Pays from" unit={money.hashprice.heading} />
            <Figure name="Margin of one" unit="a day" />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ profile, onHull, from, isBest, ...row }) => (
            <tr key={profile.name} data-best={isBest || undefined}>
              <th scope="row">
                {profile.name} {isBest ? <span className="best-mark">best now</span> : null}
              </th>
              <td className="figure">{ths(profile.hashrateThs)}</td>
              <td className="figure">{count(profile.powerW)}</td>
              <td className="figure">{jPerTh(profile.powerW / profile.hashrateThs)}</td>
              <td>{onHull ? (from ?? 'off') : <span className="muted">not on the hull</span>}</td>
              <td className="figure">{money.perKwh(row.cutOffUsdPerKwh, 'down')}</td>
              <td className="figure">{money.perPh(row.strikeUsdPerPhDay, 'up')}</td>
              <td className="figure">{money.cents(row.marginUsdPerDay)}</td>
            </tr>
          ))}
          <tr data-best={isNoneBest || undefined}>
            <th scope="row">off</th>
            <td className="figure">{MISSING}</td>
            <td className="figure">{MISSING}</td>
            <td className="figure">{MISSING}</td>
            <td />
            <td className="figure">{MISSING}</td>
            <td className="figure">{MISSING}</td>
            <td className="figure">{money.cents(offUsdPerDay)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

const Figure = ({ name, unit }: { readonly name: string; readonly unit: string }) => (
  <th scope="col" className="figure">
    {name} <small>{unit}</small>
  </th>
)
