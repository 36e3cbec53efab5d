import { copyFileSync, readdirSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { isSoundCopy, listBackups } from '#electron/store/sqlite/backups.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { checksumOf } from '#electron/store/sqlite/row-checksums.ts'
import { openDirect } from './direct.ts'
import { figuresOf, NOW_MS, storedFleet } from './stored-fleet.ts'
import { temporaryFolder } from './stores.ts'

describe('a row that is not what was written', () => {
  /** Changes the file behind the program's back. */
  function tamper(file: string, sql: string): void {
    const db = new Sqlite(file)
    db.exec(sql)
    db.close()
  }

  it.each([
    ["UPDATE machine SET hashrate_ths = 104.5 WHERE id = 'rig-7'", 'the row 8 of its table "machine"'],
    ["UPDATE machine SET policy = 'exempt' WHERE id = 'rig-7'", 'the row 8 of its table "machine"'],
    ['UPDATE machine SET from_sample = 1 WHERE key = 3', 'the row 3 of its table "machine"'],
    ['UPDATE machine SET site_key = 2 WHERE key = 2', 'the row 2 of its table "machine"'],
    ['UPDATE machine SET checksum = NULL WHERE key = 2', 'the row 2 of its table "machine"'],
    ['UPDATE site SET tariff_other_nano_per_kwh = 1 WHERE key = 2', 'the row 2 of its table "site"'],
    ["UPDATE site_contract SET contract_json = '{}'", 'the row 1 of its table "site_contract"'],
    [
      "UPDATE profile_point SET power_w = 2000 WHERE profile = 'eco'",
      'the row 1 of its table "profile_point"',
    ],
    ["UPDATE lot_point SET power_w = 2000 WHERE profile = 'eco'", 'the row 1 of its table "lot_point"'],
    ['UPDATE network_value SET value = 1 WHERE key = 12', 'the row 12 of its table "network_value"'],
    ['UPDATE typed_value SET value = 0.03', 'the row feesBtcPerBlock of its table "typed_value"'],
    ['UPDATE network_adjustment SET change = 0.5', 'the row 924672 of its table "network_adjustment"'],
    ['UPDATE rate SET usd_per_unit = 2 WHERE key = 4', 'the row 4 of its table "rate"'],
    ['UPDATE typed_rate SET usd_per_unit = 2', 'the row CAD of its table "typed_rate"'],
    ["UPDATE setting SET value_json = '5'", 'the row leastHoursOff of its table "setting"'],
    ["UPDATE scenario SET scenario_json = '{}'", 'the row 1 of its table "scenario"'],
    ["UPDATE report_template SET template_json = '{}'", 'the row Bank of its table "report_template"'],
    ["UPDATE report_logo SET bytes_base64 = 'iVBORA=='", 'the row 1 of its table "report_logo"'],
    [
      'UPDATE day_value SET value = 90000 WHERE day = 20400',
      'the row 20400 priceUsd mempool of its table "day_value"',
    ],
    [
      'UPDATE difficulty_epoch SET difficulty = 1e14',
      'the row 925344 mempool of its table "difficulty_epoch"',
    ],
    ['UPDATE history_mark SET through_day = 1', 'the row mempool epochs of its table "history_mark"'],
    ['UPDATE alert_event SET at_ms = 1', 'the row 1 of its table "alert_event"'],
    ['UPDATE remembered_answer SET most = 0.5', 'the row 1 of its table "remembered_answer"'],
    ['UPDATE ledger_pool SET fee = 0.01', 'the row Braiins 2026-10 of its table "ledger_pool"'],
    ["UPDATE ledger_choice SET costing = 'average'", 'the row 1 of its table "ledger_choice"'],
  ])('%s: is told by table and key, and nothing is read', async (sql, words) => {
    const file = await storedFleet(temporaryFolder())
    tamper(file, sql)
    await expect(figuresOf(file)).rejects.toMatchObject({
      code: 'database-broken',
      message: expect.stringContaining(`is damaged (${words} is not what was written`) as string,
    })
    expect(isSoundCopy(file)).toBe(false)
  })

  it('is not given a checksum that fits by a change, and undo brings it back as it was', async () => {
    const folder = temporaryFolder()
    const file = await storedFleet(folder)
    tamper(file, 'UPDATE machine SET power_w = 1 WHERE key = 5')
    const store = await openDirect(folder)
    expect(() => store.updateMachines([4, 5], { status: 'off' })).toThrow(/the row 5 of its table "machine"/)
    store.removeMachines([5])
    expect(store.readFleet().machines.length).toBe(23)
    // It was remembered as it was, and does not come back.
    expect(() => store.undo()).toThrow(/What is remembered of "Removed rig-4" is damaged/)
    expect(store.readFleet().machines.length).toBe(23)
  })

  it('gives way to the newest copy in which every row is what was written', async () => {
    const folder = temporaryFolder()
    const file = await storedFleet(folder)
    const before = await figuresOf(file)
    const store = await openDirect(folder)
    await store.maintain(NOW_MS)
    store.close()
    tamper(file, 'UPDATE machine SET power_w = 1 WHERE key = 5')
    const [good] = listBackups(file)
    const later = good!.path.replace('000001-2025-11-20', '000002-2025-11-21')
    copyFileSync(file, later)
    const restored = await openDatabase(file, 'restore')
    restored.close()
    expect(await figuresOf(file)).toBe(before)
    expect(readdirSync(folder).filter((name) => name.includes('.broken-'))).toHaveLength(1)
  })

  it('is found in rows that are read after an edit', async () => {
    const folder = temporaryFolder()
    const file = await storedFleet(folder)
    const store = await openDirect(folder)
    const { revision } = store.readFleet()
    store.updateMachines([5], { status: 'off' })
    tamper(file, 'UPDATE machine SET power_w = 1 WHERE key = 5')
    expect(() => store.readFleetSince(revision)).toThrow(/the row 5 of its table "machine"/)
  })
})

describe('the checksum of a row', () => {
  const row = [7, 'rig-7', null, 104.5, 0, '', 53_500_000, 1.5e14]

  it('is another one for every other value', () => {
    const others = [
      [8, 'rig-7', null, 104.5, 0, '', 53_500_000, 1.5e14],
      [7, 'rig-8', null, 104.5, 0, '', 53_500_000, 1.5e14],
      [7, 'rig-', null, 104.5, 0, '', 53_500_000, 1.5e14],
      [7, 'rig-7', 0, 104.5, 0, '', 53_500_000, 1.5e14],
      [7, 'rig-7', null, 104.50000000000001, 0, '', 53_500_000, 1.5e14],
      [7, 'rig-7', null, -104.5, 0, '', 53_500_000, 1.5e14],
      [7, 'rig-7', null, 104.5, null, 0, 53_500_000, 1.5e14],
      [7, 'rig-7', null, 104.5, 0, '', 53_500_001, 1.5e14],
      [7, 'rig-7', null, 104.5, 0, '', 53_500_000, 1.5e14 + 1 / 32],
    ]
    expect(new Set([row, ...others].map((values) => checksumOf(values))).size).toBe(10)
  })

  it('leaves alone what follows the columns it is made of', () => {
    expect(checksumOf([...row, 123], row.length)).toBe(checksumOf(row))
  })
})
