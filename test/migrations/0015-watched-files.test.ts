import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

it('version 15 makes room for watched files and keeps what is remembered, with its keys', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, 14)
  db.exec(`
    INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (7, 'North', 0, 0.03);
    UPDATE site SET checksum = row_checksum(key, name, power_price_nusd_per_kwh, other_nusd_per_kwh, overhead, tariff_currency,
      tariff_power_price_nano_per_kwh, tariff_other_nano_per_kwh);
    INSERT INTO remembered_columns (headings_json, map_json) VALUES ('["load"]', '["load=power_w*1000"]');
    INSERT INTO remembered_answer (key, file_kind, name, field, about, least, most)
    VALUES (3, 'fleet', 'share', 'pool_fee', 'north', 0.5, 0.6), (9, 'prices', 'mean', 'market.file', 'north', 1, 1);
    DELETE FROM remembered_answer WHERE key = 9;
  `)
  migrate(db, 15)
  expect(db.prepare('SELECT * FROM remembered_columns').raw().all()).toEqual([
    [1, '["load"]', '["load=power_w*1000"]', null, null],
  ])
  const answers = db.prepare('SELECT * FROM remembered_answer').raw()
  expect(answers.all()).toEqual([[3, 'fleet', 'share', 'pool_fee', 'north', 0.5, 0.6, null]])
  const answer = db.prepare(
    "INSERT INTO remembered_answer (file_kind, name, field, about, least, most, said_at_ms) VALUES (?, 'value', 'x', '', ?, ?, 1)",
  )
  // A key that was forgotten stays forgotten.
  expect(answer.run('typed', 1, 1).lastInsertRowid).toBe(10)
  expect(() => answer.run('typed', 1, null)).toThrow(/CHECK/)
  expect(() => answer.run('other', 1, 1)).toThrow(/CHECK/)

  db.pragma('foreign_keys = ON')
  const watched = db.prepare("INSERT INTO watched_file (site_key, field, path) VALUES (?, ?, '/prices.csv')")
  watched.run(7, 'market.file')
  expect(() => watched.run(7, 'market.file')).toThrow(/UNIQUE/)
  expect(() => watched.run(8, 'market.file')).toThrow(/FOREIGN/)
  expect(() => watched.run(7, 'tariffs')).toThrow(/CHECK/)
  db.exec('INSERT INTO watched_mark (watched_key, is_question) VALUES (1, 0)')
  expect(() => db.exec('INSERT INTO watched_mark (watched_key, size, is_question) VALUES (2, 5, 0)')).toThrow(
    /CHECK/,
  )
  db.exec('DELETE FROM site')
  expect(db.prepare('SELECT count(*) FROM watched_mark').pluck().get()).toBe(0)
})
