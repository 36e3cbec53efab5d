import { useId } from 'react'
import type { LedgerImportPreview } from '#shared/ipc/schemas/ledger-import.ts'
import { Select } from '../../../ui/Select.tsx'

type Order = LedgerImportPreview['dayOrder']
type Props = { readonly value: Order; readonly onChange: (order: Order) => void }

const CHOICES = [
  { value: null, label: 'as the file shows' },
  { value: 'day-first', label: 'the day: 03/04 is of April' },
  { value: 'month-first', label: 'the month: 03/04 is of March' },
] as const

/** Asked where nothing in the file decides it. */
export function DayOrder({ value, onChange }: Props) {
  const id = useId()
  return (
    <p className="remembered">
      <span id={id}>First in its dates stands</span>
      <Select label="Order in dates" labelledBy={id} choices={CHOICES} value={value} onChange={onChange} />
    </p>
  )
}
