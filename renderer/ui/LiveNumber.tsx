import { useState } from 'react'
import { editable, readTyped } from '#shared/format/typed.ts'

type Props = {
  readonly label: string
  /** the value that holds now, in the unit of the field; NaN shows an empty field */
  readonly value: number
  readonly unit: string
  /** of the field; a longer figure makes it wider */
  readonly leastWidth?: number
  readonly placeholder?: string
  /** every keystroke that reads as a number; null when the field was emptied */
  readonly onLive: (value: number | null) => void
  /** Enter, or leaving the field after a change */
  readonly onCommit?: (value: number | null) => void
  /** Escape: whatever was typed is taken back */
  readonly onCancel?: () => void
}

/** A number that acts while it is typed. Text that is no number changes nothing and is marked. */
export function LiveNumber({
  label,
  value,
  unit,
  leastWidth = 84,
  placeholder,
  onLive,
  onCommit,
  onCancel,
}: Props) {
  // null while the field is not being edited: then it follows the value
  const [text, setText] = useState<string | null>(null)
  const typed = text === null ? value : readTyped(text)
  const wrong = text !== null && typed !== null && Number.isNaN(typed)
  const settle = () => {
    if (text !== null && !wrong) onCommit?.(typed)
    setText(null)
  }
  return (
    <span className="live-number" data-fault={wrong || undefined}>
      <input
        className="input figure"
        style={{ minWidth: leastWidth }}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={wrong}
        placeholder={placeholder}
        value={text ?? editable(value)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setText(event.target.value)
          const next = readTyped(event.target.value)
          if (next === null || !Number.isNaN(next)) onLive(next)
        }}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            settle()
            event.currentTarget.select()
          }
          if (event.key === 'Escape' && text !== null) {
            event.stopPropagation()
            setText(null)
            onCancel?.()
          }
        }}
      />
      <span className="unit">{unit}</span>
    </span>
  )
}
