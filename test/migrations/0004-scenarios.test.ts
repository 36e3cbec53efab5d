import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

it('version 4 adds the scenarios and leaves what was there', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, 3)
  db.exec("INSERT INTO site VALUES (7, 'North', 53500000, 2000000, 0.03)")
  migrate(db, 4)
  expect(db.pragma('user_version', { simple: true })).toBe(4)
  expect(db.prepare('SELECT key, name FROM site').raw().all()).toEqual([[7, 'North']])
  expect(db.prepare("SELECT strict FROM pragma_table_list WHERE name = 'scenario'").pluck().get()).toBe(1)
  const add = db.prepare('INSERT INTO scenario (name, scenario_json) VALUES (?, ?)')
  add.run('Bear', '{}')
  expect(() => add.run('bear', '{}')).toThrow(/UNIQUE/)
  expect(() => add.run('Bull', 'no json')).toThrow(/CHECK/)
})
