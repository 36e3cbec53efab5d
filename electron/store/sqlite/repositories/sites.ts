import type { Database } from 'better-sqlite3'
import type { FleetView, SiteInput } from '#shared/ipc/schemas/fleet.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { ForeignCurrency } from '#shared/domain/power/currency.ts'
import { tariffInUsd } from '#shared/domain/power/currency.ts'
import type { SiteColumns } from '#shared/domain/fleet/fleet.ts'
import { each, INHERITED_NAMES, MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { checkFields, checkTariff } from '../check-input.ts'
import { amountFrom, nanoUnits } from '../nano-units.ts'
import { changedFields, merged, movedFields, settled } from '../site-changes.ts'
import type { ChangedField, SiteValues } from '../site-changes.ts'
import { isSoundRow } from '../row-checksums.ts'
import type { Rates } from './rates.ts'

type SiteRow = readonly [
  key: number,
  name: string,
  powerPriceNusd: number | null,
  otherNusd: number,
  overhead: number,
  tariffCurrency: ForeignCurrency | null,
  tariffPowerPriceNano: number | null,
  tariffOtherNano: number | null,
]

const COLUMNS = [
  'name',
  'power_price_nusd_per_kwh',
  'other_nusd_per_kwh',
  'overhead',
  'tariff_currency',
  'tariff_power_price_nano_per_kwh',
  'tariff_other_nano_per_kwh',
]

export type Sites = ReturnType<typeof createSites>

/** Sites; every change must run inside a change of the history. */
export function createSites(db: Database, rates: Rates) {
  const all = db
    .prepare<[], SiteRow>(
      `SELECT key, ${COLUMNS.join(', ')} FROM site WHERE ${isSoundRow(db, 'site')} ORDER BY key`,
    )
    .raw()
  const insert = db.prepare(
    `INSERT INTO site (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
  )
  const update = db.prepare(
    `UPDATE site SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE key = ?`,
  )
  const remove = db.prepare('DELETE FROM site WHERE key = ?')
  // One per field that a machine may have of its own.
  const inherit = each(INHERITED_NAMES, (field) => {
    const { column } = MACHINE_FIELDS[field]
    return db.prepare(`UPDATE machine SET ${column} = NULL WHERE site_key = ? AND ${column} IS NOT NULL`)
  })

  const stored = ({ name, powerPriceUsdPerKwh, otherUsdPerKwh, overhead, tariff }: SiteValues) => [
    name,
    nanoUnits(powerPriceUsdPerKwh),
    nanoUnits(otherUsdPerKwh),
    overhead,
    tariff?.currency ?? null,
    nanoUnits(tariff?.powerPricePerKwh ?? null),
    nanoUnits(tariff?.otherPerKwh ?? null),
  ]

  /** Figures in USD are those that were typed: none where the site has a tariff. */
  function find(key: number): { readonly key: number } & SiteValues {
    const row = all.all().find((each) => each[0] === key)
    if (row === undefined)
      throw new StrikelineError(
        'not-found',
        'This site is no longer in the fleet. Nothing was changed; look at the list again.',
      )
    return {
      key,
      name: row[1],
      powerPriceUsdPerKwh: given(row[2]),
      otherUsdPerKwh: amountFrom(row[3]),
      overhead: row[4],
      tariff: tariffOf(row),
    }
  }

  function check(site: SiteValues, ownKey: number | null): void {
    checkFields(site)
    if (site.tariff !== null) checkTariff(site.tariff, rates.inForce()(site.tariff.currency))
    const twin = all.all().find((row) => row[0] !== ownKey && isSameSiteName(row[1], site.name))
    if (twin !== undefined) {
      throw new StrikelineError('bad-input', `There is a site named ${twin[1]} already.`, 'name')
    }
  }

  return {
    find,

    /** Prices of a site with a tariff follow from the rate in force. */
    columns(): SiteColumns {
      const rows = all.all()
      const rateOf = rows.some((row) => row[5] !== null) ? rates.inForce() : () => null
      const inUsd = rows.map((row) => {
        const tariff = tariffOf(row)
        return tariff === null
          ? { powerPriceUsdPerKwh: amountFrom(row[2]), otherUsdPerKwh: amountFrom(row[3]) }
          : tariffInUsd(tariff, rateOf(tariff.currency))
      })
      return {
        length: rows.length,
        key: Float64Array.from(rows, (row) => row[0]),
        name: rows.map((row) => row[1]),
        powerPriceUsdPerKwh: Float64Array.from(inUsd, (site) => site.powerPriceUsdPerKwh),
        otherUsdPerKwh: Float64Array.from(inUsd, (site) => site.otherUsdPerKwh),
        overhead: Float64Array.from(rows, (row) => row[4]),
      }
    },

    tariffs(): FleetView['tariffs'] {
      return all.all().flatMap((row) => {
        const tariff = tariffOf(row)
        return tariff === null ? [] : [{ siteKey: row[0], ...tariff }]
      })
    },

    add(input: SiteInput): number {
      const site = settled(input)
      check(site, null)
      return Number(insert.run(stored(site)).lastInsertRowid)
    },

    /**
     * Gives the fields that have changed; a tariff that comes or goes is one.
     * @param shown what the input was made from: what has changed since stays, where the input does not change it too
     */
    update(key: number, input: SiteInput, replaceOwn: boolean, shown?: SiteInput): readonly ChangedField[] {
      const before = find(key)
      const site = shown === undefined ? settled(input) : merged(settled(shown), before, settled(input))
      check(site, key)
      const changed = changedFields(before, site)
      if (changed.length === 0) return changed
      update.run([...stored(site), key])
      if (replaceOwn) for (const field of movedFields(before, site)) inherit[field].run(key)
      return changed
    },

    /** Its machines go with it. */
    remove(key: number): void {
      find(key)
      remove.run(key)
    },
  }
}

function given(nano: number | null): number | null {
  return nano === null ? null : amountFrom(nano)
}

function tariffOf([, , , , , currency, powerPriceNano, otherNano]: SiteRow): SiteValues['tariff'] {
  if (currency === null) return null
  return { currency, powerPricePerKwh: given(powerPriceNano), otherPerKwh: amountFrom(otherNano) }
}
