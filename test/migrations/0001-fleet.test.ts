import Sqlite from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Database } from 'better-sqlite3'
import { APPLICATION_ID, migrate } from '#electron/store/sqlite/migrate.ts'

let db: Database
beforeEach(() => {
  db = new Sqlite(':memory:')
  migrate(db, 1)
  onTestFinished(() => {
    db.close()
  })
})

const SITE = "INSERT INTO site VALUES (1, 'North', 53500000, 2000000, 0.03)"
const machine = (change: Readonly<Record<string, unknown>> = {}) => {
  const row = {
    site_key: 1,
    id: 'rig',
    model: '',
    status: 'running',
    quantity: 1,
    uptime_share: 1,
    pool_fee_share: 0,
    host_share: 0,
    standby_w: 0,
    fixed_nusd_per_day: 0,
    restart_nusd: 0,
    ...change,
  }
  const names = Object.keys(row)
  db.prepare(`INSERT INTO machine (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
    ...Object.values(row),
  )
}

describe('version 1, from an empty file', () => {
  it('marks the file as ours', () => {
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  it('makes these tables, all of them strict', () => {
    const tables = db
      .prepare<[], { readonly name: string; readonly strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%' ORDER BY name",
      )
      .all()
    expect(tables.map(({ name }) => name)).toEqual([
      'fleet_revision',
      'machine',
      'network_adjustment',
      'network_value',
      'setting',
      'site',
      'source_status',
      'typed_value',
    ])
    expect(tables.every(({ strict }) => strict === 1)).toBe(true)
    expect(db.prepare('SELECT revision FROM fleet_revision').pluck().get()).toBe(0)
  })

  it('may run again without a change', () => {
    db.exec(SITE)
    migrate(db, 1)
    expect(db.prepare('SELECT name FROM site').pluck().all()).toEqual(['North'])
  })

  it.each([
    ['another status', { status: 'broken' }, /CHECK/],
    ['a negative hashrate', { hashrate_ths: -1 }, /CHECK/],
    ['a share above 1', { uptime_share: 1.5 }, /CHECK/],
    ['half a machine', { quantity: 1.5 }, /cannot store REAL/],
    ['money that is not whole nano-dollars', { restart_nusd: 0.5 }, /cannot store REAL/],
    ['a text for a number', { power_w: 'much' }, /cannot store TEXT/],
    ['a site that does not exist', { site_key: 2 }, /FOREIGN KEY/],
    ['no site', { site_key: null }, /NOT NULL/],
  ])('a machine with %s cannot be stored', (_, change, words) => {
    db.exec(SITE)
    expect(() => machine(change)).toThrow(words)
  })

  it('holds ids and site names only once, and takes machines away with their site', () => {
    db.exec(SITE)
    machine()
    expect(() => machine()).toThrow(/UNIQUE/)
    expect(() => db.exec(SITE.replace('(1', '(2').replace('North', 'NORTH'))).toThrow(/UNIQUE/)
    db.exec('DELETE FROM site')
    expect(db.prepare('SELECT count(*) FROM machine').pluck().get()).toBe(0)
  })
})
