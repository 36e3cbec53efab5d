import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { poolTermsFrom } from '#electron/store/sqlite/migrations/0026-pool-terms-from.ts'
import { damagedRows, keepChecksums, writeChecksums } from '#electron/store/sqlite/row-checksums.ts'

it('terms of pools that are stored hold since ever, and others of the pool from a month on', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, poolTermsFrom.version - 1)
  db.exec(`
    INSERT INTO ledger_pool (name, scheme, fee, revenue, sites_json, hashrate_ehs) VALUES
      ('Braiins', 'fpps', 0.02, 'earned', '["North"]', NULL), ('Ocean', 'pplns', 0.01, 'paid', '[]', 12.5)`)
  writeChecksums(db)
  migrate(db, poolTermsFrom.version)
  const rows = () =>
    db
      .prepare(
        'SELECT name, from_month, scheme, fee, revenue, sites_json, hashrate_ehs FROM ledger_pool ORDER BY name, from_month',
      )
      .raw()
      .all()
  const before = [
    ['Braiins', '', 'fpps', 0.02, 'earned', '["North"]', null],
    ['Ocean', '', 'pplns', 0.01, 'paid', '[]', 12.5],
  ]
  expect(rows()).toEqual(before)
  expect(damagedRows(db)).toEqual([])

  keepChecksums(db)
  const put = (name: string, from: string) =>
    db
      .prepare(
        "INSERT INTO ledger_pool (name, from_month, scheme, fee, revenue, sites_json) VALUES (?, ?, 'fpps', 0, 'paid', '[]')",
      )
      .run(name, from)
  put('Braiins', '2026-11')
  expect(rows()).toHaveLength(3)
  expect(damagedRows(db)).toEqual([])
  expect(() => put('BRAIINS', '2026-11')).toThrow('UNIQUE')
  expect(() => put('OCEAN', '')).toThrow('UNIQUE')
  expect(() => put('Ocean', 'November')).toThrow('CHECK')
})
