import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { readMoveFile } from '#electron/files/move/move-file.ts'
import { type PartFile, readContractFile, readLadders, readPrices } from '#electron/services/part-files.ts'
import { DATABASE_NAME, type Store } from '#electron/store/sqlite/client.ts'
import { isWithinDailyBounds } from '#shared/domain/signals/daily-bounds.ts'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import { MACHINE_FIELDS, NUMBER_NAMES } from '#shared/domain/fleet/fields.ts'
import { randomState } from '#shared/domain/ahead/simulate/random.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { ASSETS_FOLDER, openIn } from '../unit/store/stores.ts'
import { roundsOr, SEED, tell } from './rounds.ts'
import { spoiled } from './spoil.ts'

/**
 * Files of every format with something wrong with them. Each is taken or refused: a refusal is a sentence that names the file, and
 * nothing is stored then; what is taken is within the bounds of its field.
 */

const FILES = roundsOr(25)
/** What the program promises for any file within its limits. */
const MOST_MS = 10_000
const NOW_MS = Date.parse('2026-10-06T00:00:00Z')

const GUIDE = readFileSync(new URL('../../docs/contracts.md', import.meta.url), 'utf8')
const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(GUIDE)![1]!
const day = (number: number) => new Date(Date.UTC(2025, 0, 1 + number)).toISOString().slice(0, 10)
const lines = (heading: string, count: number, line: (i: number) => string) =>
  `${heading}\n${Array.from({ length: count }, (_, i) => line(i)).join('\n')}\n`

type Format = {
  readonly fileName: string
  readonly sound: (store: Store, folder: string) => Promise<string | Buffer>
  /** Reads the file and stores it. */
  readonly take: (store: Store, path: string) => Promise<unknown>
  /** How many of the values that are stored now are out of bounds. */
  readonly badValues: (store: Store) => Promise<number>
  /** a file of this format that is not byte for byte what was written is never taken */
  readonly isSealed?: true
}

const RULES = { fileName: 'file', replace: true, leaveUnknown: true }
const takeParts = async (store: Store, { parts }: PartFile) => store.takeParts(parts, RULES)
/** Its schema refuses what is out of bounds, on the way out as on the way in. */
const badInCase = async (store: Store) => {
  await store.readCase()
  const [ladders, lotLadders] = await Promise.all([store.readLadders(), store.readLotLadders()])
  const points = [...ladders, ...lotLadders.map(({ ladder }) => ladder)].flatMap((ladder) => ladder.points)
  return points.filter(
    ({ hashrateThs, powerW }) => !(hashrateThs > 0 && powerW > 0 && hashrateThs + powerW < Infinity),
  ).length
}

const FORMATS: Readonly<Record<string, Format>> = {
  fleet: {
    fileName: 'fleet.csv',
    sound: () => Promise.resolve(readFileSync(join(ASSETS_FOLDER, 'sample-fleet.csv'))),
    async take(store, path) {
      const { token } = await store.previewImport(path)
      return store.confirmImport(token, 'replace')
    },
    async badValues(store) {
      const { machines } = await store.readFleet()
      const within = (name: (typeof NUMBER_NAMES)[number]) => {
        const [least, most] = MACHINE_FIELDS[name].bounds
        return (value: number) => Number.isNaN(value) || (value >= least && value <= most)
      }
      return NUMBER_NAMES.reduce(
        (sum, name) => sum + machines[name].filter((value) => !within(name)(value)).length,
        0,
      )
    },
  },
  contracts: {
    fileName: 'sites.json',
    sound: () => Promise.resolve(block('json')),
    take: async (store, path) => takeParts(store, await readContractFile(store, path)),
    badValues: badInCase,
  },
  prices: {
    fileName: 'prices.csv',
    sound: () =>
      Promise.resolve(
        lines(
          'time,price_usd_mwh',
          96,
          (i) => `${new Date(Date.UTC(2026, 0, 1, i)).toISOString()},${30 + (i % 24)}.5`,
        ),
      ),
    take: async (store, path) => takeParts(store, await readPrices(store, 'North', path)),
    badValues: badInCase,
  },
  ladders: {
    fileName: 'ladders.csv',
    sound: () =>
      Promise.resolve(
        lines(
          'model,firmware,profile,hashrate_ths,power_w,source',
          8,
          (i) => `Model ${i % 2},LuxOS,at ${i},${80 + i * 5},${2000 + i * 200},a meter`,
        ),
      ),
    take: async (store, path) => takeParts(store, await readLadders(store, path)),
    badValues: badInCase,
  },
  history: {
    fileName: 'daily.csv',
    sound: () =>
      Promise.resolve(
        lines(
          'date,price_usd,hashrate_ehs,difficulty',
          60,
          (i) => `${day(i)},${90_000 + i},${900 + i},1.2e14`,
        ),
      ),
    take: (store, path) => store.importDaily(path, NOW_MS),
    async badValues(store) {
      const { series } = await store.readPast(['imported'], NOW_MS)
      return DAILY_COLUMN_NAMES.reduce(
        (sum, column) =>
          sum +
          series[column].filter(
            (value, row) =>
              !Number.isNaN(value) &&
              !isWithinDailyBounds(column, Date.parse(series.dates[row]!) / 86_400_000, value),
          ).length,
        0,
      )
    },
  },
  'network file': {
    fileName: 'network.json',
    async sound(store, folder) {
      const values = [
        ['height', 970_000],
        ['difficulty', 1.3e14],
        ['priceUsdPerBtc', 86_000],
        ['feesBtcPerBlock', 0.02],
      ] as const
      await store.saveNetworkReading(
        values.map(([name, value]) => ({
          name,
          value,
          source: 'mempool' as const,
          asOfMs: NOW_MS - 60_000,
          fetchedAtMs: NOW_MS - 60_000,
        })),
        [],
      )
      await store.exportNetworkFile(join(folder, 'network.json'), NOW_MS, '0.0.0', true)
      return readFileSync(join(folder, 'network.json'))
    },
    async take(store, path) {
      const { parts } = await store.importNetworkFile(path, NOW_MS)
      if (parts !== null) await store.takeParts(parts, RULES)
    },
    async badValues(store) {
      const values = await store.readNetworkValues()
      return values.filter(({ value }) => !(value > 0 && value < Infinity)).length + (await badInCase(store))
    },
  },
  'move file': {
    fileName: 'all.strikeline',
    async sound(store, folder) {
      await store.moveOut(join(folder, 'all.strikeline'), '0.0.0', NOW_MS)
      return readFileSync(join(folder, 'all.strikeline'))
    },
    take(_, path) {
      const database = `${path}.taken`
      rmSync(database, { force: true })
      readMoveFile(path, database)
      return Promise.resolve()
    },
    badValues: () => Promise.resolve(0),
    isSealed: true,
  },
}

describe.each(Object.keys(FORMATS))('%s', (name) => {
  it(`${FILES} spoiled files: taken within bounds, or refused in a sentence with nothing stored (seed ${SEED})`, async () => {
    const { fileName, sound, take, badValues, isSealed } = FORMATS[name]!
    const folder = mkdtempSync(join(tmpdir(), 'strikeline-spoiled-'))
    const counts = {
      files: 0,
      taken: 0,
      refused: 0,
      badStored: 0,
      storedThoughRefused: 0,
      wordless: 0,
      slow: 0,
    }
    let slowestMs = 0
    try {
      const store = await openIn(folder)
      writeFileSync(join(folder, 'own.csv'), block('csv'))
      const { token } = await store.previewImport(join(folder, 'own.csv'))
      await store.confirmImport(token, 'replace')
      const whole = Buffer.from(await sound(store, folder))
      const path = join(folder, fileName)
      writeFileSync(path, whole)
      await take(store, path)
      expect(await badValues(store)).toBe(0)
      const watch = new Sqlite(join(folder, DATABASE_NAME), { readonly: true })
      /** Changes with everything that another connection stores. */
      const version = () => watch.pragma('data_version', { simple: true }) as number

      const random = randomState(SEED)
      for (; counts.files < FILES; counts.files++) {
        writeFileSync(path, spoiled(whole, random))
        const before = version()
        const began = performance.now()
        try {
          await take(store, path)
          counts.taken++
          counts.badStored += await badValues(store)
        } catch (error) {
          counts.refused++
          if (version() !== before) counts.storedThoughRefused++
          const isClear = error instanceof StrikelineError && error.message.includes(fileName)
          if (!isClear) counts.wordless++
          expect.soft(isClear, `file ${counts.files}: ${String(error)}`).toBe(true)
        }
        const tookMs = performance.now() - began
        slowestMs = Math.max(slowestMs, tookMs)
        if (tookMs > MOST_MS) counts.slow++
      }
      watch.close()
      expect(counts).toMatchObject({ badStored: 0, storedThoughRefused: 0, slow: 0 })
      if (isSealed === true) expect(counts.taken).toBe(0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
      tell(
        `${name}: ${counts.files} spoiled files, ${counts.taken} taken, ${counts.refused} refused; ${counts.badStored} bad values stored, ` +
          `${counts.storedThoughRefused} stored though refused, ${counts.wordless} refused without clear words; the slowest ${Math.ceil(slowestMs)} ms`,
      )
    }
  }, 600_000)
})
