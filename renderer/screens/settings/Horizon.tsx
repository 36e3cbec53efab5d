import { useState } from 'react'
import { HORIZON_FIELD } from '#shared/format/typed-fields.ts'
import { editable } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'
import { Field } from '../../ui/Field.tsx'

/** Days over which a verdict is weighed; empty is the default. */
export function Horizon({
  days,
  onChange,
}: {
  readonly days: number | null
  readonly onChange: (days: number | null) => void
}) {
  const [text, setText] = useState<string | null>(null)
  const value = text ?? (days === null ? '' : editable(days))
  const { value: number, fault } = readTyped(value, HORIZON_FIELD)
  const isOutside = number !== null && !(number >= 1 && number <= 3660)
  const wrong = fault ?? (isOutside ? 'Between 1 and 3 660 days, or empty.' : null)
  return (
    <form
      className="horizon"
      onSubmit={(event) => {
        event.preventDefault()
        if (wrong !== null) return
        onChange(number)
        setText(null)
      }}
    >
      <Field
        numeric
        label="Horizon of the advice"
        unit="days"
        placeholder="until the adjustment and 14 days"
        value={value}
        fault={wrong}
        onChange={setText}
      />
      <button type="submit" className="button" disabled={text === null || wrong !== null}>
        Use
      </button>
    </form>
  )
}
