import { useState } from 'react'
import { FIELD_NAMES, MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'
import type { ColumnsSaid, ImportPreview } from '#shared/ipc/schemas/import.ts'
import type { TypedField } from '#shared/format/typed.ts'
import { readTyped } from '#shared/format/typed.ts'
import { ColumnHeading } from '../../../parts/import/ColumnsTable.tsx'
import { Select } from '../../../ui/Select.tsx'
import type { Choice } from '../../../ui/Select.tsx'

type Column = ImportPreview['headings'][number]
type Unit = ImportPreview['choices'][number]['units'][number]
type Target = Omit<ColumnsSaid['columns'][number], 'heading'>
/** What a column is read as: a field, a note, what its heading says, or nothing yet. */
type ReadAs = FieldName | 'note' | 'heading' | null

const FIELD_CHOICES: readonly Choice<ReadAs>[] = FIELD_NAMES.map((field) => ({
  value: field,
  label: MACHINE_FIELDS[field].label,
}))
const NOTE: Choice<ReadAs> = { value: 'note', label: 'a note, not used' }
const AS_ITS_HEADING: Choice<ReadAs> = { value: 'heading', label: 'as its heading says' }
const NOTHING_YET: Choice<ReadAs> = { value: null, label: 'to be said' }

const UNIT_TO_SAY = 'unit'
const EACH_CELL = 'cells'
const BY_FACTOR: Choice<string> = { value: 'factor', label: 'times a factor…' }
const FACTOR: TypedField = { unit: 'number', usual: [1e-9, 1e9], example: '1000 or 0.001' }

type Props = {
  readonly column: Column
  readonly choices: ImportPreview['choices']
  /** what someone says about it; null: its heading counts */
  readonly said: Target | null
  readonly onSay: (target: Target | null) => void
}

/** One heading of the file: the field that it is read as and the unit, each to be corrected. Numbers count once their unit is said. */
export function ColumnRow({ column, choices, said, onSay }: Props) {
  /** the field that was chosen and still lacks its unit */
  const [begun, setBegun] = useState<FieldName | null>(null)
  /** the factor that is being typed; null: none is */
  const [factorText, setFactorText] = useState<string | null>(null)
  const { heading, example, fault } = column
  const current = said ?? column
  const field = begun ?? current.field
  const units = choices.find((choice) => choice.field === field)?.units ?? []
  const isOpen = begun === null && said === null && fault !== null && column.field === null
  const readAs: ReadAs = isOpen ? null : (field ?? 'note')

  const chooseField = (next: ReadAs) => {
    setBegun(null)
    setFactorText(null)
    if (next === null) return
    if (next === 'heading') onSay(null)
    else if (next === 'note') onSay({ field: null, factor: 1, offset: 0 })
    else {
      const [only, another] = choices.find((choice) => choice.field === next)?.units ?? []
      if (another !== undefined) setBegun(next)
      else onSay({ field: next, factor: only?.factor ?? 1, offset: only?.offset ?? 0 })
    }
  }
  const chooseUnit = (next: string) => {
    setFactorText(next === BY_FACTOR.value ? '' : null)
    const unit = units.find(({ label }) => label === next)
    if (unit === undefined || field === null) return
    setBegun(null)
    onSay({ field, factor: unit.factor, offset: unit.offset })
  }

  const factor = factorText === null ? null : readTyped(factorText, FACTOR).value
  const isFactor = factor !== null && factor > 0
  const takeFactor = () => {
    if (field === null || !isFactor) return
    setBegun(null)
    setFactorText(null)
    onSay({ field, factor, offset: 0 })
  }
  const now = begun === null ? current : null
  const isPerCell = said === null && column.isUnitless

  return (
    <tr>
      <ColumnHeading heading={heading} example={example} />
      <td>
        <Select
          label={`${heading} is read as`}
          choices={[
            ...(isOpen ? [NOTHING_YET] : []),
            ...(said === null ? [] : [AS_ITS_HEADING]),
            NOTE,
            ...FIELD_CHOICES,
          ]}
          value={readAs}
          onChange={chooseField}
        />
      </td>
      <td>
        {units.length < 2 ? null : (
          <Select
            label={`Unit of ${heading}`}
            choices={[...unitChoices(units, now, isPerCell), BY_FACTOR]}
            value={factorText === null ? unitNow(units, now, isPerCell) : BY_FACTOR.value}
            onChange={chooseUnit}
          />
        )}
        {factorText === null ? null : (
          <form
            className="factor"
            onSubmit={(event) => {
              event.preventDefault()
              takeFactor()
            }}
          >
            <input
              className="input figure"
              aria-label={`Factor of ${heading}, to be in ${units[0]?.label ?? ''}`}
              inputMode="decimal"
              value={factorText}
              onChange={(event) => setFactorText(event.target.value)}
            />
            <button type="submit" className="button" disabled={!isFactor}>
              Read so
            </button>
          </form>
        )}
      </td>
      <td>
        {begun === null ? null : <span className="fault-text">Say its unit.</span>}
        {factor !== null && !isFactor ? (
          <span className="fault-text">A factor is a number above 0.</span>
        ) : null}
        {begun === null && fault !== null ? <span className="fault-text">{fault}</span> : null}
      </td>
    </tr>
  )
}

const isUnit = (unit: Unit, { factor, offset }: Pick<Target, 'factor' | 'offset'>) =>
  unit.factor === factor && unit.offset === offset

/** The label of the unit in force. @param now null: none is said yet */
function unitNow(units: readonly Unit[], now: Target | null, isPerCell: boolean): string {
  if (now === null) return UNIT_TO_SAY
  if (isPerCell) return EACH_CELL
  return units.find((unit) => isUnit(unit, now))?.label ?? factorWords(now)
}

function unitChoices(
  units: readonly Unit[],
  now: Target | null,
  isPerCell: boolean,
): readonly Choice<string>[] {
  const known = units.map(({ label }) => ({ value: label, label }))
  if (now === null) return [{ value: UNIT_TO_SAY, label: 'to be said' }, ...known]
  if (isPerCell) return [{ value: EACH_CELL, label: 'as each cell says' }, ...known]
  // a factor of the command line
  const own = factorWords(now)
  return units.some((unit) => isUnit(unit, now)) ? known : [{ value: own, label: own }, ...known]
}

function factorWords({ factor, offset }: Target): string {
  const plus = offset === 0 ? '' : offset < 0 ? ` − ${-offset}` : ` + ${offset}`
  return `× ${factor}${plus}`
}
