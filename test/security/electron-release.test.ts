import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runtimeNote, SHIPPED_ELECTRON_MAJOR } from '#electron/security/supported-electron.ts'

/**
 * First publication of each major on the npm registry. Electron fixes the newest three majors: support of one
 * ends with the release three majors later. The table is brought up to date whenever a release is prepared;
 * it does not look at the clock, so that an old commit still passes its own tests.
 */
const RELEASED: Readonly<Record<number, string>> = {
  41: '2026-03-11',
  42: '2026-05-06',
  43: '2026-07-01',
  44: '2026-08-25',
  45: '2026-10-21',
}
const SUPPORTED_MAJORS = 3

const declared = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    devDependencies: Record<string, string>
  }
).devDependencies['electron']!

function endOfSupport(major: number): string | null {
  return RELEASED[major + SUPPORTED_MAJORS] ?? null
}

test('the declared Electron is one exact version of a major that still gets fixes', () => {
  expect(declared).toMatch(/^\d+\.\d+\.\d+$/)
  const major = Number.parseInt(declared, 10)
  expect(Object.keys(RELEASED)).toContain(String(major))
  expect(endOfSupport(major)).toBeNull()
  expect(endOfSupport(42)).toBe('2026-10-21')
})

test('the program knows what it is shipped with, and says where it runs on less', () => {
  expect(SHIPPED_ELECTRON_MAJOR).toBe(Number.parseInt(declared, 10))
  expect(runtimeNote(declared)).toBeNull()
  expect(runtimeNote('46.0.0')).toBeNull()
  expect(runtimeNote('33.2.1')).toContain('Electron 33.2.1')
})
