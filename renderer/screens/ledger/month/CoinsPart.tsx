import { useState } from 'react'
import { COSTING_WORDS } from '#shared/format/ledger-month-words.ts'
import { count } from '#shared/format/numbers.ts'
import { WhyButton } from '../../../parts/why/WhyButton.tsx'
import { coinRows, coinWords, lotRows, lotTotals } from './coin-rows.ts'
import { Cells, Head, MonthPart, PartTable } from './MonthPart.tsx'
import type { PartProps } from './MonthPage.tsx'

const FEW_LOTS = 8
/** More are in the journal. */
const MOST_LOTS = 500

/** What came, went and is held, at cost and at the market. */
export function CoinsPart({ id, month }: PartProps) {
  const { coins, costing } = month
  const [isAll, setAll] = useState(false)
  const { length } = coins.lots
  const shown = lotRows(coins, isAll ? MOST_LOTS : FEW_LOTS)
  const offered =
    length > MOST_LOTS ? `the oldest ${count(MOST_LOTS)} of ${count(length)}` : `all ${count(length)}`
  return (
    <MonthPart id={id} title="Bitcoin" about={`Cost of what is sold: ${COSTING_WORDS[costing]}.`}>
      <PartTable name="Bitcoin of the month">
        <thead>
          <tr>
            <th scope="col">
              In the month
              <WhyButton of="Bitcoin" subject={{ kind: 'ledger', part: 'coins', of: '' }} />
            </th>
            <Head>BTC</Head>
            <Head>At cost, USD</Head>
            <Head>USD per BTC</Head>
          </tr>
        </thead>
        <tbody>
          {coinRows(coins).map(({ name, figures, isTotal }) => (
            <tr key={name} data-strong={isTotal || undefined}>
              <th scope="row">{name}</th>
              <Cells of={figures} />
            </tr>
          ))}
        </tbody>
      </PartTable>
      <ul className="ledger-notes">
        {coinWords(month).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {length === 0 ? null : (
        <PartTable name="Lots of bitcoin held at the end of the month">
          <thead>
            <tr>
              <th scope="col">Lot of</th>
              <Head>BTC</Head>
              <Head>Cost, USD</Head>
              <Head>USD per BTC</Head>
              <Head>Market, USD</Head>
              <Head>Difference, USD</Head>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ lot, day, figures }) => (
              <tr key={`${lot.entry} ${lot.day}`}>
                <th scope="row">{day}</th>
                <Cells of={figures} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All lots</th>
              <Cells of={lotTotals(coins)} />
            </tr>
          </tfoot>
        </PartTable>
      )}
      {length > FEW_LOTS ? (
        <button type="button" className="button quiet ledger-more" onClick={() => setAll(!isAll)}>
          {isAll ? `Show the oldest ${count(FEW_LOTS)} alone` : `Show ${offered} lots`}
        </button>
      ) : null}
    </MonthPart>
  )
}
