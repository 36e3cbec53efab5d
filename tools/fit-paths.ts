/**
 * Fits the constants of the simulated price and hashrate paths on a daily series, and says how steady they are.
 *
 *   npm exec -c 'node tools/fit-paths.ts daily.csv'
 *
 * The series needs the columns date, price_usd and hashrate_ehs. Prints Markdown; docs/simulation.md holds the report.
 */
import { readDailySeries } from '#electron/files/series/read-daily.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { logLikelihood, moments, stepsOf, yearly } from './paths/steps.ts'
import type { Steps } from './paths/steps.ts'
import { maximise } from './adjustment/maximise.ts'

const EPOCH_DAYS = 14
const BLOCKS_PER_DAY = 144
/** from the second halving, when mining had become an industry */
const FIT_FROM = '2016-07-09'

const file = process.argv[2]
if (file === undefined) {
  console.error('Name the daily series: node tools/fit-paths.ts daily.csv')
  process.exit(2)
}
const series = await readDailySeries(file, Infinity)

console.log('## The moments\n')
console.log('| from | step (days) | steps | price, a year | hashrate, a year | kurtosis | correlation |')
console.log('| :-- | --: | --: | --: | --: | --: | --: |')
for (const from of ['2014-07-01', FIT_FROM, '2018-12-15'])
  for (const days of [7, EPOCH_DAYS, 28, 56, 91]) describe(series, from, days)

const steps = stepsOf(series, FIT_FROM, EPOCH_DAYS)
console.log(`\n## The tails: ${steps.price.length} steps of ${EPOCH_DAYS} days from ${FIT_FROM}\n`)
console.log('| degrees of freedom | price, a year | hashrate, a year | correlation | log likelihood |')
console.log('| --: | --: | --: | --: | --: |')
for (const degrees of [4, 6, 8, 12, null]) {
  const { priceSpread, hashrateSpread, correlation, likelihood } = fit(steps, degrees)
  console.log(
    `| ${degrees ?? 'normal'} | ${yearly(priceSpread, EPOCH_DAYS).toFixed(3)} | ${yearly(withoutLuck(hashrateSpread), EPOCH_DAYS).toFixed(3)} | ${correlation.toFixed(2)} | ${likelihood.toFixed(2)} |`,
  )
}
console.log(`\nShipped: ${JSON.stringify(FITTED_PATHS)}`)

function describe(from: DailySeries, date: string, days: number): void {
  const { price, hashrate } = stepsOf(from, date, days)
  const [p, h] = [moments(price), moments(hashrate)]
  const together = moments(price, hashrate).correlation
  console.log(
    `| ${date} | ${days} | ${price.length} | ${yearly(p.deviation, days).toFixed(2)} | ${yearly(withoutLuck(h.deviation, days), days).toFixed(2)} | ${p.kurtosis.toFixed(1)}, ${h.kurtosis.toFixed(1)} | ${together.toFixed(2)} |`,
  )
}

/** Two means of n blocks differ by luck with a relative variance of 2/n. */
function withoutLuck(deviation: number, days = EPOCH_DAYS): number {
  return Math.sqrt(Math.max(deviation ** 2 - 2 / (BLOCKS_PER_DAY * days), 0))
}

function fit(of: Steps, degrees: number | null) {
  const start = [moments(of.price).deviation, moments(of.hashrate).deviation].map(Math.log)
  const at = (point: readonly number[]) => ({
    priceSpread: Math.exp(point[0]!),
    hashrateSpread: Math.exp(point[1]!),
    correlation: Math.tanh(point[2]!),
  })
  const best = at(maximise((point) => logLikelihood(of, at(point), degrees), [...start, 0.2]))
  return { ...best, likelihood: logLikelihood(of, best, degrees) }
}
