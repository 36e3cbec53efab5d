import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import type { DailyColumn, DailySeries } from '#shared/domain/signals/daily-series.ts'
import { signalsOf } from '#shared/domain/signals/signals.ts'
import type { BenchRow } from '#tools/bench-row.ts'
import { quickest } from '#tools/bench-row.ts'
import { DATABASE_NAME, openStore } from '#electron/store/sqlite/client.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { fleetCsv } from './fleets.ts'

const ROWS = 100_000
const ROUNDS = 5
const STALL_LIMIT_MS = 50
/** 17 years of every column, from four sources: 198 720 values. */
const PAST_DAYS = 6210
const PAST_SOURCES = ['coinmetrics', 'blockchaininfo', 'mempool', 'kraken'] as const
const DAY_MS = 86_400_000
/** Around which a column goes up and down by half: figures that could be. */
const PAST_LEVELS: Readonly<Record<DailyColumn, number>> = {
  priceUsd: 30_000,
  hashrateEhs: 500,
  difficulty: 7e13,
  issuanceBtc: 450,
  feesBtc: 20,
  marketCapUsd: 6e11,
  transferValueUsd: 1e10,
  minerNetFlowBtc: 100,
}

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
    workerUrl: new URL('electron/store/sqlite/worker.ts', root),
    assetsFolder: fileURLToPath(new URL('assets', root)),
  })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const SUM_OF_HISTORY =
  'SELECT sum(day), sum(length("column")), sum(length(source)), sum(value), sum(fetched_at_ms) FROM day_value'
/** SQLite's own mean and sum of squares over the two years of the dynamic NVT, of one column of one source. */
const WINDOW_OF_730_DAYS = `
  SELECT sum(mean), sum(squares) FROM (
    SELECT avg(value) OVER two_years AS mean, sum(value * value) OVER two_years AS squares
    FROM day_value WHERE "column" = 'priceUsd' AND source = 'kraken'
    WINDOW two_years AS (ORDER BY day ROWS 729 PRECEDING)
  )`

/** Fills the history up to yesterday with waves: every day has a value of every column from every source. */
async function fillPast(store: Store, nowMs: number): Promise<void> {
  const lastDay = Math.floor(nowMs / DAY_MS) - 1
  const day = Int32Array.from({ length: PAST_DAYS }, (_, i) => lastDay - PAST_DAYS + 1 + i)
  for (const [s, source] of PAST_SOURCES.entries()) {
    const values = DAILY_COLUMN_NAMES.map((column, c) => ({
      column,
      day,
      value: Float64Array.from(
        day,
        (_, i) => PAST_LEVELS[column] * (1 + s / 100 + 0.5 * Math.sin(i / (40 + 7 * c))),
      ),
    }))
    await store.savePastPiece({
      source,
      part: 'bench',
      values,
      epochs: [],
      throughDay: lastDay,
      fetchedAtMs: nowMs,
    })
  }
}

/** Reading the whole history, and all signals of it. */
async function pastRows(folder: string): Promise<readonly BenchRow[]> {
  return withStore(folder, async (store) => {
    const nowMs = Date.now()
    await fillPast(store, nowMs)
    const db = new Sqlite(join(folder, DATABASE_NAME), { readonly: true })
    const sum = db.prepare(SUM_OF_HISTORY)
    const windows = db.prepare(WINDOW_OF_730_DAYS)
    let readMs = Infinity
    let sumMs = Infinity
    let series: DailySeries | undefined
    for (let round = 0; round < 2 * ROUNDS; round++) {
      const read = async () => ({ series } = await store.readPast(PAST_SOURCES, nowMs))
      readMs = Math.min(readMs, await timed(read))
      sumMs = Math.min(sumMs, await timed(() => sum.get()))
    }
    const [signalsMs, windowsMs] = quickest([() => signalsOf(series!, null), () => windows.get()], 2 * ROUNDS)
    db.close()
    const rows = PAST_DAYS * PAST_SOURCES.length * DAILY_COLUMN_NAMES.length
    return [
      {
        what: `history of ${rows} values from the database to the columns that count`,
        measured: readMs,
        against: 'SELECT sum(…) over the same columns',
        againstMeasured: sumMs,
        goal: null,
      },
      {
        what: `all signals of ${series!.dates.length} days`,
        measured: signalsMs!,
        against: 'SELECT avg, sum OVER 730 days of one column',
        againstMeasured: windowsMs!,
        goal: null,
      },
    ]
  })
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
    writeFileSync(csv, fleetCsv(ROWS))
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
        measured: importMs,
        against: shellMs.length === 0 ? null : 'sqlite3 .import into the same table',
        againstMeasured: shellMs.length === 0 ? null : Math.min(...shellMs),
        goal: 3,
      },
      {
        what: 'longest stall of the calling thread meanwhile',
        measured: stallMs,
        against: `${STALL_LIMIT_MS} ms`,
        againstMeasured: STALL_LIMIT_MS,
        goal: 1,
      },
      {
        what: `fleet of ${ROWS} from the database to columns in the calling thread`,
        measured: readMs,
        against: 'SELECT sum(…) over the same columns',
        againstMeasured: sumMs,
        goal: 6,
      },
      ...(await pastRows(join(folder, 'history'))),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}
