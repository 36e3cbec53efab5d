import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

function database(version: number) {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, version)
  return db
}

it('version 8 adds alerts and their events, and leaves what was there', () => {
  const db = database(7)
  db.exec(`
    INSERT INTO site (key, name, other_nusd_per_kwh, overhead, tariff_currency, tariff_other_nano_per_kwh)
    VALUES (7, 'North', 0, 0.03, 'EUR', 0);
    INSERT INTO rate (currency, source, usd_per_unit, as_of_ms, fetched_at_ms) VALUES ('EUR', 'kraken', 1.08, 1, 2);
  `)
  migrate(db, 8)
  expect(db.pragma('user_version', { simple: true })).toBe(8)
  expect(db.prepare('SELECT key, name, tariff_currency FROM site').raw().all()).toEqual([[7, 'North', 'EUR']])
  expect(db.prepare('SELECT usd_per_unit FROM rate').pluck().all()).toEqual([1.08])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  const strict = db
    .prepare("SELECT strict FROM pragma_table_list WHERE name IN ('alert', 'alert_event')")
    .pluck()
  expect(strict.all()).toEqual([1, 1])
})

it('version 8 takes documents that are JSON, and never a key twice', () => {
  const db = database(8)
  const add = db.prepare('INSERT INTO alert (rule_json, memory_json) VALUES (?, ?)')
  add.run('{"kind":"nvt-zone"}', null)
  expect(() => add.run('{', null)).toThrow(/CHECK/)
  expect(() => add.run('{}', '{')).toThrow(/CHECK/)
  db.exec('DELETE FROM alert')
  expect(add.run('{}', '{}').lastInsertRowid).toBe(2)
})

it('version 8 keeps the events of an alert that is gone', () => {
  const db = database(8)
  db.exec("INSERT INTO alert (rule_json) VALUES ('{}')")
  const add = db.prepare(
    'INSERT INTO alert_event (alert_key, at_ms, occurrence_json, read) VALUES (1, 5, ?, ?)',
  )
  add.run('{}', 0)
  expect(() => add.run('{', 0)).toThrow(/CHECK/)
  expect(() => add.run('{}', 2)).toThrow(/CHECK/)
  db.exec('DELETE FROM alert')
  expect(db.prepare('SELECT count(*) FROM alert_event').pluck().get()).toBe(1)
})
