import { useId } from 'react'
import { Select } from '../../ui/Select.tsx'

type Sign = '.' | ',' | null
type Props = { readonly value: Sign; readonly onChange: (sign: Sign) => void }

const CHOICES = [
  { value: null, label: 'as the file shows' },
  { value: '.', label: 'a point: 3.5' },
  { value: ',', label: 'a comma: 3,5' },
] as const

/** Asked where nothing in the file decides it. */
export function DecimalSign({ value, onChange }: Props) {
  const id = useId()
  return (
    <p className="remembered">
      <span id={id}>Decimal sign of its numbers</span>
      <Select label="Decimal sign" labelledBy={id} choices={CHOICES} value={value} onChange={onChange} />
    </p>
  )
}
