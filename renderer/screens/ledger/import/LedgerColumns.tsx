import { count, counted } from '#shared/format/numbers.ts'
import type { LedgerFileSaid, LedgerImportPreview } from '#shared/ipc/schemas/ledger-import.ts'
import { ColumnsTable } from '../../../parts/import/ColumnsTable.tsx'
import { DecimalSign } from '../../../parts/import/DecimalSign.tsx'
import { RememberedColumns } from '../../../parts/import/Remembered.tsx'
import { withTarget } from '../../../parts/import/with-target.ts'
import { DayOrder } from './DayOrder.tsx'
import { LedgerColumnRow } from './LedgerColumnRow.tsx'

type Props = {
  readonly preview: LedgerImportPreview
  readonly said: LedgerFileSaid
  /** the file is to be read again with this */
  readonly onSay: (said: LedgerFileSaid) => void
  readonly onForget: () => void
}

/** How each heading of a file was read, and what someone says in the place of that. */
export function LedgerColumns({ preview, said, onSay, onForget }: Props) {
  const { headings, choices, isRecalled, kind, shape } = preview
  if (kind === null || headings.length === 0) return null
  const read = headings.filter(({ field }) => field !== null).length
  const isSettled = preview.errorCount === 0 && headings.every(({ fault }) => fault === null)
  return (
    <>
      {isRecalled ? <RememberedColumns onForget={onForget} /> : null}
      <details open={!isSettled || shape === null}>
        <summary>
          Columns: {count(read)} of {counted(headings.length, 'column')} used
        </summary>
        <ColumnsTable>
          {headings.map((column, at) => (
            <LedgerColumnRow
              key={`${at} ${column.heading}`}
              column={column}
              choices={choices}
              said={said.columns.find(({ heading }) => heading === column.heading) ?? null}
              onSay={(target) =>
                onSay({ ...said, columns: withTarget(said.columns, column.heading, target) })
              }
            />
          ))}
        </ColumnsTable>
        {preview.isSignOpen || preview.decimalSign !== null ? (
          <DecimalSign
            value={preview.decimalSign}
            onChange={(decimalSign) => onSay({ ...said, decimalSign })}
          />
        ) : null}
        {preview.isDayOpen || preview.dayOrder !== null ? (
          <DayOrder value={preview.dayOrder} onChange={(dayOrder) => onSay({ ...said, dayOrder })} />
        ) : null}
      </details>
    </>
  )
}
