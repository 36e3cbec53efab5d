import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { control, copyright, debVersion } from '#tools/deb/files.ts'
import { makeDeb } from '#tools/deb/make-deb.ts'
import { debOrder } from '#tools/deb/order.ts'
import { findProgram } from '#tools/processes.ts'

/** The Debian package of a small folder in place of the program; the real one is installed in test/e2e/deb.spec.ts. */

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strikeline-deb-test-'))
  const unpacked = join(folder, 'unpacked')
  mkdirSync(join(unpacked, 'resources'), { recursive: true })
  for (const [name, mode] of [
    ['strikeline', 0o775],
    ['chrome-sandbox', 0o755],
    ['resources/app.asar', 0o666],
  ] as const) {
    writeFileSync(join(unpacked, name), `${name}\n`)
    chmodSync(join(unpacked, name), mode)
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const order = (into: string) => debOrder(join(folder, 'unpacked'), join(folder, into), 'quick')

test('what comes before a release sorts before it', () => {
  expect(debVersion('1.2.0')).toBe('1.2.0')
  expect(debVersion('1.2.0-beta.1')).toBe('1.2.0~beta.1')
})

test('the texts have what Debian asks for', async () => {
  const terms = { ...(await order('none')), installedKib: 7 }
  const fields = Object.fromEntries(
    control(terms)
      .split('\n')
      .filter((line) => /^\S/.test(line))
      .map((line) => line.split(/: (.*)/) as [string, string]),
  )
  expect(fields).toMatchObject({
    Package: 'strikeline',
    'Installed-Size': '7',
    Description: 'Which Bitcoin-mining machines to run and which to power down',
  })
  expect(fields['Depends']).toContain('libgtk-3-0 | libgtk-3-0t64')
  expect(fields['Maintainer']).toMatch(/^.+ <.+@.+>$/)
  // Each line of a licence is indented, and an empty one is a dot.
  const [, body] = copyright(terms).split('License: MIT\n')
  expect(
    body!
      .trimEnd()
      .split('\n')
      .every((line) => /^ (?:\.|\S)/.test(line)),
  ).toBe(true)
})

describe.skipIf(findProgram('dpkg-deb') === null)('the package', () => {
  const ask = (...words: readonly string[]) => execFileSync('dpkg-deb', words, { encoding: 'utf8' })

  test('is the same each time, belongs to root, and runs no script', async () => {
    const [first, second] = [await makeDeb(await order('a')), await makeDeb(await order('b'))]
    const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
    expect(digest(first)).toBe(digest(second))
    expect(ask('--field', first, 'Package').trim()).toBe('strikeline')

    const lines = ask('--contents', first).trim().split('\n')
    expect(lines.every((line) => line.includes(' root/root '))).toBe(true)
    const modeOf = (path: string) => lines.find((line) => line.includes(` ./${path}`))?.slice(0, 10)
    expect(modeOf('opt/strikeline/strikeline')).toBe('-rwxr-xr-x')
    expect(modeOf('opt/strikeline/chrome-sandbox')).toBe('-rwsr-xr-x')
    expect(modeOf('opt/strikeline/resources/app.asar')).toBe('-rw-r--r--')
    expect(modeOf('usr/bin/strikeline -> ../../opt/strikeline/strikeline')).toBe('lrwxrwxrwx')
    for (const path of [
      'usr/share/applications/strikeline.desktop',
      'usr/share/icons/hicolor/512x512/apps/strikeline.png',
      'usr/share/doc/strikeline/copyright',
      'usr/share/doc/strikeline/changelog.gz',
    ])
      expect(modeOf(path)).toBe('-rw-r--r--')

    const inside = join(folder, 'control')
    ask('--control', first, inside)
    const sums = readFileSync(join(inside, 'md5sums'), 'utf8')
    const sum = createHash('md5').update('strikeline\n').digest('hex')
    expect(sums).toContain(`${sum}  opt/strikeline/strikeline\n`)
    expect(execFileSync('ls', [inside], { encoding: 'utf8' }).trim().split('\n')).toEqual([
      'control',
      'md5sums',
    ])
  })

  test('that cannot be made says what dpkg-deb said', async () => {
    const wrong = { ...(await order('c')), version: 'no version' }
    await expect(makeDeb(wrong)).rejects.toThrow(/^dpkg-deb: .*version/is)
  })
})
