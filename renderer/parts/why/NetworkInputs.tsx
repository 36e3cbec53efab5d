import type { Market } from '#shared/domain/decision/market.ts'
import { count, MISSING, signedPercent } from '#shared/format/numbers.ts'
import { btc, rateSentence, sats } from '#shared/format/money.ts'
import { dayMonth } from '#shared/format/times.ts'
import { difficulty } from '#shared/format/units.ts'
import { lookedAtMs, passedWords } from '#shared/format/answer-words.ts'
import { selectCurrency, selectMoney, selectReportingRate } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Step } from './Step.tsx'

/** What the figures rest on: the network's values with source and age, and the rate that turns USD into the shown money. */
export function NetworkInputs({ market }: { readonly market: Market }) {
  const values = useStore((state) => state.network?.values)
  const money = useStore(selectMoney)
  const currency = useStore(selectCurrency)
  const rate = useStore(selectReportingRate)
  const nowMs = useNow()
  if (values === undefined) return null
  const { conditions } = market
  const about = dayMonth(market.adjustmentAtMs, undefined, lookedAtMs(market))
  const passed = passedWords(market)
  const inputs = [
    ['Price', money.whole(conditions.priceUsdPerBtc), values.priceUsdPerBtc],
    ['Difficulty', difficulty(conditions.difficulty), values.difficulty],
    ['Fees per block, mean of 144', btc(conditions.feesBtcPerBlock), values.feesBtcPerBlock],
    ['Height', count(conditions.height), values.height],
  ] as const
  return (
    <section>
      <h3>It rests on</h3>
      <dl className="steps">
        {inputs.map(([name, value, dated]) => (
          <div className="step" key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
            <dd className="how">{dated === null ? MISSING : <Freshness value={dated} nowMs={nowMs} />}</dd>
          </div>
        ))}
        <Step
          name="Hashprice"
          value={money.perPh(market.hashpriceUsdPerPhDay)}
          how={
            market.hashpriceIsTyped
              ? 'typed, and counts in place of what follows from the values above'
              : `(subsidy + fees) × 86 400 × 10¹⁵ ÷ (difficulty × 2³²) = ${sats(market.hashpriceBtcPerPhDay)} per PH/s a day, × price`
          }
        />
        {currency === 'USD' ? null : (
          <div className="step">
            <dt>Exchange rate</dt>
            <dd>{rate === null ? MISSING : rateSentence(currency, rate.value)}</dd>
            <dd className="how">
              {rate === null ? (
                `no rate for ${currency} is known, so money is shown in USD`
              ) : (
                <>
                  <Freshness value={rate} nowMs={nowMs} />, every sum is computed in USD
                </>
              )}
            </dd>
          </div>
        )}
        <Step
          name={about === MISSING ? 'Next adjustment' : `Next adjustment, about ${about}`}
          value={signedPercent(market.change)}
          how={
            (market.changeIsAssumed
              ? 'assumed by you'
              : market.estimate === null
                ? 'the running epoch is not known'
                : `hashprice after it ${money.perPh(market.hashpriceAfterUsdPerPhDay)}, at the same price and fees`) +
            (passed === null ? '' : `. ${passed}`)
          }
        />
      </dl>
    </section>
  )
}
