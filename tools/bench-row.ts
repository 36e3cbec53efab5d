/** One line of the benchmark table. Times drift with the machine and who shares it; the ratio is what counts. */
export type BenchRow = {
  readonly what: string
  /** default: ms */
  readonly unit?: 'ms' | 'MB'
  readonly measured: number
  /** what it is measured against in the same run; null where it stands alone */
  readonly against: string | null
  readonly againstMeasured: number | null
  /** highest ratio that is good enough; null where none is set */
  readonly goal: number | null
}

export type Benchmark = { readonly run: () => Promise<readonly BenchRow[]> }

export function ratioOf(row: BenchRow): number | null {
  return row.againstMeasured === null ? null : row.measured / row.againstMeasured
}

/**
 * Fastest of many runs of each task, ms, in the order of the tasks. The tasks take turns, so that a disturbance hits
 * all of them, and the fastest run was disturbed least. The first rounds warm up.
 */
export function quickest(tasks: readonly (() => void)[], rounds: number): number[] {
  const best = tasks.map(() => Infinity)
  for (let round = 0; round < rounds; round++) {
    tasks.forEach((task, i) => {
      const start = performance.now()
      task()
      best[i] = Math.min(best[i]!, performance.now() - start)
    })
  }
  return best
}
