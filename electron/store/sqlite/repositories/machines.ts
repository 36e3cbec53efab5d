import { counted } from '#shared/format/numbers.ts'
import type { Database } from 'better-sqlite3'
import { FIELD_NAMES, MACHINE_FIELDS, SOURCED_NAMES } from '#shared/domain/fleet/fields.ts'
import type { MachineInput, MachinePatch, MachineStatus } from '#shared/domain/fleet/fleet.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { MOST_NAME_LENGTH } from '#shared/domain/fleet/names.ts'
import { ENTERED } from '#shared/domain/fleet/provenance.ts'
import { STATUS_WORDS } from '#shared/format/words.ts'
import { checkFields } from '../check-input.ts'
import { changedByOther, valueWords } from '../conflicts.ts'
import { keepingSource } from '../figure-source.ts'
import { amountFrom, nanoUnits } from '../nano-units.ts'
import { inSteps } from '../task.ts'
import type { Task } from '../task.ts'

/** Every field, with its line of the table and its name in an input. */
const FIELDS = FIELD_NAMES.map((name) => {
  const input: keyof MachineInput = name === 'site' ? 'siteKey' : name
  return { ...MACHINE_FIELDS[name], input }
})

/** Fields that undo names; of more it says how many. */
const MOST_NAMED = 5

type Field = (typeof FIELDS)[number]
type FieldValue = string | number | null
type Given = { readonly field: Field; readonly value: FieldValue }

/** As the database has it. */
function stored(field: Field, value: FieldValue): FieldValue {
  return 'money' in field ? nanoUnits(value as number | null) : value
}

/** The other way round. */
const shownAs = (field: Field, value: FieldValue): FieldValue =>
  'money' in field && value !== null ? amountFrom(value as number) : value

export type Machines = ReturnType<typeof createMachines>

/** Machines and lots; every change must run inside a change of the history. */
export function createMachines(db: Database) {
  const insert = db.prepare(
    `INSERT INTO machine (${FIELDS.map(({ column }) => column).join(', ')})
     VALUES (${FIELDS.map(() => '?').join(', ')})`,
  )
  const idTaken = db.prepare<[string], 1>('SELECT 1 FROM machine WHERE id = ?').pluck()
  const siteExists = db.prepare<[number], 1>('SELECT 1 FROM site WHERE key = ?').pluck()
  const siteName = db.prepare<[number], string>('SELECT name FROM site WHERE key = ?').pluck()
  const count = db.prepare<[], number>('SELECT count(*) FROM machine').pluck()
  const ids = db.prepare<[], string>('SELECT id FROM machine').pluck()
  const keyOf = db.prepare<[string], number>('SELECT key FROM machine WHERE id = ?').pluck()
  const idOf = db.prepare<[number], string>('SELECT id FROM machine WHERE key = ?').pluck()
  const remove = db.prepare<[string]>('DELETE FROM machine WHERE key IN (SELECT value FROM json_each(?))')

  const copyPolicy = db.prepare<[from: number, to: number]>(
    'UPDATE machine SET policy = (SELECT policy FROM machine WHERE key = ?) WHERE key = ?',
  )
  const copyPoints = db.prepare<[to: number, from: number]>(
    `INSERT INTO lot_point (machine_key, firmware, source, profile, hashrate_ths, power_w)
     SELECT ?, firmware, source, profile, hashrate_ths, power_w FROM lot_point WHERE machine_key = ? ORDER BY key`,
  )

  function checkSite(key: number): void {
    if (siteExists.get(key) !== 1) {
      throw new StrikelineError(
        'not-found',
        'This site is no longer in the fleet. Nothing was changed; look at the list again.',
        'siteKey',
      )
    }
  }

  /** All of the keys or none. */
  function expectAll(keys: readonly number[], done: number): void {
    if (done === new Set(keys).size) return
    throw new StrikelineError(
      'not-found',
      'Some of these machines are no longer in the fleet. Nothing was changed; look at the list again.',
    )
  }

  function freeId(): string {
    for (let n = count.get()! + 1; ; n++) if (idTaken.get(`M${n}`) !== 1) return `M${n}`
  }

  /** @throws StrikelineError 'conflict' at the first field that is neither as it was shown nor as it is to be */
  function expectAsShown(keys: readonly number[], given: readonly Given[], before: MachinePatch): void {
    for (const { field, value } of given) {
      const shown = field.input === 'id' ? undefined : before[field.input]
      if (shown === undefined) continue
      const other = db
        .prepare<[string, FieldValue, FieldValue], [id: string, now: FieldValue]>(
          `SELECT id, ${field.column} FROM machine
           WHERE key IN (SELECT value FROM json_each(?)) AND ${field.column} IS NOT ? AND ${field.column} IS NOT ? LIMIT 1`,
        )
        .raw()
        .get(JSON.stringify(keys), stored(field, shown), stored(field, value))
      if (other === undefined) continue
      const [id, now] = other
      throw changedByOther(
        `${field.name} of ${id}`,
        wordsOf(field, shownAs(field, now)),
        wordsOf(field, value),
        field.input,
      )
    }
  }

  function wordsOf(field: Field, value: FieldValue): string {
    if (field.input === 'siteKey') return siteName.get(value as number) ?? 'another site'
    if (field.input === 'status') return STATUS_WORDS[value as MachineStatus]
    if (value === null && 'inherited' in field) return 'the site’s'
    return valueWords('unit' in field ? field : {}, value)
  }

  const split = splitter(db, (id) => {
    for (let n = 2; ; n++) {
      const part = `${id.slice(0, MOST_NAME_LENGTH - 8)}-${n}`
      if (idTaken.get(part) !== 1) return part
    }
  })

  return {
    count: (): number => count.get()!,
    ids: (): ReadonlySet<string> => new Set(ids.all()),
    isIdTaken: (id: string): boolean => idTaken.get(id) === 1,

    keyOf: (id: string): number | null => keyOf.get(id) ?? null,

    /** "rig-7", or "12 machines" */
    words(keys: readonly number[]): string {
      return keys.length === 1 ? (idOf.get(keys[0]!) ?? '1 machine') : counted(keys.length, 'machine')
    },

    add(input: MachineInput): { readonly key: number; readonly id: string } {
      checkFields(input)
      checkSite(input.siteKey)
      const id = input.id ?? freeId()
      if (idTaken.get(id) === 1) {
        throw new StrikelineError('bad-input', `There is a machine with the id ${id} already.`, 'id')
      }
      const row = FIELDS.map((field) => stored(field, field.input === 'id' ? id : input[field.input]))
      return { key: Number(insert.run(row).lastInsertRowid), id }
    },

    /**
     * Gives the words for the fields of the patch: "Power price", "Status, Site".
     * @param before of the fields of the patch, as they were shown
     * @param task of a change of many rows
     */
    update(
      keys: readonly number[],
      patch: MachinePatch,
      before: MachinePatch = {},
      task: Task | null = null,
    ): string {
      checkFields(patch)
      if (patch.siteKey !== undefined) checkSite(patch.siteKey)
      const given = FIELDS.flatMap((field): readonly Given[] => {
        const value = field.input === 'id' ? undefined : patch[field.input]
        return value === undefined ? [] : [{ field, value }]
      })
      if (given.length === 0) return ''
      expectAsShown(keys, given, before)
      const sourced = SOURCED_NAMES.filter((name) => patch[name] !== undefined)
      const update = db.prepare(
        `UPDATE machine SET ${[
          ...given.map(({ field }) => `${field.column} = ?`),
          ...sourced.map((name) =>
            keepingSource(MACHINE_FIELDS[name].column, MACHINE_FIELDS[name].source.column),
          ),
        ].join(', ')}
         WHERE key IN (SELECT value FROM json_each(?))`,
      )
      const values = [
        ...given.map(({ field, value }) => stored(field, value)),
        ...sourced.flatMap((name) => [patch[name] ?? null, ENTERED]),
      ]
      const changes = inSteps(keys, task, (some) => update.run(...values, some).changes)
      expectAll(keys, changes)
      const names = given.map(({ field }) => field.name)
      const more = names.length - MOST_NAMED
      return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '')
    },

    /** Puts some machines of a lot into another state, as a lot of their own with an id like `R-01-2`. Gives its key. */
    split,

    remove(keys: readonly number[]): void {
      expectAll(keys, remove.run(JSON.stringify(keys)).changes)
    },

    /** Gives a machine the policy and the own ladder of another one. */
    copyBeside(from: number, to: number): void {
      if (idOf.get(from) === undefined) expectAll([from], 0)
      copyPolicy.run(from, to)
      copyPoints.run(to, from)
    },
  }
}

/** A lot that becomes two: the same in everything but id, machines and status, its own operating points too. */
function splitter(db: Database, idFor: (id: string) => string) {
  const idOf = db.prepare<[number], string>('SELECT id FROM machine WHERE key = ?').pluck()
  const columns = db
    .prepare<[], string>("SELECT name FROM pragma_table_info('machine')")
    .pluck()
    .all()
    .filter((column) => !['key', 'id', 'quantity', 'status', 'checksum'].includes(column))
  const add = db.prepare<[id: string, machines: number, status: MachineStatus, key: number]>(
    `INSERT INTO machine (id, quantity, status, ${columns.join(', ')})
     SELECT ?, ?, ?, ${columns.join(', ')} FROM machine WHERE key = ?`,
  )
  const reduce = db.prepare<[number, number]>('UPDATE machine SET quantity = quantity - ? WHERE key = ?')
  const points = db
    .prepare<[], string>("SELECT name FROM pragma_table_info('lot_point')")
    .pluck()
    .all()
    .filter((column) => !['key', 'machine_key', 'checksum'].includes(column))
  const addPoints = db.prepare<[number, number]>(
    `INSERT INTO lot_point (machine_key, ${points.join(', ')}) SELECT ?, ${points.join(', ')} FROM lot_point WHERE machine_key = ?`,
  )
  return (key: number, machines: number, status: MachineStatus): number => {
    const part = Number(add.run(idFor(idOf.get(key)!), machines, status, key).lastInsertRowid)
    reduce.run(machines, key)
    addPoints.run(part, key)
    return part
  }
}
