import { hashpriceBtcPerPhDay } from '../../domain/chain/network.ts'
import type { BridgeStepName } from '../../domain/money/cost-bridge.ts'
import { costOfPowerUsdPerKwh, fleetCosts } from '../../domain/money/cost-bridge.ts'
import type { Money } from '../../format/money.ts'
import { btc, energyUnit } from '../../format/money.ts'
import { counted, number } from '../../format/numbers.ts'
import type { RunningColumn } from '../../format/printed-sums.ts'
import { runningColumn } from '../../format/printed-sums.ts'
import { energy } from '../../format/units.ts'
import type { Depreciating, SaidBridge, SaidStep } from '../bridge-steps.ts'
import { bridgeOf, depreciating } from '../bridge-steps.ts'
import type { Block, BridgeBar } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { NO_NETWORK, unsaidWords } from '../facts.ts'
import { columnsOver, heading, note, sentence, table, tableOf, warning } from '../table.ts'

export const STEP_WORDS: Readonly<Record<BridgeStepName, string>> = {
  energy: 'Energy',
  demandResponseCredits: '− demand-response credits',
  poolAndHosting: '+ grid and hosting',
  site: '+ sites',
  cashCost: '= cash cost',
  general: '+ general',
  depreciation: '+ depreciation',
  fullCost: '= full cost',
}

/** What one BTC costs, step by step, against its price. */
export function bridgeSection(facts: ReportFacts): readonly Block[] {
  const { picture, hosts, money, asOfMs } = facts
  const { finance } = facts.case
  if (picture === null || hosts === null) return [sentence(NO_NETWORK)]
  const { basis, market, totals } = picture
  const { conditions } = market
  const price = conditions.priceUsdPerBtc
  if (Number.isNaN(price))
    return [sentence('The price of a bitcoin is not known, so nothing can be told per bitcoin.')]
  const costs = fleetCosts(basis, hashpriceBtcPerPhDay(conditions), hosts)
  if (!(costs.btcPerDay > 0)) return [sentence('Nothing is mined, so one BTC has no cost.')]
  if (!Number.isFinite(hosts.fixedUsdPerDay))
    return [
      sentence(
        'What a host’s fee per kW comes to is not known, because a machine there has no power, so one BTC has no cost.',
      ),
    ]
  const depreciation = depreciating(finance.purchases, asOfMs)
  const goesOn = {
    idleStandbyUsdPerDay: totals.idleStandbyUsdPerDay,
    committedUsdPerDay: hosts.committedUsdPerDay,
  }
  const said = bridgeOf(costs, hosts, goesOn, finance, depreciation.usdPerDay)
  const unsaid = unsaidWords(facts, 'the bridge is')
  const credits = finance.demandResponseCreditsUsdPerDay
  const power = costOfPowerUsdPerKwh(
    costs.energyUsdPerDay + hosts.committedUsdPerDay,
    credits ?? 0,
    costs.energyKwhPerDay,
  )
  return [
    heading(
      `What one BTC costs, ${money.currency}`,
      `${btc(costs.btcPerDay)} a day after pool fee, as the fleet runs`,
    ),
    { kind: 'bridge', bars: barsOf(said, money), priceUsdPerBtc: price },
    bridgeTable(said, money),
    ...missingWords(said).map(sentence),
    ...(unsaid === null ? [] : [warning(unsaid)]),
    ...purchaseWords(depreciation),
    {
      kind: 'facts',
      facts: [
        { label: 'BTC price', text: money.whole(price), origin: '' },
        {
          label: 'Cash margin per BTC',
          text: money.whole(price - said.bridge.cashCostPerBtcUsd, 'down'),
          origin: 'price less cash cost',
        },
        {
          label: `Cost of power, per ${energyUnit()}`,
          text: money.perKwh(power, 'up'),
          origin: credits === null ? 'energy / energy used' : '(energy − credits) / energy used',
        },
        { label: 'Energy a day', text: energy(costs.energyKwhPerDay), origin: 'at the meter' },
      ],
    },
    note(
      'Energy is what the machines that run pay for it, and committed energy; grid and hosting is other cost per kWh, and flat fees of hosts: By site has committed energy and flat fees under site cost. Sites is every machine’s fixed cost, of idle ones too, and the power that machines draw that are off. What pool and host withhold in BTC is no cost here: it is missing from the BTC. Cash cost is all-in cost, as under Position and By site, less credits.',
    ),
  ]
}

const isThere = ({ runningUsdPerBtc }: SaidStep) => Number.isFinite(runningUsdPerBtc)

/** Sums stand there as they are, steps as what they add to them. */
const perStep = ({ steps }: SaidBridge, { steps: added, sums }: RunningColumn) =>
  steps.map(({ isSum }, i) => (isSum ? sums : added)[i]!)

const runningPerBtc = ({ steps }: SaidBridge, money: Money) =>
  runningColumn(
    money,
    steps.map(({ runningUsdPerBtc }) => runningUsdPerBtc),
  )

/** Steps that are missing have no bar. */
function barsOf(said: SaidBridge, money: Money): readonly BridgeBar[] {
  const running = runningPerBtc(said, money)
  const printed = perStep(said, running)
  return said.steps.flatMap((step, i) =>
    isThere(step)
      ? [
          {
            label: STEP_WORDS[step.name],
            usdPerBtc: step.usdPerBtc,
            endsAtUsdPerBtc: step.runningUsdPerBtc,
            isTotal: step.isSum,
            printed: money.written(printed[i]!, running.decimals),
          },
        ]
      : [],
  )
}

function bridgeTable(said: SaidBridge, money: Money): Block {
  const { text, figure } = columnsOver(said.steps)
  const perBtc = runningPerBtc(said, money)
  const perDay = runningColumn(money, runningPerDay(said))
  const written = (units: readonly number[], { decimals }: RunningColumn) =>
    units.map((each) => number(each, decimals))
  return table(
    tableOf('cost-per-btc', 'What one BTC costs', null, [
      text('step', 'Step', ({ name }) => STEP_WORDS[name]),
      {
        ...figure('usdPerDay', 'A day', 'usdPerDay', ({ usdPerDay }) => usdPerDay),
        printed: written(perStep(said, perDay), perDay),
      },
      {
        ...figure('usdPerBtc', 'Per BTC', 'usdPerBtc', ({ usdPerBtc }) => usdPerBtc),
        printed: written(perStep(said, perBtc), perBtc),
      },
      {
        ...figure('soFarUsdPerBtc', 'So far', 'usdPerBtc', ({ runningUsdPerBtc }) => runningUsdPerBtc),
        printed: written(perBtc.sums, perBtc),
      },
    ]),
  )
}

function runningPerDay({ steps }: SaidBridge): readonly number[] {
  let running = 0
  return steps.map(({ usdPerDay, isSum }) => {
    if (Number.isNaN(usdPerDay)) return Number.NaN
    running = isSum ? usdPerDay : running + usdPerDay
    return running
  })
}

const MISSING_WORDS = {
  demandResponseCredits: 'demand-response credits',
  general: 'general cost',
  depreciation: 'depreciation',
}

/** Where a reader of the program says what is missing. */
function whereWords(missing: SaidBridge['missing']): string {
  const places = [
    ...(missing.some((name) => name !== 'depreciation') ? ['Costs'] : []),
    ...(missing.includes('depreciation') ? ['Purchases'] : []),
  ]
  return `See Reports, ${places.join(' and ')}.`
}

/** `General cost and depreciation are not said, so the bridge ends at the cash cost.` */
function missingWords({ missing }: SaidBridge): readonly string[] {
  if (missing.length === 0) return []
  const names = missing.map((name) => MISSING_WORDS[name])
  const listed = names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`
  const isPlural = names.length > 1 || missing[0] === 'demandResponseCredits'
  const lacks = [
    ...(missing.includes('demandResponseCredits') ? ['credits are in no figure'] : []),
    ...(missing.includes('general') && missing.includes('depreciation')
      ? ['the bridge ends at the cash cost']
      : missing.some((name) => name !== 'demandResponseCredits')
        ? ['there is no full cost']
        : []),
  ]
  return [
    `${listed.slice(0, 1).toUpperCase()}${listed.slice(1)} ${isPlural ? 'are' : 'is'} not said, so ${lacks.join(' and ')}. ${whereWords(missing)}`,
  ]
}

function purchaseWords({ running, undated, usdPerDay }: Depreciating): readonly Block[] {
  const counts =
    usdPerDay === null
      ? []
      : [
          note(
            `Depreciation is straight line, (cost − salvage) / life, of ${running.length === 0 ? 'no purchase: every life has ended or not begun' : `${counted(running.length, 'purchase')} whose life still runs: ${running.map(({ name }) => name).join(', ')}`}.`,
          ),
        ]
  if (undated.length === 0) return counts
  return [
    ...counts,
    warning(
      `Not said on which day ${undated.map(({ name }) => name).join(', ')} ${undated.length === 1 ? 'was' : 'were'} bought, so no depreciation of ${undated.length === 1 ? 'it' : 'them'} is counted.`,
    ),
  ]
}
