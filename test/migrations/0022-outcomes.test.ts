import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { outcomes } from '#electron/store/sqlite/migrations/0022-outcomes.ts'
import { damagedRows, writeChecksums } from '#electron/store/sqlite/row-checksums.ts'

it('keeps the decisions that there are, of which nobody knows who decided or what was at stake, and lets none be changed', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, outcomes.version - 1)
  db.exec(`
    INSERT INTO decision (at_ms, site_key, site, kind, reason, advised_power_down, advised_pause, advised_start, machines_done,
      freed_w, gain_nusd, hashprice_usd_per_ph_day, taken_back) VALUES (1, 1, 'North', 'done', '', 3, 0, 0, 3, 9000, 5, 34, 1);
  `)
  writeChecksums(db)
  migrate(db, outcomes.version)
  expect(db.prepare('SELECT site, by_whom, stake_json, taken_back FROM decision').all()).toEqual([
    { site: 'North', by_whom: null, stake_json: null, taken_back: 1 },
  ])
  expect(db.prepare('SELECT * FROM decision_mark').all()).toEqual([])
  expect(damagedRows(db)).toEqual([])
  expect(() => db.exec("UPDATE decision SET site = 'South'")).toThrow('stays as it is')
  expect(() => db.exec('DELETE FROM decision')).toThrow('never removed')
  expect(() => db.exec("UPDATE decision SET by_whom = ''")).toThrow()
  db.exec('UPDATE decision SET taken_back = 0')
  expect(db.prepare('SELECT decision_key, taken_back FROM decision_mark').all()).toEqual([
    { decision_key: 1, taken_back: 0 },
  ])
})
