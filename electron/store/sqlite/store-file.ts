import type { Database } from 'better-sqlite3'
import type { SiteInput, Tariff } from '#shared/ipc/schemas/fleet.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import type { FieldName, InheritedName, NumberName } from '#shared/domain/fleet/fields.ts'
import {
  each,
  FIELD_NAMES,
  fieldOf,
  INHERITED_NAMES,
  isInherited,
  MACHINE_FIELDS,
  SOURCED_NAMES,
} from '#shared/domain/fleet/fields.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import type { MachineColumns, SiteColumns } from '#shared/domain/fleet/fleet.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import type { FleetFile } from '#electron/files/fleet/read-fleet.ts'
import { keepingSource } from './figure-source.ts'
import { nanoUnits } from './nano-units.ts'
import { checkedColumns, checksumOf } from './row-checksums.ts'
import { sitesOfFile } from './site-values.ts'
import type { FileSite } from './site-values.ts'
import type { Sites } from './repositories/sites.ts'
import type { ImportMode } from '../port.ts'
import type { Task } from './task.ts'

export type Stored = { readonly added: number; readonly updated: number; readonly removed: number }

/** The site that rows go to, its values in USD as they would be stored, and the fields that the file says nothing about. */
type Target = {
  readonly key: number
  readonly stored: Readonly<Record<InheritedName, number | null>>
  readonly inherits: Readonly<Record<InheritedName, boolean>>
}

/** A column of the database, and what stands in it for a row of the file. */
type Written = { readonly column: string; readonly at: (row: number) => string | number | null }

/** How an inherited value is stored; null: not given. */
const SITE_VALUE = each(INHERITED_NAMES, (name) => ('money' in MACHINE_FIELDS[name] ? nanoUnits : given))

const ROWS_PER_STEP = 2000

/** Keys are never used twice: not even that of a row that is gone. */
const LAST_KEY = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'machine'), 0)"

/** Half a character has no form in UTF-8. */
const isStoredAsIs = (value: string | number | null) =>
  typeof value !== 'string' || !/\p{Surrogate}/u.test(value)

/**
 * Writes the rows of a file without faults into the fleet, where they are noted as the sample's or not. A row whose id is known replaces that machine, which
 * keeps its key. A value that equals the site's, or that the file does not give, is left to the site.
 *
 * A new site takes the values that most of its rows have. So does, in a replacement, a known site for the
 * columns that the file has; in a merge a known site stays as it is. A file speaks USD: where a replacement gives a site with a
 * tariff other prices than those that follow from the rate in force, they take the tariff's place.
 */
export function createFileWriter(db: Database, sites: Sites) {
  const stored = db.prepare<[], [id: string, key: number]>('SELECT id, key FROM machine').raw()
  const removeMachines = db.prepare<[string]>(
    'DELETE FROM machine WHERE key IN (SELECT value FROM json_each(?))',
  )

  /** Must run inside a change of the history. */
  return function writeFile(file: FleetFile, mode: ImportMode, task: Task, isSample: boolean): Stored {
    const { machines } = file.fleet
    const { sites: fileSites, siteOf } = sitesOfFile(file.fleet)
    const known = sites.columns()
    const targets = fileSites.map((site) => targetOf(site, file, mode, known))
    const columns = writtenColumns(file, isSample, (row) => targets[siteOf[machines.site[row]!]!]!)
    const rows = rowWriter(db, machines, columns)
    const unseen = new Map(stored.all())
    let updated = 0

    for (let i = 0; i < machines.length; i++) {
      if (i % ROWS_PER_STEP === 0) task.step(i, machines.length)
      const id = textAt(machines.id, i)
      const key = unseen.get(id)
      if (key !== undefined && file.idsGiven[i] === 0) {
        throw new StrikelineError(
          'bad-input',
          `The fleet has changed since the file was read: ${id} is in use now. Choose the file again.`,
        )
      }
      if (key === undefined) rows.insert(i, id)
      else {
        rows.update(i, key)
        updated++
        unseen.delete(id)
      }
    }
    task.step(machines.length, machines.length)

    const removed = mode === 'replace' ? unseen.size : 0
    if (mode === 'replace') {
      removeMachines.run(JSON.stringify([...unseen.values()]))
      const kept = new Set(targets.map((site) => site.key))
      for (const key of sites.columns().key) if (!kept.has(key)) sites.remove(key)
    }
    return { added: machines.length - updated, updated, removed }
  }

  function targetOf(site: FileSite, file: FleetFile, mode: ImportMode, known: SiteColumns): Target {
    const row = known.name.findIndex((name) => isSameSiteName(name, site.name))
    const isKnown = row !== -1
    const says = (field: InheritedName) => file.fields.includes(field)
    const from = (field: InheritedName): number => {
      const takesFile = mode === 'replace' && says(field) && !Number.isNaN(site.common[field])
      return !isKnown || takesFile ? site.common[field] : known[field][row]!
    }
    const input = {
      name: isKnown ? known.name[row]! : site.name,
      powerPriceUsdPerKwh: given(from('powerPriceUsdPerKwh')),
      otherUsdPerKwh: from('otherUsdPerKwh'),
      overhead: from('overhead'),
    }
    const key = isKnown ? known.key[row]! : sites.add(input)
    if (isKnown && mode === 'replace') {
      const { tariff } = sites.find(key)
      const isSame = (field: InheritedName) =>
        SITE_VALUE[field](from(field)) === SITE_VALUE[field](known[field][row]!)
      const staysTariff = isSame('powerPriceUsdPerKwh') && isSame('otherUsdPerKwh')
      if (tariff !== null && !staysTariff) refuseUnknown(input, tariff)
      sites.update(key, { ...input, tariff: staysTariff ? tariff : null }, false)
    }
    return {
      key,
      stored: each(INHERITED_NAMES, (field) => SITE_VALUE[field](from(field))),
      inherits: each(INHERITED_NAMES, (field) => !says(field)),
    }
  }
}

/** Writes one row of the file; a figure's source stays as long as the figure does. */
function rowWriter(db: Database, machines: MachineColumns, columns: readonly Written[]) {
  const sources = SOURCED_NAMES.map((name) => {
    const { column, source } = MACHINE_FIELDS[name]
    return { figure: column, column: source.column, figures: machines[name], codes: machines[source.field] }
  })
  const inserted = [...[...columns, ...sources].map(({ column }) => column), 'id', 'policy', 'key']
  const checked = checkedColumns(db, 'machine').map((column) => inserted.indexOf(column))
  const insert = db.prepare(
    `INSERT INTO machine (${inserted.join(', ')}, checksum) VALUES (${inserted.map(() => '?').join(', ')}, ?)`,
  )
  let lastKey = db.prepare<[], number>(LAST_KEY).pluck().get()!
  const updated = [
    ...columns.map(({ column }) => `${column} = ?`),
    ...sources.map(({ figure, column }) => keepingSource(figure, column)),
  ]
  const update = db.prepare(`UPDATE machine SET ${updated.join(', ')} WHERE key = ?`)
  // One list that is filled anew for each row: its length is that of the statement.
  const values: (string | number | null)[] = []
  function begin(row: number): void {
    values.length = 0
    for (const { at } of columns) values.push(at(row))
  }
  return {
    insert(row: number, id: string): void {
      begin(row)
      for (const { codes } of sources) values.push(codes[row]!)
      values.push(id, MACHINE_POLICIES[0], ++lastKey)
      // The trigger would write it as a change of the row, which takes as long again. A text that is stored otherwise is left to it.
      values.push(values.every(isStoredAsIs) ? checksumOf(checked.map((at) => values[at]!)) : null)
      insert.run(values)
    },
    update(row: number, key: number): void {
      begin(row)
      for (const { figures, codes } of sources) values.push(given(figures[row]!), codes[row]!)
      values.push(key)
      update.run(values)
    },
  }
}

/** What is written of every row, but its id and where its figures come from. */
function writtenColumns(
  { fleet: { machines }, notes }: FleetFile,
  isSample: boolean,
  targetAt: (row: number) => Target,
): readonly Written[] {
  const fields = FIELD_NAMES.filter((name) => name !== 'id').map((name) => ({
    column: MACHINE_FIELDS[name].column,
    at: storedValues(machines, name, targetAt),
  }))
  return [
    ...fields,
    { column: 'notes_json', at: (row) => notes[row] ?? null },
    { column: 'from_sample', at: () => (isSample ? 1 : 0) },
  ]
}

function storedValues(
  machines: MachineColumns,
  name: FieldName,
  targetAt: (row: number) => Target,
): Written['at'] {
  const field = fieldOf(name)
  switch (field.kind) {
    case 'site':
      return (row) => targetAt(row).key
    case 'status':
      return (row) => MACHINE_STATUSES[machines.status[row]!]!
    case 'text':
      return (row) => textAt(machines[field.name], row)
    case 'label':
      return (row) => labelAt(machines[field.name], row)
    case 'number':
      return storedNumbers(machines[field.name], field.name, targetAt)
  }
}

function storedNumbers(
  numbers: Float64Array,
  name: NumberName,
  targetAt: (row: number) => Target,
): (row: number) => number | null {
  const stored = 'money' in MACHINE_FIELDS[name] ? nanoUnits : given
  if (!isInherited(name)) return (row) => stored(numbers[row]!)
  return (row) => {
    const site = targetAt(row)
    const value = stored(numbers[row]!)
    return site.inherits[name] || value === site.stored[name] ? null : value
  }
}

/** A figure that the file does not give and whose rate is not known would be lost with the tariff. */
function refuseUnknown(
  { name, powerPriceUsdPerKwh, otherUsdPerKwh }: Omit<SiteInput, 'tariff'>,
  tariff: Tariff,
): void {
  const lost =
    tariff.powerPricePerKwh !== null && powerPriceUsdPerKwh === null
      ? MACHINE_FIELDS.powerPriceUsdPerKwh.heading
      : Number.isNaN(otherUsdPerKwh)
        ? MACHINE_FIELDS.otherUsdPerKwh.heading
        : null
  if (lost === null) return
  throw new StrikelineError(
    'bad-input',
    `${name} pays in ${tariff.currency}, whose rate is not known, and the file gives only a part of its prices in USD. ` +
      `Type the rate of ${tariff.currency}, or fill the column ${lost}.`,
    lost,
  )
}

function given(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
