import type { Database } from 'better-sqlite3'
import type { SiteInput } from '#shared/contract/channels.ts'
import { StrikelineError } from '#shared/contract/errors.ts'
import type { SiteColumns } from '#shared/domain/fleet.ts'
import { checkFields, isSameName } from '../check-input.ts'
import { nanoDollars, usdFrom } from '../nano-dollars.ts'

type SiteRow = readonly [
  key: number,
  name: string,
  powerPriceNusd: number | null,
  otherNusd: number,
  overhead: number,
]

export type Sites = ReturnType<typeof createSites>

/** Sites; every change must run inside a change of the history. */
export function createSites(db: Database) {
  const all = db
    .prepare<[], SiteRow>(
      'SELECT key, name, power_price_nusd_per_kwh, other_nusd_per_kwh, overhead FROM site ORDER BY key',
    )
    .raw()
  const insert = db.prepare(
    'INSERT INTO site (name, power_price_nusd_per_kwh, other_nusd_per_kwh, overhead) VALUES (?, ?, ?, ?)',
  )
  const update = db.prepare(
    'UPDATE site SET name = ?, power_price_nusd_per_kwh = ?, other_nusd_per_kwh = ?, overhead = ? WHERE key = ?',
  )
  const remove = db.prepare('DELETE FROM site WHERE key = ?')
  // One per field that a machine may have of its own.
  const inherit = {
    powerPriceUsdPerKwh: db.prepare(
      'UPDATE machine SET power_price_nusd_per_kwh = NULL WHERE site_key = ? AND power_price_nusd_per_kwh IS NOT NULL',
    ),
    otherUsdPerKwh: db.prepare(
      'UPDATE machine SET other_nusd_per_kwh = NULL WHERE site_key = ? AND other_nusd_per_kwh IS NOT NULL',
    ),
    overhead: db.prepare('UPDATE machine SET overhead = NULL WHERE site_key = ? AND overhead IS NOT NULL'),
  }

  const values = (site: SiteInput) => [
    site.name,
    nanoDollars(site.powerPriceUsdPerKwh),
    nanoDollars(site.otherUsdPerKwh),
    site.overhead,
  ]

  function find(key: number): { readonly key: number } & SiteInput {
    const row = all.all().find((each) => each[0] === key)
    if (row === undefined) throw new StrikelineError('not-found', 'This site is no longer in the fleet.')
    const price = usdFrom(row[2])
    return {
      key,
      name: row[1],
      powerPriceUsdPerKwh: Number.isNaN(price) ? null : price,
      otherUsdPerKwh: usdFrom(row[3]),
      overhead: row[4],
    }
  }

  function check(site: SiteInput, ownKey: number | null): void {
    checkFields(site)
    const twin = all.all().find((row) => row[0] !== ownKey && isSameName(row[1], site.name))
    if (twin !== undefined) {
      throw new StrikelineError('bad-input', `There is a site named ${twin[1]} already.`, 'name')
    }
  }

  return {
    find,

    columns(): SiteColumns {
      const rows = all.all()
      return {
        length: rows.length,
        key: Float64Array.from(rows, (row) => row[0]),
        name: rows.map((row) => row[1]),
        powerPriceUsdPerKwh: Float64Array.from(rows, (row) => usdFrom(row[2])),
        otherUsdPerKwh: Float64Array.from(rows, (row) => usdFrom(row[3])),
        overhead: Float64Array.from(rows, (row) => row[4]),
      }
    },

    add(site: SiteInput): number {
      check(site, null)
      return Number(insert.run(values(site)).lastInsertRowid)
    },

    /** Gives the fields that have changed. */
    update(key: number, site: SiteInput, replaceOwn: boolean): readonly (keyof SiteInput)[] {
      const before = find(key)
      check(site, key)
      const fields = Object.keys(site) as (keyof SiteInput)[]
      const changed = fields.filter((field) => site[field] !== before[field])
      if (changed.length === 0) return changed
      update.run([...values(site), key])
      if (replaceOwn) for (const field of changed) if (field !== 'name') inherit[field].run(key)
      return changed
    },

    /** Its machines go with it. */
    remove(key: number): void {
      find(key)
      remove.run(key)
    },
  }
}
