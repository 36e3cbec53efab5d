import { hashpriceBtcPerPhDay } from '#shared/domain/chain/network.ts'
import type { BridgeStepName } from '#shared/domain/money/cost-bridge.ts'
import { BRIDGE_STEPS, fleetCosts } from '#shared/domain/money/cost-bridge.ts'
import { fleetSums, totalsOf } from '#shared/domain/margins/totals.ts'
import { bridgeOf, isBridgeSum } from '#shared/report/bridge-steps.ts'
import type { SaidStep } from '#shared/report/bridge-steps.ts'
import type { WorkbookFacts } from './case.ts'
import { FLEET_CELLS, machineColumn, NAMES } from './layout.ts'
import type { Row, Sheet } from './sheet.ts'
import { formula, heading, note, text, title, whereKnown } from './sheet.ts'

/** The row of the first step. */
const FIRST = 5

const WORDS: Readonly<Record<BridgeStepName, string>> = {
  energy: 'Energy',
  demandResponseCredits: 'Demand-response credits',
  poolAndHosting: 'Grid and hosting',
  site: 'Sites: fixed cost of every machine, power of idle ones',
  cashCost: 'Cash cost',
  general: 'General',
  depreciation: 'Depreciation',
  fullCost: 'Full cost',
}

/** What one BTC costs, step by step: a step that nobody has said a figure for is empty, and the sum that would need it too. */
export function bridgeSheet(facts: WorkbookFacts): Sheet {
  const at = (step: BridgeStepName) => `$B$${FIRST + BRIDGE_STEPS.indexOf(step)}`
  const hosting = `SUM(${machineColumn(facts, 'hosting')})`
  const ifSaid = (name: string, sign = '') => whereKnown([name], `${sign}${name}`)
  const added: Readonly<Record<BridgeStepName, string>> = {
    energy: `${FLEET_CELLS.cost}-${hosting}+N(${NAMES.committed})`,
    demandResponseCredits: ifSaid(NAMES.credits, '-'),
    poolAndHosting: whereKnown([NAMES.fixedHosting], `${hosting}+${NAMES.fixedHosting}`),
    site: `${FLEET_CELLS.fixed}+${FLEET_CELLS.idle}`,
    cashCost: whereKnown([at('poolAndHosting')], `SUM(${at('energy')}:${at('site')})`),
    general: ifSaid(NAMES.general),
    depreciation: ifSaid(NAMES.depreciation),
    fullCost: whereKnown(
      [at('cashCost'), at('general'), at('depreciation')],
      `SUM(${at('cashCost')}:${at('depreciation')})`,
    ),
  }
  /** What stands there so far: of the steps before the cash cost, or from it on. */
  const running = (step: BridgeStepName) => {
    if (isBridgeSum(step)) return at(step)
    const isAfter = BRIDGE_STEPS.indexOf(step) > BRIDGE_STEPS.indexOf('cashCost')
    return `SUM(${at(isAfter ? 'cashCost' : 'energy')}:${at(step)})`
  }
  const needed = (step: BridgeStepName) =>
    BRIDGE_STEPS.indexOf(step) < BRIDGE_STEPS.indexOf('poolAndHosting')
      ? [at(step)]
      : [at(step), at('poolAndHosting')]
  const perBtc = (cells: readonly string[], usd: string) =>
    whereKnown([...cells, FLEET_CELLS.btc], `IF(${FLEET_CELLS.btc}>0,${usd}/${FLEET_CELLS.btc},"")`)
  const rows: Row[] = [
    [title('Cost per BTC')],
    [
      note(
        'A day as the fleet runs now. What is not said is empty: without general cost or depreciation there is no full cost, and credits that are not said are in no figure.',
      ),
    ],
    [],
    ['Step', 'USD/day', 'USD/BTC', 'So far, USD/BTC'].map((words) => heading(words)),
    ...stepsOf(facts).map(({ name, usdPerDay, usdPerBtc, runningUsdPerBtc }): Row => {
      const kind = isBridgeSum(name) ? 'total' : 'plain'
      return [
        text(WORDS[name], kind),
        formula(added[name], usdPerDay, 'usd', kind),
        formula(perBtc([at(name)], at(name)), usdPerBtc, 'usdPerBtc', kind),
        formula(perBtc(needed(name), `(${running(name)})`), runningUsdPerBtc, 'usdPerBtc', kind),
      ]
    }),
  ]
  return { name: 'Bridge', widths: [54, 18, 18, 18], frozen: { rows: FIRST - 1, columns: 1 }, rows }
}

/** Where a host's fixed fee is not known, neither is what needs it. */
function stepsOf({ basis, conditions, hosts, of }: WorkbookFacts): readonly SaidStep[] {
  const costs = fleetCosts(basis, hashpriceBtcPerPhDay(conditions), hosts)
  const { idleStandbyUsdPerDay } = totalsOf(fleetSums(basis), conditions)
  const areKnown = Number.isFinite(hosts.fixedUsdPerDay)
  const { steps } = bridgeOf(
    { ...costs, btcPerDay: Number.isNaN(costs.btcPerDay) ? 0 : costs.btcPerDay },
    areKnown ? hosts : { ...hosts, fixedUsdPerDay: 0 },
    {
      idleStandbyUsdPerDay,
      committedUsdPerDay: hosts.committedUsdPerDay,
    },
    of.finance,
    of.finance.depreciationUsdPerDay,
  )
  const from = BRIDGE_STEPS.indexOf('poolAndHosting')
  return steps.map((step, i) => {
    if (areKnown || i < from) return step
    const isOwn = !step.isSum && step.name !== 'poolAndHosting'
    return {
      ...step,
      usdPerDay: isOwn ? step.usdPerDay : NaN,
      usdPerBtc: isOwn ? step.usdPerBtc : NaN,
      runningUsdPerBtc: NaN,
    }
  })
}
