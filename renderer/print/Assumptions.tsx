import type { DatedValue, NetworkState, NetworkValueName } from '#shared/contract/network.ts'
import { count, percentRange, signedPercent } from '#shared/format/numbers.ts'
import { btc, sats, usdPerPh, usdWhole } from '#shared/format/money.ts'
import { dateTime, dayMonth, days } from '#shared/format/times.ts'
import { difficulty, hashrate } from '#shared/format/units.ts'
import { sourceWord } from '#shared/format/words.ts'
import type { Market } from '../lib/picture.ts'

type Props = {
  readonly network: NetworkState
  /** null while a needed value is missing */
  readonly market: Market | null
  readonly horizonIsChosen: boolean
}

const VALUES: readonly (readonly [NetworkValueName, string, (value: number) => string])[] = [
  ['priceUsdPerBtc', 'Price', usdWhole],
  ['difficulty', 'Difficulty', difficulty],
  ['height', 'Block height', count],
  ['feesBtcPerBlock', 'Fees per block', btc],
  ['epochBlocks', 'Epoch, blocks', count],
]

const origin = (value: DatedValue) =>
  `${sourceWord(value.source)}, ${dateTime(value.asOfMs)}${value.stale ? ', stale' : ''}`

const dayRange = ([from, to]: readonly [number, number]) =>
  dayMonth(from) === dayMonth(to) ? dayMonth(from) : `${dayMonth(from)} to ${dayMonth(to)}`

/** What the page rests on: inputs with source and time, the adjustment with its range, the horizon, the rules. */
export function Assumptions({ network, market, horizonIsChosen }: Props) {
  return (
    <footer className="rests">
      <section>
        <h2>It rests on</h2>
        <dl>
          {VALUES.map(([name, label, show]) => {
            const value = network.values[name]
            return (
              <div key={name}>
                <dt>{label}</dt>
                <dd>{value === null ? 'not known' : show(value.value)}</dd>
                <dd className="origin">{value === null ? '' : origin(value)}</dd>
              </div>
            )
          })}
        </dl>
      </section>
      {market === null ? null : (
        <section>
          <h2>Assumptions</h2>
          <ul>
            <li>
              Hashprice {usdPerPh(market.hashpriceUsdPerPhDay)} or {sats(market.hashpriceBtcPerPhDay)} per
              PH/s a day, fees included; network {hashrate(market.networkHashrateHs)}.
            </li>
            {market.estimate === null ? (
              <li>The next adjustment is not known, so there is no advice.</li>
            ) : (
              <li>
                Next adjustment {signedPercent(market.estimate.change)} about{' '}
                {dayMonth(market.adjustmentAtMs)}; 80 % range {percentRange(market.estimate.change80)},{' '}
                {dayRange(market.adjustmentAtMs80)}. Hashprice after it{' '}
                {usdPerPh(market.hashpriceAfterUsdPerPhDay)}.
              </li>
            )}
            {market.outlook === null ? null : (
              <li>
                Horizon {days(market.outlook.horizonDays)}
                {horizonIsChosen ? ', chosen' : ': until the adjustment and 14 days'}. Price and fees stay as
                they are.
              </li>
            )}
            <li>
              Only cost that stops with the machine decides. Break-even hashprice and cost are rounded up.
              Machines off or in repair are left out of all sums but the count.
            </li>
          </ul>
        </section>
      )}
    </footer>
  )
}
