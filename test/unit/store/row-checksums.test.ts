import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createReadingCalls } from '#electron/store/sqlite/reading-calls.ts'
import { createAlerts } from '#electron/store/sqlite/repositories/alerts.ts'
import { createPast } from '#electron/store/sqlite/repositories/past.ts'
import { createRemembered } from '#electron/store/sqlite/repositories/remembered.ts'
import { createScenarios } from '#electron/store/sqlite/repositories/scenarios.ts'
import { isSoundCopy, listBackups } from '#electron/store/sqlite/backups.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { explained } from '#electron/store/sqlite/faults.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { checksumOf } from '#electron/store/sqlite/row-checksums.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { openDirect } from './direct.ts'
import { ASSETS_FOLDER, machineInput, NORTH, rowsOf, temporaryFolder } from './stores.ts'

const NOW_MS = Date.UTC(2025, 10, 20, 12)
const FIRST_DAY = 20_395

/** A small fleet with a row in every table that carries checksums, closed; gives its file. */
async function storedFleet(folder: string): Promise<string> {
  const store = await openDirect(folder)
  const { key: north } = store.addSite(NORTH)
  const { key: south } = store.addSite({
    ...{ name: 'South', powerPriceUsdPerKwh: null, otherUsdPerKwh: 0, overhead: 0.05 },
    tariff: { currency: 'EUR', powerPricePerKwh: 0.061, otherPerKwh: 0.004 },
  })
  const keys = Array.from({ length: 24 }, (_, i) =>
    store.addMachine(
      machineInput({
        ...{
          siteKey: i % 3 === 0 ? south : north,
          id: `rig-${i}`,
          hashrateThs: 90 + i * 1.1,
          powerW: 3000 + i,
        },
        ...{ rack: `R${i % 4}`, powerPriceUsdPerKwh: i % 5 === 0 ? 0.047 : null, quantity: 1 + (i % 3) },
      }),
    ),
  ).map(({ key }) => key)
  store.setMachinePolicy(keys.slice(0, 2), 'protected')
  store.putContract(
    north,
    '{"timeZone":"UTC","takeOrPay":{"committedKwhPerDay":1200,"handBackUsdPerKwh":0.02}}',
  )
  const points = [
    { name: 'eco', hashrateThs: 80, powerW: 2000.5 },
    { name: 'full', hashrateThs: 104, powerW: 3068 },
  ]
  store.putLadder({ model: 'Antminer S19j Pro 104T', firmware: '', source: 'own', points })
  await store.takeParts(
    {
      ...{ contracts: [], policies: [], ladders: [], prices: [], limits: { leastHoursOff: 4 } },
      lotLadders: [{ id: 'rig-3', ladder: { model: '', firmware: 'LuxOS', source: 'own', points } }],
    },
    { fileName: 'profiles.csv', replace: true, leaveUnknown: false },
  )
  for (let i = 0; i < 4; i++) {
    const fetchedAtMs = NOW_MS + i * 60_000
    const dated = { source: 'mempool', asOfMs: fetchedAtMs, fetchedAtMs }
    store.saveNetworkReading(
      [
        { ...dated, name: 'height', value: 925_000 + i },
        { ...dated, name: 'difficulty', value: 1.5e14 },
        { ...dated, name: 'priceUsdPerBtc', value: 88_300.25 + i },
      ],
      [{ height: 924_672, change: 0.0123 }],
    )
    store.saveRates([{ ...dated, currency: 'EUR', usdPerUnit: 1.08 + i / 100 }])
  }
  store.typeNetworkValue('feesBtcPerBlock', 0.021, NOW_MS)
  store.typeRate('CAD', 0.71, NOW_MS)
  store.putScenario('Flat', '{"growth":0.1}')
  const alert = store.putAlert(null, { kind: 'hashprice-below', usdPerPhDay: 40 })
  store.saveAlertOutcome(alert.key, { active: true }, NOW_MS, [
    { atMs: NOW_MS, occurrence: { kind: 'hashprice-below', usdPerPhDay: 39, thresholdUsdPerPhDay: 40 } },
  ])
  store.savePastPiece({
    source: 'mempool',
    part: 'epochs',
    throughDay: FIRST_DAY + 20,
    fetchedAtMs: NOW_MS,
    values: [
      {
        column: 'priceUsd',
        day: Int32Array.from({ length: 12 }, (_, i) => FIRST_DAY + i),
        value: Float64Array.from({ length: 12 }, (_, i) => 88_000.25 + i),
      },
    ],
    epochs: [{ height: 925_344, startedAtMs: NOW_MS - 9e8, difficulty: 1.5e14 }],
  })
  store.rememberAnswers('prices', [
    { name: 'mean', field: 'market.file', about: 'north', least: 0.4, most: 0.4 },
  ])
  store.close()
  return join(folder, DATABASE_NAME)
}

/** Every figure that the file gives, opened as the window opens it. @throws what a person would be told */
async function figuresOf(file: string): Promise<string> {
  try {
    const db = await openDatabase(file, 'refuse')
    try {
      const calls = createReadingCalls(db, ASSETS_FOLDER)
      const { contracts, policies, ladders, settings, rates } = await calls.readCase()
      const fleet = calls.readFleet()
      return JSON.stringify([
        ...[
          rowsOf(fleet),
          fleet.tariffs,
          contracts,
          policies,
          ladders.ofLots,
          ladders.ofModels,
          settings,
          rates,
        ],
        ...[
          calls.readNetworkValues(),
          calls.readAdjustments(),
          createScenarios(db).read(),
          createAlerts(db).read(),
          createAlerts(db).events(),
        ],
        [createPast(db).read(['mempool'], NOW_MS), createPast(db).marks(), createRemembered(db).list()],
        await calls.readSampleNetwork(),
      ])
    } finally {
      db.close()
    }
  } catch (error) {
    throw explained(error, file)
  }
}

/** Numbers from 0 to 1 that are the same in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

it(
  'of 600 single bits that change in the file none changes a figure in silence',
  { timeout: 60_000 },
  async () => {
    const bytes = readFileSync(await storedFleet(temporaryFolder()))
    const folder = temporaryFolder()
    const file = join(folder, DATABASE_NAME)
    writeFileSync(file, bytes)
    const before = await figuresOf(file)
    // Most of a small file is room that is not used yet: a bit there changes nothing.
    const used = [...bytes.keys()].filter((at) =>
      bytes.subarray(Math.max(0, at - 4), at + 5).some((byte) => byte > 0),
    )
    const random = numbersFrom(41)
    const outcomes = { refused: 0, harmless: 0 }
    for (let i = 0; i < 600; i++) {
      const at = used[Math.floor(random() * used.length)]!
      const bit = Math.floor(random() * 8)
      const flipped = Buffer.from(bytes)
      flipped[at]! ^= 1 << bit
      for (const companion of ['-wal', '-shm']) writeFileSync(`${file}${companion}`, '')
      writeFileSync(file, flipped)
      try {
        expect(await figuresOf(file), `bit ${bit} of byte ${at}`).toBe(before)
        outcomes.harmless++
      } catch (error) {
        if (!(error instanceof StrikelineError)) throw error
        outcomes.refused++
      }
    }
    // Otherwise the bits would not have met what the file holds.
    expect(outcomes.refused).toBeGreaterThan(200)
    expect(outcomes.harmless).toBeGreaterThan(50)
  },
)

it(
  'of 300 single bits that change in the file none is undone into a figure in silence',
  { timeout: 60_000 },
  async () => {
    const bytes = readFileSync(await storedFleet(temporaryFolder()))
    const folder = temporaryFolder()
    const file = join(folder, DATABASE_NAME)
    /** The figures after three steps back; a step that has gone is one that cannot be taken back, and says so. */
    const undone = async (content: Buffer): Promise<string> => {
      for (const companion of ['-wal', '-shm']) writeFileSync(`${file}${companion}`, '')
      writeFileSync(file, content)
      try {
        const store = await openDirect(folder)
        try {
          for (let i = 0; i < 3; i++) store.undo()
        } finally {
          store.close()
        }
      } catch (error) {
        throw explained(error, file)
      }
      return figuresOf(file)
    }
    const after = await undone(bytes)
    const used = [...bytes.keys()].filter((at) =>
      bytes.subarray(Math.max(0, at - 4), at + 5).some((byte) => byte > 0),
    )
    const random = numbersFrom(43)
    const outcomes = { refused: 0, harmless: 0 }
    for (let i = 0; i < 300; i++) {
      const at = used[Math.floor(random() * used.length)]!
      const bit = Math.floor(random() * 8)
      const flipped = Buffer.from(bytes)
      flipped[at]! ^= 1 << bit
      try {
        expect(await undone(flipped), `bit ${bit} of byte ${at}`).toBe(after)
        outcomes.harmless++
      } catch (error) {
        if (!(error instanceof StrikelineError)) throw error
        outcomes.refused++
      }
    }
    expect(outcomes.refused).toBeGreaterThan(100)
    expect(outcomes.harmless).toBeGreaterThan(20)
  },
)

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
