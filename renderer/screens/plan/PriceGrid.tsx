import type { PriceDifficultyGrid } from '#shared/domain/ahead/price-difficulty.ts'
import { signedPercent } from '#shared/format/numbers.ts'
import { usePlainMoney } from '../../state/use-plain-money.ts'
import { Part } from './Part.tsx'
import { evenly } from './words.ts'

/** How strong the ground of a figure is, 0..100: the size of the figure against the largest of the table. */
const strength = (usd: number, largest: number): number =>
  largest > 0 && Number.isFinite(usd) ? Math.round((Math.abs(usd) / largest) * 100) : 0

const isWhole = (change: number): boolean => Math.abs(change * 100 - Math.round(change * 100)) < 1e-9

/** Margin a day by price and difficulty; the cell of today's price and the expected change is framed. */
export function PriceGrid({ grid }: { readonly grid: PriceDifficultyGrid }) {
  const money = usePlainMoney()
  const { pricesUsdPerBtc, changes, marginUsdPerDay, atPrice, atChange } = grid
  const largest = Math.max(0, ...marginUsdPerDay.filter(Number.isFinite).map(Math.abs))
  const figures = evenly(money, marginUsdPerDay)
  return (
    <Part
      title="Margin a day if…"
      about="by price and difficulty, machines at their best"
      className="price-grid"
    >
      <div
        className="table-scroll"
        tabIndex={0}
        role="group"
        aria-label="Margin a day by price and difficulty"
      >
        <table>
          <thead>
            <tr>
              <th scope="col">Bitcoin</th>
              {changes.map((change, column) => (
                <th
                  key={column}
                  scope="col"
                  className="figure"
                  aria-current={column === atChange || undefined}
                >
                  {signedPercent(change, isWhole(change) ? 0 : 1)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pricesUsdPerBtc.map((price, row) => (
              <tr key={row}>
                <th scope="row" aria-current={row === atPrice || undefined}>
                  {money.whole(price)}
                </th>
                {changes.map((_, column) => {
                  const usd = marginUsdPerDay[row * changes.length + column]!
                  const isReal = row === atPrice && column === atChange
                  return (
                    <td
                      key={column}
                      className="figure"
                      data-sign={usd < 0 ? 'loses' : 'earns'}
                      data-real={isReal || undefined}
                      style={{ '--strength': `${strength(usd, largest)}%` } as React.CSSProperties}
                    >
                      {figures[row * changes.length + column]}
                      {isReal ? <span className="visually-hidden"> as expected</span> : null}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="note">Framed: the price of this scenario and the expected change.</p>
    </Part>
  )
}
