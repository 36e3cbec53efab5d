import { execFile } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { makeDeb } from '#tools/deb/make-deb.ts'
import { debOrder } from '#tools/deb/order.ts'
import { findProgram } from '#tools/processes.ts'
import { expect, test } from './app.ts'

/** The Debian package of the packaged program, as `npm test` left it: installed by dpkg, started, removed, and nothing is left. */

const run = promisify(execFile)
const unpacked = resolve(import.meta.dirname, '..', '..', 'dist', 'test', 'linux-unpacked')

test.skip(process.platform !== 'linux' || findProgram('dpkg-deb') === null, 'There is no dpkg-deb here.')
test.skip(process.getuid?.() !== 0, 'Only root installs packages.')

/** A root of its own with an empty list of packages: nothing of this system is touched. */
function emptyRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'strikeline-root-'))
  for (const name of ['info', 'updates', 'triggers'])
    mkdirSync(join(root, 'var', 'lib', 'dpkg', name), { recursive: true })
  writeFileSync(join(root, 'var', 'lib', 'dpkg', 'status'), '')
  return root
}

test('is installed, prints margins, opens its window, and is removed without a trace', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(400_000)
  if (!existsSync(unpacked))
    throw new Error('Nothing is packaged yet: npm run package -- --test, or npm test')
  const deb = await makeDeb(await debOrder(unpacked, dataFolder, 'quick'))
  const root = emptyRoot()
  const dpkg = (...words: string[]) =>
    run('dpkg', [`--root=${root}`, `--log=${join(dataFolder, 'dpkg.log')}`, '--force-depends', ...words])
  try {
    await dpkg('--install', deb)
    const program = join(root, 'usr', 'bin', 'strikeline')
    expect(statSync(join(root, 'opt', 'strikeline', 'chrome-sandbox')).mode & 0o7777).toBe(0o4755)
    // Every file is as its sum says.
    expect((await dpkg('--verify', 'strikeline')).stdout).toBe('')

    const [, ...switches] = JSON.parse(process.env['STRIKELINE_ELECTRON'] ?? '[]') as string[]
    const { stdout } = await run(program, [...switches, 'demo'])
    expect(stdout).toMatch(/^Fleet: \d+ of 320 machines run, .* margin \$\d+ a day/m)
    expect(stdout).toMatch(/^N01 +Antminer S9 13\.5T +North .*\$\d/m)

    const app = await launch({ executable: program })
    expect(await app.window.title()).toBe('Strikeline')
    await app.close()

    await dpkg('--purge', 'strikeline')
    const left = globSync('{opt,usr,etc}/**', { cwd: root })
    expect(left).toEqual([])
    expect(globSync('var/lib/dpkg/info/strikeline*', { cwd: root })).toEqual([])
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
