import { THS_PER_PHS } from '#shared/domain/units.ts'
import type { BreakevenBand } from '#shared/domain/margins/breakeven-bands.ts'
import type { Money } from '#shared/format/money.ts'
import { count, percent } from '#shared/format/numbers.ts'
import { moneyColumn } from '#shared/format/printed-sums.ts'
import { hashrateOfThs } from '#shared/format/units.ts'
import { BAND_STATE_WORDS, bandRange, bandShares } from '../../charts/market/band-words.ts'

/** The bands in figures, the dearest on top as in the picture. */
export function BandTable({
  bands,
  money,
}: {
  readonly bands: readonly BreakevenBand[]
  readonly money: Money
}) {
  const shares = bandShares(bands)
  const margins = moneyColumn(
    money,
    bands.map(({ marginUsdPerDay }) => marginUsdPerDay),
  )
  const sum = (of: (band: BreakevenBand) => number) => bands.reduce((all, band) => all + of(band), 0)
  const accepted = (phs: number) => hashrateOfThs(phs * THS_PER_PHS)
  return (
    // A region that scrolls must be reached by the keyboard.
    <div
      className="table-scroll market-bands"
      tabIndex={0}
      role="region"
      aria-label="Break-evens of the fleet"
    >
      <table className="plain" aria-label="Break-evens of the fleet">
        <thead>
          <tr>
            <th scope="col">Break-even, {money.hashprice.words}</th>
            <th scope="col">At the hashprice of now</th>
            <th scope="col" className="figure">
              Lots
            </th>
            <th scope="col" className="figure">
              Machines
            </th>
            <th scope="col" className="figure">
              Hashrate paid for
            </th>
            <th scope="col" className="figure">
              Share
            </th>
            <th scope="col" className="figure">
              Margin a day
            </th>
          </tr>
        </thead>
        <tbody>
          {bands
            .map((band, i) => (
              <tr key={i}>
                <th scope="row">{bandRange(band, money)}</th>
                <td>{BAND_STATE_WORDS[band.state]}</td>
                <td className="figure">{count(band.lots)}</td>
                <td className="figure">{count(band.machines)}</td>
                <td className="figure">{accepted(band.acceptedPhs)}</td>
                <td className="figure">{shares[i]}</td>
                <td className="figure">{margins.parts[i]}</td>
              </tr>
            ))
            .toReversed()}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All that run</th>
            <td />
            <td className="figure">{count(sum(({ lots }) => lots))}</td>
            <td className="figure">{count(sum(({ machines }) => machines))}</td>
            <td className="figure">{accepted(sum(({ acceptedPhs }) => acceptedPhs))}</td>
            <td className="figure">{percent(1)}</td>
            <td className="figure">{margins.total}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
