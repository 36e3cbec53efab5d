import { useId } from 'react'

type Props = {
  readonly label: string
  readonly value: string
  readonly rows?: number
  /** in words; marks the field as wrong */
  readonly fault?: string | null
  readonly disabled?: boolean
  readonly onChange: (text: string) => void
}

/** A labelled field for several lines. */
export function TextArea({ label, value, rows = 3, fault = null, disabled = false, onChange }: Props) {
  const id = useId()
  return (
    <div className="field" data-fault={fault !== null || undefined}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="input area"
        rows={rows}
        value={value}
        disabled={disabled}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      {fault === null ? null : (
        <p id={`${id}-note`} className="note fault">
          {fault}
        </p>
      )}
    </div>
  )
}
