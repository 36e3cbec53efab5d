import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { FuseState } from '@electron/fuses'
import type { Configuration } from 'electron-builder'
import { describe, expect, test } from 'vitest'
import { EXPECTED_FUSES } from '#electron/security/fuses.ts'
import { checkFuses, releasable } from '#tools/package.ts'

const repository = resolve(import.meta.dirname, '..', '..')

/** The packager's own reader of configurations and its schema, which its public interface does not offer. */
const { getConfig, validateConfiguration } = createRequire(import.meta.url)(
  'app-builder-lib/out/util/config/config.js',
) as {
  readonly getConfig: (
    folder: string,
    file: string | null,
    added: Configuration | null,
  ) => Promise<Configuration>
  readonly validateConfiguration: (config: object, log: { readonly isEnabled: boolean }) => Promise<void>
}
const validate = (config: object) => validateConfiguration(config, { isEnabled: false })

const config = await getConfig(repository, null, null)

describe('electron-builder.yml', () => {
  test("fits the packager's schema", async () => {
    await validate(structuredClone(config))
  })

  test('a misspelt fuse would be noticed', async () => {
    const misspelt = {
      ...structuredClone(config),
      electronFuses: { ...config.electronFuses, runAsNodes: false },
    }
    await expect(validate(misspelt)).rejects.toThrow('configuration.electronFuses')
  })

  test('sets every fuse of the table and no other', () => {
    expect(config.electronFuses).toEqual(EXPECTED_FUSES)
  })

  test('packs into an archive whose integrity is recorded; only native modules stay outside', () => {
    expect(config.asar).toEqual({ smartUnpack: false })
    expect(config.asarUnpack).toEqual(['**/*.node'])
    expect(config.disableAsarIntegrity ?? false).toBe(false)
  })

  test('makes an installer and a portable program for Windows, a disk image, an AppImage and a folder', () => {
    expect(config.win?.target).toEqual(['nsis', 'portable'])
    expect(config.mac?.target).toEqual(['dmg'])
    expect(config.linux?.target).toEqual(['dir', 'AppImage'])
  })

  test('no launcher switches the sandbox off, and nothing is uploaded', () => {
    expect(config.appImage?.executableArgs).toEqual([])
    expect(readFileSync(join(repository, 'electron-builder.yml'), 'utf8')).not.toMatch(
      /^[^#\n]*--no-sandbox/m,
    )
    expect(config.publish).toBeNull()
  })
})

describe('the workflow that packages where the tools are', () => {
  const text = readFileSync(join(repository, '.github', 'workflows', 'package.yml'), 'utf8')
  type Step = { readonly run?: string; readonly uses?: string }
  type Job = {
    readonly strategy: { readonly matrix: { readonly include: readonly { readonly os: string }[] } }
    readonly steps: readonly Step[]
  }
  // The packager reads its own configuration with it.
  const { load } = createRequire(createRequire(import.meta.url).resolve('app-builder-lib'))('js-yaml') as {
    readonly load: (text: string) => { readonly jobs: Readonly<Record<string, Job>> }
  }
  const { jobs } = load(text)

  test('runs on Windows, macOS and Linux, and calls scripts that exist', () => {
    const job = jobs['package']!
    expect(job.strategy.matrix.include.map(({ os }) => os.split('-')[0]).toSorted()).toEqual([
      'macos',
      'ubuntu',
      'windows',
    ])
    const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>
    }
    const called = job.steps.flatMap(({ run }) => /^npm run (\S+)/.exec(run ?? '')?.[1] ?? [])
    expect(called).toEqual(['package'])
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(called))
  })

  test('says that nobody has run it', () => {
    expect(text).toContain('NEVER BUILT HERE')
  })
})

describe('fuses of a packaged executable', () => {
  /** The marker that Electron carries its switches behind, then version, length and one state each. */
  const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const wireOf = (states: readonly FuseState[]) =>
    Buffer.concat([Buffer.from(`…${SENTINEL}`), Buffer.from([1, states.length, ...states]), Buffer.from('…')])
  // in the order of the wire
  const RIGHT = ['off', 'on', 'off', 'off', 'on', 'on', 'off', 'off']
  const state = (word: string) => (word === 'on' ? FuseState.ENABLE : FuseState.DISABLE)

  test('are read back, and each that differs is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strikeline-fuses-'))
    try {
      const executable = join(folder, 'strikeline')
      writeFileSync(executable, wireOf(RIGHT.map(state)))
      await checkFuses(executable, EXPECTED_FUSES)
      writeFileSync(executable, wireOf(RIGHT.with(0, 'on').with(5, 'off').map(state)))
      await expect(checkFuses(executable, EXPECTED_FUSES)).rejects.toThrow(
        'runAsNode is not off, onlyLoadAppFromAsar is not on',
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

test('a release is refused where only an older Electron can be had', () => {
  expect(releasable({ executable: '/opt/electron/electron' })).toBe('/opt/electron/electron')
  expect(() => releasable({ reason: 'github.com does not answer' })).toThrow(
    /packaged with Electron 45\.4\.1.*not with the older 33\.2\.1.*github\.com does not answer/,
  )
})
