import { MS_PER_DAY } from '#shared/domain/units.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import { LARGEST_SEED } from '#shared/domain/ahead/simulate/random.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import type { PathModel } from '#shared/domain/ahead/simulate/path-model.ts'
import { USUAL_PATHS, USUAL_SEED } from '#shared/domain/ahead/simulate/usual.ts'
import { startSpreadOf } from '#shared/domain/ahead/simulate/start-spread.ts'
import { probabilityUnderWater } from '#shared/domain/ahead/simulate/simulate.ts'
import type { SimulatedEpoch, Simulation } from '#shared/domain/ahead/simulate/simulate.ts'
import { responseScale } from '#shared/domain/ahead/project.ts'
import { startSimulation } from '#electron/threads/simulate.ts'
import { moneyOfAnyDay } from '#shared/format/money.ts'
import type { Money } from '#shared/format/money.ts'
import { scenarioWords } from '#shared/format/tried-words.ts'
import { percent } from '#shared/format/numbers.ts'
import { assumptionFigures, pathOptions } from '../assumptions.ts'
import { agreementOptions } from '../case-inputs.ts'
import { caseOptions, nowGiven, nowOption, readCase, refuseTimeless } from '../case.ts'
import { defineCommand, EXIT, numberOption, UsageError } from '../command.ts'
import { existing, existingFields, isoTime, writeDocument, writeLine } from '../json.ts'
import { scenarioCase, triedFigures } from '../scenario-ahead.ts'
import { textTable } from '../text-table.ts'
import { triedOptions } from '../tried.ts'
import { clockFigures, warnOfClock } from './adjustment.ts'

const VOLATILITY = { min: 0, max: 5, unit: 'a year (a fraction: 0.8 is 80 %)', typed: 'share' } as const

const options = {
  ...caseOptions,
  ...agreementOptions,
  epochs: { type: 'string', value: 'N', required: true, help: 'how many, the running one included' },
  ...nowOption,
  paths: { type: 'string', value: 'N', help: `how many (${USUAL_PATHS})` },
  seed: { type: 'string', value: 'N', help: `the same seed gives the same paths (${USUAL_SEED})` },
  volatility: {
    type: 'string',
    value: 'V',
    help: `of the price in a year (${FITTED_PATHS.priceVolatilityPerYear}); that of hashrate goes with it. 0: no chance at all`,
  },
  'hashrate-volatility': {
    type: 'string',
    value: 'V',
    help: `of the network's hashrate in a year, by itself (${FITTED_PATHS.hashrateVolatilityPerYear})`,
  },
  correlation: { type: 'string', value: 'R', help: `of price and hashrate (${FITTED_PATHS.correlation})` },
  ...pathOptions,
  ...triedOptions,
  'no-response': {
    type: 'boolean',
    help: 'no machine of the network leaves or returns (else they do, with the hashprice of each path)',
  },
  'stop-under-water': {
    type: 'boolean',
    help: 'every machine does what earns most on each path (else it runs as today regardless)',
  },
} as const

type NumberOption = 'epochs' | 'paths' | 'seed' | 'volatility' | 'hashrate-volatility' | 'correlation'

export const command = defineCommand({
  name: 'simulate',
  summary: 'the fleet on thousands of paths of price and hashrate: quantiles and probabilities per epoch',
  options,
  async run(call) {
    const { options: given, host } = call
    const number = (name: NumberOption, bounds: Parameters<typeof numberOption>[3]) =>
      numberOption('simulate', name, given[name], bounds)
    const epochs = number('epochs', { min: 1, max: 1000, whole: true }) ?? 1
    const paths = number('paths', { min: 1, max: 1_000_000, whole: true }) ?? USUAL_PATHS
    const seed = number('seed', { min: 0, max: LARGEST_SEED, whole: true }) ?? USUAL_SEED
    const model = modelFrom(
      number('volatility', VOLATILITY),
      number('hashrate-volatility', VOLATILITY),
      number('correlation', { min: -1, max: 1 }),
    )
    const givenMs = await nowGiven('simulate', given.now)
    const givenCase = await readCase('simulate', call, givenMs)
    const { fleet, restsOn } = givenCase
    refuseTimeless('simulate', givenMs, givenCase.network)
    if (given['no-response'] && given.curve !== undefined)
      throw new UsageError('simulate: --curve responds; --no-response cannot stand beside it')
    const ahead = await scenarioCase('simulate', call, givenCase, {
      responds: !given['no-response'],
      said: given['no-response'] ? 'no-response' : null,
    })
    const { assumptions: stated, tried } = ahead
    const { carried, network, drawn } = ahead.start
    await warnOfClock(host, carried)
    const scale = responseScale(stated, network, drawn.change)
    const { prepared, cash } = ahead.earning()
    const { result } = startSimulation(host.simulationWorkerUrl, {
      fleet: { ...prepared.basis, cash },
      network,
      estimate: drawn,
      choices: {
        epochs,
        paths,
        seed,
        model,
        ...stated,
        startSpread: startSpreadOf(model, carried, givenCase.network.atMs),
        underWater: given['stop-under-water'] ? 'stop' : 'run',
      },
    })
    const simulation = await result
    const assumptions = {
      ...model,
      ...assumptionFigures(stated, scale),
      priceGrowthPerYear: stated.price.ratePerYear,
      hashrateGrowthPerYear: stated.hashrate.ratePerYear,
      lotsUnderWater: given['stop-under-water'] ? 'stop' : 'run',
      nextAdjustment: { change: drawn.change, logSpread: drawn.logSpread },
    }
    const { machines } = fleet
    if (given.json) {
      await writeDocument(host.stdout, {
        head: {
          paths,
          seed,
          assumptions: { ...assumptions, ...restsOn },
          tried: triedFigures(tried, ahead),
          ...clockFigures(carried),
          epochs: simulation.epochs.map((row) => epochFigures(row, network.atMs)),
          sum: {
            usd: existingFields(simulation.sum.usd),
            probabilityOfLoss: existing(simulation.sum.probabilityOfLoss),
            probabilityOfLossAsItRuns: existing(simulation.sum.probabilityOfLossAsItRuns),
          },
        },
        list: 'lots',
        rows: machines.length,
        row: (i) => ({ id: textAt(machines.id, i), probabilityUnderWater: probabilities(simulation, i) }),
        tail: {},
      })
      return EXIT.done
    }
    await writeLine(
      host.stdout,
      `${paths} paths, seed ${seed}. ${scenarioWords({ assumptions: stated, tried }, scale, givenCase.money)} Those are medians; volatility a year ${percent(model.priceVolatilityPerYear)} of the price, ${percent(model.hashrateVolatilityPerYear)} of the hashrate, correlation ${model.correlation}; lots under water ${assumptions.lotsUnderWater}.`,
    )
    for (const line of epochTable(simulation, givenCase.money)) await writeLine(host.stdout, line)
    await writeLine(host.stdout, '')
    const last = simulation.epochs.length - 1
    const lots = Array.from({ length: Math.min(machines.length, LOTS_SHOWN) }, (_, i) => [
      textAt(machines.id, i),
      labelAt(machines.model, i),
      percent(probabilityUnderWater(simulation, i, 0)),
      percent(probabilityUnderWater(simulation, i, last)),
    ])
    for (const line of textTable(
      [
        { title: 'lot' },
        { title: 'model' },
        { title: 'under water now', right: true },
        { title: `in epoch ${last}`, right: true },
      ],
      lots,
    ))
      await writeLine(host.stdout, line)
    if (machines.length > LOTS_SHOWN)
      await writeLine(host.stdout, `… and ${machines.length - LOTS_SHOWN} more lots; --json lists all.`)
    return EXIT.done
  },
})

const LOTS_SHOWN = 50

/** One option sets both: the hashrate's volatility keeps its fitted ratio to the price's unless it is given. */
function modelFrom(
  volatility = FITTED_PATHS.priceVolatilityPerYear,
  hashrateVolatility: number | undefined,
  correlation = FITTED_PATHS.correlation,
): PathModel {
  const ratio = FITTED_PATHS.hashrateVolatilityPerYear / FITTED_PATHS.priceVolatilityPerYear
  return {
    ...FITTED_PATHS,
    priceVolatilityPerYear: volatility,
    hashrateVolatilityPerYear: hashrateVolatility ?? volatility * ratio,
    correlation,
  }
}

function epochFigures(row: SimulatedEpoch, atMs: number | null) {
  return {
    epoch: row.epoch,
    startsAt: atMs === null ? null : isoTime(atMs + row.startsAtDay * MS_PER_DAY),
    marginUsdPerDay: existingFields(row.marginUsdPerDay),
    hashpriceUsdPerPhDay: existingFields(row.hashpriceUsdPerPhDay),
    probabilityOfLoss: existing(row.probabilityOfLoss),
  }
}

function probabilities(simulation: Simulation, row: number): (number | null)[] {
  return simulation.epochs.map(({ epoch }) => existing(probabilityUnderWater(simulation, row, epoch)))
}

function epochTable({ epochs }: Simulation, shown: Money): string[] {
  const money = moneyOfAnyDay(shown)
  const columns = [
    'epoch',
    'from day',
    'hashprice 5 %',
    '50 %',
    '95 %',
    'margin/day 5 %',
    '50 %',
    '95 %',
    'loss',
  ]
  return [
    ...textTable(
      columns.map((title) => ({ title, right: true })),
      epochs.map(
        ({ epoch, startsAtDay, hashpriceUsdPerPhDay: hp, marginUsdPerDay: margin, probabilityOfLoss }) => [
          String(epoch),
          startsAtDay.toFixed(0),
          money.perPh(hp.p5),
          money.perPh(hp.p50),
          money.perPh(hp.p95),
          money.amount(margin.p5),
          money.amount(margin.p50),
          money.amount(margin.p95),
          percent(probabilityOfLoss),
        ],
      ),
    ),
  ]
}
