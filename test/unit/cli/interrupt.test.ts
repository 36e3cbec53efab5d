import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { runCommand, temporaryFolder } from './run.ts'

/** Ctrl-C: the command ends with a sentence, and nothing is half written. */

const ROWS = 20_000
const fleet = (from: number) =>
  `id,model,hashrate_ths,power_w,memo\n${Array.from({ length: ROWS }, (_, i) => `m${from + i},S19,95,3250,${'memo '.repeat(20)}`).join('\n')}\n`

/** Runs a command and presses Ctrl-C as soon as it has begun to write. */
async function interrupted(cwd: string, ...words: readonly string[]) {
  const before = process.listenerCount('SIGINT')
  const running = runCommand(words, { cwd })
  await vi.waitFor(() => expect(process.listenerCount('SIGINT')).toBeGreaterThan(before), {
    interval: 1,
    timeout: 20_000,
  })
  process.emit('SIGINT')
  const ended = await running
  expect(process.listenerCount('SIGINT')).toBe(before)
  return ended
}

it('leaves no file, no copy and no row behind, and says that nothing was changed', async () => {
  const cwd = temporaryFolder()
  const temporary = join(cwd, 'tmp')
  mkdirSync(temporary)
  vi.stubEnv('TMPDIR', temporary)
  writeFileSync(join(cwd, 'fleet.csv'), fleet(0))
  writeFileSync(join(cwd, 'more.csv'), fleet(ROWS))
  expect((await runCommand(['import', 'fleet.csv'], { cwd })).exitCode).toBe(0)
  expect((await runCommand(['move', 'out', 'all.strikeline'], { cwd })).exitCode).toBe(0)
  const state = async () => [
    readdirSync(cwd).sort(),
    readdirSync(temporary),
    readdirSync(join(cwd, 'data'), { recursive: true }).filter((name) => name !== 'backups'),
    (await runCommand(['export', 'same.csv'], { cwd })).exitCode,
    readFileSync(join(cwd, 'same.csv'), 'utf8').length,
  ]
  await runCommand(['export', 'same.csv'], { cwd })
  const before = await state()
  for (const words of [
    ['export', 'half.csv'],
    ['move', 'out', 'half.strikeline'],
    ['move', 'in', 'all.strikeline'],
    ['backup', 'make'],
    ['import', 'more.csv'],
  ]) {
    const { exitCode, stdout, stderr } = await interrupted(cwd, ...words)
    expect({ exitCode, stdout, stderr }, words.join(' ')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^strikeline: .* was stopped\. Nothing was changed\.\n$/) as string,
    })
    expect(await state(), words.join(' ')).toEqual(before)
  }
}, 60_000)
