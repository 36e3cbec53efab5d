import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { purchases } from '#electron/store/sqlite/migrations/0021-purchases.ts'
import { damagedRows, keepChecksums, writeChecksums } from '#electron/store/sqlite/row-checksums.ts'
import { createUndoLog } from '#electron/store/sqlite/undo.ts'

/** The version before, with machines that an earlier file gave a column of purchases. */
function before() {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, purchases.version - 1)
  db.exec(`
    INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (1, 'North', 0, 0);
    INSERT INTO machine (key, site_key, id, model, status, quantity, uptime_share, pool_fee_share, host_share, standby_w,
        fixed_nusd_per_day, restart_nusd, notes_json) VALUES
      (1, 1, 'A', 'S19', 'running', 1, 1, 0, 0, 0, 0, 0, '{"Purchase": "Spring", "Owner": "Ada"}'),
      (2, 1, 'B', 'S19', 'running', 1, 1, 0, 0, 0, 0, 0, NULL),
      (3, 1, 'C', 'S19', 'running', 1, 1, 0, 0, 0, 0, 0, '{"purchase_lot": "two\\nlines"}');
  `)
  writeChecksums(db)
  return db
}

it('moves what earlier files brought into the field, and leaves what cannot stand there', () => {
  const db = before()
  migrate(db)
  expect(db.prepare('SELECT purchase, notes_json FROM machine ORDER BY key').raw().all()).toEqual([
    ['Spring', '{"Owner":"Ada"}'],
    ['', null],
    ['', '{"purchase_lot": "two\\nlines"}'],
  ])
  expect(db.prepare('SELECT count(*) FROM purchase').pluck().get()).toBe(0)
  expect(damagedRows(db)).toEqual([])
})

it('a step that was remembered before can be taken back after it', () => {
  const db = before()
  remember(db)
  migrate(db)
  keepChecksums(db)
  createUndoLog(db).undo()
  expect(db.prepare('SELECT status, purchase FROM machine WHERE key = 2').raw().get()).toEqual(['off', ''])
  expect(damagedRows(db)).toEqual([])
})

/** A step as the program before has remembered it: that machine B was off. */
function remember(db: Sqlite.Database): void {
  const columns = db
    .prepare<[], string>(
      "SELECT name FROM pragma_table_info('machine') WHERE name NOT IN ('key', 'checksum')",
    )
    .pluck()
    .all()
  const value = (column: string) => (column === 'status' ? "'off'" : column)
  const checked = ['key', ...columns].filter((column) => column !== 'notes_json')
  db.exec(`
      INSERT INTO undo_step VALUES (1, 'undo', 'Status of B', 1, 2, NULL);
      INSERT INTO undo_machine (step, key, existed, ${columns.join(', ')}, checksum)
        SELECT 1, key, 1, ${columns.map(value).join(', ')}, row_checksum(${checked.map(value).join(', ')})
        FROM machine WHERE key = 2;
    `)
}
