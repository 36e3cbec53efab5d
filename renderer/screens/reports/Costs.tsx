import { useId, useState } from 'react'
import type { FinanceField } from '#shared/report/finance-bounds.ts'
import { FINANCE_BOUNDS } from '#shared/report/finance-bounds.ts'
import { number } from '#shared/format/numbers.ts'
import { FINANCE_FIELDS } from '#shared/format/typed-fields.ts'
import { useStore } from '../../state/store.ts'
import { LiveNumber } from '../../ui/LiveNumber.tsx'

const ROWS: readonly {
  readonly field: FinanceField
  readonly label: string
  readonly unit: string
  readonly empty: string
}[] = [
  { field: 'generalUsdPerDay', label: 'General costs', unit: 'USD/day', empty: 'not said' },
  {
    field: 'demandResponseCreditsUsdPerDay',
    label: 'Demand-response credits',
    unit: 'USD/day',
    empty: 'not said',
  },
  { field: 'discountRatePerYear', label: 'Discount rate', unit: '% a year', empty: 'not said' },
  { field: 'treasuryBtc', label: 'Treasury', unit: 'BTC', empty: 'none' },
  { field: 'treasuryShareHeld', label: 'Share held', unit: '%', empty: 'not said' },
  { field: 'treasuryMarkUsdPerBtc', label: 'Mark price', unit: 'USD/BTC', empty: 'price of now' },
]

/** What is wrong with a figure, in the unit in which it is typed; null where nothing is. */
function faultOf(field: FinanceField, value: number): string | null {
  const [least, most] = FINANCE_BOUNDS[field]
  if (value >= least && value <= most) return null
  const { scale = 1 } = FINANCE_FIELDS[field]
  return `It must be from ${number(least / scale, 0)} to ${number(most / scale, 0)}.`
}

/** What no machine and no site carries, and a report needs to be told. */
export function Costs() {
  const settings = useStore((state) => state.settings)
  const [fault, setFault] = useState<string | null>(null)
  const headingId = useId()
  if (settings === null) return null
  const said = ROWS.filter(({ field }) => settings[field] !== null).length
  return (
    <section className="panel report-panel" aria-labelledby={headingId}>
      <details>
        <summary>
          <h2 id={headingId}>Costs</h2>
          <small className="muted">{said === 0 ? 'none said' : `${said} of ${ROWS.length} said`}</small>
        </summary>
        {ROWS.map(({ field, label, unit, empty }) => (
          <div className="report-number" key={field}>
            <span className="report-label">{label}</span>
            <LiveNumber
              label={label}
              unit={unit}
              field={FINANCE_FIELDS[field]}
              value={settings[field] ?? Number.NaN}
              placeholder={empty}
              faultOf={(value) => faultOf(field, value)}
              onLive={() => undefined}
              onCommit={(value) =>
                void useStore
                  .getState()
                  .writeSettings({ [field]: value })
                  .then((failure) => setFault(failure?.message ?? null))
              }
            />
          </div>
        ))}
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => useStore.getState().open({ kind: 'purchases' })}
          >
            Purchases…
          </button>
        </div>
        {fault === null ? null : (
          <p className="note fault" role="alert">
            {fault}
          </p>
        )}
      </details>
    </section>
  )
}
