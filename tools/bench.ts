import { globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Benchmark, BenchRow } from './bench-row.ts'
import { ratioOf } from './bench-row.ts'
import { repository } from './repository.ts'

/**
 * `npm run bench [-- part of a name]`: runs the benchmarks one after the other, prints a table and writes the
 * ratios to test/bench/results.json. It judges nothing: a benchmark that regresses is seen in the table.
 */

const folder = join(repository, 'test', 'bench')
const wanted = process.argv[2] ?? ''
const files = globSync('*.bench.ts', { cwd: folder })
  .filter((file) => file.includes(wanted))
  .sort()
if (files.length === 0) {
  console.error(`No benchmark in test/bench has "${wanted}" in its name.`)
  process.exit(2)
}

const results: Record<string, readonly BenchRow[]> = {}
for (const file of files) {
  const benchmark = (await import(pathToFileURL(join(folder, file)).href)) as Benchmark
  const rows = await benchmark.run()
  results[file] = rows
  console.log(`\n${file}`)
  for (const row of rows) console.log(lineOf(row))
}
if (wanted === '') {
  const ratios = Object.entries(results).map(([file, rows]) => [
    file,
    rows.map((row) => ({
      what: row.what,
      against: row.against,
      ratio: rounded(ratioOf(row)),
      goal: row.goal,
    })),
  ])
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(Object.fromEntries(ratios), null, 2)}\n`)
}

function lineOf(row: BenchRow): string {
  const ratio = ratioOf(row)
  const time = `${row.measured.toFixed(2)} ${row.unit ?? 'ms'}`.padStart(12)
  if (ratio === null) return `${row.what.padEnd(64)}${time}`
  const goal = row.goal === null ? '' : `  goal ${row.goal.toFixed(2)}${ratio <= row.goal ? '' : '  MISSED'}`
  return `${row.what.padEnd(64)}${time}  ${ratio.toFixed(2).padStart(6)} × ${row.against ?? ''}${goal}`
}

function rounded(ratio: number | null): number | null {
  return ratio === null ? null : Number(ratio.toPrecision(3))
}
