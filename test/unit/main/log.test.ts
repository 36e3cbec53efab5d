import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '#electron/main/log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strikeline-log-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})
const AT_MS = Date.UTC(2025, 10, 22, 12)

test('an entry has its time, the sentence, the stack and what caused it', () => {
  const log = createLog(folder, () => AT_MS)
  log.write('Fault in x:', new Error('outer', { cause: new RangeError('inner') }))
  const text = readFileSync(log.file, 'utf8')
  expect(text).toMatch(/^2025-11-22T12:00:00\.000Z Fault in x: Error: outer\n\s+at /)
  expect(text).toContain('because of RangeError: inner')
})

test('the file is for its owner only and is made with its folder', () => {
  const log = createLog(join(folder, 'new', 'place'), () => AT_MS)
  log.write('x')
  expect(statSync(log.file).mode & 0o777).toBe(0o600)
})

test('it rotates: bounded in size, the newest entry always in the same file, three older ones kept', () => {
  const log = createLog(folder, () => AT_MS, 200)
  for (let i = 0; i < 100; i++) log.write(`entry ${i} ${'.'.repeat(60)}`)
  expect(readdirSync(folder).toSorted()).toEqual([
    'strikeline.1.log',
    'strikeline.2.log',
    'strikeline.3.log',
    'strikeline.log',
  ])
  expect(readFileSync(log.file, 'utf8')).toContain('entry 99 ')
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(400)
})

test('a log that cannot be written does not take the program with it', () => {
  createLog(folder, () => AT_MS).write('makes the file')
  const log = createLog(join(folder, 'strikeline.log'), () => AT_MS)
  expect(() => log.write('lost, but seen on standard error')).not.toThrow()
})
