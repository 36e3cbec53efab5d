import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { licenceFaults, noticesText, shippedPackages } from '#tools/licences.ts'
import { audit, auditOf } from '#tools/release-check.ts'

const MIT = 'MIT License\r\n\r\nPermission is hereby granted  \n'
type Planted = { readonly license?: unknown; readonly files?: Readonly<Record<string, string>> }

/** A repository whose build holds one module of each package; what is always shipped is there too. */
function built(planted: Readonly<Record<string, Planted>>, more: Readonly<Record<string, number>> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'strikeline-licences-'))
  const sound: Planted = { license: 'MIT', files: { LICENSE: MIT } }
  const all = { 'better-sqlite3': sound, 'node-addon-api': sound, electron: sound, ...planted }
  for (const [name, { license, files = {} }] of Object.entries(all)) {
    const folder = join(root, 'node_modules', name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', license }))
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  }
  const modules = {
    ...Object.fromEntries(Object.keys(planted).map((name) => [`node_modules/${name}/lib/index.js`, 10])),
    ...more,
  }
  mkdirSync(join(root, 'modules'))
  writeFileSync(
    join(root, 'modules', 'page.json'),
    JSON.stringify({ 'a.js': { imports: [], modules: { 'renderer/app/main.tsx': 5, ...modules } } }),
  )
  return shippedPackages(join(root, 'modules'), root)
}

describe('what is in the program', () => {
  it('is read from the modules that are left in the bundles, and what is shipped beside them', () => {
    const packages = built(
      {
        '@scope/one': { license: 'ISC', files: { 'LICENSE.md': MIT } },
        vite: {
          license: 'MIT',
          files: { 'LICENSE.md': `${MIT}\n# Licenses of bundled dependencies\n\nof esbuild` },
        },
        'only-types': { license: 'GPL-3.0' },
      },
      { 'node_modules/only-types/lib/index.js': 0, '\0vite/preload-helper.js': 30 },
    )
    expect(packages.map(({ name }) => name)).toEqual([
      '@scope/one',
      'better-sqlite3',
      'electron',
      'node-addon-api',
      'vite',
    ])
    expect(packages.at(-1)!.text).toBe('MIT License\n\nPermission is hereby granted')
    expect(licenceFaults(packages)).toEqual([])
    expect(noticesText(packages)).toContain('\n@scope/one 1.2.3\nLicence: ISC\n\nMIT License\n')
  })
  it('is refused where a module belongs to nobody', () => {
    expect(() => built({}, { '\0strange:module': 3 })).toThrow('nothing says whose it is')
    expect(() => built({}, { '../elsewhere/module.js': 3 })).toThrow('nothing says whose it is')
  })
})

describe('a package that may not be released', () => {
  it.each<[Planted, string]>([
    [{ files: { LICENSE: MIT } }, 'planted 1.2.3 does not say under which licence it is'],
    [{ license: { type: 'MIT' }, files: { LICENSE: MIT } }, 'does not say under which licence'],
    [
      { license: 'GPL-3.0-only', files: { COPYING: 'GPL' } },
      'planted 1.2.3 is under GPL-3.0-only, which is not among',
    ],
    [{ license: '(MIT OR GPL-3.0)', files: { LICENSE: MIT } }, 'is not among 0BSD, BSD-2-Clause'],
    [
      { license: 'MIT', files: { 'README.md': MIT } },
      'planted 1.2.3 has no file with the text of its licence',
    ],
    [{ license: 'MIT', files: { LICENSE: ' \n' } }, 'has no file with the text of its licence'],
  ])('%j', (planted, words) => {
    const faults = licenceFaults(built({ planted }))
    expect(faults).toEqual([expect.stringContaining(words)])
  })
})

describe('npm audit', () => {
  afterEach(() => void vi.unstubAllEnvs())

  /** What the check says where the registry answers like this. */
  async function askedOf(answer: (path: string) => { readonly status: number; readonly body: unknown }) {
    const server = createServer((request, response) => {
      const { status, body } = answer(request.url ?? '')
      request
        .resume()
        .on('end', () =>
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
        )
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    vi.stubEnv('npm_config_registry', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    try {
      return await audit(new Set(['zod', 'react']))
    } finally {
      await new Promise((done) => server.close(done))
    }
  }

  const advisory = (name: string) => ({
    id: 1,
    url: 'https://example.org/1',
    title: `Planted in ${name}`,
    severity: 'high',
    vulnerable_versions: '>=0',
    cwe: [],
    cvss: { score: 0, vectorString: null },
  })

  it('finds what is known against a package that is in the program, though it is declared for development', async () => {
    const answer = await askedOf((path) => {
      const body = { zod: [advisory('zod')], prettier: [advisory('prettier')] }
      if (path.endsWith('/bulk')) return { status: 200, body }
      // npm reads about a package which versions it has.
      const [name, version] = [path.slice(1), '1.0.0']
      return {
        status: 200,
        body: { name, 'dist-tags': { latest: version }, versions: { [version]: { name, version } } },
      }
    })
    expect(answer).toEqual({ checked: true, found: [expect.stringMatching(/^zod .*: high$/)] })
  }, 60_000)
  it('is passed only where the registry has answered', async () => {
    expect(await askedOf(() => ({ status: 200, body: {} }))).toEqual({ checked: true, found: [] })
  }, 60_000)
  it.each([403, 405, 500])(
    'is not checked where the registry answers %i',
    async (status) => {
      const answer = await askedOf(() => ({ status, body: {} }))
      expect(answer).toEqual({ checked: false, reason: expect.stringContaining(String(status)) as string })
    },
    60_000,
  )
  it('is not checked where no registry is reachable', async () => {
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/')
    expect(await audit(new Set(['zod']))).toMatchObject({ checked: false })
  }, 60_000)
  it('is not checked where npm prints anything but a report', () => {
    for (const printed of ['', '{}', 'null', '"passed"', '{"vulnerabilities"'])
      expect(auditOf(printed, 'npm error no network\nmore', new Set())).toEqual({
        checked: false,
        reason: 'npm error no network',
      })
  })
})
