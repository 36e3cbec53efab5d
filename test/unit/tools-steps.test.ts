import { afterEach, expect, test, vi } from 'vitest'
import type { PlaywrightReport } from '#tools/e2e-report.ts'
import { isWorthRepeating, withRepeated } from '#tools/e2e-report.ts'
import { conclude, countPlaywright, countVitest, runSteps } from '#tools/steps.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test("Vitest's counts; a file that could not be loaded is one failure", () => {
  const file = (status: string, tests: number) => ({
    status,
    assertionResults: Array.from({ length: tests }),
  })
  const report = {
    numPassedTests: 7,
    numFailedTests: 2,
    testResults: [file('passed', 5), file('failed', 4), file('failed', 0)],
  }
  expect(countVitest(JSON.stringify(report))).toEqual({ passed: 7, failed: 3 })
})

test("Playwright's counts; a test that passed at the second try has failed", () => {
  const report = {
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 },
    errors: [{ message: 'no config' }],
  }
  expect(countPlaywright(JSON.stringify(report))).toEqual({ passed: 5, failed: 3 })
})

test('tests that failed beside another program count as they ended alone, and many failures are not repeated', () => {
  const report = (expected: number, unexpected: number, flaky = 0, errors: readonly unknown[] = []) => ({
    stats: { expected, unexpected, flaky },
    errors,
  })
  expect(isWorthRepeating(report(130, 5))).toBe(true)
  for (const not of [report(135, 0), report(129, 6), report(130, 1, 0, ['no config'])])
    expect(isWorthRepeating(not)).toBe(false)
  const counts = (first: PlaywrightReport, again: PlaywrightReport) =>
    countPlaywright(JSON.stringify(withRepeated(first, again)))
  expect(counts(report(130, 3), report(3, 0))).toEqual({ passed: 133, failed: 0 })
  expect(counts(report(130, 3), report(2, 1))).toEqual({ passed: 132, failed: 1 })
  // One that was not run again has failed.
  expect(counts(report(130, 3), report(2, 0))).toEqual({ passed: 132, failed: 1 })
  expect(counts(report(130, 3), report(2, 0, 1, ['ended']))).toEqual({ passed: 132, failed: 2 })
})

test('a step that crashes counts as failed, the others still run, and what it said is printed', async () => {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  const sums = await runSteps(
    [
      { name: 'crash', run: () => Promise.reject(new Error('out of paper')) },
      { name: 'tests', run: () => Promise.resolve({ passed: 4, failed: 1, output: 'one is wrong' }) },
      { name: 'lint', run: () => Promise.resolve({ passed: 1, failed: 0, output: 'quiet' }) },
    ],
    { atOnce: 2 },
  )
  expect(sums).toEqual({ passed: 5, failed: 2 })
  const printed = lines.join('\n')
  expect(printed).toContain('out of paper')
  expect(printed).toContain('one is wrong')
  expect(printed).not.toContain('quiet')
})

test('the last line is the sum and nothing else, and a failure is told by the exit code', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const before = process.exitCode
  conclude({ passed: 12, failed: 0 })
  expect(process.exitCode).toBe(before)
  conclude({ passed: 12, failed: 1 })
  const after = process.exitCode
  process.exitCode = before
  expect(after).toBe(1)
  expect(log.mock.calls).toEqual([['12 passed, 0 failed'], ['12 passed, 1 failed']])
})
