import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'

/** A database of version 9 with one machine for each of these notes, brought to version 10. */
function migrated(notes: readonly (object | null)[]) {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, 9)
  db.exec(`INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (7, 'North', 0, 0.03)`)
  const add = db.prepare(
    `INSERT INTO machine (site_key, id, model, status, quantity, hashrate_ths, uptime_share, pool_fee_share, host_share, standby_w,
       fixed_nusd_per_day, restart_nusd, notes_json)
     VALUES (7, ?, 'S19', 'running', 1, 104, 1, 0, 0, 0, 0, 0, ?)`,
  )
  notes.forEach((note, i) => add.run(`rig-${i + 1}`, note === null ? null : JSON.stringify(note)))
  migrate(db, 10)
  return db
}
const PLACES = 'SELECT serial, rack, position, ip, mac, notes_json FROM machine ORDER BY key'
const placesOf = (notes: readonly (object | null)[]) => migrated(notes).prepare(PLACES).raw().all()

it('version 10 gives every machine five texts, empty where nothing is known', () => {
  const db = migrated([null, { owner: 'Zoë' }])
  expect(db.pragma('user_version', { simple: true })).toBe(10)
  expect(db.prepare(PLACES).raw().all()).toEqual([
    ['', '', '', '', '', null],
    ['', '', '', '', '', '{"owner":"Zoë"}'],
  ])
  expect(db.prepare('SELECT id, hashrate_ths FROM machine').raw().all()).toEqual([
    ['rig-1', 104],
    ['rig-2', 104],
  ])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.prepare("SELECT strict FROM pragma_table_list WHERE name = 'machine'").pluck().get()).toBe(1)
  const set = db.prepare('UPDATE machine SET mac = ?')
  set.run('x'.repeat(100))
  expect(() => set.run('x'.repeat(101))).toThrow(/CHECK/)
  expect(() => set.run(null)).toThrow(/NOT NULL/)
})

it('version 10 moves what was kept as notes under the usual headings, and leaves the others', () => {
  expect(
    placesOf([
      { 'Serial Number': 'SN-1', Rack: 'R1', Slot: '4', 'IP Address': '10.0.0.4', 'MAC Address': '02:00' },
      { owner: 'a "b"', miner_ip: '10.0.0.5', hall: 'A', miner_mac: '02:01' },
      { POSITION: '7', 'serial-no.': 'x', SN: 'second' },
    ]),
  ).toEqual([
    ['SN-1', 'R1', '4', '10.0.0.4', '02:00', null],
    ['', '', '', '10.0.0.5', '02:01', '{"owner":"a \\"b\\"","hall":"A"}'],
    ['x', '', '7', '', '', '{"SN":"second"}'],
  ])
})

it('version 10 leaves a note that cannot stand in a column', () => {
  const long = 'x'.repeat(101)
  expect(
    placesOf([
      { rack: long, ip: '10.0.0.1' },
      { mac: '02\n00', serial: 'a\u007f' },
    ]),
  ).toEqual([
    ['', '', '', '10.0.0.1', '', JSON.stringify({ rack: long })],
    ['', '', '', '', '', JSON.stringify({ mac: '02\n00', serial: 'a\u007f' })],
  ])
})
