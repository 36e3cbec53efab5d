import { createHash } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { expect, it } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { copyNext } from '#electron/store/sqlite/backups.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { randomState, type RandomState } from '#shared/domain/ahead/simulate/random.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { ASSETS_FOLDER, openIn } from '../unit/store/stores.ts'
import { roundsOr, SEED, tell } from './rounds.ts'
import { below } from './spoil.ts'

/**
 * Databases with something wrong with them, of which there is a backup. Each is opened with what was in it, or refused in a sentence
 * that names the backup and with nothing changed; then the backup takes its place and the damaged file is kept.
 */

const DATABASES = roundsOr(20)
const PAGE_BYTES = 4096

type Damage = (bytes: Buffer, random: RandomState) => Buffer
/** What disks, sticks and half-done copies do to a file. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  'a flipped bit': (bytes, random) => {
    bytes[below(random, bytes.length)]! ^= 1 << below(random, 8)
    return bytes
  },
  'a page of zeros': (bytes, random) => {
    const at = below(random, bytes.length / PAGE_BYTES) * PAGE_BYTES
    return bytes.fill(0, at, at + PAGE_BYTES)
  },
  'a page of another place': (bytes, random) => {
    const [from, to] = [0, 0].map(() => below(random, bytes.length / PAGE_BYTES) * PAGE_BYTES) as [
      number,
      number,
    ]
    bytes.copy(bytes, to, from, from + PAGE_BYTES)
    return bytes
  },
  'cut off': (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  'a strange end': (bytes, random) => {
    const from = below(random, bytes.length)
    for (let i = from; i < bytes.length; i++) bytes[i] = below(random, 256)
    return bytes
  },
  'a strange sector': (bytes, random) => {
    const from = below(random, bytes.length / 512) * 512
    for (let i = from; i < from + 512; i++) bytes[i] = below(random, 256)
    return bytes
  },
  'a strange header': (bytes, random) => {
    for (let i = 0; i < 10; i++) bytes[below(random, 100)] = below(random, 256)
    return bytes
  },
  empty: () => Buffer.alloc(0),
}
const NAMES = Object.keys(DAMAGES)

const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
/** Every file in a folder, backups too. */
const stateOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, hashOf(path)])

/** Every row of every table; null where reading meets the damage. */
function contentOf(db: Database): string | null {
  try {
    const tables = db
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
      )
      .pluck()
      .all()
    return JSON.stringify(tables.map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).raw().all()]))
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

it(`${DATABASES} damaged databases: opened, refused in words or restored (seed ${SEED})`, async () => {
  const random = randomState(SEED)
  const root = mkdtempSync(join(tmpdir(), 'strikeline-damaged-'))
  const counts = { databases: 0, openedTheSame: 0, openedChanged: 0, failedLater: 0, refused: 0, restored: 0 }
  const changedBy = new Map<string, number>()
  try {
    const origin = join(root, 'origin')
    const store = await openIn(origin)
    await store.loadSample()
    const imported = await store.previewImport(join(ASSETS_FOLDER, 'sample-fleet.csv'))
    await store.confirmImport(imported.token, 'replace')
    await store.close()
    const db = await openDatabase(join(origin, DATABASE_NAME), 'refuse')
    const copy = await copyNext(db, join(origin, DATABASE_NAME), Date.UTC(2026, 0, 1), null)
    const content = contentOf(db)
    db.close()
    const sound = readFileSync(join(origin, DATABASE_NAME))

    for (; counts.databases < DATABASES; counts.databases++) {
      const name = NAMES[counts.databases % NAMES.length]!
      const folder = join(root, `damaged-${counts.databases}`)
      const file = join(folder, DATABASE_NAME)
      mkdirSync(join(folder, 'backups'), { recursive: true })
      for (const part of ['', '.sha256'])
        copyFileSync(`${copy}${part}`, join(folder, 'backups', `000001-2026-01-01.db${part}`))
      writeFileSync(file, DAMAGES[name]!(Buffer.from(sound), random))
      const before = stateOf(folder)
      try {
        // With the machines, which the program looks at when it reads them.
        const opened = await openDatabase(file, 'refuse', 'whole')
        const found = contentOf(opened)
        opened.close()
        if (found === content) counts.openedTheSame++
        else if (found === null) counts.failedLater++
        // A bit in what carries no checksum, such as a memory of undo: counted and told.
        else {
          counts.openedChanged++
          changedBy.set(name, (changedBy.get(name) ?? 0) + 1)
        }
      } catch (error) {
        expect(error, name).toBeInstanceOf(StrikelineError)
        const { code, message } = error as StrikelineError
        expect(['database-broken', 'database-newer'], `${name}: ${message}`).toContain(code)
        expect(message).toContain('Nothing was changed.')
        expect(stateOf(folder), name).toEqual(before)
        counts.refused++
        // One of a newer program is no damage to be repaired: only its owner knows.
        if (code === 'database-newer') continue
        expect(message).toContain('The newest sound backup is 000001-2026-01-01.db.')
        const restored = await openDatabase(file, 'restore')
        expect(contentOf(restored), name).toBe(content)
        restored.close()
        const kept = readdirSync(folder).filter((each) => each.includes('.broken-'))
        expect(kept).toHaveLength(1)
        const [, damagedHash] = before.find(([path]) => path === file)!
        expect(hashOf(join(folder, kept[0]!)), name).toBe(damagedHash)
        counts.restored++
      }
      rmSync(folder, { recursive: true, force: true })
    }
    expect(counts.failedLater).toBe(0)
  } finally {
    rmSync(root, { recursive: true, force: true })
    const by = [...changedBy].map(([name, count]) => `${count} by ${name}`).join(', ')
    tell(
      `damaged databases: ${counts.databases}; ${counts.openedTheSame} opened with all that was in them, ${counts.refused} refused in words with ` +
        `nothing changed, ${counts.restored} of these restored; ${counts.openedChanged} opened with other contents${by === '' ? '' : ` (${by})`}, ` +
        `${counts.failedLater} opened and failed later`,
    )
  }
}, 600_000)
