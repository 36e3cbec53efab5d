import { useState } from 'react'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import type { ColumnsSaid, ImportPreview } from '#shared/ipc/schemas/import.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { ColumnsTable } from '../../../parts/import/ColumnsTable.tsx'
import { DecimalSign } from '../../../parts/import/DecimalSign.tsx'
import { RememberedColumns } from '../../../parts/import/Remembered.tsx'
import { withTarget } from '../../../parts/import/with-target.ts'
import { Select } from '../../../ui/Select.tsx'
import { ColumnRow } from './ColumnRow.tsx'

type Props = {
  readonly preview: ImportPreview
  readonly said: ColumnsSaid
  /** the file is to be read again with this */
  readonly onSay: (said: ColumnsSaid) => void
  readonly onForget: () => void
}

/** More selects than this make the dialog slow; the others come when they are asked for. */
const SHOWN_AT_FIRST = 60

/** How each heading of a file was read, as which field and in which unit, and what someone says in the place of that. */
export function Columns({ preview, said, onSay, onForget }: Props) {
  const [showsAll, setShowsAll] = useState(false)
  const { headings, isRecalled } = preview
  if (headings.length === 0) return null
  const noun = preview.isList ? 'key' : 'column'
  const read = headings.filter(({ field }) => field !== null).length
  return (
    <>
      {isRecalled ? <RememberedColumns onForget={onForget} /> : null}
      <details open={!headings.every(isOurs)}>
        <summary>
          Columns: {count(read)} of {counted(headings.length, noun)} read as a field
        </summary>
        <ColumnsTable
          more={
            headings.length > SHOWN_AT_FIRST && !showsAll ? (
              <button type="button" className="button" onClick={() => setShowsAll(true)}>
                Show the other {counted(headings.length - SHOWN_AT_FIRST, noun)}
              </button>
            ) : null
          }
        >
          {headings.slice(0, showsAll ? undefined : SHOWN_AT_FIRST).map((column, at) => (
            <ColumnRow
              key={`${at} ${column.heading}`}
              column={column}
              choices={preview.choices}
              said={said.columns.find(({ heading }) => heading === column.heading) ?? null}
              onSay={(target) =>
                onSay({ ...said, columns: withTarget(said.columns, column.heading, target) })
              }
            />
          ))}
          <StatusWords preview={preview} said={said} onSay={onSay} />
        </ColumnsTable>
        {preview.isSignOpen || said.decimalSign !== null ? (
          <DecimalSign value={said.decimalSign} onChange={(decimalSign) => onSay({ ...said, decimalSign })} />
        ) : null}
      </details>
    </>
  )
}

const isOurs = ({ heading, field, fault }: ImportPreview['headings'][number]) =>
  fault === null && field !== null && MACHINE_FIELDS[field].heading === heading.toLowerCase()

const STATUS_CHOICES = [
  { value: 'running', label: 'running' },
  { value: 'off', label: 'off' },
  { value: 'repair', label: 'repair' },
] as const

/** Words under status that the program does not know. */
function StatusWords({ preview, said, onSay }: Omit<Props, 'onForget'>) {
  return preview.statusWords.map(({ word }) => {
    const status = said.statusWords.find((each) => each.word === word)?.status ?? null
    const others = said.statusWords.filter((each) => each.word !== word)
    return (
      <tr key={`status ${word}`}>
        <th scope="row">
          {word}
          <span className="example">a word under status</span>
        </th>
        <td>
          <Select
            label={`Status ${word}`}
            choices={[{ value: null, label: 'to be said' }, ...STATUS_CHOICES]}
            value={status}
            onChange={(next) =>
              onSay({ ...said, statusWords: next === null ? others : [...others, { word, status: next }] })
            }
          />
        </td>
        <td />
        <td>{status === null ? <span className="fault-text">not known</span> : null}</td>
      </tr>
    )
  })
}
