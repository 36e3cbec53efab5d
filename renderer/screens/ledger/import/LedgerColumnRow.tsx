import type { LedgerImportPreview } from '#shared/ipc/schemas/ledger-import.ts'
import { ColumnHeading } from '../../../parts/import/ColumnsTable.tsx'
import { Select } from '../../../ui/Select.tsx'

type Column = LedgerImportPreview['headings'][number]
type Target = { readonly field: string | null; readonly unit: string | null }

/** What a column is read as where it is no field: nothing, or what its heading says. */
const NOT_USED = ''
const AS_ITS_HEADING = 'heading'
const EACH_CELL = ''
/** It may be what another column is read as; "not used" is an answer that has to be given. */
const OPEN = 'open'

type Props = {
  readonly column: Column
  readonly choices: LedgerImportPreview['choices']
  /** what was said about it just now; null: its heading counts, or what was said before */
  readonly said: Target | null
  readonly onSay: (target: Target | null) => void
}

/** One heading of the file: what it is read as and in which unit, each to be corrected. */
export function LedgerColumnRow({
  column: { heading, field, unit, example, fault },
  choices,
  said,
  onSay,
}: Props) {
  const isOpen = field === null && fault !== null
  const units = choices.find((choice) => choice.field === field)?.units ?? []
  return (
    <tr>
      <ColumnHeading heading={heading} example={example} />
      <td>
        <Select
          label={`${heading} is read as`}
          choices={[
            ...(isOpen ? [{ value: OPEN, label: 'choose…' }] : []),
            ...(said === null ? [] : [{ value: AS_ITS_HEADING, label: 'as its heading says' }]),
            { value: NOT_USED, label: 'not used' },
            ...choices.map((choice) => ({ value: choice.field, label: choice.label })),
          ]}
          value={isOpen ? OPEN : (field ?? NOT_USED)}
          onChange={(next) => {
            if (next === OPEN) return
            onSay(next === AS_ITS_HEADING ? null : { field: next === NOT_USED ? null : next, unit: null })
          }}
        />
      </td>
      <td>
        {units.length === 0 ? null : (
          <Select
            label={`Unit of ${heading}`}
            choices={[
              { value: EACH_CELL, label: 'as heading or cells say' },
              ...units.map((each) => ({ value: each, label: each })),
            ]}
            value={unit ?? EACH_CELL}
            onChange={(next) => onSay({ field, unit: next === EACH_CELL ? null : next })}
          />
        )}
      </td>
      <td>{fault === null ? null : <span className="fault-text">{fault}</span>}</td>
    </tr>
  )
}
