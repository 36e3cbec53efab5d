import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { damagedRows, keepChecksums } from '#electron/store/sqlite/row-checksums.ts'

/** A database of version 15 with a row in each of the tables that version 16 changes. */
function version15() {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, 15)
  keepChecksums(db)
  db.exec(`
    INSERT INTO day_value VALUES (20000, 'priceUsd', 'kraken', 88000.5, 1);
    INSERT INTO day_value VALUES (20000, 'priceUsd', 'imported', 88001, 1);
    INSERT INTO difficulty_epoch VALUES (2016, 'mempool', 1, 1.5e14, 2);
    INSERT INTO history_mark VALUES ('mempool', 'epochs', 20000, 2);
    INSERT INTO alert_event (alert_key, at_ms, occurrence_json) VALUES (1, 1, '{}');
    INSERT INTO remembered_columns (headings_json, map_json) VALUES ('["a"]', '[]');
    INSERT INTO remembered_answer (file_kind, name, field, about) VALUES ('fleet', 'sum', '', '');
    INSERT INTO undo_step VALUES (3, 'undo', '3 machines changed', 3);
    INSERT INTO undo_machine (step, key, existed) VALUES (3, 7, 0), (3, 9, 0);
    INSERT INTO undo_site (step, key, existed) VALUES (3, 2, 0);
  `)
  return db
}

it('gives every row a checksum, and every step the sum of its keys', () => {
  const db = version15()
  migrate(db, 16)
  expect(damagedRows(db)).toEqual([])
  for (const table of [
    'day_value',
    'difficulty_epoch',
    'history_mark',
    'alert_event',
    'remembered_columns',
    'remembered_answer',
  ])
    expect(db.prepare(`SELECT count(*) FROM ${table} WHERE checksum IS NULL`).pluck().get(), table).toBe(0)
  expect(db.prepare('SELECT row_count, key_sum FROM undo_step').raw().get()).toEqual([3, 18])
  expect(db.prepare('SELECT count(*) FROM day_value').pluck().get()).toBe(2)
})

it('names a row by all columns of its key', () => {
  const db = version15()
  migrate(db, 16)
  db.exec("UPDATE day_value SET value = 1 WHERE source = 'kraken'")
  expect(damagedRows(db)).toEqual([{ table: 'day_value', key: '20000 priceUsd kraken' }])
})
