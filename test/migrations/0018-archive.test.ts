import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate, SCHEMA_VERSION } from '#electron/store/sqlite/migrate.ts'
import { damagedRows, keepChecksums, writeChecksums } from '#electron/store/sqlite/row-checksums.ts'
import { createUndoLog } from '#electron/store/sqlite/undo.ts'
import { archive } from '#electron/store/sqlite/migrations/0018-archive.ts'

/** The version before, with machines that an earlier file gave notes. */
function before() {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, archive.version - 1)
  db.exec(`
    INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (1, 'North', 0, 0);
    INSERT INTO machine (key, site_key, id, model, status, quantity, uptime_share, pool_fee_share, host_share, standby_w,
        fixed_nusd_per_day, restart_nusd, notes_json) VALUES
      (1, 1, 'A', 'S19', 'running', 1, 1, 0, 0, 0, 0, 0, '{"Comment": "fan 2 is loud", "Owner": "Ada"}'),
      (2, 1, 'B', 'S19', 'running', 1, 1, 0, 0, 0, 0, 0, NULL),
      (3, 1, 'C', 'S19', 'running', 1, 1, 0, 0, 0, 0, 0, '{"notes": "two\\nlines"}');
  `)
  writeChecksums(db)
  return db
}

const step = (db: Sqlite.Database) => {
  db.exec(`
    INSERT INTO undo_step VALUES (1, 'undo', 'Status of B', 1, 2);
    INSERT INTO undo_machine SELECT 1, key, 1, site_key, id, model, 'off', quantity, hashrate_ths, power_w,
      power_price_nusd_per_kwh, other_nusd_per_kwh, overhead, uptime_share, pool_fee_share, host_share, standby_w,
      fixed_nusd_per_day, restart_nusd, notes_json, policy, hashrate_source, power_source, from_sample, serial, rack,
      position, ip, mac, firmware, row_checksum(key, site_key, id, model, 'off', quantity, hashrate_ths, power_w,
        power_price_nusd_per_kwh, other_nusd_per_kwh, overhead, uptime_share, pool_fee_share, host_share, standby_w,
        fixed_nusd_per_day, restart_nusd, policy, hashrate_source, power_source, from_sample, serial, rack, position, ip, mac,
        firmware)
      FROM machine WHERE key = 2;
  `)
}

it('moves what earlier files brought as notes into the field, and leaves other columns', () => {
  const db = before()
  migrate(db)
  const rows = db.prepare('SELECT notes, notes_json FROM machine ORDER BY key').raw().all()
  expect(rows).toEqual([
    ['fan 2 is loud', '{"Owner":"Ada"}'],
    ['', null],
    ['two\nlines', null],
  ])
  expect(damagedRows(db)).toEqual([])
})

it('a step that was remembered before can be taken back after it', () => {
  const db = before()
  step(db)
  migrate(db)
  keepChecksums(db)
  createUndoLog(db).undo()
  expect(db.prepare('SELECT status, notes FROM machine WHERE key = 2').raw().get()).toEqual(['off', ''])
  expect(damagedRows(db)).toEqual([])
})

it('a remembered row that was damaged before stays refused', () => {
  const db = before()
  step(db)
  db.exec("UPDATE undo_machine SET model = 'S9'")
  migrate(db)
  expect(() => createUndoLog(db).undo()).toThrow(/damaged/)
  expect(SCHEMA_VERSION).toBeGreaterThanOrEqual(archive.version)
})
