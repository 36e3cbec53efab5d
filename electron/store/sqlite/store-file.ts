import type { Database } from 'better-sqlite3'
import type { SiteInput, Tariff } from '#shared/ipc/schemas/channels.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import type { SiteColumns } from '#shared/domain/fleet/fleet.ts'
import type { FleetColumn } from '#electron/files/fleet/columns.ts'
import type { FleetFile } from '#electron/files/fleet/read-fleet.ts'
import { isSameName } from './check-input.ts'
import { keepingSource } from './figure-source.ts'
import { nanoUnits } from './nano-units.ts'
import { SITE_FIELDS, sitesOfFile } from './site-values.ts'
import type { FileSite, SiteField } from './site-values.ts'
import type { Sites } from './repositories/sites.ts'
import type { ImportMode } from '../port.ts'
import type { Task } from './task.ts'

export type Stored = { readonly added: number; readonly updated: number; readonly removed: number }

const COLUMNS = [
  'site_key',
  'model',
  'status',
  'quantity',
  'hashrate_ths',
  'power_w',
  'power_price_nusd_per_kwh',
  'other_nusd_per_kwh',
  'overhead',
  'uptime_share',
  'pool_fee_share',
  'host_share',
  'standby_w',
  'fixed_nusd_per_day',
  'restart_nusd',
  'notes_json',
  'from_sample',
]
const FILE_COLUMN: Readonly<Record<SiteField, FleetColumn>> = {
  powerPriceUsdPerKwh: 'power_price_usd_kwh',
  otherUsdPerKwh: 'other_usd_kwh',
  overhead: 'overhead',
}
/** How each is stored; null: not given. */
const SITE_VALUE: Readonly<Record<SiteField, (value: number) => number | null>> = {
  powerPriceUsdPerKwh: nanoUnits,
  otherUsdPerKwh: nanoUnits,
  overhead: given,
}
const ROWS_PER_STEP = 2000

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
  const insert = db.prepare(
    `INSERT INTO machine (${COLUMNS.join(', ')}, hashrate_source, power_source, id)
     VALUES (${COLUMNS.map(() => '?').join(', ')}, ?, ?, ?)`,
  )
  const update = db.prepare(
    `UPDATE machine SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')},
       ${keepingSource('hashrate_ths', 'hashrate_source')}, ${keepingSource('power_w', 'power_source')}
     WHERE key = ?`,
  )
  const removeMachines = db.prepare<[string]>(
    'DELETE FROM machine WHERE key IN (SELECT value FROM json_each(?))',
  )

  /** Must run inside a change of the history. */
  return function writeFile(file: FleetFile, mode: ImportMode, task: Task, isSample: boolean): Stored {
    const { machines } = file.fleet
    const { sites: fileSites, siteOf } = sitesOfFile(file.fleet)
    const known = sites.columns()
    const targets = fileSites.map((site) => targetOf(site, file, mode, known))
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
      const site = targets[siteOf[machines.site[i]!]!]!
      const own = (field: SiteField) => {
        const value = SITE_VALUE[field](machines[field][i]!)
        return site.inherits[field] || value === site.stored[field] ? null : value
      }
      const hashrateThs = given(machines.hashrateThs[i]!)
      const powerW = given(machines.powerW[i]!)
      const [hashrateSource, powerSource] = [machines.hashrateSource[i], machines.powerSource[i]]
      ;(key === undefined ? insert : update).run(
        site.key,
        labelAt(machines.model, i),
        MACHINE_STATUSES[machines.status[i]!],
        machines.quantity[i],
        hashrateThs,
        powerW,
        own('powerPriceUsdPerKwh'),
        own('otherUsdPerKwh'),
        own('overhead'),
        machines.uptime[i],
        machines.poolFee[i],
        machines.hostShare[i],
        machines.standbyW[i],
        nanoUnits(machines.fixedUsdPerDay[i]!),
        nanoUnits(machines.restartUsd[i]!),
        file.notes[i] ?? null,
        isSample ? 1 : 0,
        ...(key === undefined
          ? [hashrateSource, powerSource]
          : [hashrateThs, hashrateSource, powerW, powerSource]),
        key ?? id,
      )
      if (key !== undefined) {
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

  /** The site that the rows go to, its values in USD as they would be stored, and the fields that the file says nothing about. */
  function targetOf(site: FileSite, file: FleetFile, mode: ImportMode, known: SiteColumns) {
    const row = known.name.findIndex((name) => isSameName(name, site.name))
    const isKnown = row !== -1
    const says = (field: SiteField) => file.columns.includes(FILE_COLUMN[field])
    const from = (field: SiteField): number => {
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
      const isSame = (field: SiteField) =>
        SITE_VALUE[field](from(field)) === SITE_VALUE[field](known[field][row]!)
      const staysTariff = isSame('powerPriceUsdPerKwh') && isSame('otherUsdPerKwh')
      if (tariff !== null && !staysTariff) refuseUnknown(input, tariff)
      sites.update(key, { ...input, tariff: staysTariff ? tariff : null }, false)
    }
    return {
      key,
      stored: bySiteField((field) => SITE_VALUE[field](from(field))),
      inherits: bySiteField((field) => !says(field)),
    }
  }
}

/** A figure that the file does not give and whose rate is not known would be lost with the tariff. */
function refuseUnknown(
  { name, powerPriceUsdPerKwh, otherUsdPerKwh }: Omit<SiteInput, 'tariff'>,
  tariff: Tariff,
): void {
  const lost =
    tariff.powerPricePerKwh !== null && powerPriceUsdPerKwh === null
      ? FILE_COLUMN.powerPriceUsdPerKwh
      : Number.isNaN(otherUsdPerKwh)
        ? FILE_COLUMN.otherUsdPerKwh
        : null
  if (lost === null) return
  throw new StrikelineError(
    'bad-input',
    `${name} pays in ${tariff.currency}, whose rate is not known, and the file gives only a part of its prices in USD. ` +
      `Type the rate of ${tariff.currency}, or fill the column ${lost}.`,
    lost,
  )
}

function bySiteField<T>(make: (field: SiteField) => T): Readonly<Record<SiteField, T>> {
  return Object.fromEntries(SITE_FIELDS.map((field) => [field, make(field)])) as Record<SiteField, T>
}

function given(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
