import { useId, useState } from 'react'
import type { SiteNow } from '#shared/domain/decision/sites/site-now.ts'
import { W_PER_KW } from '#shared/domain/units.ts'
import type { Money } from '#shared/format/money.ts'
import { number } from '#shared/format/numbers.ts'
import { power } from '#shared/format/units.ts'
import { useSize } from '../../ui/use-size.ts'
import { kwhPlan } from './kwh-plan.ts'

type Props = { readonly now: SiteNow; readonly money: Money }

const HEIGHT_PX = 190

/** The price of the next kWh: steps of power that the site is offered, its take, and λ. */
export function NextKwh({ now, money }: Props) {
  const headingId = useId()
  const [box, setBox] = useState<HTMLDivElement | null>(null)
  const widthPx = useSize(box)?.widthPx ?? null
  const perMwh = (usdPerKwh: number) => `${money.cents(usdPerKwh * 1000)} per MWh`
  const kilowatts = (kw: number) => power(kw * W_PER_KW)
  const rows = rowsOf(now)
  return (
    <section className="panel pad site-panel" aria-labelledby={headingId}>
      <header className="panel-head">
        <h2 id={headingId}>Price of the next kWh</h2>
        <p className="muted">
          It takes {kilowatts(now.takeKw)} at {perMwh(now.meanUsdPerKwh)} on average;{' '}
          {now.isAtCap ? 'the cap is reached, and one more MWh would be worth' : 'the next MWh costs'}{' '}
          {perMwh(now.nextUsdPerKwh)}.
        </p>
      </header>
      <div ref={setBox} className="next-kwh">
        {widthPx === null || Number.isNaN(now.nextUsdPerKwh) ? null : (
          <Picture now={now} widthPx={widthPx} money={money} />
        )}
      </div>
      <details>
        <summary>As a table</summary>
        <table className="plain" aria-label="Steps of supply">
          <thead>
            <tr>
              <th scope="col">Power</th>
              <th scope="col" className="figure">
                {money.mark}/MWh
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ fromKw, toKw, usdPerKwh }) => (
              <tr key={fromKw}>
                <th scope="row">
                  {toKw === Infinity
                    ? fromKw === 0
                      ? 'all of it'
                      : `above ${kilowatts(fromKw)}`
                    : `${kilowatts(fromKw)} to ${kilowatts(toKw)}`}
                </th>
                <td className="figure">{number(money.units(usdPerKwh) * 1000, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

function rowsOf({ steps }: SiteNow) {
  let fromKw = 0
  return steps.kw.map((kw, i) => {
    const row = { fromKw, toKw: fromKw + kw, usdPerKwh: steps.usdPerKwh[i]! }
    fromKw = row.toKw
    return row
  })
}

/** For the eyes alone: the sentence and the table say the same. */
function Picture({ now, widthPx, money }: Props & { readonly widthPx: number }) {
  const plan = kwhPlan(now, widthPx, HEIGHT_PX)
  const tick = (usdPerKwh: number) => number(money.units(usdPerKwh) * 1000, plan.decimals)
  return (
    <svg width={widthPx} height={HEIGHT_PX} aria-hidden="true">
      {plan.yTicks.map(({ value, y }) => (
        <g key={value}>
          <line className="kwh-grid" x1={plan.left} x2={plan.right} y1={y} y2={y} />
          <text className="kwh-tick" x={plan.left - 6} y={y + 4} textAnchor="end">
            {tick(value)}
          </text>
        </g>
      ))}
      {plan.xTicks.map(({ value, x }) => (
        <text key={value} className="kwh-tick" x={x} y={plan.bottom + 16} textAnchor="middle">
          {number(value / 1000, plan.mwDecimals)}
        </text>
      ))}
      <text className="kwh-tick" x={plan.left - 6} y={12} textAnchor="end">
        {money.mark}/MWh
      </text>
      <text className="kwh-tick" x={plan.right} y={plan.bottom + 30} textAnchor="end">
        MW
      </text>
      <rect
        className="kwh-taken"
        x={plan.left}
        y={plan.top}
        width={Math.max(0, plan.takeX - plan.left)}
        height={plan.bottom - plan.top}
      />
      <path className="kwh-steps" d={plan.path} />
      <line className="kwh-take" x1={plan.takeX} x2={plan.takeX} y1={plan.top} y2={plan.bottom} />
      <line className="kwh-lambda" x1={plan.left} x2={plan.right} y1={plan.nextY} y2={plan.nextY} />
      <text
        className="kwh-name"
        x={plan.takeX + (plan.isTakeLeft ? 5 : -5)}
        y={plan.bottom - 6}
        textAnchor={plan.isTakeLeft ? 'start' : 'end'}
      >
        takes {power(now.takeKw * W_PER_KW)}
      </text>
      <text className="kwh-name" x={plan.right} y={plan.nextY - 5} textAnchor="end">
        λ {tick(now.nextUsdPerKwh)}
      </text>
    </svg>
  )
}
