import type { Market } from '#shared/domain/decision/market.ts'
import type { FleetView } from '#shared/ipc/schemas/channels.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { count, percent, percentRange, signedPercent } from '#shared/format/numbers.ts'
import type { Money } from '#shared/format/money.ts'
import { btc, sats } from '#shared/format/money.ts'
import { leftOutOfMarketWords } from '#shared/format/market-words.ts'
import { dayMonth, days, duration } from '#shared/format/times.ts'
import { difficulty, hashrate } from '#shared/format/units.ts'
import { lookedAtMs, passedWords } from '#shared/format/answer-words.ts'
import { moneyWords, origin } from '#shared/report/money-words.ts'

type Props = {
  readonly network: NetworkState
  readonly tariffs: FleetView['tariffs']
  /** in which the reader wants to see money */
  readonly currency: Currency
  /** null while a needed value is missing */
  readonly market: Market | null
  readonly money: Money
  readonly horizonIsChosen: boolean
}

const VALUES: readonly (readonly [NetworkValueName, string, (value: number, money: Money) => string])[] = [
  ['priceUsdPerBtc', 'Price', (value, money) => money.whole(value)],
  ['difficulty', 'Difficulty', (value) => difficulty(value)],
  ['height', 'Block height', count],
  ['feesBtcPerBlock', 'Fees per block', btc],
  ['epochBlocks', 'Epoch, blocks', count],
  ['epochSeconds', 'Epoch, time', duration],
]

/** The days of the next adjustment, with words before; nothing where the values are of no day. */
function adjustmentDays(market: Market) {
  const dayOf = (ms: number) => dayMonth(ms, undefined, lookedAtMs(market))
  const [from, to] = market.adjustmentAtMs80.map(dayOf)
  const isKnown = !Number.isNaN(market.adjustmentAtMs)
  return {
    about: isKnown ? ` about ${dayOf(market.adjustmentAtMs)}` : '',
    range: isKnown ? `, ${from === to ? from : `${from} to ${to}`}` : '',
  }
}

/** What the page rests on: inputs with source and time, the adjustment with its range, the horizon, the rules. */
export function Assumptions({ network, tariffs, currency, market, money, horizonIsChosen }: Props) {
  const passed = market === null ? null : passedWords(market)
  const leftOut = market === null ? null : leftOutOfMarketWords(market)
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
                <dd>{value === null ? 'not known' : show(value.value, money)}</dd>
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
            {moneyWords(network, tariffs, currency).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
            <li>
              Hashprice {money.perPh(market.hashpriceUsdPerPhDay)} {money.hashprice.per} (
              {sats(market.hashpriceBtcPerPhDay)} per PH/s),{' '}
              {market.hashpriceIsTyped ? 'typed by hand' : 'fees included'}; network{' '}
              {hashrate(market.networkHashrateHs)}.
            </li>
            {leftOut === null ? null : <li>{leftOut}</li>}
            {market.changeIsAssumed ? (
              <li>
                Next adjustment {signedPercent(market.change)}
                {adjustmentDays(market).about}, typed by hand. Hashprice after it{' '}
                {money.perPh(market.hashpriceAfterUsdPerPhDay)}.
              </li>
            ) : market.estimate === null ? (
              <li>The next adjustment is not known, so verdicts are for now and money is per day.</li>
            ) : (
              <li>
                Next adjustment {signedPercent(market.estimate.change)}
                {adjustmentDays(market).about}; 80 % range {percentRange(market.estimate.change80)}
                {adjustmentDays(market).range}. Hashprice after it{' '}
                {money.perPh(market.hashpriceAfterUsdPerPhDay)}.
              </li>
            )}
            {passed === null ? null : <li>{passed}</li>}
            {market.outlook === null ? null : (
              <li>
                Horizon {days(market.outlook.horizonDays)}
                {horizonIsChosen ? ', chosen' : ': until the adjustment and 14 days'}. Price and fees stay as
                they are.
              </li>
            )}
            <li>
              Only cost that stops with the machine decides. Break-even hashprice and cost are rounded up.
              Machines off or in repair are left out of all sums but the count, all-in margins and the meter.
            </li>
            <li>
              Someone looks every {days(market.reviewDays)}; the hashprice moves by{' '}
              {percent(market.volatilityPerYear, 0)} a year. What is stored of contracts, policies and
              profiles is weighed.
            </li>
          </ul>
        </section>
      )}
    </footer>
  )
}
