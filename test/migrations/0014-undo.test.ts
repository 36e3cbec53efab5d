import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { checkedTables } from '#electron/store/sqlite/row-checksums.ts'

function open(version?: number) {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, version)
  return db
}

it('version 14 remembers steps beside what is there', () => {
  const db = open(13)
  db.exec(`INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (7, 'North', 0, 0.03);
    UPDATE site SET checksum = row_checksum(key, name, power_price_nusd_per_kwh, other_nusd_per_kwh, overhead, tariff_currency,
      tariff_power_price_nano_per_kwh, tariff_other_nano_per_kwh)`)
  migrate(db, 14)
  expect(db.prepare('SELECT key, name FROM site').raw().all()).toEqual([[7, 'North']])
  expect(db.prepare('SELECT count(*) FROM undo_step').pluck().get()).toBe(0)
  expect(() => db.exec("INSERT INTO undo_step VALUES (1, 'both', 'x', 1)")).toThrow(/CHECK/)
  expect(checkedTables(db).filter((name) => name.startsWith('undo'))).toEqual([])
})

it('every memory has the columns of its table, in its order', () => {
  const db = open()
  const columnsOf = (table: string) =>
    db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
  for (const table of [
    'site',
    'machine',
    'site_contract',
    'profile_point',
    'lot_point',
    'watched_file',
    'archived_machine',
  ]) {
    const own = columnsOf(table).filter((column) => column !== 'key')
    expect(columnsOf(`undo_${table}`), table).toEqual(['step', 'key', 'existed', ...own])
  }
})
