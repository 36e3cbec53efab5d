import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { capture, findProgram, run } from '#tools/processes.ts'
import { cachedFolder, cacheFolder } from '#tools/runtime/cache.ts'
import { withSeenDisplay, withUnseenDisplay } from '#tools/runtime/display.ts'
import { checkIntegrity } from '#tools/runtime/older-electron.ts'
import { ensureSystemPackages, librariesNotFound, packagesFor } from '#tools/runtime/system-packages.ts'

const repository = resolve(import.meta.dirname, '..', '..')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strikeline-tools-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('cache', () => {
  test('lies where the user keeps caches', () => {
    vi.stubEnv('XDG_CACHE_HOME', folder)
    expect(cacheFolder()).toBe(join(folder, 'strikeline'))
    expect(existsSync(join(folder, 'strikeline'))).toBe(true)
  })

  test('fills a folder once', async () => {
    const fill = vi.fn(writes('whole'))
    expect(await cachedFolder(folder, 'thing', fill)).toBe(join(folder, 'thing'))
    await cachedFolder(folder, 'thing', fill)
    expect(fill).toHaveBeenCalledOnce()
    expect(readFileSync(join(folder, 'thing', 'part'), 'utf8')).toBe('whole')
  })

  test('leaves nothing behind where filling fails', async () => {
    const fill = (partial: string): Promise<void> => {
      writeFileSync(join(partial, 'half'), '')
      return Promise.reject(new Error('cut off'))
    }
    await expect(cachedFolder(folder, 'thing', fill)).rejects.toThrow('cut off')
    expect(readdirSync(folder)).toEqual([])
  })

  test('keeps the first of two that fill it at the same time, whole', async () => {
    const both = ['one', 'the other'].map((text) => cachedFolder(folder, 'thing', writes(text)))
    expect(await Promise.all(both)).toEqual([join(folder, 'thing'), join(folder, 'thing')])
    expect(['one', 'the other']).toContain(readFileSync(join(folder, 'thing', 'part'), 'utf8'))
    expect(readdirSync(folder)).toEqual(['thing'])
  })

  /** Fills a folder after the other callers have had their turn. */
  function writes(text: string): (partial: string) => Promise<void> {
    return async (partial) => {
      await setImmediate()
      writeFileSync(join(partial, 'part'), text)
    }
  }
})

test('a download that is not the pinned one is refused', async () => {
  const file = join(folder, 'download')
  writeFileSync(file, 'abc')
  const abc =
    'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=='
  await checkIntegrity(file, abc)
  writeFileSync(file, 'abd')
  await expect(checkIntegrity(file, abc)).rejects.toThrow(/is not the file that was expected/)
})

describe('system packages', () => {
  const LDD = [
    '\tlinux-vdso.so.1 (0x00007ffd)',
    '\tlibnss3.so => not found',
    '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
    '\tlibgbm.so.1 => not found',
  ].join('\n')

  test('what the loader does not find is read off', () => {
    expect(librariesNotFound(LDD)).toEqual(['libnss3.so', 'libgbm.so.1'])
  })

  test('only what is missing is asked for', () => {
    const programs = { Xvfb: 'xvfb', 'g++': 'g++' }
    expect(packagesFor({ libraries: [], programs }, () => true)).toEqual([])
    expect(packagesFor({ libraries: [], programs }, (name) => name === 'g++')).toEqual(['xvfb'])
    const files = { '/usr/lib/uno.py': 'python3-uno' }
    const of = (isThere: boolean) =>
      packagesFor({ libraries: [], programs: {}, files }, undefined, () => isThere)
    expect([of(true), of(false)]).toEqual([[], ['python3-uno']])
    const all = packagesFor({ libraries: ['libnss3.so'], programs }, () => false)
    expect(all).toEqual(expect.arrayContaining(['libgtk-3-0', 'libnss3', 'xvfb', 'g++']))
  })

  test.runIf(process.platform === 'linux')('without apt-get the message names what is missing', async () => {
    vi.stubEnv('PATH', folder)
    const needs = { libraries: ['libnss3.so'], programs: { Xvfb: 'xvfb' } }
    await expect(ensureSystemPackages(needs, () => undefined)).rejects.toThrow(
      'This system lacks libnss3.so, Xvfb.',
    )
  })

  test.runIf(process.platform === 'linux')('root installs, others are given the command', async () => {
    // Stands in for Debian's own program and notes what it is asked.
    const log = join(folder, 'log')
    for (const name of ['apt-get', 'apt-cache']) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho "$@" >> ${log}\n`, { mode: 0o755 })
    }
    vi.stubEnv('PATH', folder)
    const needs = { libraries: [], programs: { Xvfb: 'xvfb', pdftotext: 'poppler-utils' } }
    const said: string[] = []

    const getuid = vi.spyOn(process, 'getuid').mockReturnValue(1000)
    const command = 'Type: sudo apt-get update && sudo apt-get install -y xvfb poppler-utils'
    await expect(ensureSystemPackages(needs, (line) => said.push(line))).rejects.toThrow(command)
    expect(existsSync(log)).toBe(false)

    getuid.mockReturnValue(0)
    await ensureSystemPackages(needs, (line) => said.push(line))
    expect(said).toEqual(['This system lacks Xvfb, pdftotext. Installing xvfb poppler-utils …'])
    const asked = readFileSync(log, 'utf8').trim().split('\n')
    expect(asked.at(0)).toBe('update -q')
    expect(asked.at(-1)).toBe('install -y -q --no-install-recommends xvfb poppler-utils')
    getuid.mockRestore()
  })
})

describe.runIf(process.platform === 'linux')('display', () => {
  test('none of any kind: a sentence that says what to do', async () => {
    vi.stubEnv('DISPLAY', '')
    vi.stubEnv('WAYLAND_DISPLAY', '')
    vi.stubEnv('PATH', folder)
    const work = vi.fn(() => Promise.resolve())
    await expect(withSeenDisplay(() => undefined, work)).rejects.toThrow(/There is no display.*install Xvfb/)
    await expect(withUnseenDisplay(work)).rejects.toThrow(/There is no display/)
    expect(work).not.toHaveBeenCalled()
  })

  test("the operator's own is used as it is", async () => {
    vi.stubEnv('DISPLAY', ':7')
    const say = vi.fn()
    const work = vi.fn(() => Promise.resolve('shown'))
    expect(await withSeenDisplay(say, work)).toBe('shown')
    expect(work).toHaveBeenCalledExactlyOnceWith({})
    expect(say).not.toHaveBeenCalled()
  })
})

describe('processes', () => {
  const node = process.execPath

  test('give their exit code', async () => {
    expect(await run(node, ['-e', 'process.exit(3)'])).toBe(3)
    expect(await run(join(folder, 'no-such-program'), [])).toBe(127)
    expect((await capture(join(folder, 'no-such-program'), [])).code).toBe(127)
  })

  test.runIf(process.platform !== 'win32')('a signal counts as 128 and its number', async () => {
    expect(await run(node, ['-e', "process.kill(process.pid, 'SIGTERM')"])).toBe(143)
  })

  test('what they print is kept apart and without colours', async () => {
    const code = "console.log('\\u001b[31mred\\u001b[0m'); console.error('bad'); process.exit(4)"
    expect(await capture(node, ['-e', code])).toEqual({ code: 4, stdout: 'red\n', stderr: 'bad\n' })
  })

  test('are found on the PATH only where they can be executed', () => {
    writeFileSync(join(folder, 'tool'), '', { mode: 0o644 })
    vi.stubEnv('PATH', folder)
    if (process.platform !== 'win32') expect(findProgram('tool')).toBeNull()
    writeFileSync(join(folder, 'other'), '', { mode: 0o755 })
    expect(findProgram('other')).toBe(join(folder, 'other'))
  })
})

describe('npm run cli', () => {
  const cli = (cwd: string, ...args: readonly string[]) =>
    capture(process.execPath, [join(repository, 'tools', 'cli.js'), ...args], {
      cwd,
      env: { INIT_CWD: folder },
    })

  test('prints the answer and nothing else', async () => {
    const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      version: string
    }
    expect(await cli(folder, '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  test("takes paths from where the operator stands, not from npm's folder", async () => {
    writeFileSync(join(folder, 'case.json'), '{"height": 1}')
    const answer = await cli(repository, 'adjustment', '--case', 'case.json', '--json')
    expect(answer.code).toBe(2)
    expect(answer.stderr).toContain('case.json')
    expect(answer.stderr).not.toMatch(/no such file|ENOENT/)
  })
})
