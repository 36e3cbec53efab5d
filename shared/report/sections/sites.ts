import { hasContracts } from '../../domain/decision/picture.ts'
import { costOfPowerUsdPerKwh } from '../../domain/money/cost-bridge.ts'
import { THS_PER_PHS } from '../../domain/units.ts'
import { counted } from '../../format/numbers.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { NO_NETWORK, unsaidWords } from '../facts.ts'
import type { GroupFigures, Grouped } from '../groups.ts'
import { groupFigures, less, moneyColumns } from '../groups.ts'
import { columnsOver, note, sentence, table, tableOf, warning } from '../table.ts'

/** What each site earns and costs a day, and what that rests on. */
export function sitesSection(facts: ReportFacts): readonly Block[] {
  const { picture, hosts, fleet, money } = facts
  if (picture === null || hosts === null) return [sentence(NO_NETWORK)]
  if (fleet.sites.length === 0) return [sentence('There are no sites yet.')]
  const { sites, machines } = fleet
  const grouped = groupFigures(picture, hosts, sites.name, machines.site, hosts.owedUsdPerDayOf)
  const { totals, costs } = grouped.all
  const unsaid = unsaidWords(facts, 'site cost and all-in are')
  const goesOn = [
    `fixed cost of every machine ${money.cents(costs.fixedUsdPerDay)}, of which ${money.cents(costs.idleFixedUsdPerDay)} of machines that do not run`,
    ...(totals.idleStandbyUsdPerDay === 0
      ? []
      : [`power that idle machines draw ${money.cents(totals.idleStandbyUsdPerDay)}`]),
    ...(totals.owedUsdPerDay === 0
      ? []
      : [`committed energy and fees of hosts ${money.cents(totals.owedUsdPerDay)}`]),
  ]
  return [
    ...(picture.refusal === null
      ? []
      : [
          warning(
            `A stored contract cannot be weighed, so every machine pays its own price here: ${picture.refusal}.`,
          ),
        ]),
    ...(unsaid === null ? [] : [warning(unsaid)]),
    table(tableOf('sites', 'By site, a day', 'All sites', moneyOfSites(grouped))),
    note(
      `Cash margin is revenue less what stops with the machines. Site cost goes on without them: ${goesOn.join('; ')}. All-in is cash margin less site cost. Columns add up as printed, so a last digit may differ along a line and from table to table.`,
    ),
    ...(totals.withoutFigures === 0
      ? []
      : [
          note(
            `${counted(totals.withoutFigures, 'running machine')} left out of all but the count and the site cost: a figure, the power price or the rate of its currency is missing.`,
          ),
        ]),
    ...(hasContracts(picture.prepared)
      ? [
          note(
            'Under a contract the price of power is what a kWh costs the site on average as it runs now, beyond what is owed either way, which is in the site cost. It is 0 where energy is in a host’s flat fee.',
          ),
        ]
      : []),
    table(tableOf('sites-rest-on', 'What it rests on', 'All sites', inputsOfSites(grouped))),
    note(
      `Revenue is paid hashrate × hashprice ${money.perPh(picture.market.hashpriceUsdPerPhDay)} ${money.hashprice.per}; paid is what is left after uptime, pool fee and the host's share. Energy is its price × the energy of a day. At the meter machines that are off count with their standby. Hashrate, power price, energy, BTC mined and cost that stops are of machines that run; all-in cost is energy, grid, hosting and site cost over BTC mined.`,
    ),
  ]
}

const pricePerKwh = ({ costs }: GroupFigures) =>
  costOfPowerUsdPerKwh(costs.energyUsdPerDay, 0, costs.energyKwhPerDay)

/** Fixed cost, standby of idle machines and what contracts ask either way: what does not stop. */
const siteCostUsdPerDay = ({ totals }: GroupFigures) =>
  totals.fixedUsdPerDay + totals.idleStandbyUsdPerDay + totals.owedUsdPerDay

function moneyOfSites(grouped: Grouped) {
  const { groups, all } = grouped
  const { text, figure } = columnsOver(groups)
  const phs = ({ totals }: GroupFigures) => totals.hashrateThs / THS_PER_PHS
  const allIn = ({ totals }: GroupFigures) => totals.allInMarginUsdPerDay
  return [
    text('site', 'Site', ({ name }) => name),
    figure('running', 'Running', 'count', ({ totals }) => totals.running, all.totals.running),
    figure('hashratePhs', 'Hashrate', 'phs', phs, phs(all)),
    figure('meterKw', 'At the meter', 'kw', ({ meterKw }) => meterKw, all.meterKw),
    figure('powerPriceUsdPerKwh', 'Power price', 'usdPerKwh', pricePerKwh, pricePerKwh(all)),
    ...moneyColumns(grouped),
    figure(
      'siteCostUsdPerDay',
      'Site cost',
      'usdPerDay',
      (each) => less(siteCostUsdPerDay(each)),
      less(siteCostUsdPerDay(all)),
    ),
    figure('allInUsdPerDay', 'All-in', 'usdPerDay', allIn, allIn(all)),
  ]
}

function inputsOfSites({ groups, all }: Grouped) {
  const { text, figure } = columnsOver(groups)
  return [
    text('site', 'Site', ({ name }) => name),
    figure('lots', 'Lots', 'count', ({ lots }) => lots, all.lots),
    figure('machines', 'Machines', 'count', ({ totals }) => totals.machines, all.totals.machines),
    figure(
      'efficiencyJPerTh',
      'Efficiency',
      'jPerTh',
      ({ totals }) => totals.efficiencyJPerTh,
      all.totals.efficiencyJPerTh,
    ),
    figure('paidPhs', 'Paid hashrate', 'phs', ({ costs }) => costs.acceptedPhs, all.costs.acceptedPhs),
    figure(
      'energyKwhPerDay',
      'Energy a day',
      'kwh',
      ({ costs }) => costs.energyKwhPerDay,
      all.costs.energyKwhPerDay,
    ),
    figure('powerPriceUsdPerKwh', 'Power price', 'usdPerKwh', pricePerKwh, pricePerKwh(all)),
    figure('btcPerDay', 'Mined a day', 'btc', ({ costs }) => costs.btcPerDay, all.costs.btcPerDay),
    figure(
      'costPerBtcUsd',
      'Cost that stops',
      'usdPerBtc',
      ({ totals }) => totals.costPerBtcUsd,
      all.totals.costPerBtcUsd,
    ),
    figure(
      'allInCostPerBtcUsd',
      'All-in cost',
      'usdPerBtc',
      ({ totals }) => totals.allInCostPerBtcUsd,
      all.totals.allInCostPerBtcUsd,
    ),
    figure('marginShare', 'Of revenue', 'share', ({ totals }) => totals.marginShare, all.totals.marginShare),
  ]
}
