import type { Database } from 'better-sqlite3'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import { isSoundRow } from '../row-checksums.ts'

export const READ_POOL_SITES = (db: Database): string =>
  `SELECT name, from_month, sites_json FROM ledger_pool WHERE sites_json <> '[]' AND ${isSoundRow(db, 'ledger_pool')}`

/**
 * Terms of pools name sites. With a site's new name they hold for both: entries and recorded plans keep the old one, and a rename can
 * be taken back.
 */
export function createPoolSites(db: Database): (before: string, after: string) => void {
  const read = db.prepare<[], [pool: string, from: string, sites: string]>(READ_POOL_SITES(db)).raw()
  const write = db.prepare('UPDATE ledger_pool SET sites_json = ? WHERE name = ? AND from_month = ?')
  return (before, after) => {
    for (const [pool, from, text] of read.all()) {
      const sites = JSON.parse(text) as readonly string[]
      const has = (name: string) => sites.some((site) => isSameSiteName(site, name))
      if (has(before) && !has(after)) write.run(JSON.stringify([...sites, after]), pool, from)
    }
  }
}
