import { useId, useState } from 'react'
import type { TypedField } from '#shared/format/typed.ts'
import { readTyped, typedText } from '#shared/format/typed.ts'

type Props = {
  readonly label: string
  readonly field: TypedField
  /** the value that holds now; NaN shows an empty field */
  readonly value: number
  /** as it is shown */
  readonly unit: string
  /** of the field; a longer figure makes it wider */
  readonly leastWidth?: number
  readonly placeholder?: string
  /** what is wrong with a value that was understood, in words; null where nothing is */
  readonly faultOf?: (value: number) => string | null
  /** every keystroke that reads as a value; null when the field was emptied */
  readonly onLive: (value: number | null) => void
  /** Enter, or leaving the field after a change */
  readonly onCommit?: (value: number | null) => void
  /** Escape, or leaving the field while something is wrong: whatever was typed is taken back */
  readonly onCancel?: () => void
}

/** A number that acts while it is typed. Text that is not understood changes nothing, and what is wrong stands below. */
export function LiveNumber({
  label,
  field,
  value,
  unit,
  leastWidth = 84,
  placeholder,
  faultOf,
  onLive,
  onCommit,
  onCancel,
}: Props) {
  const id = useId()
  // null while the field is not being edited: then it follows the value
  const [text, setText] = useState<string | null>(null)
  const read = (typed: string) => {
    const { value: next, fault } = readTyped(typed, field)
    return { next, fault: fault ?? (next === null ? null : (faultOf?.(next) ?? null)) }
  }
  const { next, fault } = text === null ? { next: value, fault: null } : read(text)
  const settle = () => {
    if (text !== null) {
      if (fault === null) onCommit?.(next)
      else onCancel?.()
    }
    setText(null)
  }
  return (
    <span className="live-number" data-fault={fault !== null || undefined}>
      <input
        className="input figure"
        style={{ minWidth: leastWidth }}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : id}
        placeholder={placeholder}
        value={text ?? typedText(value, field)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setText(event.target.value)
          const typed = read(event.target.value)
          if (typed.fault === null) onLive(typed.next)
        }}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && fault === null) {
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
      {fault === null ? null : (
        <span id={id} className="note fault" role="status">
          {fault}
        </span>
      )}
    </span>
  )
}
