import type { Database } from 'better-sqlite3'
import type { MachineInput, MachinePatch } from '#shared/ipc/schemas/channels.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { ENTERED } from '#shared/domain/fleet/provenance.ts'
import { checkFields } from '../check-input.ts'
import { keepingSource } from '../figure-source.ts'
import { nanoUnits } from '../nano-units.ts'

/** Field of an input → column. */
const COLUMN_OF = {
  siteKey: 'site_key',
  id: 'id',
  model: 'model',
  status: 'status',
  quantity: 'quantity',
  hashrateThs: 'hashrate_ths',
  powerW: 'power_w',
  powerPriceUsdPerKwh: 'power_price_nusd_per_kwh',
  otherUsdPerKwh: 'other_nusd_per_kwh',
  overhead: 'overhead',
  uptime: 'uptime_share',
  poolFee: 'pool_fee_share',
  hostShare: 'host_share',
  standbyW: 'standby_w',
  fixedUsdPerDay: 'fixed_nusd_per_day',
  restartUsd: 'restart_nusd',
} as const satisfies Record<keyof MachineInput, string>
type Field = keyof typeof COLUMN_OF
const FIELDS = Object.keys(COLUMN_OF) as readonly Field[]
const MONEY: ReadonlySet<Field> = new Set([
  'powerPriceUsdPerKwh',
  'otherUsdPerKwh',
  'fixedUsdPerDay',
  'restartUsd',
])

/** Where a figure comes from; what is typed is entered, the default of the column. */
const SOURCE_COLUMN_OF = { hashrateThs: 'hashrate_source', powerW: 'power_source' } as const

const FIELD_WORDS: Readonly<Record<Field, string>> = {
  siteKey: 'Site',
  id: 'Id',
  model: 'Model',
  status: 'Status',
  quantity: 'Quantity',
  hashrateThs: 'Hashrate',
  powerW: 'Power',
  powerPriceUsdPerKwh: 'Power price',
  otherUsdPerKwh: 'Other cost',
  overhead: 'Overhead',
  uptime: 'Uptime',
  poolFee: 'Pool fee',
  hostShare: 'Host share',
  standbyW: 'Standby power',
  fixedUsdPerDay: 'Fixed cost',
  restartUsd: 'Restart cost',
}

export type Machines = ReturnType<typeof createMachines>

/** Machines and lots; every change must run inside a change of the history. */
export function createMachines(db: Database) {
  const insert = db.prepare(
    `INSERT INTO machine (${FIELDS.map((field) => COLUMN_OF[field]).join(', ')})
     VALUES (${FIELDS.map(() => '?').join(', ')})`,
  )
  const idTaken = db.prepare<[string], 1>('SELECT 1 FROM machine WHERE id = ?').pluck()
  const siteExists = db.prepare<[number], 1>('SELECT 1 FROM site WHERE key = ?').pluck()
  const count = db.prepare<[], number>('SELECT count(*) FROM machine').pluck()
  const ids = db.prepare<[], string>('SELECT id FROM machine').pluck()
  const idOf = db.prepare<[number], string>('SELECT id FROM machine WHERE key = ?').pluck()
  const remove = db.prepare<[string]>('DELETE FROM machine WHERE key IN (SELECT value FROM json_each(?))')

  const stored = (field: Field, value: MachineInput[Field]) =>
    MONEY.has(field) ? nanoUnits(value as number | null) : value

  function checkSite(key: number): void {
    if (siteExists.get(key) !== 1) {
      throw new StrikelineError('not-found', 'This site is no longer in the fleet.', 'siteKey')
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

  return {
    count: (): number => count.get()!,
    ids: (): ReadonlySet<string> => new Set(ids.all()),
    isIdTaken: (id: string): boolean => idTaken.get(id) === 1,

    /** "rig-7", or "12 machines" */
    words(keys: readonly number[]): string {
      return keys.length === 1 ? (idOf.get(keys[0]!) ?? '1 machine') : `${keys.length} machines`
    },

    add(input: MachineInput): { readonly key: number; readonly id: string } {
      checkFields(input)
      checkSite(input.siteKey)
      const id = input.id ?? freeId()
      if (idTaken.get(id) === 1) {
        throw new StrikelineError('bad-input', `There is a machine with the id ${id} already.`, 'id')
      }
      const row = FIELDS.map((field) => stored(field, field === 'id' ? id : input[field]))
      return { key: Number(insert.run(row).lastInsertRowid), id }
    },

    /** Gives the words for the fields of the patch: "Power price", "Status, Site". */
    update(keys: readonly number[], patch: MachinePatch): string {
      checkFields(patch as Partial<MachineInput>)
      if (patch.siteKey !== undefined) checkSite(patch.siteKey)
      const fields = FIELDS.filter((field) => field !== 'id' && patch[field] !== undefined)
      if (fields.length === 0) return ''
      const sourced = (['hashrateThs', 'powerW'] as const).filter((field) => fields.includes(field))
      const { changes } = db
        .prepare(
          `UPDATE machine SET ${[
            ...fields.map((field) => `${COLUMN_OF[field]} = ?`),
            ...sourced.map((field) => keepingSource(COLUMN_OF[field], SOURCE_COLUMN_OF[field])),
          ].join(', ')}
           WHERE key IN (SELECT value FROM json_each(?))`,
        )
        .run(
          ...fields.map((field) => stored(field, patch[field as keyof MachinePatch]!)),
          ...sourced.flatMap((field) => [patch[field] ?? null, ENTERED]),
          JSON.stringify(keys),
        )
      expectAll(keys, changes)
      return fields.map((field) => FIELD_WORDS[field]).join(', ')
    },

    remove(keys: readonly number[]): void {
      expectAll(keys, remove.run(JSON.stringify(keys)).changes)
    },
  }
}
