import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

it('begins an empty list of decisions and leaves steps of undo as they are', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, 16)
  db.exec("INSERT INTO undo_step VALUES (3, 'undo', '3 machines changed', 3, 18)")
  migrate(db, 17)
  expect(db.prepare('SELECT * FROM decision').all()).toEqual([])
  expect(db.prepare('SELECT number, label FROM undo_step').raw().get()).toEqual([3, '3 machines changed'])
  expect(() => db.exec("INSERT INTO decision (kind) VALUES ('perhaps')")).toThrow()
})
