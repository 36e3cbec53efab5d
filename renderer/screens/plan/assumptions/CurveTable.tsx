import { useRef } from 'react'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { percent } from '#shared/format/numbers.ts'
import { Field } from '../../../ui/Field.tsx'
import { focusSoon } from '../../../ui/focus-soon.ts'
import type { CurveRead, CurveTexts, TierTexts } from './curve-form.ts'
import { curveTexts, emptyTier } from './curve-form.ts'

type Props = {
  readonly texts: CurveTexts
  readonly read: CurveRead
  /** what is wrong is said */
  readonly isTried: boolean
  readonly onChange: (texts: CurveTexts) => void
}

const COLUMNS = [
  ['share', 'Share, %', 'Share of the hashrate, %'],
  ['jPerTh', 'J/TH', 'J/TH'],
  ['usdPerKwh', 'USD/kWh', 'Power price, USD/kWh'],
] as const

/** The rest of the network as tiers of machines with their power price, dearest or cheapest first as one likes. */
export function CurveTable({ texts, read, isTried, onChange }: Props) {
  const add = useRef<HTMLButtonElement>(null)
  const { tiers } = texts
  const put = (key: number, change: Partial<TierTexts>) =>
    onChange({ ...texts, tiers: tiers.map((tier) => (tier.key === key ? { ...tier, ...change } : tier)) })
  const isBuiltIn = JSON.stringify(read.curve) === JSON.stringify(DEFAULT_SUPPLY_CURVE)
  return (
    <div className="curve">
      <p className="note">
        Tiers of the world’s machines. One leaves where hashing costs it more than the hashprice pays, and
        comes back above that.{' '}
        {isBuiltIn
          ? 'This is the built-in curve: two anchors of a survey of 2025, the shares around them assumed.'
          : ''}
      </p>
      <div
        className="table-scroll curve-tiers"
        tabIndex={0}
        role="group"
        aria-label="Tiers of the supply curve"
      >
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Tier</th>
              {COLUMNS.map(([name, heading]) => (
                <th key={name} scope="col" className="figure">
                  {heading}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tiers.map((tier, row) => (
              <tr key={tier.key}>
                <th scope="row">{row + 1}</th>
                {COLUMNS.map(([name, , label]) => {
                  const fault = isTried || tier[name] !== '' ? (read.tierFaults[row]?.[name] ?? null) : null
                  const id = `tier-${tier.key}-${name}`
                  return (
                    <td key={name} className="figure">
                      <input
                        className="input figure"
                        type="text"
                        inputMode="decimal"
                        autoComplete="off"
                        aria-label={`${label}, tier ${row + 1}`}
                        aria-invalid={fault !== null}
                        aria-describedby={fault === null ? undefined : id}
                        value={tier[name]}
                        onChange={(event) => put(tier.key, { [name]: event.target.value })}
                      />
                      {fault === null ? null : (
                        <p id={id} className="note fault">
                          {fault}
                        </p>
                      )}
                    </td>
                  )
                })}
                <td className="row-actions">
                  <button
                    type="button"
                    className="button quiet"
                    aria-label={`Remove tier ${row + 1}`}
                    onClick={() => {
                      onChange({ ...texts, tiers: tiers.filter(({ key }) => key !== tier.key) })
                      focusSoon(add)
                    }}
                  >
                    Remove
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All</th>
              <td className="figure" data-fault={read.fault !== null || undefined}>
                {percent(read.sharesSum, 2)}
              </td>
              <td colSpan={3} />
            </tr>
          </tfoot>
        </table>
      </div>
      {read.fault === null ? null : (
        <p className="fault-text" role="status">
          {read.fault}
        </p>
      )}
      <div className="actions">
        <button
          ref={add}
          type="button"
          className="button"
          onClick={() => onChange({ ...texts, tiers: [...tiers, emptyTier(tiers)] })}
        >
          Add a tier
        </button>
        <button
          type="button"
          className="button"
          disabled={isBuiltIn}
          onClick={() => onChange(curveTexts(DEFAULT_SUPPLY_CURVE))}
        >
          Back to the built-in curve
        </button>
      </div>
      <div className="form">
        <Field
          numeric
          label="Leaves in an epoch, of what is under water"
          unit="%"
          value={texts.leaving}
          fault={read.faults.leaving ?? null}
          onChange={(leaving) => onChange({ ...texts, leaving })}
        />
        <Field
          numeric
          label="Comes back in an epoch, of what has left"
          unit="%"
          value={texts.returning}
          fault={read.faults.returning ?? null}
          onChange={(returning) => onChange({ ...texts, returning })}
        />
        <Field
          numeric
          label="Comes back above its break-even by"
          unit="%"
          value={texts.hysteresis}
          fault={read.faults.hysteresis ?? null}
          onChange={(hysteresis) => onChange({ ...texts, hysteresis })}
        />
      </div>
    </div>
  )
}
