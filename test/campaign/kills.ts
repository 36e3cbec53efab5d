import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import type { StoredParts } from '#electron/store/port.ts'
import { createCalls } from '#electron/store/sqlite/calls.ts'
import { migrate, SCHEMA_VERSION } from '#electron/store/sqlite/migrate.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { restoreBackup } from '#electron/store/sqlite/restore.ts'
import { keepChecksums } from '#electron/store/sqlite/row-checksums.ts'

/** What the program that is killed works on, and how far. */
export type Orders = {
  readonly work: WorkName
  /** of files that it makes for itself */
  readonly folder: string
  /** the database */
  readonly file: string
  /** number of its first write */
  readonly from: number
  readonly writes: number
  readonly dieAtStep: number | null
}
export type WorkName = 'import' | 'contracts' | 'restore' | 'migration'

/** A kind of write. Each one carries its number into everything that it stores, so that a half of one shows. */
export type Work = {
  /** What is there before the first write. */
  readonly prepare: (file: string, from: number) => Promise<void>
  /** In the program: prepares the write with this number, which is then performed. */
  readonly open: (orders: Orders) => Promise<(number: number) => Promise<() => Promise<unknown>>>
  /** Numbers that are found in what is stored: one, where it is whole. */
  readonly numbersIn: (db: Database) => readonly number[]
  /** false: before each write what is there is made anew */
  readonly goesOn: boolean
}

const ASSETS_FOLDER = fileURLToPath(new URL('../../assets', import.meta.url))
const NEVER = { step: () => undefined, isCancelled: () => false }

const callsOn = (db: Database, file: string) =>
  createCalls({ db, file, assetsFolder: ASSETS_FOLDER, task: () => NEVER })
type Calls = ReturnType<typeof callsOn>

/** Two sites, and what the write with this number stores. */
async function prepareWith(file: string, write: (calls: Calls) => Promise<unknown>): Promise<void> {
  const db = await openDatabase(file, 'refuse')
  try {
    const calls = callsOn(db, file)
    for (const name of ['North', 'Ridge'])
      calls.addSite({ name, powerPriceUsdPerKwh: 0.05, otherUsdPerKwh: 0, overhead: 0 })
    await write(calls)
  } finally {
    db.close()
  }
}

const rowsOf = (number: number): number => 150 + (number % 7) * 20

async function previewed(calls: Calls, folder: string, number: number): Promise<() => Promise<unknown>> {
  const path = join(folder, 'fleet.csv')
  const rows = Array.from(
    { length: rowsOf(number) },
    (_, i) => `rig-${i},North,100,${2500 + (number % 500)},${number}`,
  )
  writeFileSync(path, `id,site,hashrate_ths,power_w,campaign_write\n${rows.join('\n')}\n`)
  const { token } = await calls.previewImport(path)
  return () => Promise.resolve(calls.confirmImport(token, 'replace'))
}

const importing: Work = {
  goesOn: true,
  prepare: (file, from) =>
    prepareWith(file, async (calls) => (await previewed(calls, join(file, '..'), from))()),
  async open({ file, folder }) {
    const calls = callsOn(await openDatabase(file, 'refuse'), file)
    return (number) => previewed(calls, folder, number)
  },
  numbersIn(db) {
    const found = db
      .prepare<[], [number, number, number]>(
        `SELECT DISTINCT CAST(json_extract(notes_json, '$.campaign_write') AS INTEGER), power_w, (SELECT count(*) FROM machine) FROM machine`,
      )
      .raw()
      .all()
    return found.map(([number, powerW, rows]) =>
      rows === rowsOf(number) && powerW === 2500 + (number % 500) ? number : NaN,
    )
  },
}

const partsOf = (number: number): StoredParts => ({
  contracts: [{ site: 'North', text: JSON.stringify({ timeZone: zoneOf(number) }) }],
  policies: [],
  ladders: [
    {
      model: 'S19',
      firmware: '',
      source: '',
      points: [
        { name: 'eco', hashrateThs: 80, powerW: 1000 + number },
        { name: 'full', hashrateThs: 100, powerW: 20_000 + number },
      ],
    },
  ],
  lotLadders: [],
  prices: [{ name: 'Ridge', powerPriceUsdPerKwh: number / 1e6, otherUsdPerKwh: 0, overhead: 0 }],
  limits: { leastHoursOff: number },
})
const PARTS_RULES = { fileName: 'sites.json', replace: true, leaveUnknown: false }

const contracting: Work = {
  goesOn: true,
  prepare: (file, from) =>
    prepareWith(file, (calls) => Promise.resolve(calls.takeParts(partsOf(from), PARTS_RULES))),
  async open({ file }) {
    const calls = callsOn(await openDatabase(file, 'refuse'), file)
    return (number) => Promise.resolve(() => Promise.resolve(calls.takeParts(partsOf(number), PARTS_RULES)))
  },
  numbersIn(db) {
    const numbers = (sql: string) => db.prepare<[], number>(sql).pluck().all()
    const [limit] = numbers(`SELECT CAST(value_json AS INTEGER) FROM setting WHERE name = 'leastHoursOff'`)
    const zone = db
      .prepare<[], string>(`SELECT json_extract(contract_json, '$.timeZone') FROM site_contract`)
      .pluck()
      .get()
    return [
      limit ?? NaN,
      ...numbers(`SELECT power_w - 1000 FROM profile_point WHERE profile = 'eco'`),
      ...numbers(`SELECT power_w - 20000 FROM profile_point WHERE profile = 'full'`),
      ...numbers(`SELECT power_price_nusd_per_kwh / 1000 FROM site WHERE name = 'Ridge'`),
      zone === zoneOf(limit ?? 0) ? limit! : NaN,
    ]
  },
}
const zoneOf = (number: number): string => `Etc/GMT+${number % 12}`

/** Its number stands in the settings of the copy that is put in place. */
const NUMBER = `SELECT CAST(value_json AS INTEGER) FROM setting WHERE name = 'leastHoursOff'`
function setNumber(db: Database, value: number): void {
  keepChecksums(db)
  db.prepare(`INSERT OR REPLACE INTO setting (name, value_json) VALUES ('leastHoursOff', ?)`).run(
    String(value),
  )
}

const restoring: Work = {
  goesOn: true,
  async prepare(file, from) {
    await importing.prepare(file, from)
    const db = new Sqlite(file)
    setNumber(db, from)
    db.close()
  },
  open({ file, folder }) {
    return Promise.resolve((restored) => {
      const copy = join(folder, 'copy.db')
      rmSync(copy, { force: true })
      copyFileSync(file, copy)
      const db = new Sqlite(copy)
      setNumber(db, restored)
      db.pragma('journal_mode = DELETE')
      db.close()
      return Promise.resolve(() => restoreBackup(copy, file, Date.now()))
    })
  },
  numbersIn: (db) => db.prepare<[], number>(NUMBER).pluck().all(),
}

const OLD_ROWS = 500

/** From a database of each earlier version to this one; the number is the version that is found. */
const migrating: Work = {
  goesOn: false,
  prepare(file, from) {
    mkdirSync(join(file, '..'), { recursive: true })
    const db = new Sqlite(file)
    db.pragma('journal_mode = WAL')
    migrate(db, from)
    keepChecksums(db)
    db.exec(`INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (7, 'North', 0, 0.03)`)
    const add = db.prepare(
      `INSERT INTO machine (site_key, id, model, status, quantity, hashrate_ths, uptime_share, pool_fee_share, host_share,
         standby_w, fixed_nusd_per_day, restart_nusd) VALUES (7, ?, 'S19', 'running', 1, 104, 1, 0, 0, 0, 0, 0)`,
    )
    db.transaction(() => {
      for (let i = 0; i < OLD_ROWS; i++) add.run(`rig-${i}`)
    })()
    db.close()
    return Promise.resolve()
  },
  open: ({ file }) => Promise.resolve(() => Promise.resolve(() => openDatabase(file, 'refuse'))),
  numbersIn(db) {
    const rows = db.prepare<[], number>(`SELECT count(*) FROM machine WHERE hashrate_ths = 104`).pluck().get()
    const version = db.pragma('user_version', { simple: true }) as number
    return [rows === OLD_ROWS && version <= SCHEMA_VERSION ? version : NaN]
  },
}

export const WORK: Readonly<Record<WorkName, Work>> = {
  import: importing,
  contracts: contracting,
  restore: restoring,
  migration: migrating,
}
