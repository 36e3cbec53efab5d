import { useId } from 'react'

type Props = {
  readonly label: string
  /** shown after the field: "USD/kWh", "%" */
  readonly unit?: string
  readonly value: string
  readonly placeholder?: string
  /** in words; marks the field as wrong */
  readonly fault?: string | null
  readonly hint?: string
  readonly numeric?: boolean
  /** typed unseen */
  readonly secret?: boolean
  /** a calendar day: YYYY-MM-DD, '' for none */
  readonly day?: boolean
  /** a month of the calendar: YYYY-MM, '' for none */
  readonly month?: boolean
  /** offered while it is typed; anything else may be typed too */
  readonly suggestions?: readonly string[]
  readonly autoFocus?: boolean
  readonly disabled?: boolean
  readonly onChange: (text: string) => void
}

/** A labelled text field; numbers are typed as text, so that "0,0535" and "88 300" are read as people write them. */
export function Field({
  label,
  unit,
  value,
  placeholder,
  fault = null,
  hint,
  numeric = false,
  secret = false,
  day = false,
  month = false,
  suggestions = [],
  autoFocus = false,
  disabled = false,
  onChange,
}: Props) {
  const id = useId()
  const note = fault ?? hint
  return (
    <div className="field" data-fault={fault !== null || undefined}>
      <label htmlFor={id}>{label}</label>
      <div className="field-box">
        <input
          id={id}
          className={numeric ? 'input figure' : 'input'}
          type={secret ? 'password' : day ? 'date' : month ? 'month' : 'text'}
          inputMode={numeric ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          value={value}
          placeholder={placeholder}
          disabled={disabled}
          autoFocus={autoFocus}
          list={suggestions.length === 0 ? undefined : `${id}-list`}
          aria-invalid={fault !== null}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          onChange={(event) => onChange(event.target.value)}
        />
        {suggestions.length === 0 ? null : (
          <datalist id={`${id}-list`}>
            {suggestions.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        )}
        {unit === undefined ? null : <span className="unit">{unit}</span>}
      </div>
      {note === undefined ? null : (
        <p id={`${id}-note`} className={fault === null ? 'note' : 'note fault'}>
          {note}
        </p>
      )}
    </div>
  )
}
