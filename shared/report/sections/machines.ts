import { paidUsdPerKwhAt } from '../../domain/decision/sites/offers.ts'
import { MACHINE_STATUSES, RUNNING } from '../../domain/fleet/fleet.ts'
import { labelAt } from '../../domain/fleet/columns.ts'
import {
  allInMarginUsdPerDay,
  breakevenPowerPriceUsdPerKwh,
  cashMarginUsdPerDay,
  efficiencyJPerTh,
  revenuePerDay,
} from '../../domain/margins/margin.ts'
import { energyKwhPerDayAt, otherUsdPerKwhAt } from '../../domain/margins/fleet-margins.ts'
import { STATUS_WORDS } from '../../format/words.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { NO_NETWORK } from '../facts.ts'
import { less } from '../groups.ts'
import { lotTerms } from '../lot-terms.ts'
import { columnsOver, note, sentence, table, tableOf } from '../table.ts'

const OFF = MACHINE_STATUSES.indexOf('off')

/** Every machine and lot with its fields and figures. */
export function machinesSection(facts: ReportFacts): readonly Block[] {
  const { picture, fleet, money, siteOf, modelOf, lotOf, machines: count } = facts
  if (picture === null) return [sentence(NO_NETWORK)]
  const { prepared, basis, market, totals } = picture
  const { machines } = fleet
  if (machines.length === 0) return [sentence('There are no machines yet.')]
  const { quantity, hashrateThs, powerW, status, fixedUsdPerDay } = machines
  const rows = Uint32Array.from({ length: machines.length }, (_, row) => row)
  const { text, figure } = columnsOver(rows)

  const asIfRevenue = (row: number) => revenuePerDay(basis.acceptedPhs[row]!, market.hashpriceUsdPerPhDay)
  // What does not run earns and costs nothing that would stop; of what runs a figure may be missing.
  const ofRunning = (of: (row: number) => number) => (row: number) =>
    status[row] !== RUNNING ? 0 : basis.counted[row] === 1 ? of(row) : Number.NaN
  const revenue = ofRunning(asIfRevenue)
  const cost = ofRunning((row) => basis.avoidableCostUsdPerDay[row]!)
  const margin = (row: number) => cashMarginUsdPerDay(revenue(row), cost(row))
  const standby = (row: number) => (status[row] === OFF ? numberOr0(basis.standbyCostUsdPerDay[row]!) : 0)
  const goesOn = (row: number) => quantity[row]! * fixedUsdPerDay[row]! + standby(row)
  const allIn = (row: number) => allInMarginUsdPerDay(numberOr0(margin(row)), goesOn(row))

  const breakevenPower = (row: number) =>
    breakevenPowerPriceUsdPerKwh(
      asIfRevenue(row),
      energyKwhPerDayAt(fleet, row),
      otherUsdPerKwhAt(fleet, row),
    )
  const terms = lotTerms(picture, money)
  const racks = text('rack', 'Rack', (row) => labelAt(machines.rack, row))
  return [
    table(
      tableOf('machines', 'All machines, money a day', 'All', [
        text('lot', 'Lot', lotOf),
        text('model', 'Model', modelOf),
        text('site', 'Site', siteOf),
        ...((racks.values as readonly string[]).some((rack) => rack !== '') ? [racks] : []),
        text('status', 'Status', (row) => STATUS_WORDS[MACHINE_STATUSES[status[row]!]!]),
        figure('machines', 'Machines', 'count', (row) => quantity[row]!, count),
        figure('hashrateThs', 'Hashrate of one', 'ths', (row) => hashrateThs[row]!),
        figure('powerW', 'Power of one', 'watts', (row) => powerW[row]!),
        figure('efficiencyJPerTh', 'Efficiency', 'jPerTh', (row) =>
          efficiencyJPerTh(powerW[row]!, hashrateThs[row]!),
        ),
        figure('terms', 'Terms', 'count', (row) => terms.of[row]!),
        figure('powerPriceUsdPerKwh', 'Power price', 'usdPerKwh', (row) => paidUsdPerKwhAt(prepared, row)),
        figure('revenueUsdPerDay', 'Revenue', 'usdPerDay', revenue, totals.revenueUsdPerDay),
        figure(
          'costUsdPerDay',
          'Energy, hosting',
          'usdPerDay',
          (row) => less(cost(row)),
          less(totals.avoidableCostUsdPerDay),
        ),
        figure('marginUsdPerDay', 'Cash margin', 'usdPerDay', margin, totals.marginUsdPerDay),
        figure(
          'allInUsdPerDay',
          'All-in',
          'usdPerDay',
          allIn,
          totals.allInMarginUsdPerDay + totals.owedUsdPerDay,
        ),
        figure(
          'breakevenUsdPerPhDay',
          'Break-even hashprice',
          'breakevenUsdPerPhDay',
          (row) => basis.breakevenHashpriceUsdPerPhDay[row]!,
        ),
        figure('breakevenUsdPerKwh', 'Break-even power price', 'breakevenUsdPerKwh', breakevenPower),
      ]),
    ),
    note(
      'A machine that is off or in repair earns nothing; its fixed cost and, where it is off, its standby stay in all-in, and its break-evens are as if it ran.',
    ),
    ...(totals.withoutFigures === 0
      ? []
      : [note('Where a machine runs and its margin is not known, all-in is what goes on alone.')]),
    ...(totals.owedUsdPerDay === 0
      ? []
      : [
          note(
            `Committed energy and fees of hosts, ${money.cents(totals.owedUsdPerDay)} a day, are of sites and in no line here: with them the fleet’s all-in is ${money.cents(totals.allInMarginUsdPerDay)}.`,
          ),
        ]),
    table(terms.table),
    note(
      'A lot’s figures follow from its line and from the line with the number of its terms, by the formulas of this report. Under a contract power price is the average of its site as it runs.',
    ),
  ]
}

const numberOr0 = (value: number) => (Number.isNaN(value) ? 0 : value)
