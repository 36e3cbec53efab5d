import type { ScenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import { counted, percent } from '#shared/format/numbers.ts'
import { moneyColumn } from '#shared/format/printed-sums.ts'
import { days } from '#shared/format/times.ts'
import type { ChanceView } from '../../engine/plan-protocol.ts'
import { usePlainMoney } from '../../state/use-plain-money.ts'
import { evenly, startWords } from './words.ts'

type Props = { readonly ahead: ScenarioAhead; readonly chance: ChanceView | null }

const QUANTILES = [
  ['p5', '5 %'],
  ['p25', '25 %'],
  ['p50', '50 %'],
  ['p75', '75 %'],
  ['p95', '95 %'],
] as const

/** The figures of the fan. The money of the epochs adds up as printed. */
export function FanTable({ ahead, chance }: Props) {
  const money = usePlainMoney()
  const { epochs, sumUsd } = ahead
  const perDay = evenly(
    money,
    epochs.map(({ marginUsdPerDay }) => marginUsdPerDay),
  )
  const below =
    chance === null
      ? []
      : QUANTILES.map(([name]) =>
          evenly(
            money,
            epochs.map((_, i) => chance.epochs[i]?.marginUsdPerDay[name] ?? Number.NaN),
          ),
        )
  const sums = moneyColumn(
    money,
    epochs.map(({ marginUsdPerDay, days: length }) => marginUsdPerDay * length),
    sumUsd,
  )
  return (
    <div
      className="table-scroll fan-table"
      tabIndex={0}
      role="region"
      aria-label="Fleet margin a day, per epoch"
    >
      <table className="plain">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Epoch from
            </th>
            <th scope="col" rowSpan={2} className="figure">
              Lasts
            </th>
            <th scope="col" rowSpan={2} className="figure">
              {money.hashprice.heading}
            </th>
            <th scope="colgroup" colSpan={2} className="figure">
              Without chance
            </th>
            {chance === null ? null : (
              <th scope="colgroup" colSpan={6} className="figure">
                Margin a day, below which so many paths are
              </th>
            )}
          </tr>
          <tr>
            <th scope="col" className="figure">
              A day
            </th>
            <th scope="col" className="figure">
              In all
            </th>
            {chance === null
              ? null
              : QUANTILES.map(([name, title]) => (
                  <th key={name} scope="col" className="figure">
                    {title}
                  </th>
                ))}
            {chance === null ? null : (
              <th scope="col" className="figure">
                Loss
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {epochs.map((row, i) => {
            const { epoch, startsAtDay, startsAtMs, hashpriceUsdPerPhDay } = row
            const chances = chance?.epochs[i]
            return (
              <tr key={epoch}>
                <th scope="row">{startWords(startsAtMs, startsAtDay)}</th>
                <td className="figure">{days(row.days)}</td>
                <td className="figure">{money.perPh(hashpriceUsdPerPhDay)}</td>
                <td className="figure">{perDay[i]}</td>
                <td className="figure">{sums.parts[i]}</td>
                {below.map((column, k) => (
                  <td key={k} className="figure">
                    {column[i]}
                  </td>
                ))}
                {chance === null ? null : (
                  <td className="figure">{percent(chances?.probabilityOfLoss ?? Number.NaN)}</td>
                )}
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              All {counted(epochs.length, 'epoch')}
            </th>
            <td className="figure">{sums.total}</td>
            {chance === null ? null : <td colSpan={6} />}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
