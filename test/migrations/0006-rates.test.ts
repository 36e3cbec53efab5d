import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

let db: Database
beforeEach(() => {
  db = new Sqlite(':memory:')
  migrate(db, 5)
  db.exec(`
    INSERT INTO site VALUES (7, 'North', 53500000, 2000000, 0.03), (8, 'South', NULL, 0, 0);
    INSERT INTO machine (site_key, id, model, status, quantity, power_price_nusd_per_kwh, uptime_share, pool_fee_share,
      host_share, standby_w, fixed_nusd_per_day, restart_nusd)
    VALUES (7, 'rig-1', '', 'running', 3, 41000000, 1, 0, 0, 0, 0, 0);
  `)
  migrate(db, 6)
  onTestFinished(() => {
    db.close()
  })
})

it('version 6 leaves sites and machines as they are: they pay in USD', () => {
  expect(db.pragma('user_version', { simple: true })).toBe(6)
  expect(db.prepare('SELECT * FROM site').raw().all()).toEqual([
    [7, 'North', 53_500_000, 2_000_000, 0.03, null, null, null],
    [8, 'South', null, 0, 0, null, null, null],
  ])
  expect(db.prepare('SELECT id, quantity, power_price_nusd_per_kwh FROM machine').raw().all()).toEqual([
    ['rig-1', 3, 41_000_000],
  ])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  const strict = db
    .prepare("SELECT strict FROM pragma_table_list WHERE name IN ('rate', 'typed_rate')")
    .pluck()
  expect(strict.all()).toEqual([1, 1])
})

it('version 6 takes a tariff in one currency, in the place of the price in USD', () => {
  const set = (change: string) => () => db.exec(`UPDATE site SET ${change} WHERE key = 7`)
  expect(set("tariff_currency = 'EUR', tariff_other_nano_per_kwh = 0")).toThrow(/CHECK/)
  set(`power_price_nusd_per_kwh = NULL, other_nusd_per_kwh = 0, tariff_currency = 'EUR',
    tariff_power_price_nano_per_kwh = 58000000, tariff_other_nano_per_kwh = 0`)()
  expect(set('tariff_currency = NULL')).toThrow(/CHECK/)
  expect(set('tariff_other_nano_per_kwh = NULL')).toThrow(/CHECK/)
  expect(set('tariff_currency = NULL, tariff_other_nano_per_kwh = NULL')).toThrow(/CHECK/)
  expect(set('tariff_power_price_nano_per_kwh = 0.5')).toThrow(/cannot store REAL/)
  // A price that is not given is none in any currency.
  set('tariff_power_price_nano_per_kwh = NULL')()
})

it('version 6 keeps every reading of a rate, and one that was typed; none that cannot be', () => {
  const add = db.prepare(
    "INSERT INTO rate (currency, source, usd_per_unit, as_of_ms, fetched_at_ms) VALUES ('EUR', 'kraken', ?, 1, 2)",
  )
  add.run(1.0834)
  add.run(1.0834)
  const type = db.prepare("INSERT INTO typed_rate VALUES ('EUR', ?, 3)")
  for (const usdPerUnit of [0, -1, NaN, Infinity, 1_000_001]) {
    expect(() => add.run(usdPerUnit)).toThrow(/CHECK|NOT NULL/)
    expect(() => type.run(usdPerUnit)).toThrow(/CHECK|NOT NULL/)
  }
  type.run(1.1)
  expect(() => type.run(1.2)).toThrow(/UNIQUE/)
  expect(db.prepare('SELECT count(*) FROM rate').pluck().get()).toBe(2)
})
