/**
 * Plants small faults one at a time and says which of them the tests see.
 *
 *   npm run mutants -- --seed 8 --count 30          30 faults that seed 8 chooses; the same for the same code
 *   npm run mutants -- --seed 8 --count 30 --list   only names them
 *   npm run mutants -- --seed 8 --count 30 --only 3,17
 *
 * Each is planted in a copy of the repository, and only the tests that import its file are run. One that no test
 * sees is asked of the compiler. What is left is judged by a reader: a fault that changes nothing anyone can
 * observe is no gap in the tests.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { capture } from './processes.ts'
import { installed, repository } from './repository.ts'
import { chosen, type Mutant, mutantsOf } from './mutants/sites.ts'

/** Where a fault gives a wrong figure or a wrong state. Migrations stand as they were shipped. */
const PLACES = [
  'shared/domain',
  'electron/store',
  'electron/services',
  'electron/sources',
  'electron/files',
  'renderer/state',
  'renderer/lib',
  'renderer/engine',
]
const LEFT_OUT = /^electron\/store\/sqlite\/migrations\/|\.tsx$/

/** A fault that makes a loop endless is seen too. */
const PATIENCE_MS = 300_000

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '30' },
    only: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
})

async function git(...args: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await capture('git', args, { cwd: repository })
  if (code !== 0) throw new Error(`git ${args[0]}: ${stderr}`)
  return stdout.split('\0').filter((file) => file !== '')
}

const files = (await git('ls-files', '-z', '--', ...PLACES)).filter((file) => !LEFT_OUT.test(file)).sort()
const sites = files.flatMap((file) => mutantsOf(file, readFileSync(join(repository, file), 'utf8')))
const picked = chosen(sites, Number(values.seed), Number(values.count))
const wanted = values.only === undefined ? null : new Set(values.only.split(',').map(Number))

const named = ({ file, line, operator, original, replacement }: Mutant): string =>
  `${file}:${line}  ${operator}: ${oneLine(original)} → ${oneLine(replacement)}`
const oneLine = (text: string): string => {
  const short = text.replaceAll(/\s+/g, ' ')
  return short.length > 60 ? `${short.slice(0, 57)}…` : short
}

if (values.list) {
  picked.forEach((mutant, i) => console.log(`${String(i + 1).padStart(3)}  ${named(mutant)}`))
} else await plantAll()

async function plantAll(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'strikeline-mutants-'))
  try {
    for (const file of await git('ls-files', '-z', '--cached', '--others', '--exclude-standard')) {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      cpSync(join(repository, file), join(copy, file))
    }
    symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'))
    const counts = new Map<string, number>()
    for (const [i, mutant] of picked.entries()) {
      if (wanted !== null && !wanted.has(i + 1)) continue
      const fate = await plant(copy, mutant)
      counts.set(fate, (counts.get(fate) ?? 0) + 1)
      console.log(`${String(i + 1).padStart(3)}  ${fate.padEnd(10)} ${named(mutant)}`)
    }
    console.log([...counts].map(([fate, count]) => `${count} ${fate}`).join(', '))
    if (counts.has('survived')) process.exitCode = 1
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

type Fate = 'killed' | 'endless' | 'no types' | 'survived'

async function plant(copy: string, mutant: Mutant): Promise<Fate> {
  const path = join(copy, mutant.file)
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.slice(0, mutant.start) + mutant.replacement + text.slice(mutant.end))
  try {
    // The suites that share processes are quick and see most.
    for (const project of ['pure', 'world']) {
      const tests = ['related', mutant.file, '--run', '--bail=1', '--passWithNoTests', `--project=${project}`]
      const ended = await inCopy(copy, [installed('vitest', 'vitest.mjs'), ...tests])
      if (ended !== 'well') return ended === 'badly' ? 'killed' : 'endless'
    }
    const compiled = await inCopy(copy, [installed('typescript', 'bin', 'tsc'), '-b'])
    return compiled === 'well' ? 'survived' : 'no types'
  } finally {
    writeFileSync(path, text)
  }
}

/** Runs a program of Node in the copy; one that does not end is stopped with all that it started. */
function inCopy(copy: string, args: readonly string[]): Promise<'well' | 'badly' | 'never'> {
  const child = spawn(process.execPath, args, { cwd: copy, stdio: 'ignore', detached: true })
  let isLate = false
  const stop = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }
  const leave = (): void => {
    stop()
    process.exit(130)
  }
  process.once('SIGINT', leave)
  const timer = setTimeout(() => {
    isLate = true
    stop()
  }, PATIENCE_MS)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      process.off('SIGINT', leave)
      resolve(isLate ? 'never' : code === 0 ? 'well' : 'badly')
    })
  })
}
