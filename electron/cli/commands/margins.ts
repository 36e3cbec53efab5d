import { machineFigures } from '#shared/domain/margins/fleet-margins.ts'
import type { MachineFigures, MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import {
  hashpriceBtcPerPhDay,
  hashpriceUsdPerPhDay,
  networkHashrateHs,
  subsidyBtc,
} from '#shared/domain/chain/network.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { leftOutOf } from '#shared/domain/decision/market.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { keptHostCosts } from '#shared/domain/money/cost-bridge.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'
import type { Money } from '#shared/format/money.ts'
import { count, counted, percent } from '#shared/format/numbers.ts'
import { hashrateOfThs, jPerTh, ths } from '#shared/format/units.ts'
import { agreementOptions } from '../case-inputs.ts'
import { caseOptions, readCase } from '../case.ts'
import type { Basis } from '../case.ts'
import { pricedCase } from '../cash-case.ts'
import { defineCommand, EXIT } from '../command.ts'
import { existingFields, writeDocument, writeLine } from '../json.ts'
import type { ListDocument } from '../json.ts'
import { textTable } from '../text-table.ts'

/** No adjustment is known of it. */
const isUndated = ({ epoch, typed }: NetworkConditions) => epoch === null && !typed?.adjustment
/** Beside a typed hashprice, what it does not tell. */
const leftOutFields = (network: NetworkConditions) =>
  network.typed === undefined ? {} : { leftOut: leftOutOf(network, isUndated(network)) }

const HS_PER_EHS = 1e18

export const command = defineCommand({
  name: 'margins',
  summary: 'margin, cost and break-evens of every machine and of the fleet',
  options: { ...caseOptions, ...agreementOptions },
  async run(call) {
    const given = await readCase('margins', call, null, 'margins')
    const { network, restsOn, money } = given
    const prepared = await pricedCase('margins', call, given)
    const { stdout } = call.host
    if (call.options.json) await writeDocument(stdout, marginsDocument(prepared, network, restsOn))
    else for (const line of marginsLines(prepared, network, money)) await writeLine(stdout, line)
    return EXIT.done
  },
})

/** What `margins --json` prints. */
export function marginsDocument(
  prepared: Prepared,
  network: NetworkConditions,
  restsOn: Basis,
): ListDocument {
  const { basis } = prepared
  const totals = fleetTotals(basis, network, keptHostCosts(prepared).owedUsdPerDay)
  return {
    head: {
      network: { ...networkFigures(network), ...restsOn, ...leftOutFields(network) },
    },
    list: 'machines',
    rows: basis.length,
    row: (i) => machineRow(basis, i, network),
    tail: {
      fleet: existingFields({
        machines: totals.machines,
        running: totals.running,
        hashrateThs: totals.hashrateThs,
        powerW: totals.powerW,
        efficiencyJPerTh: totals.efficiencyJPerTh,
        revenueUsdPerDay: totals.revenueUsdPerDay,
        avoidableCostUsdPerDay: totals.avoidableCostUsdPerDay,
        marginUsdPerDay: totals.marginUsdPerDay,
        marginShare: totals.marginShare,
        allInMarginUsdPerDay: totals.allInMarginUsdPerDay,
        btcPerDay: totals.btcPerDay,
        costPerBtcUsd: totals.costPerBtcUsd,
        btcToSellPerDay: totals.btcToSellPerDay,
        shareOfProductionToSell: totals.shareOfProductionToSell,
      }),
    },
  }
}

/** What `margins` prints for a person. */
export function* marginsLines(
  { basis }: Prepared,
  network: NetworkConditions,
  money: Money,
): Generator<string> {
  const totals = fleetTotals(basis, network)
  yield `Hashprice ${money.perPh(hashpriceUsdPerPhDay(network))} ${money.hashprice.per}`
  yield `Fleet: ${count(totals.running)} of ${counted(totals.machines, 'machine')} run, ${hashrateOfThs(totals.hashrateThs)}, margin ${money.amount(totals.marginUsdPerDay)} a day (${percent(totals.marginShare)})`
  const rows = Array.from({ length: basis.length }, (_, i) => {
    const figures = machineFigures(basis, i, network)
    return [
      ...identity(basis, i),
      count(figures.quantity),
      ths(figures.hashrateThs),
      jPerTh(figures.efficiencyJPerTh),
      money.amount(figures.marginUsdPerDay),
      percent(figures.marginShare),
      money.perPh(figures.breakevenHashpriceUsdPerPhDay, 'up'),
    ]
  })
  const columns = [
    { title: 'id' },
    { title: 'model' },
    { title: 'site' },
    { title: 'machines', right: true },
    { title: 'TH/s', right: true },
    { title: 'J/TH', right: true },
    { title: `margin ${money.currency}/day`, right: true },
    { title: 'margin %', right: true },
    { title: `break-even ${money.hashprice.signs}`, right: true },
  ]
  yield* textTable(columns, rows)
}

/** id, model and site of a row. */
export function identity(basis: MarginBasis, row: number): [id: string, model: string, site: string] {
  const { machines, sites } = basis.fleet
  return [textAt(machines.id, row), labelAt(machines.model, row), sites.name[machines.site[row]!]!]
}

export function networkFigures(network: NetworkConditions) {
  return existingFields({
    height: network.height,
    difficulty: network.difficulty,
    subsidyBtc: subsidyBtc(network.height),
    feesBtcPerBlock: network.feesBtcPerBlock,
    priceUsdPerBtc: network.priceUsdPerBtc,
    hashrateEhs: networkHashrateHs(network.difficulty) / HS_PER_EHS,
    hashpriceBtcPerPhDay: hashpriceBtcPerPhDay(network),
    hashpriceUsdPerPhDay: hashpriceUsdPerPhDay(network),
  })
}

/** The figures of a row that the command prints, in its order. */
const ROW_FIGURES = [
  'hashrateThs',
  'powerW',
  'efficiencyJPerTh',
  'revenueUsdPerDay',
  'energyKwhPerDay',
  'avoidableCostUsdPerDay',
  'marginUsdPerDay',
  'marginShare',
  'allInMarginUsdPerDay',
  'breakevenHashpriceUsdPerPhDay',
  'breakevenPowerPriceUsdPerKwh',
  'breakevenBtcPriceUsd',
  'breakevenDifficulty',
  'headroom',
  'costPerBtcUsd',
] as const satisfies readonly (keyof MachineFigures)[]

function machineRow(basis: MarginBasis, row: number, network: NetworkConditions) {
  const { machines } = basis.fleet
  const [id, model, site] = identity(basis, row)
  const figures = machineFigures(basis, row, network)
  return {
    id,
    model,
    site,
    quantity: machines.quantity[row],
    status: MACHINE_STATUSES[machines.status[row]!],
    ...existingFields(Object.fromEntries(ROW_FIGURES.map((name) => [name, figures[name]]))),
  }
}
