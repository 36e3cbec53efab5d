import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { ledger } from '#electron/store/sqlite/migrations/0024-ledger.ts'
import { checkedTables, damagedRows, writeChecksums } from '#electron/store/sqlite/row-checksums.ts'

const entry = (key: number | 'NULL', more: { readonly kind?: string; readonly fact?: string } = {}) =>
  `INTO ledger_entry (key, batch, recorded_at_ms, kind, fact_json, site, zone, reference, corrects, note) VALUES
   (${key}, 1, 1, '${more.kind ?? 'payout'}', '${more.fact ?? '{}'}', '', 'UTC', '', NULL, '')`

it('adds a ledger to which entries are only added, terms of pools, and the costing that is usual', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, ledger.version - 1)
  db.exec("INSERT INTO scenario (name, scenario_json) VALUES ('Bear', '{}')")
  writeChecksums(db)
  migrate(db, ledger.version)
  expect(db.prepare('SELECT name FROM scenario').pluck().all()).toEqual(['Bear'])
  expect(checkedTables(db)).toEqual(expect.arrayContaining(['ledger_choice', 'ledger_entry', 'ledger_pool']))
  expect(db.prepare('SELECT costing FROM ledger_choice').pluck().all()).toEqual(['fifo'])
  expect(damagedRows(db)).toEqual([])

  db.exec(`INSERT ${entry(7)}`)
  db.exec(`INSERT ${entry('NULL')}`)
  const rows = () => db.prepare('SELECT key, site FROM ledger_entry ORDER BY key').raw().all()
  const stored = [
    [7, ''],
    [8, ''],
  ]
  expect(rows()).toEqual(stored)
  expect(() => db.exec("UPDATE ledger_entry SET site = 'North'")).toThrow('stays as it is')
  expect(() => db.exec('UPDATE ledger_entry SET key = 9 WHERE key = 7')).toThrow('stays as it is')
  expect(() => db.exec('DELETE FROM ledger_entry')).toThrow('never removed')
  expect(() => db.exec(`INSERT OR REPLACE ${entry(7)}`)).toThrow('stays as it is')
  expect(() => db.exec(`INSERT ${entry(9, { kind: 'gift' })}`)).toThrow('CHECK')
  expect(() => db.exec(`INSERT ${entry(9, { fact: 'payout' })}`)).toThrow('CHECK')
  expect(rows()).toEqual(stored)

  const pool = (name: string, scheme: string) =>
    `INSERT INTO ledger_pool (name, scheme, fee, revenue, sites_json) VALUES ('${name}', '${scheme}', 0.02, 'earned', '[]')`
  db.exec(pool('Braiins', 'fpps'))
  expect(() => db.exec(pool('BRAIINS', 'fpps'))).toThrow('UNIQUE')
  expect(() => db.exec(pool('Ocean', 'tides'))).toThrow('CHECK')
  expect(() => db.exec("INSERT INTO ledger_choice (key, costing) VALUES (2, 'fifo')")).toThrow('CHECK')
  expect(() => db.exec("UPDATE ledger_choice SET costing = 'lifo'")).toThrow('CHECK')
})
