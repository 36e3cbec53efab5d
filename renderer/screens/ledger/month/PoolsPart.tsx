import { useState } from 'react'
import type { LedgerMonth, PoolMonth } from '#shared/domain/money/ledger/month.ts'
import { payTotal } from '#shared/domain/money/ledger/pay-total.ts'
import { PAY_CAUSE_WORDS } from '#shared/format/ledger-causes.ts'
import { capital, luckWords, throughWords } from '#shared/format/ledger-month-words.ts'
import { hashrateOfThs } from '#shared/format/units.ts'
import { THS_PER_PHS } from '#shared/domain/units.ts'
import { WhyButton } from '../../../parts/why/WhyButton.tsx'
import { Segments } from '../../../ui/Segments.tsx'
import { Cells, Head, MonthPart, PartTable } from './MonthPart.tsx'
import type { PartProps } from './MonthPage.tsx'
import { PayBridge } from './PayBridge.tsx'
import type { PayUnit } from './pay-rows.ts'
import { payCauses, payRow, payTotals } from './pay-rows.ts'

const UNITS = [
  { value: 'sat', label: 'BTC' },
  { value: 'usdCents', label: 'USD' },
] as const

/** What came from each pool, from theory to what really came, cause by cause. */
export function PoolsPart({ id, month }: PartProps) {
  const [unit, setUnit] = useState<PayUnit>('sat')
  const { against } = payTotal(month.pools)
  return (
    <MonthPart
      id={id}
      title="What came in from pools"
      about={restsOn(month)}
      beside={<Segments legend="In" isLegendHidden choices={UNITS} value={unit} onChange={setUnit} />}
    >
      <PartTable name="What came in from pools">
        <thead>
          <tr>
            <th scope="col">Pool</th>
            <Head>Theory, {unit === 'sat' ? 'BTC' : 'USD'}</Head>
            {payCauses(unit).map((cause) => (
              <Head key={cause}>{capital(PAY_CAUSE_WORDS[cause])}</Head>
            ))}
            <Head>Came in</Head>
          </tr>
        </thead>
        <tbody>
          {month.pools.map((pool) => (
            <tr key={pool.pool}>
              <th scope="row">
                {pool.pool}
                <WhyButton of={pool.pool} subject={{ kind: 'ledger', part: 'pool', of: pool.pool }} />
                <span className="note">{poolNote(pool)}</span>
              </th>
              <Cells of={payRow([pool], unit)} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          {payTotals(month.pools, unit).map(({ name, figures }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <Cells of={figures} />
            </tr>
          ))}
        </tfoot>
      </PartTable>
      {against === null || against.theory[unit] === 0 ? null : <PayBridge against={against} unit={unit} />}
      <LuckLines pools={month.pools} />
    </MonthPart>
  )
}

function poolNote({ scheme, hashratePhs, through }: PoolMonth): string {
  const parts = [
    scheme === null ? 'no terms stored' : scheme.toUpperCase(),
    ...(hashratePhs === null ? [] : [hashrateOfThs(hashratePhs * THS_PER_PHS)]),
    ...(through === null ? [] : [throughWords(through).trim()]),
  ]
  return parts.join(' · ')
}

/** What theory takes as planned. */
function restsOn({ plans }: LedgerMonth): string {
  if (plans.length === 0) return 'No plan is stored that theory could rest on.'
  const isRecorded = plans.every((plan) => plan.isRecorded)
  return isRecorded
    ? 'Theory: the recorded plan at the difficulty, reward and price of each day, less the agreed fee.'
    : 'Theory: the fleet of now at the difficulty, reward and price of each day, less the agreed fee; no plan is recorded yet.'
}

/** How far chance may reach, where the scheme leaves any to it. */
function LuckLines({ pools }: { readonly pools: readonly PoolMonth[] }) {
  const lines = pools.flatMap((pool) => {
    const words = luckWords(pool)
    return words === null ? [] : [{ name: pool.pool, words }]
  })
  if (lines.length === 0) return null
  return (
    <ul className="ledger-notes">
      {lines.map(({ name, words }) => (
        <li key={name}>
          <b>{name}</b>, what luck alone can make of it: {words}.
        </li>
      ))}
    </ul>
  )
}
