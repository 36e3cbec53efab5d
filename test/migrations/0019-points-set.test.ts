import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { pointsSet } from '#electron/store/sqlite/migrations/0019-points-set.ts'
import { damagedRows, writeChecksums } from '#electron/store/sqlite/row-checksums.ts'

it('keeps the decisions that there are: no machine was to be set in them', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, pointsSet.version - 1)
  db.exec(`
    INSERT INTO decision (at_ms, site_key, site, kind, reason, advised_power_down, advised_pause, advised_start, machines_done,
      freed_w, gain_nusd, hashprice_usd_per_ph_day) VALUES (1, 1, 'North', 'done', '', 3, 0, 0, 3, 9000, 5, 34);
  `)
  writeChecksums(db)
  migrate(db, pointsSet.version)
  expect(db.prepare('SELECT site, advised_power_down, advised_set FROM decision').all()).toEqual([
    { site: 'North', advised_power_down: 3, advised_set: 0 },
  ])
  expect(damagedRows(db)).toEqual([])
})
