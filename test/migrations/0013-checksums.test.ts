import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { MIGRATIONS } from '#electron/store/sqlite/migrations/all.ts'
import { checkedTables, damagedRows } from '#electron/store/sqlite/row-checksums.ts'

function versionTwelve() {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  db.pragma('foreign_keys = ON')
  migrate(db, 12)
  db.exec(`
    INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (7, 'North', 0, 0.03);
    INSERT INTO machine (site_key, id, model, status, quantity, hashrate_ths, uptime_share, pool_fee_share, host_share, standby_w,
      fixed_nusd_per_day, restart_nusd, notes_json)
    VALUES (7, 'rig-1', 'S19', 'running', 1, 104, 1, 0, 0, 0, 0, 0, '{"hall":"A"}');
    INSERT INTO typed_value VALUES ('feesBtcPerBlock', 0.02, 5);
    INSERT INTO setting VALUES ('currency', '"EUR"');
  `)
  return db
}

it('version 13 gives every row that figures rest on a checksum that fits, and changes nothing else', () => {
  const db = versionTwelve()
  const read = () => db.prepare('SELECT id, hashrate_ths, policy, notes_json FROM machine').raw().all()
  const before = read()
  migrate(db, 13)
  expect(read()).toEqual(before)
  expect(checkedTables(db)).toEqual(
    [
      ...['alert', 'lot_point', 'machine', 'network_adjustment', 'network_value', 'profile_point', 'rate'],
      ...['scenario', 'setting', 'site', 'site_contract', 'typed_rate', 'typed_value'],
    ].toSorted(),
  )
  expect(damagedRows(db)).toEqual([])
  expect(db.prepare('SELECT typeof(checksum) FROM machine').pluck().get()).toBe('integer')
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.exec('UPDATE setting SET value_json = \'"CAD"\'; UPDATE machine SET hashrate_ths = 105')
  expect(damagedRows(db, checkedTables(db), 9)).toEqual([
    { table: 'machine', key: 1 },
    { table: 'setting', key: 'currency' },
  ])
})

it('a later step does not give a damaged row a checksum that fits', () => {
  const db = versionTwelve()
  migrate(db, 13)
  db.exec('UPDATE machine SET hashrate_ths = 105')
  const later = MIGRATIONS as { version: number; sql: string }[]
  later.push({
    version: 99,
    sql: 'ALTER TABLE machine ADD COLUMN colour TEXT; ALTER TABLE undo_machine ADD COLUMN colour ANY',
  })
  onTestFinished(() => void later.pop())
  expect(() => migrate(db, 99)).toThrow(/the row 1 of its table "machine"/)
  expect(db.pragma('user_version', { simple: true })).toBe(13)
  db.exec('UPDATE machine SET hashrate_ths = 104')
  migrate(db, 99)
  expect(damagedRows(db)).toEqual([])
})
