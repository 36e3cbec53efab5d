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

it('version 3 adds the operating points and leaves what was there', () => {
  const db = database(2)
  db.exec("INSERT INTO site VALUES (7, 'North', 53500000, 2000000, 0.03)")
  migrate(db, 3)
  expect(db.pragma('user_version', { simple: true })).toBe(3)
  expect(db.prepare('SELECT key, name FROM site').raw().all()).toEqual([[7, 'North']])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  const strict = db.prepare("SELECT strict FROM pragma_table_list WHERE name = 'profile_point'").pluck()
  expect(strict.get()).toBe(1)
})

it('version 3 takes no point twice, none without hashrate, none without power', () => {
  const db = database(3)
  const add = db.prepare(
    "INSERT INTO profile_point (model, firmware, source, profile, hashrate_ths, power_w) VALUES ('S19', '', '', ?, ?, ?)",
  )
  add.run('eco', 80, 2000)
  expect(() => add.run('eco', 90, 2500)).toThrow(/UNIQUE/)
  expect(() => add.run('none', 0, 2500)).toThrow(/CHECK/)
  expect(() => add.run('free', 90, 0)).toThrow(/CHECK/)
})
