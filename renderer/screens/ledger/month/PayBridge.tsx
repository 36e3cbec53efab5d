import { Fragment } from 'react'
import type { Against } from '#shared/format/ledger-month-words.ts'
import { PAY_CAUSE_RULES, PAY_CAUSE_WORDS } from '#shared/format/ledger-causes.ts'
import { capital, payShares } from '#shared/format/ledger-month-words.ts'
import { signedPercent } from '#shared/format/numbers.ts'
import { bridgeBars } from './pay-bridge.ts'
import type { PayUnit } from './pay-rows.ts'

/** From theory to what came in as a waterfall of the differences; its figures add up as printed. */
export function PayBridge({ against, unit }: { readonly against: Against; readonly unit: PayUnit }) {
  const shares = payShares(against, unit)
  const { zero, bars, end } = bridgeBars(against, unit)
  return (
    <dl className="pay-bridge" aria-label="From theory to what came in, as shares of theory">
      {bars.map(({ cause, from, width, sign }) => (
        <Fragment key={cause}>
          <dt title={PAY_CAUSE_RULES[cause]}>{capital(PAY_CAUSE_WORDS[cause])}</dt>
          <dd>
            <Track>
              <path className="zero" d={`M${zero} 0V10`} />
              <rect data-sign={sign} x={from} width={width} y={2} height={6} />
            </Track>
            <span className="figure">{shares.of[cause] || signedPercent(0)}</span>
          </dd>
        </Fragment>
      ))}
      <dt className="strong">Came in</dt>
      <dd className="strong">
        <Track>
          <path className="zero" d={`M${zero} 0V10`} />
          <rect data-sign="whole" x={end.from} width={end.width} y={2} height={6} />
        </Track>
        <span className="figure">{signedPercent(shares.total / 100)}</span>
      </dd>
    </dl>
  )
}

function Track({ children }: { readonly children: React.ReactNode }) {
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {children}
    </svg>
  )
}
