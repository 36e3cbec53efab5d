import type { NetworkEpoch } from '../../domain/ahead/project.ts'
import { fleetInEpoch } from '../../domain/ahead/fleet-in-epoch.ts'
import { cashInEpoch } from '../../domain/money/epoch-cash.ts'
import { MS_PER_DAY } from '../../domain/units.ts'
import { assumptionWords } from '../../format/assumption-words.ts'
import { counted } from '../../format/numbers.ts'
import { calendarDayOf, days } from '../../format/times.ts'
import type { Ahead, EpochAhead, ScenarioAhead } from '../ahead.ts'
import { aheadOf } from '../ahead.ts'
import { figures, heading, note, sentence, table, texts } from '../columns.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'

/** Half a year of the first scenario, epoch by epoch, and the others beside it. */
export function projectionSection(facts: ReportFacts): readonly Block[] {
  const ahead = aheadOf(facts)
  if ('refusal' in ahead) return [sentence(ahead.refusal)]
  const [first, ...others] = ahead.scenarios
  const fleet = fleetEpochs(ahead, first)
  const isFlat = facts.case.scenarios.length === 0
  const spanDays = sumOf(first.epochs, (epoch) => epoch.days)
  return [
    heading(
      isFlat ? 'If price and hashrate stay as they are' : `Scenario “${first.name}”`,
      `${counted(first.epochs.length, 'epoch')}, ${days(spanDays)}`,
    ),
    sentence(
      `${isFlat ? 'No scenario is stored. ' : ''}${assumptionWords(first.assumptions, first.scale)} The hashrate of today is the one that the expected adjustment implies; fees stay as they are.`,
    ),
    networkTable(ahead, first),
    fleetTable(ahead, first, fleet),
    note(
      'Margins are cash, after everything that stops with a machine. “Machines stop and start”: each does what earns most at the hashprice of the epoch, without restarts and waiting. Prices of energy are those from now to the adjustment and of the fortnight after it; a later season of a tariff is not in them.',
    ),
    ...chart(ahead, first, fleet),
    ...(others.length === 0 ? [] : sideBySide(ahead)),
  ]
}

type FleetEpochs = readonly ReturnType<typeof fleetEpoch>[]

const fleetEpochs = (ahead: Ahead, { epochs }: ScenarioAhead): FleetEpochs =>
  epochs.map((epoch) => fleetEpoch(ahead, epoch))

function fleetEpoch({ prepared, cash }: Ahead, epoch: NetworkEpoch) {
  const best = cashInEpoch(cash, epoch, 'stop', 0)
  return {
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
  const column = (of: (epoch: EpochAhead) => number) => epochs.map(of)
  return table('projection', 'The network, by epoch', [
    figures(
      'epoch',
      'Epoch',
      'count',
      column(({ epoch }) => epoch),
    ),
    figures(
      'startsAt',
      'Starts',
      'day',
      column(({ startsAtDay }) => startMs(ahead, startsAtDay)),
    ),
    figures(
      'days',
      'Days',
      'days',
      column((epoch) => epoch.days),
    ),
    texts(
      'opensWith',
      'What happens',
      epochs.map((epoch) => opening(ahead, epoch)),
    ),
    figures(
      'change',
      'Change',
      'change',
      column(({ epoch, change }) => (epoch === 0 ? Number.NaN : change)),
    ),
    figures(
      'difficulty',
      'Difficulty',
      'difficulty',
      column((epoch) => epoch.difficulty),
    ),
    figures(
      'priceUsdPerBtc',
      'BTC price',
      'usdPerBtc',
      column((epoch) => epoch.priceUsdPerBtc),
    ),
    figures(
      'hashpriceUsdPerPhDay',
      'Hashprice',
      'usdPerPhDay',
      column((epoch) => epoch.hashpriceUsdPerPhDay),
    ),
  ])
}

/** `Adjustment; halving on 12 Apr 2028`; hashprice and subsidy of such an epoch are means over its blocks. */
function opening(ahead: Ahead, { epoch, halvesAtDay }: EpochAhead): string {
  const begins = epoch === 0 ? 'Now' : 'Adjustment'
  if (halvesAtDay === null) return begins
  const atMs = startMs(ahead, halvesAtDay)
  return `${begins}; halving ${Number.isNaN(atMs) ? `in ${days(halvesAtDay)}` : `on ${calendarDayOf(atMs)}`}`
}

function fleetTable(ahead: Ahead, { epochs }: ScenarioAhead, fleet: FleetEpochs): Block {
  const column = (of: (epoch: FleetEpochs[number]) => number) => fleet.map(of)
  return table(
    'projection-fleet',
    'The fleet, by epoch',
    [
      figures(
        'epoch',
        'Epoch',
        'count',
        epochs.map(({ epoch }) => epoch),
      ),
      figures(
        'startsAt',
        'Starts',
        'day',
        epochs.map(({ startsAtDay }) => startMs(ahead, startsAtDay)),
      ),
      figures(
        'machinesThatEarn',
        'Machines that earn',
        'count',
        column((each) => each.machinesProfitable),
      ),
      figures(
        'fleetMarginUsdPerDay',
        'Margin as it runs',
        'usdPerDay',
        column((each) => each.fleetMarginUsdPerDay),
      ),
      figures(
        'bestBtcPerDay',
        'Stop and start: BTC',
        'btc',
        column((each) => each.bestBtcPerDay),
      ),
      figures(
        'bestRevenueUsdPerDay',
        'Revenue',
        'usdPerDay',
        column((each) => each.bestRevenueUsdPerDay),
      ),
      figures(
        'bestMarginUsdPerDay',
        'Cash margin',
        'usdPerDay',
        column((each) => each.bestMarginUsdPerDay),
      ),
      figures(
        'bestUsd',
        'Cash in the epoch',
        'usd',
        column((each) => each.bestUsd),
        sumOf(fleet, (each) => each.bestUsd),
      ),
    ],
    `All ${counted(epochs.length, 'epoch')}`,
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

function sideBySide(ahead: Ahead): readonly Block[] {
  const { scenarios } = ahead
  const fleets = scenarios.map((scenario) => fleetEpochs(ahead, scenario))
  const at = (key: string, title: string, epoch: number) =>
    figures(
      key,
      title,
      'usdPerDay',
      fleets.map((fleet) => fleet[epoch]?.bestMarginUsdPerDay ?? Number.NaN),
    )
  return [
    heading('Scenarios side by side', 'cash margin a day, machines stop and start'),
    table('scenarios', 'Scenarios', [
      texts(
        'scenario',
        'Scenario',
        scenarios.map(({ name }) => name),
      ),
      at('nowUsdPerDay', 'Now', 0),
      ...COMPARED.map((epoch) => at(`epoch${epoch}UsdPerDay`, `Epoch ${epoch}`, epoch)),
      figures(
        'days',
        'Over days',
        'days',
        scenarios.map(({ epochs }) => sumOf(epochs, (epoch) => epoch.days)),
      ),
      figures(
        'cashUsd',
        'Cash over them',
        'usd',
        fleets.map((fleet) => sumOf(fleet, ({ bestUsd }) => bestUsd)),
      ),
    ]),
    {
      kind: 'list',
      items: scenarios.map(
        ({ name, assumptions, scale }) => `${name}. ${assumptionWords(assumptions, scale)}`,
      ),
    },
  ]
}
