import type { ReactNode, Ref } from 'react'
import { useId } from 'react'

type Props = {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly placeholder: string
  /** in words; marks the field as wrong */
  readonly fault: string | null
  readonly autoFocus?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
  /** after the field: its unit */
  readonly beside?: ReactNode
  readonly onChange: (text: string) => void
  /** below the hint */
  readonly children?: ReactNode
}

/** A field on a line of its own: what it is at the left, what is typed at the right. */
export function LineField({
  label,
  hint,
  value,
  placeholder,
  fault,
  autoFocus = false,
  inputRef,
  beside,
  onChange,
  children,
}: Props) {
  const id = useId()
  return (
    <div className="line-field">
      <div>
        <label htmlFor={id}>{label}</label>
        <p id={`${id}-note`} className={fault === null ? 'note' : 'note fault'}>
          {fault ?? hint}
        </p>
        {children}
      </div>
      <div className="line-input">
        <input
          id={id}
          ref={inputRef}
          className="input figure"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          size={14}
          value={value}
          placeholder={placeholder}
          autoFocus={autoFocus}
          aria-invalid={fault !== null}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.value)}
        />
        {beside}
      </div>
    </div>
  )
}
