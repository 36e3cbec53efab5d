import { fleetSums, totalsOf } from '#shared/domain/margins/totals.ts'
import type { FleetSums, FleetTotals } from '#shared/domain/margins/totals.ts'
import type { WorkbookFacts } from './case.ts'
import type { MachineKey } from './layout.ts'
import { FLEET_CELLS, machineColumn, NAMES } from './layout.ts'
import type { FleetKey } from './layout.ts'
import type { Row, Sheet } from './sheet.ts'
import { formula, heading, note, text, title, whereKnown } from './sheet.ts'
import type { Format } from './styles.ts'

type Line = {
  readonly label: string
  readonly unit: string
  readonly format: Format
  readonly written: string
  readonly value: (of: FleetSums & FleetTotals) => number
}

/** Sums of the machines that run and have figures, and ratios of these sums. */
export function fleetSheet(facts: WorkbookFacts): Sheet {
  const sums = fleetSums(facts.basis)
  const earned = { ...sums, ...totalsOf(sums, facts.conditions, facts.hosts.owedUsdPerDay) }
  const lines = linesOf(facts)
  const rows: Row[] = [
    [title('Fleet')],
    [
      note(
        'Machines that run and whose figures are known. All-in and all cost have the fixed cost of every machine, standby of what is off, fees of hosts and committed energy too.',
      ),
    ],
    ['What', 'Value', 'Unit'].map((words) => heading(words)),
  ]
  // In the order of their cells.
  for (const key of Object.keys(FLEET_CELLS) as FleetKey[]) {
    const { label, unit, format, written, value } = lines[key]
    rows.push([text(label), formula(written, value(earned), format), text(unit)])
  }
  return { name: 'Fleet', widths: [44, 22, 16], frozen: { rows: 3, columns: 1 }, rows }
}

function linesOf(facts: WorkbookFacts): Readonly<Record<FleetKey, Line>> {
  const column = (key: MachineKey) => machineColumn(facts, key)
  const sum = (key: MachineKey) => `SUM(${column(key)})`
  const running = `${column('status')},"running"`
  const at = FLEET_CELLS
  const line = (
    label: string,
    unit: string,
    format: Format,
    written: string,
    value: Line['value'],
  ): Line => ({
    label,
    unit,
    format,
    written,
    value,
  })
  const overall = (...keys: readonly MachineKey[]) => `SUMPRODUCT(${keys.map(column).join(',')})`
  const goesOn = `${at.fixed}+${at.idle}+${NAMES.fixedHosting}+N(${NAMES.committed})`
  return {
    machines: line('Machines', '', 'count', sum('quantity'), (t) => t.machines),
    running: line('Running', '', 'count', `SUMIFS(${column('quantity')},${running})`, (t) => t.running),
    withoutFigures: line(
      'Running, a figure is missing',
      '',
      'count',
      `${at.running}-${overall('counted', 'quantity')}`,
      (t) => t.withoutFigures,
    ),
    hashrate: line(
      'Hashrate',
      'TH/s',
      'ths',
      overall('counted', 'quantity', 'hashrate'),
      (t) => t.hashrateThs,
    ),
    power: line(
      'Power of the machines',
      'W',
      'watts',
      overall('counted', 'quantity', 'power'),
      (t) => t.powerW,
    ),
    efficiency: line(
      'Efficiency',
      'J/TH',
      'jPerTh',
      `IF(${at.hashrate}>0,${at.power}/${at.hashrate},"")`,
      (t) => t.efficiencyJPerTh,
    ),
    accepted: line('Hashrate that is paid', 'PH/s', 'phs', sum('countedPhs'), (t) => t.acceptedPhs),
    revenue: line(
      'Revenue',
      'USD/day',
      'usd',
      whereKnown([NAMES.hashpriceUsd], `${at.accepted}*${NAMES.hashpriceUsd}`),
      (t) => t.revenueUsdPerDay,
    ),
    cost: line(
      'Cost that stops with the machines',
      'USD/day',
      'usd',
      sum('countedUsd'),
      (t) => t.avoidableCostUsdPerDay,
    ),
    margin: line(
      'Cash margin',
      'USD/day',
      'usd',
      whereKnown([at.revenue], `${at.revenue}-${at.cost}`),
      (t) => t.marginUsdPerDay,
    ),
    share: line(
      'Margin, share of revenue',
      '',
      'share',
      whereKnown([at.revenue], `IF(${at.revenue}=0,"",${at.margin}/${at.revenue})`),
      (t) => t.marginShare,
    ),
    fixed: line('Fixed cost of every machine', 'USD/day', 'usd', sum('fixed'), (t) => t.fixedUsdPerDay),
    idle: line(
      'Standby of what is off',
      'USD/day',
      'usd',
      `SUMIFS(${column('standbyCost')},${column('status')},"off")`,
      (t) => t.idleStandbyUsdPerDay,
    ),
    allIn: line(
      'All-in margin',
      'USD/day',
      'usd',
      whereKnown([at.margin, NAMES.fixedHosting], `${at.margin}-(${goesOn})`),
      (t) => t.allInMarginUsdPerDay,
    ),
    btc: line(
      'Mined',
      'BTC/day',
      'btc',
      whereKnown([NAMES.hashpriceBtc], `${at.accepted}*${NAMES.hashpriceBtc}`),
      (t) => t.btcPerDay,
    ),
    costPerBtc: line(
      'Cost that stops, of one BTC',
      'USD/BTC',
      'usdPerBtc',
      `IF(N(${at.btc})>0,${at.cost}/${at.btc},"")`,
      (t) => t.costPerBtcUsd,
    ),
    allInPerBtc: line(
      'All cost of one BTC',
      'USD/BTC',
      'usdPerBtc',
      whereKnown([NAMES.fixedHosting], `IF(N(${at.btc})>0,(${at.cost}+${goesOn})/${at.btc},"")`),
      (t) => t.allInCostPerBtcUsd,
    ),
    toSell: line(
      'To sell to pay all cost',
      'BTC/day',
      'btc',
      whereKnown([NAMES.fixedHosting], `IF(N(${NAMES.price})>0,(${at.cost}+${goesOn})/${NAMES.price},"")`),
      (t) => t.btcToSellPerDay,
    ),
    shareToSell: line(
      'Share of what is mined to sell',
      '',
      'share',
      `IF(AND(N(${at.btc})>0,COUNT(${at.toSell})=1),${at.toSell}/${at.btc},"")`,
      (t) => t.shareOfProductionToSell,
    ),
  }
}
