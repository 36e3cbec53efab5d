import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backupNameSchema } from '#shared/ipc/schemas/backups.ts'
import { backupFolder, backupNamed, listBackups } from '#electron/store/sqlite/backups.ts'

/** The page names a copy and never a path: what it may say, and what becomes of it. */

const COPIES = [
  '000001-2025-11-20.db',
  '000002-2025-11-21-before-restore.db',
  '2025-11-19-before-version-7.db',
]
let file: string

beforeAll(() => {
  file = join(mkdtempSync(join(tmpdir(), 'strikeline-names-')), 'strikeline.db')
  mkdirSync(join(backupFolder(file), 'below'), { recursive: true })
  for (const name of [...COPIES, 'notes.db', '000001-2025-11-20.db.sha256', join('below', COPIES[0]!)])
    writeFileSync(join(backupFolder(file), name), '')
  writeFileSync(file, '')
})
afterAll(() => {
  rmSync(dirname(file), { recursive: true })
})

test('every copy that this program makes has a name that the page may say', () => {
  const names = listBackups(file).map(({ path }) => path.slice(backupFolder(file).length + 1))
  expect(names.toSorted()).toEqual(COPIES.toSorted())
  for (const name of COPIES) {
    expect(backupNameSchema.safeParse(name).success).toBe(true)
    expect(backupNamed(file, name)).toBe(join(backupFolder(file), name))
  }
})

const steps = fc.constantFrom('..', '.', '/', '\\', '\0', '%2e', '~', 'C:', 'below', 'notes.db', ...COPIES)
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(steps, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.array(steps, { maxLength: 6 }).map((parts) => parts.join('/')),
)

test('nothing else is found, whatever is said', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      fc.pre(!COPIES.includes(name))
      expect(() => backupNamed(file, name)).toThrow(expect.objectContaining({ code: 'not-found' }) as Error)
    }),
    { numRuns: 2000 },
  )
})

test('nothing that leads anywhere is let in', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      if (backupNameSchema.safeParse(name).success)
        expect(join(backupFolder(file), name)).toBe(`${backupFolder(file)}/${name}`)
    }),
    { numRuns: 2000 },
  )
  for (const name of [
    '../strikeline.db',
    'a/b.db',
    'a\\b.db',
    'C:a.db',
    '.db',
    'a.b.db',
    `${'a'.repeat(90)}.db`,
    'a.db\n',
  ])
    expect(backupNameSchema.safeParse(name).success).toBe(false)
})
