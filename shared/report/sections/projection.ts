import type { NetworkEpoch } from '../../domain/ahead/project.ts'
import { fleetInEpoch } from '../../domain/ahead/fleet-in-epoch.ts'
import { cashInEpoch } from '../../domain/money/epoch-cash.ts'
import { MS_PER_DAY } from '../../domain/units.ts'
import type { Money } from '../../format/money.ts'
import { counted } from '../../format/numbers.ts'
import { dayMonth, days } from '../../format/times.ts'
import { scenarioWords } from '../../format/tried-words.ts'
import type { Ahead, EpochAhead, ScenarioAhead } from '../ahead.ts'
import { aheadOf } from '../ahead.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { columnsOver, heading, note, sentence, table, tableOf, warning } from '../table.ts'

/** Half a year of the first scenario, epoch by epoch, and the others beside it. */
export function projectionSection(facts: ReportFacts): readonly Block[] {
  const ahead = aheadOf(facts)
  if ('refusal' in ahead) return [sentence(ahead.refusal)]
  const [first, ...others] = ahead.scenarios
  const fleets = ahead.scenarios.map(fleetEpochs)
  const fleet = fleets[0]!
  const isFlat = facts.case.scenarios.length === 0
  const spanDays = sumOf(first.epochs, (epoch) => epoch.days)
  return [
    heading(
      isFlat ? 'If price and hashrate stay as they are' : `Scenario “${first.name}”`,
      `${counted(first.epochs.length, 'epoch')}, ${days(spanDays)}`,
    ),
    sentence(
      `${isFlat ? 'No scenario is stored. ' : ''}${scenarioWords(first, first.scale, facts.money)} The hashrate of today is the one that the expected adjustment implies; fees stay as they are.`,
    ),
    ...ahead.leftOut.map(warning),
    networkTable(ahead, first),
    fleetTable(ahead, fleet),
    note(
      'Margins are cash, after everything that stops with a machine. Machines that earn: of those that run today, at what energy costs them today. “Machines stop and start”: each does what earns most at the hashprice of the epoch, without restarts and waiting. Prices of energy are those from now to the adjustment and of the fortnight after it; a later season of a tariff is not in them.',
    ),
    ...chart(ahead, first, fleet),
    ...(others.length === 0 ? [] : sideBySide(ahead, fleets, facts.money)),
  ]
}

type FleetEpochs = readonly ReturnType<typeof fleetEpoch>[]

const fleetEpochs = (scenario: ScenarioAhead): FleetEpochs =>
  scenario.epochs.map((epoch) => fleetEpoch(scenario, epoch))

function fleetEpoch({ prepared, cash }: ScenarioAhead, epoch: NetworkEpoch) {
  const best = cashInEpoch(cash, epoch, 'stop', 0)
  return {
    ...epoch,
    ...fleetInEpoch(prepared.basis, cash, epoch),
    bestBtcPerDay: best.btcPerDay,
    bestRevenueUsdPerDay: best.revenueUsdPerDay,
    bestUsd: best.usdPerDay * epoch.days,
  }
}

const sumOf = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((sum, row) => sum + of(row), 0)

/** NaN where no date is known. */
const startMs = ({ network }: Ahead, day: number) => (network.atMs ?? Number.NaN) + day * MS_PER_DAY

function networkTable(ahead: Ahead, { epochs }: ScenarioAhead): Block {
  const { text, figure } = columnsOver(epochs)
  return table(
    tableOf('projection', 'The network, by epoch', null, [
      figure('epoch', 'Epoch', 'count', ({ epoch }) => epoch),
      figure('startsAtMs', 'Starts', 'day', ({ startsAtDay }) => startMs(ahead, startsAtDay)),
      figure('days', 'Length', 'days', (each) => each.days),
      text('opensWith', 'What happens', (epoch) => opening(ahead, epoch)),
      figure('change', 'Change', 'change', ({ epoch, change }) => (epoch === 0 ? Number.NaN : change)),
      figure('difficulty', 'Difficulty', 'difficulty', (each) => each.difficulty),
      figure('priceUsdPerBtc', 'BTC price', 'usdPerBtc', (each) => each.priceUsdPerBtc),
      figure('hashpriceUsdPerPhDay', 'Hashprice', 'usdPerPhDay', (each) => each.hashpriceUsdPerPhDay),
    ]),
  )
}

/** `Adjustment; halving on 12 Apr 2028`; hashprice and subsidy of such an epoch are means over its blocks. */
function opening(ahead: Ahead, { epoch, halvesAtDay }: EpochAhead): string {
  const begins = epoch === 0 ? 'Now' : 'Adjustment'
  if (halvesAtDay === null) return begins
  const atMs = startMs(ahead, halvesAtDay)
  return `${begins}; halving ${Number.isNaN(atMs) ? `in ${days(halvesAtDay)}` : `on ${dayMonth(atMs, undefined, Number.NaN)}`}`
}

function fleetTable(ahead: Ahead, fleet: FleetEpochs): Block {
  const { figure } = columnsOver(fleet)
  return table(
    tableOf('projection-fleet', 'The fleet, by epoch', `All ${counted(fleet.length, 'epoch')}`, [
      figure('epoch', 'Epoch', 'count', ({ epoch }) => epoch),
      figure('startsAtMs', 'Starts', 'day', ({ startsAtDay }) => startMs(ahead, startsAtDay)),
      figure('machinesThatEarn', 'Machines that earn', 'count', (each) => each.machinesProfitable),
      figure(
        'fleetMarginUsdPerDay',
        'As it runs: cash margin',
        'usdPerDay',
        (each) => each.fleetMarginUsdPerDay,
      ),
      figure('bestBtcPerDay', 'Stop and start: mined a day', 'btc', (each) => each.bestBtcPerDay),
      figure('bestRevenueUsdPerDay', 'Revenue', 'usdPerDay', (each) => each.bestRevenueUsdPerDay),
      figure('bestMarginUsdPerDay', 'Cash margin', 'usdPerDay', (each) => each.bestMarginUsdPerDay),
      figure('bestUsd', 'Cash in the epoch', 'usd', (each) => each.bestUsd, 'sum'),
    ]),
  )
}

/** Without dates there is no axis of time. */
function chart(ahead: Ahead, { epochs }: ScenarioAhead, fleet: FleetEpochs): readonly Block[] {
  if (ahead.network.atMs === null) return []
  return [
    {
      kind: 'chart',
      chart: {
        title: 'Cash margin a day',
        look: 'usdPerDay',
        atMs: epochs.map(({ startsAtDay }) => startMs(ahead, startsAtDay)),
        lines: [
          {
            label: 'Machines stop and start',
            values: fleet.map(({ bestMarginUsdPerDay }) => bestMarginUsdPerDay),
            isDashed: false,
          },
          {
            label: 'As it runs',
            values: fleet.map(({ fleetMarginUsdPerDay }) => fleetMarginUsdPerDay),
            isDashed: true,
          },
        ],
      },
    },
  ]
}

/** Epochs that stand side by side, beside the running one; the last is that of the tables above. */
const COMPARED = [3, 6, 12]

function sideBySide({ scenarios }: Ahead, fleets: readonly FleetEpochs[], money: Money): readonly Block[] {
  const rows = scenarios.map((scenario, s) => ({ ...scenario, fleet: fleets[s]! }))
  const { text, figure } = columnsOver(rows)
  const at = (key: string, title: string, epoch: number) =>
    figure(key, title, 'usdPerDay', ({ fleet }) => fleet[epoch]?.bestMarginUsdPerDay ?? Number.NaN)
  return [
    heading('Scenarios side by side', 'cash margin a day, machines stop and start'),
    table(
      tableOf('scenarios', 'Scenarios side by side', null, [
        text('scenario', 'Scenario', ({ name }) => name),
        at('nowUsdPerDay', 'Now', 0),
        ...COMPARED.map((epoch) => at(`epoch${epoch}UsdPerDay`, `Epoch ${epoch}`, epoch)),
        figure('days', 'Length', 'days', ({ epochs }) => sumOf(epochs, (epoch) => epoch.days)),
        figure('cashUsd', 'Cash in these days', 'usd', ({ fleet }) => sumOf(fleet, ({ bestUsd }) => bestUsd)),
      ]),
    ),
    {
      kind: 'list',
      items: rows.map((scenario) => `${scenario.name}. ${scenarioWords(scenario, scenario.scale, money)}`),
    },
  ]
}
