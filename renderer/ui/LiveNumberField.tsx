import { useId, useState } from 'react'
import { typedText } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'
import type { LiveNumberProps } from './LiveNumber.tsx'

/** A number that acts while it is typed. Text that is not understood changes nothing, and what is wrong stands below. */
export function LiveNumberField({
  label,
  field,
  value,
  unit,
  leastWidth,
  placeholder,
  faultOf,
  onLive,
  onCommit,
  onCancel,
}: LiveNumberProps) {
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
