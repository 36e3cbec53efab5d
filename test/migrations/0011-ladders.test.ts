import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

/** A database of version 10 with one machine for each of these notes, brought to version 11. */
function migrated(notes: readonly (object | null)[]) {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  db.pragma('foreign_keys = ON')
  migrate(db, 10)
  db.exec(`INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (7, 'North', 0, 0.03)`)
  db.exec(
    `INSERT INTO profile_point (model, firmware, source, profile, hashrate_ths, power_w) VALUES ('S19', '', '', 'eco', 80, 2000)`,
  )
  const add = db.prepare(
    `INSERT INTO machine (site_key, id, model, status, quantity, hashrate_ths, uptime_share, pool_fee_share, host_share, standby_w,
       fixed_nusd_per_day, restart_nusd, notes_json)
     VALUES (7, ?, 'S19', 'running', 1, 104, 1, 0, 0, 0, 0, 0, ?)`,
  )
  notes.forEach((note, i) => add.run(`rig-${i + 1}`, note === null ? null : JSON.stringify(note)))
  migrate(db, 11)
  return db
}
const firmwareOf = (notes: readonly (object | null)[]) =>
  migrated(notes).prepare('SELECT firmware, notes_json FROM machine ORDER BY key').raw().all()

it('version 11 gives machines a firmware and ladders of their own, and keeps what was there', () => {
  const db = migrated([null])
  expect(db.pragma('user_version', { simple: true })).toBe(11)
  expect(db.prepare('SELECT id, firmware, hashrate_ths FROM machine').raw().all()).toEqual([
    ['rig-1', '', 104],
  ])
  expect(db.prepare('SELECT model, profile FROM profile_point').raw().all()).toEqual([['S19', 'eco']])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.prepare("SELECT strict FROM pragma_table_list WHERE name = 'lot_point'").pluck().get()).toBe(1)
  const add = db.prepare(
    "INSERT INTO lot_point (machine_key, firmware, source, profile, hashrate_ths, power_w) VALUES (?, '', '', ?, ?, ?)",
  )
  add.run(1, 'eco', 80, 2000)
  expect(() => add.run(1, 'eco', 90, 2500)).toThrow(/UNIQUE/)
  expect(() => add.run(1, 'off', 0, 10)).toThrow(/CHECK/)
  expect(() => add.run(9, 'eco', 80, 2000)).toThrow(/FOREIGN KEY/)
  db.exec('DELETE FROM machine')
  expect(db.prepare('SELECT count(*) FROM lot_point').pluck().get()).toBe(0)
})

it('version 11 moves a firmware that was kept as a note, and leaves what cannot stand in the column', () => {
  const long = 'x'.repeat(101)
  expect(
    firmwareOf([
      { Firmware: 'LuxOS 2025.4.8' },
      { owner: 'Zoë', FW_ver: 'stock', firmware: 'second' },
      { firmware: long },
      { hall: 'A' },
    ]),
  ).toEqual([
    ['LuxOS 2025.4.8', null],
    ['stock', '{"owner":"Zoë","firmware":"second"}'],
    ['', JSON.stringify({ firmware: long })],
    ['', '{"hall":"A"}'],
  ])
})
