/**
 * Fits the constants of the adjustment estimate on a daily series (2012 to 2016) and judges them on what follows.
 *
 *   npm exec -c 'node tools/fit-adjustment.ts daily.csv'
 *
 * The series needs the columns date, blocks, issuance_btc and difficulty, from the first day of Bitcoin on. Prints
 * Markdown; docs/adjustment.md holds the report. Takes half a minute.
 */
import { readFileSync } from 'node:fs'
import type { AdjustmentModel } from '#shared/domain/chain/adjustment-model.ts'
import { FITTED_MODEL } from '#shared/domain/chain/adjustment-model.ts'
import type { HistoricEpoch } from './adjustment/epoch-history.ts'
import { epochsOf, readDays } from './adjustment/epoch-history.ts'
import { JUDGE_HEADER, judgeRow, sightingsAt } from './adjustment/judgement.ts'
import { logLikelihood } from './adjustment/likelihood.ts'
import { maximise } from './adjustment/maximise.ts'
import { simulateEpochs } from './adjustment/simulated-epochs.ts'

const SHARES = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9]

const file = process.argv[2]
if (file === undefined) {
  console.error('Name the daily series: node tools/fit-adjustment.ts daily.csv')
  process.exit(2)
}
const epochs = epochsOf(readDays(readFileSync(file, 'utf8')))
const between = (from: string, to: string) => epochs.filter(({ date }) => date >= from && date < to)
const fitted = between('2012', '2017')
const grown = between('2014-07', '2017')
const later = between('2017', '2022')

console.log('## The epochs\n')
console.log('| first block | epochs | mean change (%) | standard deviation (%) | with the one before |')
console.log('| :-- | --: | --: | --: | --: |')
describe('2012–2016', fitted)
describe('2014-07–2016', grown)
describe('2017–2021-04', later)

const start = [FITTED_MODEL.levelVariance, FITTED_MODEL.driftVariance, FITTED_MODEL.scaleSpread].map(Math.log)
start.push(logit(FITTED_MODEL.scaleMemory))
const scales = (point: readonly number[]) => ({
  levelVariance: Math.exp(point[0]!),
  driftVariance: Math.exp(point[1]!),
  scaleSpread: Math.exp(point[2]!),
  scaleMemory: 1 / (1 + Math.exp(-point[3]!)),
})
const fit = {
  ...FITTED_MODEL,
  ...scales(maximise((p) => logLikelihood(fitted, { ...FITTED_MODEL, ...scales(p) }), start)),
}
console.log('\n## The fit\n')
console.log(`Level, drift and scale on ${fitted.length} epochs, 2012–2016, at the shipped trend:\n`)
show('fitted', fit)
show('shipped', FITTED_MODEL)

const freeStart = [...start, FITTED_MODEL.trendWeight, logit(FITTED_MODEL.trendMemory)]
const free = (point: readonly number[]): AdjustmentModel => ({
  ...scales(point),
  trendWeight: point[4]!,
  trendMemory: 1 / (1 + Math.exp(-point[5]!)),
})
show('all six free', free(maximise((p) => logLikelihood(fitted, free(p)), freeStart)))

console.log(
  '\nLog likelihood of the trend on 2014-07–2016 (and on 2017–2021-04), against the shipped constants:\n',
)
const memories = [0.6, 0.7, 0.8, 0.9]
console.log(`| weight | ${memories.map((memory) => `memory ${memory}`).join(' | ')} |`)
console.log(`| --: | ${memories.map(() => '--:').join(' | ')} |`)
for (const trendWeight of [0, 0.3, 0.5, 0.7, 0.9, 1.1]) {
  const cells = memories.map((trendMemory) => {
    const model = { ...FITTED_MODEL, trendWeight, trendMemory }
    return [grown, later].map((set) =>
      (logLikelihood(set, model) - logLikelihood(set, FITTED_MODEL)).toFixed(1),
    )
  })
  console.log(
    `| ${trendWeight} | ${cells.map(([inside, outside]) => `${inside} (${outside})`).join(' | ')} |`,
  )
}

console.log('\n## The judgement\n')
judge('2014-07–2016, part of the fit', grown)
for (const previousGiven of [12, 6, 2, 0])
  judge(
    `2017–2021-04, not part of the fit, ${previousGiven} previous adjustments given`,
    later,
    previousGiven,
  )

console.log('## Invented networks\n')
const calm = {
  growthPerEpoch: 0.016,
  driftVariancePerEpoch: 0.0012,
  roughness: 0.6,
  shockProbability: 0,
  shockShare: 0,
}
const rough = { ...calm, driftVariancePerEpoch: 0.003, roughness: 1, shockProbability: 0.02, shockShare: 0.3 }
for (const [name, behaviour] of Object.entries({ calm, rough })) {
  const seen = simulateEpochs(behaviour, SHARES, 1500, 20_160_709)
  const changes = seen[0]!.map(({ change }) => change)
  const { mean, deviation, correlation } = moments(changes)
  console.log(
    `${name}: changes of ${percent(mean)} % ± ${percent(deviation)} %, from ${percent(Math.min(...changes))} % to ${percent(Math.max(...changes))} %, correlation ${correlation.toFixed(2)}\n`,
  )
  console.log(JUDGE_HEADER)
  SHARES.forEach((share, i) => console.log(judgeRow(share, seen[i]!)))
  console.log()
}

function judge(title: string, set: readonly HistoricEpoch[], previousGiven = 12): void {
  console.log(`${title}:\n\n${JUDGE_HEADER}`)
  for (const share of SHARES) console.log(judgeRow(share, sightingsAt(set, share), { previousGiven }))
  console.log()
}

function describe(name: string, set: readonly HistoricEpoch[]): void {
  const { mean, deviation, correlation } = moments(set.map(({ change }) => change))
  console.log(
    `| ${name} | ${set.length} | ${percent(mean)} | ${percent(deviation)} | ${correlation.toFixed(2)} |`,
  )
}

function show(name: string, model: AdjustmentModel): void {
  const values = Object.entries(model).map(([key, value]) => `${key} ${Number(value.toPrecision(3))}`)
  console.log(
    `- ${name}: ${values.join(', ')}; log likelihood ${logLikelihood(fitted, model).toFixed(1)}, 2017–2021-04 ${logLikelihood(later, model).toFixed(1)}`,
  )
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const product = (lag: number) =>
    values.slice(lag).reduce((sum, x, i) => sum + (x - mean) * (values[i]! - mean), 0) / values.length
  return { mean, deviation: Math.sqrt(product(0)), correlation: product(1) / product(0) }
}

function percent(fraction: number): string {
  return (fraction * 100).toFixed(1)
}

function logit(p: number): number {
  return Math.log(p / (1 - p))
}
