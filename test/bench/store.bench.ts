import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import type { BenchRow } from '#tools/bench-row.ts'
import { DATABASE_NAME, openStore } from '#electron/db/client.ts'
import type { Store } from '#electron/db/client.ts'

const ROWS = 100_000
const ROUNDS = 5
const STALL_LIMIT_MS = 50

/** The table of the database as the file has it, with the same constraints and indexes, for SQLite's own shell. */
const SHELL_TABLE = `
  CREATE TABLE machine (
    id TEXT NOT NULL UNIQUE, model TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity >= 1),
    hashrate_ths REAL CHECK (hashrate_ths >= 0), power_w REAL CHECK (power_w >= 0), site TEXT NOT NULL,
    power_price_usd_kwh REAL, other_usd_kwh REAL, overhead REAL CHECK (overhead >= 0),
    uptime REAL NOT NULL CHECK (uptime BETWEEN 0 AND 1), pool_fee REAL NOT NULL CHECK (pool_fee BETWEEN 0 AND 1),
    host_share REAL NOT NULL CHECK (host_share BETWEEN 0 AND 1), standby_w REAL NOT NULL CHECK (standby_w >= 0),
    fixed_usd_day REAL NOT NULL CHECK (fixed_usd_day >= 0), restart_usd REAL NOT NULL CHECK (restart_usd >= 0),
    status TEXT NOT NULL CHECK (status IN ('running', 'off', 'repair'))
  ) STRICT;
  CREATE INDEX machine_site ON machine (site);`

const SUM_OF_ALL_COLUMNS = `
  SELECT sum(key), sum(site_key), sum(length(id)), sum(length(model)), sum(length(status)), sum(quantity),
    sum(hashrate_ths), sum(power_w), sum(power_price_nusd_per_kwh), sum(other_nusd_per_kwh), sum(overhead),
    sum(uptime_share), sum(pool_fee_share), sum(host_share), sum(standby_w), sum(fixed_nusd_per_day),
    sum(restart_nusd)
  FROM machine`

const CSV_HEADER =
  'id,model,quantity,hashrate_ths,power_w,site,power_price_usd_kwh,other_usd_kwh,overhead,uptime,pool_fee,host_share,standby_w,fixed_usd_day,restart_usd,status'

function csvRow(_: unknown, i: number): string {
  const hashrateThs = (90 + (i % 97) * 1.1).toFixed(1)
  const powerW = (3000 + (i % 101) * 7.3).toFixed(1)
  const price = (0.05 + (i % 20) * 0.0005 + (i % 10 === 0 ? 0.001 : 0)).toFixed(4)
  return `rig-${i},Model ${i % 50},${1 + (i % 4)},${hashrateThs},${powerW},Site ${i % 20},${price},0.002,0.03,0.98,0.01,0,${i % 5},0.3,0.5,running`
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Longest time in which this thread did not come to anything else while the work ran, ms. */
async function longestStall(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }, 1)
  await work()
  clearInterval(timer)
  return longest
}

const root = new URL('../../', import.meta.url)

async function withStore<T>(folder: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({
    file: join(folder, DATABASE_NAME),
    workerUrl: new URL('electron/db/worker.ts', root),
    assetsFolder: fileURLToPath(new URL('assets', root)),
  })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** SQLite's shell on the same file; null where it is not installed. */
function shellMilliseconds(folder: string, csv: string): number | null {
  const database = join(folder, 'shell.db')
  const script = `PRAGMA journal_mode = WAL;\nPRAGMA synchronous = FULL;\n${SHELL_TABLE}\n.import --csv --skip 1 "${csv}" machine\n`
  const start = performance.now()
  const shell = spawnSync('sqlite3', ['-bail', database], { input: script, encoding: 'utf8' })
  return shell.status === 0 ? performance.now() - start : null
}

export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-bench-'))
  try {
    const csv = join(folder, 'fleet.csv')
    writeFileSync(csv, `${CSV_HEADER}\n${Array.from({ length: ROWS }, csvRow).join('\n')}\n`)
    let importMs = Infinity
    let stallMs = Infinity
    const shellMs: number[] = []
    let readMs = Infinity
    let sumMs = Infinity
    for (let round = 0; round < ROUNDS; round++) {
      const own = join(folder, String(round))
      await withStore(own, async (store) => {
        const importing = async () => {
          const { token } = await store.previewImport(csv)
          await store.confirmImport(token, 'merge')
        }
        stallMs = Math.min(
          stallMs,
          await longestStall(async () => (importMs = Math.min(importMs, await timed(importing)))),
        )
        const shell = shellMilliseconds(own, csv)
        if (shell !== null) shellMs.push(shell)

        const db = new Sqlite(join(own, DATABASE_NAME), { readonly: true })
        const sum = db.prepare(SUM_OF_ALL_COLUMNS)
        for (let read = 0; read < ROUNDS; read++) {
          readMs = Math.min(readMs, await timed(() => store.readFleet()))
          sumMs = Math.min(sumMs, await timed(() => sum.get()))
        }
        db.close()
      })
    }
    return [
      {
        what: `import of ${ROWS} rows, checked, previewed and stored`,
        milliseconds: importMs,
        against: shellMs.length === 0 ? null : 'sqlite3 .import into the same table',
        againstMilliseconds: shellMs.length === 0 ? null : Math.min(...shellMs),
        goal: 3,
      },
      {
        what: 'longest stall of the calling thread meanwhile',
        milliseconds: stallMs,
        against: `${STALL_LIMIT_MS} ms`,
        againstMilliseconds: STALL_LIMIT_MS,
        goal: 1,
      },
      {
        what: `fleet of ${ROWS} from the database to columns in the calling thread`,
        milliseconds: readMs,
        against: 'SELECT sum(…) over the same columns',
        againstMilliseconds: sumMs,
        goal: 6,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}
