import { useId } from 'react'
import type { Choice } from './Select.tsx'
import { Select } from './Select.tsx'

type Props<T> = {
  readonly label: string
  readonly choices: readonly Choice<T>[]
  readonly value: T
  /** in words; marks the field as wrong */
  readonly fault?: string | null
  readonly onChange: (value: T) => void
}

/** One of a few choices as a field of a form. */
export function SelectField<T extends string | number | null>({
  label,
  choices,
  value,
  fault = null,
  onChange,
}: Props<T>) {
  const id = useId()
  return (
    <div className="field" data-fault={fault !== null || undefined}>
      <span className="field-label" id={id}>
        {label}
      </span>
      <div className="field-box">
        <Select label={label} labelledBy={id} choices={choices} value={value} onChange={onChange} />
      </div>
      {fault === null ? null : <p className="note fault">{fault}</p>}
    </div>
  )
}
