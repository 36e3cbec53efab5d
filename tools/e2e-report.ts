/** The part of Playwright's JSON report that says how many tests did what. */
export type PlaywrightReport = {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number }
  readonly errors: readonly unknown[]
}

/** More are no coincidence. */
const MOST_REPEATED = 5

/** Whether a few tests failed and nothing else went wrong: two programs on two cores hold each other up now and then. */
export const isWorthRepeating = ({ stats, errors }: PlaywrightReport): boolean =>
  errors.length === 0 && stats.unexpected > 0 && stats.unexpected <= MOST_REPEATED

/** The first report with the tests that failed in it as they ended by themselves. */
export function withRepeated(first: PlaywrightReport, again: PlaywrightReport): PlaywrightReport {
  const ran = again.stats.expected + again.stats.unexpected + again.stats.flaky
  const missed = Math.max(first.stats.unexpected - ran, 0)
  return {
    ...first,
    stats: {
      ...first.stats,
      expected: first.stats.expected + again.stats.expected,
      unexpected: again.stats.unexpected + again.stats.flaky + missed,
    },
    errors: [...first.errors, ...again.errors],
  }
}
