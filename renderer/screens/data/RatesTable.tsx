import { useCallback, useId } from 'react'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { termsAtRate } from '#shared/domain/decision/trial.ts'
import { TYPED } from '#shared/ipc/conditions.ts'
import { MISSING } from '#shared/format/numbers.ts'
import { currencyName, exchangeRate } from '#shared/format/rates.ts'
import { rateField } from '#shared/format/typed-fields.ts'
import { dateTime } from '#shared/format/times.ts'
import { useStore } from '../../state/store.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Attributions } from './Attributions.tsx'
import { TypeByHand } from './TypeByHand.tsx'
import type { CurrencyRow } from './rate-rows.ts'
import { missingWords, rateFault, rateRows, useWords } from './rate-rows.ts'

type Props = {
  readonly network: NetworkState
  readonly reporting: Settings['currency']
  readonly say: (sentence: string) => void
}

/** What one unit of each currency is worth in USD, from whom and since when. */
export function RatesTable({ network, reporting, say }: Props) {
  const tariffs = useStore((state) => state.fleet?.tariffs)
  const nowMs = useNow()
  const headingId = useId()
  return (
    <section className="panel" aria-labelledby={headingId}>
      <div className="panel-head">
        <h2 id={headingId}>Exchange rates</h2>
        <p className="muted">
          Figures are computed in USD; a rate is needed only for the currency that they are shown in, and for
          those that sites pay in.
        </p>
      </div>
      <div className="table-scroll">
        <table className="plain" aria-label="Exchange rates">
          <thead>
            <tr>
              <th scope="col">Currency</th>
              <th scope="col" className="figure">
                1 unit in USD
              </th>
              <th scope="col" className="figure">
                1 USD buys
              </th>
              <th scope="col">Age and source</th>
              <th scope="col">True as of</th>
              <th scope="col">By hand</th>
            </tr>
          </thead>
          <tbody>
            {rateRows(network.rates, reporting, tariffs ?? []).map((row) => (
              <RateTableRow key={row.currency} row={row} nowMs={nowMs} say={say} />
            ))}
          </tbody>
        </table>
      </div>
      <Attributions sources={Object.values(network.rates).flatMap((rate) => rate?.source ?? [])} />
    </section>
  )
}

function RateTableRow({
  row,
  nowMs,
  say,
}: {
  readonly row: CurrencyRow
  readonly nowMs: number
  readonly say: (sentence: string) => void
}) {
  const typeRate = useStore((state) => state.typeRate)
  const fleet = useStore((state) => state.fleet)
  const { currency, rate } = row
  const tryRate = useCallback(
    (typed: number) =>
      fleet === null ? {} : { sites: termsAtRate(fleet.sites, fleet.tariffs, currency, typed) },
    [fleet, currency],
  )
  const use = useWords(row)
  const missing = missingWords(row)
  return (
    <tr>
      <th scope="row">
        {currency} <span className="muted">{currencyName(currency)}</span>
        {use === '' ? null : <p className="note">{use}</p>}
      </th>
      <td className="figure strong">{rate === null ? MISSING : exchangeRate(rate.value)}</td>
      <td className="figure muted">
        {rate === null ? MISSING : `${exchangeRate(1 / rate.value)} ${currency}`}
      </td>
      <td>
        {rate !== null ? (
          <Freshness value={rate} nowMs={nowMs} />
        ) : missing === null ? (
          <span className="faint">not known</span>
        ) : (
          <span className="waits">{missing}</span>
        )}
      </td>
      <td className="muted when">{rate === null ? MISSING : dateTime(rate.asOfMs)}</td>
      <td>
        <TypeByHand
          name={`${currency} rate`}
          field={rateField(currency)}
          unit={`USD for 1 ${currency}`}
          value={rate?.value ?? null}
          show={(typed) => `${exchangeRate(typed)} USD`}
          tryValue={tryRate}
          isTyped={rate?.source === TYPED}
          faultOf={(value) => rateFault(value, currency)}
          onStore={(value) => typeRate(currency, value)}
          say={say}
        />
      </td>
    </tr>
  )
}
