import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

it('version 5 takes what was stored for entered, and knows four sources', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, 4)
  db.exec("INSERT INTO site VALUES (7, 'North', 53500000, 2000000, 0.03)")
  db.exec(
    `INSERT INTO machine (site_key, id, model, status, quantity, hashrate_ths, power_w, uptime_share, pool_fee_share,
       host_share, standby_w, fixed_nusd_per_day, restart_nusd)
     VALUES (7, 'rig-1', 'S19', 'running', 1, 104, 3250, 1, 0, 0, 0, 0, 0)`,
  )
  migrate(db, 5)
  expect(db.pragma('user_version', { simple: true })).toBe(5)
  const sources = db.prepare('SELECT id, hashrate_ths, hashrate_source, power_source FROM machine').raw()
  expect(sources.all()).toEqual([['rig-1', 104, 2, 2]])
  const set = db.prepare('UPDATE machine SET power_source = ?')
  set.run(0)
  expect(() => set.run(4)).toThrow(/CHECK/)
  expect(() => set.run(null)).toThrow(/NOT NULL/)
})
