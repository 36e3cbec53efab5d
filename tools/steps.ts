import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlaywrightReport } from './e2e-report.ts'
import { capture } from './processes.ts'
import { installed, repository } from './repository.ts'

/** What one step found: tests of a test runner, or one for a tool that passes or fails as a whole. */
export type Counts = { readonly passed: number; readonly failed: number }
export type Step = {
  readonly name: string
  readonly run: () => Promise<Counts & { readonly output: string }>
}

const results = join(repository, 'out', 'results')

/** A step that passes when the program exits 0. */
function tool(name: string, program: string, ...args: readonly string[]): Step {
  return {
    name,
    async run() {
      const { code, stdout, stderr } = await capture(process.execPath, [program, ...args], {
        cwd: repository,
      })
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output: stdout + stderr }
    },
  }
}

/** A test runner that writes its counts to a JSON file. A run that failed without a failed test is one failure. */
function testRunner(
  name: string,
  program: readonly string[],
  report: string,
  count: (report: string) => Counts,
): Step {
  return {
    name,
    async run() {
      await rm(report, { force: true })
      const { code, stdout, stderr } = await capture(process.execPath, program, {
        cwd: repository,
        env: { STRIKELINE_RESULTS: results },
      })
      return { ...countsOf(report, code, count), output: stdout + stderr }
    },
  }
}

function countsOf(report: string, exitCode: number, count: (report: string) => Counts): Counts {
  let counts: Counts
  try {
    counts = count(readFileSync(report, 'utf8'))
  } catch (error) {
    // It ended before it could write what it found.
    process.stderr.write(`${report}: ${error instanceof Error ? error.message : String(error)}\n`)
    counts = { passed: 0, failed: 1 }
  }
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/** Counts in Vitest's JSON report; a file that could not be loaded has no tests and counts as one failure. */
export function countVitest(report: string): Counts {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as {
    readonly numPassedTests: number
    readonly numFailedTests: number
    readonly testResults: readonly {
      readonly status: string
      readonly assertionResults: readonly unknown[]
    }[]
  }
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

/** Counts in Playwright's JSON report; a test that passed only when it was repeated counts as failed. */
export function countPlaywright(report: string): Counts {
  const { stats, errors } = JSON.parse(report) as PlaywrightReport
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}

const vitestReport = join(results, 'vitest.json')
const playwrightReport = join(results, 'playwright.json')

const cache = (name: string): string => join(repository, 'node_modules', '.cache', name)
const eslint = [installed('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0'] as const

/** Files that are as they were when they were found well are not read again. */
const byContent = (folder: string): readonly string[] => [
  '--cache',
  '--cache-strategy=content',
  `--cache-location=${join(cache(folder), 'files.json')}`,
]

export const FORMAT = tool(
  'format',
  installed('prettier', 'bin', 'prettier.cjs'),
  '--check',
  '--log-level=warn',
  ...byContent('prettier'),
  '.',
)
export const LINT = tool('lint', ...eslint)
/** Misses an unchanged file that a changed type elsewhere makes wrong; {@link LINT} finds it. */
export const LINT_CHANGED = tool('lint', ...eslint, ...byContent('eslint'))
export const TYPES = tool('types', installed('typescript', 'bin', 'tsc'), '-b')
export const TESTS = testRunner(
  'tests',
  [
    installed('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ],
  vitestReport,
  countVitest,
)
export const BUILD = tool('build', join(repository, 'tools', 'build.ts'))
export const PACKAGE = tool('package', join(repository, 'tools', 'package.ts'), '--test')
export const END_TO_END = testRunner(
  'end to end',
  [join(repository, 'tools', 'e2e.ts')],
  playwrightReport,
  countPlaywright,
)

/**
 * Runs the steps in order, `atOnce` of them side by side, and prints each one's time and result; the output
 * of a failed one in full.
 *
 * @returns the sums
 */
export async function runSteps(
  steps: readonly Step[],
  { atOnce }: { readonly atOnce: number },
): Promise<Counts> {
  const waiting = [...steps]
  let passed = 0
  let failed = 0
  const runNext = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const began = performance.now()
      const result = await step.run().catch((error: unknown) => ({
        passed: 0,
        failed: 1,
        output: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }))
      passed += result.passed
      failed += result.failed
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      console.log(
        `${result.failed === 0 ? 'ok    ' : 'FAILED'} ${step.name.padEnd(12)}${seconds.padStart(7)} s  ` +
          `${result.passed} passed, ${result.failed} failed`,
      )
      if (result.failed > 0) console.log(result.output.trimEnd())
    }
  }
  await Promise.all(Array.from({ length: atOnce }, runNext))
  return { passed, failed }
}

/** Prints the last line and sets the exit code. */
export function conclude({ passed, failed }: Counts): void {
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}
