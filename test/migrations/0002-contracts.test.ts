import Sqlite from 'better-sqlite3'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import type { Database } from 'better-sqlite3'
import { migrate } from '#electron/store/sqlite/migrate.ts'

let db: Database
beforeEach(() => {
  db = new Sqlite(':memory:')
  migrate(db, 1)
  db.exec(`
    INSERT INTO site VALUES (1, 'North', 53500000, 2000000, 0.03), (2, 'South', NULL, 0, 0);
    INSERT INTO machine (site_key, id, model, status, quantity, uptime_share, pool_fee_share, host_share, standby_w,
      fixed_nusd_per_day, restart_nusd)
    VALUES (1, 'rig', '', 'running', 3, 1, 0, 0, 0, 0, 0);
  `)
  migrate(db, 2)
  onTestFinished(() => {
    db.close()
  })
})

it('leaves sites and machines as they are; every machine follows', () => {
  expect(db.pragma('user_version', { simple: true })).toBe(2)
  expect(db.prepare('SELECT id, quantity, policy FROM machine').all()).toEqual([
    { id: 'rig', quantity: 3, policy: 'follow' },
  ])
  expect(db.prepare('SELECT count(*) FROM site_contract').pluck().get()).toBe(0)
})

it('takes one contract per site, which is JSON and goes with its site', () => {
  const add = db.prepare('INSERT INTO site_contract (site_key, contract_json) VALUES (?, ?)')
  add.run(1, '{"timeZone":"UTC"}')
  expect(() => add.run(1, '{}')).toThrow(/UNIQUE/)
  expect(() => add.run(2, '{')).toThrow(/CHECK/)
  expect(() => add.run(3, '{}')).toThrow(/FOREIGN KEY/)
  db.exec('DELETE FROM site WHERE key = 1')
  expect(db.prepare('SELECT count(*) FROM site_contract').pluck().get()).toBe(0)
})

it('knows three policies', () => {
  const set = db.prepare('UPDATE machine SET policy = ?')
  for (const policy of ['protected', 'exempt', 'follow']) set.run(policy)
  expect(() => set.run('sometimes')).toThrow(/CHECK/)
  expect(() => set.run(null)).toThrow(/NOT NULL/)
})
