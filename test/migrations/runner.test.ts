import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, SCHEMA_VERSION } from '#electron/store/sqlite/migrate.ts'
import { MIGRATIONS } from '#electron/store/sqlite/migrations/all.ts'

it('counts versions from 1 without gaps', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, i) => i + 1))
  expect(SCHEMA_VERSION).toBe(MIGRATIONS.length)
})

it('leaves the file at the version before a step that fails', () => {
  const db = new Sqlite(':memory:')
  // The first step stumbles over a table that it wants to make itself, after it has made others.
  db.exec('CREATE TABLE setting (name TEXT)')
  expect(() => migrate(db)).toThrow(/setting/)
  expect(db.pragma('user_version', { simple: true })).toBe(0)
  expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['setting'])
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  db.close()
})
