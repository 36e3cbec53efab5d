import type { Database } from 'better-sqlite3'
import { FIELD_NAMES, MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'
import type { MachineStatus } from '#shared/domain/fleet/fleet.ts'
import { STATUS_WORDS } from '#shared/format/words.ts'
import type { MachineChange } from '../port.ts'
import { valueWords } from './conflicts.ts'
import { amountFrom } from './nano-units.ts'

type Value = string | number | null
type Row = Readonly<Record<string, Value>>
type Remembered = Row & {
  readonly label: string
  readonly at_ms: number | null
  readonly existed: 0 | 1
}

const FIELDS = FIELD_NAMES.map((name) => ({ name, column: MACHINE_FIELDS[name].column }))
const COLUMNS = FIELDS.map(({ column }) => column)

/** What undo remembers of one machine, the newest first: what each step has changed, with the values before and after. */
export function createMachineChanges(db: Database): (key: number) => readonly MachineChange[] {
  // The steps are few, so each is asked for the key.
  const steps = db.prepare<[number], Remembered>(
    `SELECT label, at_ms, existed, ${COLUMNS.map((column) => `undo_machine.${column}`).join(', ')}
     FROM undo_step CROSS JOIN undo_machine ON undo_machine.step = undo_step.number AND undo_machine.key = ?
     WHERE side = 'undo' ORDER BY number DESC`,
  )
  const present = db.prepare<[number], Row>(`SELECT ${COLUMNS.join(', ')} FROM machine WHERE key = ?`)
  const siteName = db.prepare<[number], string>('SELECT name FROM site WHERE key = ?').pluck()

  function words(name: FieldName, value: Value): string {
    const field = MACHINE_FIELDS[name]
    if (field.kind === 'site') return siteName.get(value as number) ?? 'a site that is gone'
    if (field.kind === 'status') return STATUS_WORDS[value as MachineStatus]
    if (value === null && 'inherited' in field) return 'the site’s'
    return valueWords(
      field.kind === 'number' ? field : {},
      'money' in field && value !== null ? amountFrom(value as number) : value,
    )
  }

  return db.transaction((key: number): readonly MachineChange[] => {
    let after = present.get(key)
    return steps.all(key).map((step) => {
      const later = after
      after = step
      const changed = step.existed === 0 || later === undefined ? [] : FIELDS
      return {
        label: step.label,
        atMs: step.at_ms,
        fields: changed
          .filter(({ column }) => step[column] !== later![column])
          .map(({ name, column }) => ({
            name,
            before: words(name, step[column]!),
            after: words(name, later![column]!),
          })),
      }
    })
  })
}
