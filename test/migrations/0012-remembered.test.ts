import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

it('version 12 makes room for what is remembered of files, and leaves the fleet as it was', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, 11)
  db.exec(`
    INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (7, 'North', 0, 0.03);
    INSERT INTO machine (site_key, id, model, status, quantity, uptime_share, pool_fee_share, host_share, standby_w,
      fixed_nusd_per_day, restart_nusd)
    VALUES (7, 'rig-1', 'S19', 'running', 1, 1, 0, 0, 0, 0, 0);
  `)
  migrate(db, 12)
  expect(db.pragma('user_version', { simple: true })).toBe(12)
  expect(db.prepare('SELECT id FROM machine').pluck().all()).toEqual(['rig-1'])
  const columns = db.prepare(
    'INSERT INTO remembered_columns (headings_json, map_json, decimal_sign) VALUES (?, ?, ?)',
  )
  columns.run('["load"]', '["load=power_w*1000"]', null)
  expect(() => columns.run('["load"]', '[]', null)).toThrow(/UNIQUE/)
  expect(() => columns.run('["speed"]', '[]', ';')).toThrow(/CHECK/)
  expect(() => columns.run('speed', '[]', '.')).toThrow(/CHECK/)
  const answer = db.prepare(
    'INSERT INTO remembered_answer (file_kind, name, field, about, least, most) VALUES (?, ?, ?, ?, ?, ?)',
  )
  answer.run('fleet', 'share', 'pool_fee', 'north', 0.5, 0.5)
  expect(() => answer.run('fleet', 'share', 'pool_fee', 'north', 0.5, null)).toThrow(/CHECK/)
  expect(() => answer.run('other', 'share', '', '', null, null)).toThrow(/CHECK/)
})
