import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import { rateSentence } from '#shared/format/money.ts'
import { currencyName } from '#shared/format/rates.ts'
import { rateOf } from '#shared/ipc/reporting-money.ts'
import { useStore } from '../../state/store.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { Select } from '../../ui/Select.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Section } from './Section.tsx'

const CHOICES = CURRENCIES.map((currency) => ({
  value: currency,
  label: `${currency}, ${currencyName(currency)}`,
}))

type Props = {
  readonly settings: Settings
  readonly onChange: (currency: Currency) => void
}

/** In which currency money is shown, and the rate that makes it so. */
export function ReportingCurrency({ settings: { currency }, onChange }: Props) {
  return (
    <Section of="currency">
      <div className="setting">
        <span className="field-label" id="reporting-currency">
          Show money in
        </span>
        <div>
          <Select
            label="Show money in"
            labelledBy="reporting-currency"
            choices={CHOICES}
            value={currency}
            onChange={onChange}
          />
        </div>
      </div>
      <RateInForce currency={currency} />
    </Section>
  )
}

function RateInForce({ currency }: { readonly currency: Currency }) {
  const rate = useStore((state) => rateOf(state.network, currency))
  const nowMs = useNow()
  if (currency === 'USD') return <p className="muted">Everything is computed in USD; no rate is needed.</p>
  if (rate !== null) {
    return (
      <p className="muted">
        {rateSentence(currency, rate.value)} <Freshness value={rate} nowMs={nowMs} />
      </p>
    )
  }
  return (
    <p className="fault-text" role="status">
      No rate for {currency} is known, so money stays in USD: type one under Data.{' '}
      <button type="button" className="button quiet" onClick={() => useStore.getState().show('data')}>
        Open data sources
      </button>
    </p>
  )
}
