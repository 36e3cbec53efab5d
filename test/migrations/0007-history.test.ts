import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

function database() {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  return db
}

it('version 7 adds an empty history and leaves what was there', () => {
  const db = database()
  migrate(db, 6)
  db.exec("INSERT INTO network_value VALUES (1, 'height', 'mempool', 900000, 1, 2)")
  migrate(db, 7)
  expect(db.pragma('user_version', { simple: true })).toBe(7)
  expect(db.prepare('SELECT value FROM network_value').pluck().all()).toEqual([900_000])
  expect(db.prepare('SELECT revision FROM history_revision').pluck().all()).toEqual([0])
})

it('one value per day, column and source; never without a value, never infinite', () => {
  const db = database()
  migrate(db, 7)
  const add = db.prepare('INSERT INTO day_value VALUES (?, ?, ?, ?, ?)')
  add.run(19_000, 'priceUsd', 'kraken', 1, 2)
  add.run(19_000, 'priceUsd', 'imported', 1, 2)
  expect(() => add.run(19_000, 'priceUsd', 'kraken', 3, 4)).toThrow(/UNIQUE/)
  expect(() => add.run(19_001, 'priceUsd', 'kraken', NaN, 2)).toThrow(/NOT NULL/)
  expect(() => add.run(19_001, 'priceUsd', 'kraken', Infinity, 2)).toThrow(/CHECK/)
  expect(() => add.run(19_001, 'priceUsd', 'x'.repeat(61), 1, 2)).toThrow(/CHECK/)
})

it('an epoch begins at a multiple of 2016 and has a difficulty', () => {
  const db = database()
  migrate(db, 7)
  const add = db.prepare('INSERT INTO difficulty_epoch VALUES (?, ?, ?, ?, ?)')
  add.run(2016, 'mempool', 1, 1, 1)
  expect(() => add.run(2017, 'mempool', 1, 1, 1)).toThrow(/CHECK/)
  expect(() => add.run(4032, 'mempool', 1, 0, 1)).toThrow(/CHECK/)
  expect(() => db.exec('INSERT INTO history_revision VALUES (2, 0)')).toThrow(/CHECK/)
})
