import { DEFAULT_SUPPLY_CURVE } from '../../domain/ahead/default-supply-curve.ts'
import type { PriceDifficultyGrid } from '../../domain/ahead/price-difficulty.ts'
import { priceDifficultyGrid } from '../../domain/ahead/price-difficulty.ts'
import { HALF_YEAR_EPOCHS, responseScale } from '../../domain/ahead/project.ts'
import { groupChances, lotGroups } from '../../domain/ahead/simulate/lot-groups.ts'
import { FITTED_PATHS } from '../../domain/ahead/simulate/path-model.ts'
import type { Quantiles, Simulation } from '../../domain/ahead/simulate/simulate.ts'
import { QUANTILES, simulate } from '../../domain/ahead/simulate/simulate.ts'
import { startSpreadOf } from '../../domain/ahead/simulate/start-spread.ts'
import { USUAL_PATHS, USUAL_SEED } from '../../domain/ahead/simulate/usual.ts'
import { whatMatters, widthOf } from '../../domain/ahead/what-matters.ts'
import { MS_PER_DAY } from '../../domain/units.ts'
import { count, counted, number, percent, probability, signedPercent } from '../../format/numbers.ts'
import { movedWords } from '../../format/plan-words.ts'
import { scenarioWords } from '../../format/tried-words.ts'
import { conditionsOf } from '../../ipc/conditions.ts'
import type { Ahead, ProjectedScenario } from '../ahead.ts'
import { aheadOf } from '../ahead.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { modelWords } from '../facts.ts'
import { columnsOver, heading, note, sentence, table, tableOf } from '../table.ts'

/** How far the first scenario may go wrong, and what the margin hangs on: chance, price against difficulty, what matters most. */
export function rangeSection(facts: ReportFacts): readonly Block[] {
  const ahead = aheadOf(facts)
  if ('refusal' in ahead) return [sentence(ahead.refusal)]
  const [first] = ahead.scenarios
  return [...chanceBlocks(facts, first), ...gridBlocks(ahead), ...mattersBlocks(ahead)]
}

/** The paths of `simulate --stop-under-water` with its usual paths and seed, and as there the network responds unless a scenario says otherwise. */
function simulated(facts: ReportFacts, first: ProjectedScenario) {
  const isStored = facts.case.scenarios.length > 0
  const assumptions = isStored ? first.assumptions : { ...first.assumptions, response: DEFAULT_SUPPLY_CURVE }
  const simulation = simulate({ ...first.prepared.basis, cash: first.cash }, first.network, first.drawn, {
    ...assumptions,
    epochs: HALF_YEAR_EPOCHS,
    paths: USUAL_PATHS,
    seed: USUAL_SEED,
    model: FITTED_PATHS,
    underWater: 'stop',
    startSpread: startSpreadOf(FITTED_PATHS, first.carried, conditionsOf(facts.case.network)?.atMs ?? null),
  })
  return { simulation, assumptions, scale: responseScale(assumptions, first.network, first.drawn.change) }
}

function chanceBlocks(facts: ReportFacts, first: ProjectedScenario): readonly Block[] {
  const { simulation, assumptions, scale } = simulated(facts, first)
  const { epochs, paths, sum } = simulation
  const { money } = facts
  const { priceVolatilityPerYear, hashrateVolatilityPerYear, correlation } = FITTED_PATHS
  return [
    heading('Chance', `${counted(paths, 'path')}, seed ${USUAL_SEED}`),
    sentence(
      `Prices do not stay: on ${probability(epochs.at(-1)!.probabilityOfLoss)} of the paths the fleet loses cash a day at the end, on ${probability(sum.probabilityOfLoss)} it has lost cash over all ${count(epochs.length)} epochs together (on ${probability(sum.probabilityOfLossAsItRuns)} if every machine ran on as it does today). Half of the paths come to between ${money.whole(sum.usd.p25)} and ${money.whole(sum.usd.p75)} over them, nine in ten to between ${money.whole(sum.usd.p5)} and ${money.whole(sum.usd.p95)}.`,
    ),
    sentence(
      `${scenarioWords({ assumptions, tried: first.tried }, scale, money)} Those are medians; volatility a year ${percent(priceVolatilityPerYear, 0)} of the price and ${percent(hashrateVolatilityPerYear, 0)} of the hashrate, correlation ${number(correlation, 1)}. Machines stop and start with the hashprice of each path.`,
    ),
    rangeTable(first, simulation),
    ...chart(first, simulation),
    ...lotBlocks(first, simulation),
  ]
}

const startMs = ({ network }: ProjectedScenario, day: number) =>
  (network.atMs ?? Number.NaN) + day * MS_PER_DAY

const SHARES = Object.entries(QUANTILES) as readonly (readonly [keyof Quantiles, number])[]
const shareWords = (share: number) => percent(share, 0)

function rangeTable(first: ProjectedScenario, { epochs }: Simulation): Block {
  const { figure } = columnsOver(epochs)
  return table(
    tableOf('range', 'Cash margin a day that so many of the paths are below', null, [
      figure('epoch', 'Epoch', 'count', ({ epoch }) => epoch),
      figure('startsAtMs', 'Starts', 'day', ({ startsAtDay }) => startMs(first, startsAtDay)),
      ...SHARES.map(([name, share]) =>
        figure(
          `margin${name.toUpperCase()}UsdPerDay`,
          shareWords(share),
          'usdPerDay',
          (each) => each.marginUsdPerDay[name],
        ),
      ),
      figure('probabilityOfLoss', 'Loses cash', 'share', (each) => each.probabilityOfLoss),
      figure(
        'hashpriceP5UsdPerPhDay',
        'Hashprice, 5 %',
        'usdPerPhDay',
        (each) => each.hashpriceUsdPerPhDay.p5,
      ),
      figure('hashpriceP50UsdPerPhDay', '50 %', 'usdPerPhDay', (each) => each.hashpriceUsdPerPhDay.p50),
      figure('hashpriceP95UsdPerPhDay', '95 %', 'usdPerPhDay', (each) => each.hashpriceUsdPerPhDay.p95),
    ]),
  )
}

/** Without dates there is no axis of time. */
function chart(first: ProjectedScenario, { epochs }: Simulation): readonly Block[] {
  if (first.network.atMs === null) return []
  const line = (name: keyof Quantiles, label: string, isDashed: boolean) => ({
    label,
    values: epochs.map(({ marginUsdPerDay }) => marginUsdPerDay[name]),
    isDashed,
  })
  return [
    {
      kind: 'chart',
      chart: {
        title: 'Cash margin a day on the paths',
        look: 'usdPerDay',
        atMs: epochs.map(({ startsAtDay }) => startMs(first, startsAtDay)),
        lines: [
          line('p95', '19 of 20 below', true),
          line('p50', 'half below', false),
          line('p5', '1 of 20 below', true),
        ],
      },
    },
  ]
}

/** As many lots as a page has room for beside the rest. */
const LOTS_SHOWN = 20

function lotBlocks(first: ProjectedScenario, simulation: Simulation): readonly Block[] {
  const lots = lotGroups(first.prepared.basis)
  const epochs = simulation.epochs.length
  const chances = groupChances(lots, simulation)
  const rows = lots.groups.map((lot, group) => {
    const of = chances.subarray(group * epochs, (group + 1) * epochs)
    return {
      ...lot,
      now: of[0]!,
      middle: of[epochs >> 1]!,
      end: of[epochs - 1]!,
      mean: of.reduce((a, b) => a + b, 0) / epochs,
    }
  })
  const often = rows.toSorted((a, b) => b.mean - a.mean || b.machines - a.machines).slice(0, LOTS_SHOWN)
  const { text, figure } = columnsOver(often)
  return [
    table(
      tableOf('under-water', 'Lots most often under water', null, [
        text('model', 'Model', ({ model }) => modelWords(model)),
        text('site', 'Site', ({ site }) => site),
        figure('machines', 'Machines', 'count', ({ machines }) => machines),
        figure(
          'breakevenUsdPerPhDay',
          'Break-even',
          'breakevenUsdPerPhDay',
          (lot) => lot.breakevenUsdPerPhDay,
        ),
        figure('chanceNow', 'Now', 'share', ({ now }) => now),
        figure('chanceMiddle', `Epoch ${epochs >> 1}`, 'share', ({ middle }) => middle),
        figure('chanceEnd', `Epoch ${epochs - 1}`, 'share', ({ end }) => end),
        figure('chanceMean', 'Mean', 'share', ({ mean }) => mean),
      ]),
    ),
    note(
      `Share of the paths on which a machine’s cash margin is below 0, as if it ran, at what energy costs it now; machines of one model at one site together.${rows.length > LOTS_SHOWN ? ` The ${LOTS_SHOWN} most often under water of ${count(rows.length)}.` : ''} With ${count(simulation.paths)} paths a share is known to half a percentage point.`,
    ),
  ]
}

function gridBlocks({ network, adjustment, cash }: Ahead): readonly Block[] {
  const grid = priceDifficultyGrid({ network, adjustment, cash }, { pricesUsdPerBtc: null, changes: null })
  return [
    heading('Margin a day if…', 'price against difficulty, after the next adjustment'),
    gridTable(grid),
    note(
      `Cash margin with every machine doing what earns most, where price and hashrate stay after it. Today’s price is in row ${grid.atPrice + 1}, the expected change of ${signedPercent(adjustment.change)} in column ${grid.atChange + 1}.`,
    ),
  ]
}

function gridTable({ pricesUsdPerBtc, changes, marginUsdPerDay }: PriceDifficultyGrid): Block {
  const rows = pricesUsdPerBtc.map((price, row) => ({ price, row }))
  const { figure } = columnsOver(rows)
  return table(
    tableOf('grid', 'Cash margin a day by price and change of difficulty', null, [
      figure('priceUsdPerBtc', 'BTC price', 'usdPerBtc', ({ price }) => price),
      ...changes.map((change, column) =>
        figure(
          `marginAtChange${(change * 100).toFixed(1)}PercentUsdPerDay`,
          signedPercent(change),
          'usdPerDay',
          ({ row }) => marginUsdPerDay[row * changes.length + column]!,
        ),
      ),
    ]),
  )
}

function mattersBlocks(ahead: Ahead): readonly Block[] {
  const { baseUsdPerDay, sensitivities } = whatMatters(ahead)
  const { text, figure } = columnsOver(sensitivities)
  return [
    heading('What matters most', 'after the adjustment, one thing moved at a time'),
    table(
      tableOf('what-matters', 'Cash margin a day with one thing moved', null, [
        text('moved', 'Moved', movedWords),
        figure('lowUsdPerDay', 'Where it is lower', 'usdPerDay', (each) => each.lowUsdPerDay),
        figure('baseUsdPerDay', 'As expected', 'usdPerDay', () => baseUsdPerDay),
        figure('highUsdPerDay', 'Where it is higher', 'usdPerDay', (each) => each.highUsdPerDay),
        figure('widthUsdPerDay', 'From end to end', 'usdPerDay', widthOf),
      ]),
    ),
    note(
      'Power price: every price of energy, of contracts all that is paid or credited; other cost per kWh stays. Uptime: of every machine, never above 100 %.',
    ),
  ]
}
