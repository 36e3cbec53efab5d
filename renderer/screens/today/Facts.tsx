import type { ReactNode } from 'react'
import { W_PER_KW } from '#shared/domain/units.ts'
import { count, counted, MISSING, percent } from '#shared/format/numbers.ts'
import { btc } from '#shared/format/money.ts'
import { hashrateOfThs, jPerTh, power } from '#shared/format/units.ts'
import { selectMoney, selectWhatIfActive } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { WhyButton } from '../../parts/why/WhyButton.tsx'

type FactProps = { readonly name: string; readonly value: ReactNode; readonly foot: string }

function Fact({ name, value, foot }: FactProps) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd className="fact-value">{value}</dd>
      <dd className="fact-foot">{foot}</dd>
    </div>
  )
}

function Signed({ value }: { readonly value: number }) {
  const money = useStore(selectMoney)
  return <span className={value < 0 ? 'loses' : undefined}>{money.amount(value)}</span>
}

/** Totals before and after the adjustment, as it runs and with the advice. */
export function Facts() {
  const totals = useStore((state) => state.picture?.totals ?? null)
  const advice = useStore((state) => state.picture?.advice ?? null)
  const realMarginUsdPerDay = useStore((state) => state.picture?.realMarginUsdPerDay ?? Number.NaN)
  const trying = useStore(selectWhatIfActive)
  const money = useStore(selectMoney)
  if (totals === null) {
    return (
      <section className="panel facts" aria-label="Totals">
        <h2>Totals</h2>
        <p className="muted">Margins need a price, a difficulty, a height and fees.</p>
      </section>
    )
  }
  const underwater = advice?.underwater
  return (
    <section className="panel facts" aria-label="Totals">
      <table className="before-after">
        <caption>
          Cash margin a day
          {trying ? (
            <span className="what-if-mark">what if; really {money.amount(realMarginUsdPerDay)} now</span>
          ) : null}{' '}
          <WhyButton of="cash margin a day" subject={{ kind: 'figure', name: 'margin' }} />
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">now</th>
            <th scope="col">after the adjustment</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">As it runs</th>
            <td>
              <Signed value={advice?.marginNowUsdPerDay.asIs ?? totals.marginUsdPerDay} />
            </td>
            <td>
              <Signed value={advice?.marginAfterUsdPerDay.asIs ?? Number.NaN} />
            </td>
          </tr>
          <tr className="strong">
            <th scope="row">With the advice</th>
            <td>
              <Signed value={advice?.marginNowUsdPerDay.advised ?? Number.NaN} />
            </td>
            <td>
              <Signed value={advice?.marginAfterUsdPerDay.advised ?? Number.NaN} />
            </td>
          </tr>
        </tbody>
      </table>
      <dl>
        <Fact
          name="Margin of revenue"
          value={percent(totals.marginShare)}
          foot={`as it runs; all-in ${money.amount(advice?.allInNowUsdPerDay.asIs ?? totals.allInMarginUsdPerDay)} a day${advice === null ? '' : `, with the advice ${money.amount(advice.allInNowUsdPerDay.advised)}`}`}
        />
        <Fact
          name="Under water"
          value={
            underwater === undefined
              ? MISSING
              : `${hashrateOfThs(underwater.now.hashrateThs)} of ${hashrateOfThs(totals.hashrateThs)}`
          }
          foot={
            underwater === undefined
              ? 'needs the next adjustment'
              : `${count(underwater.now.machines)} of ${counted(totals.running, 'machine')}; after the adjustment ${count(underwater.after.machines)}`
          }
        />
        <Fact
          name="To sell for costs"
          value={`${btc(totals.btcToSellPerDay)} a day`}
          foot={`${percent(totals.shareOfProductionToSell, 0, 'up')} of what is mined; cost that stops ${money.cost(totals.costPerBtcUsd)} per BTC`}
        />
        <Fact
          name="Running"
          value={hashrateOfThs(totals.hashrateThs)}
          foot={`${advice === null ? power(totals.powerW) : `${power(advice.powerKw.asIs * W_PER_KW)} at the meter, with the advice ${power(advice.powerKw.advised * W_PER_KW)}`}; ${jPerTh(totals.efficiencyJPerTh)} J/TH; ${counted(totals.machines, 'machine')} in all`}
        />
      </dl>
    </section>
  )
}
