import { hashpriceBtcPerPhDay } from '#shared/domain/chain/network.ts'
import { costBridge, fleetCosts } from '#shared/domain/money/cost-bridge.ts'
import type { BridgeStepName } from '#shared/domain/money/cost-bridge.ts'
import { BRIDGE_STEPS } from '#shared/domain/money/cost-bridge.ts'
import type { WorkbookFacts } from './case.ts'
import { FLEET_CELLS, machineColumn, NAMES } from './layout.ts'
import type { Row, Sheet } from './sheet.ts'
import { formula, heading, note, text, title } from './sheet.ts'

/** The row of the first step. */
const FIRST = 5

const WORDS: Readonly<Record<BridgeStepName, string>> = {
  energy: 'Energy',
  demandResponseCredits: 'Demand-response credits',
  poolAndHosting: 'Pool and hosting',
  site: 'Sites: fixed cost of every machine',
  cashCost: 'Cash cost',
  general: 'General',
  depreciation: 'Depreciation',
  fullCost: 'Full cost',
}

/** What one BTC costs, step by step: a step that nobody has said a figure for is empty, and the sum that would need it too. */
export function bridgeSheet(facts: WorkbookFacts): Sheet {
  const { basis, conditions, hosts, of } = facts
  const { generalUsdPerDay, demandResponseCreditsUsdPerDay, depreciationUsdPerDay } = of.finance
  const costs = fleetCosts(basis, hashpriceBtcPerPhDay(conditions), hosts)
  const bridge = costBridge({
    btc: Number.isNaN(costs.btcPerDay) ? 0 : costs.btcPerDay,
    energyUsd: costs.energyUsdPerDay,
    demandResponseCreditsUsd: demandResponseCreditsUsdPerDay ?? 0,
    poolAndHostingUsd: costs.hostingUsdPerDay + hosts.fixedUsdPerDay,
    siteUsd: costs.fixedUsdPerDay,
    generalUsd: generalUsdPerDay ?? 0,
    depreciationUsd: depreciationUsdPerDay ?? 0,
  })
  const unsaid: Readonly<Partial<Record<BridgeStepName, boolean>>> = {
    demandResponseCredits: demandResponseCreditsUsdPerDay === null,
    general: generalUsdPerDay === null,
    depreciation: depreciationUsdPerDay === null,
    fullCost: generalUsdPerDay === null || depreciationUsdPerDay === null,
  }
  const at = (step: BridgeStepName) => FIRST + BRIDGE_STEPS.indexOf(step)
  const hosting = `SUM(${machineColumn(facts, 'hosting')})`
  const ifSaid = (name: string, sign = '') => `IF(COUNT(${name})=1,${sign}${name},"")`
  const sumTo = (step: BridgeStepName) => `SUM($B$${FIRST}:$B$${at(step)})`
  const written: Readonly<Record<BridgeStepName, string>> = {
    energy: `${FLEET_CELLS.cost}-${hosting}`,
    demandResponseCredits: ifSaid(NAMES.credits, '-'),
    poolAndHosting: `${hosting}+N(${NAMES.fixedHosting})`,
    site: FLEET_CELLS.fixed,
    cashCost: '',
    general: ifSaid(NAMES.general),
    depreciation: ifSaid(NAMES.depreciation),
    fullCost: '',
  }
  const rows: Row[] = [
    [title('Cost per BTC')],
    [
      note(
        'A day as the fleet runs now. What is not said is empty: then there is no full cost, and credits count as none.',
      ),
    ],
    [],
    ['Step', 'USD/day', 'USD/BTC', 'So far, USD/day', 'So far, USD/BTC'].map((words) => heading(words)),
    ...bridge.steps.map(({ name, usd, usdPerBtc, runningUsd, runningUsdPerBtc }): Row => {
      const row = at(name)
      const isSum = name === 'cashCost' || name === 'fullCost'
      const isUnsaid = unsaid[name] === true
      const known = (value: number) => (isUnsaid ? NaN : value)
      const needsAll = name === 'fullCost' ? `COUNT(${NAMES.general},${NAMES.depreciation})=2` : null
      const soFar = isSum ? sumTo(BRIDGE_STEPS[BRIDGE_STEPS.indexOf(name) - 1]!) : sumTo(name)
      const running = isSum
        ? needsAll === null
          ? soFar
          : `IF(${needsAll},${soFar},"")`
        : `IF(COUNT(B${row})=1,${soFar},"")`
      const perBtc = (cell: string) =>
        `IF(AND(N(${FLEET_CELLS.btc})>0,COUNT(${cell})=1),${cell}/${FLEET_CELLS.btc},"")`
      const kind = isSum ? 'total' : 'plain'
      return [
        text(WORDS[name], kind),
        isSum ? null : formula(written[name], known(usd), 'usd'),
        isSum ? null : formula(perBtc(`B${row}`), known(usdPerBtc), 'usdPerBtc'),
        formula(running, known(runningUsd), 'usd', kind),
        formula(perBtc(`D${row}`), known(runningUsdPerBtc), 'usdPerBtc', kind),
      ]
    }),
  ]
  return { name: 'Bridge', widths: [38, 18, 18, 18, 18], frozen: { rows: FIRST - 1, columns: 1 }, rows }
}
