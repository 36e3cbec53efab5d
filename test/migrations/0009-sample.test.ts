import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

it('version 9 takes what was stored for the operator’s own, and knows only yes and no', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, 8)
  db.exec(`
    INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (7, 'North', 0, 0.03);
    INSERT INTO machine (site_key, id, model, status, quantity, uptime_share, pool_fee_share, host_share, standby_w,
      fixed_nusd_per_day, restart_nusd)
    VALUES (7, 'rig-1', 'S19', 'running', 1, 1, 0, 0, 0, 0, 0);
  `)
  migrate(db, 9)
  expect(db.pragma('user_version', { simple: true })).toBe(9)
  expect(db.prepare('SELECT id, from_sample FROM machine').raw().all()).toEqual([['rig-1', 0]])
  const set = db.prepare('UPDATE machine SET from_sample = ?')
  set.run(1)
  expect(() => set.run(2)).toThrow(/CHECK/)
  expect(() => set.run(null)).toThrow(/NOT NULL/)
})
