import { hasContracts } from '../../domain/decision/picture.ts'
import { costOfPowerUsdPerKwh } from '../../domain/money/cost-bridge.ts'
import { counted } from '../../format/numbers.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { NO_NETWORK, unsaidWords } from '../facts.ts'
import type { GroupFigures, Grouped } from '../groups.ts'
import { groupColumns, groupFigures, less, moneyColumns } from '../groups.ts'
import type { FigureLook } from '../table.ts'
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
  const { running, hashrate, meter } = groupColumns(grouped)
  const siteCost = (each: GroupFigures) => less(siteCostUsdPerDay(each))
  const allIn = ({ totals }: GroupFigures) => totals.allInMarginUsdPerDay
  return [
    text('site', 'Site', ({ name }) => name),
    ...[running, hashrate, meter, powerPriceColumn(grouped)],
    ...moneyColumns(grouped),
    figure('siteCostUsdPerDay', 'Site cost', 'usdPerDay', siteCost, siteCost(all)),
    figure('allInUsdPerDay', 'All-in', 'usdPerDay', allIn, allIn(all)),
  ]
}

const powerPriceColumn = ({ groups, all }: Grouped) =>
  columnsOver(groups).figure('powerPriceUsdPerKwh', 'Power price', 'usdPerKwh', pricePerKwh, pricePerKwh(all))

function inputsOfSites(grouped: Grouped) {
  const { groups, all } = grouped
  const { text, figure } = columnsOver(groups)
  const { lots, machines, efficiency } = groupColumns(grouped)
  const of = (key: string, heading: string, look: FigureLook, value: (each: GroupFigures) => number) =>
    figure(key, heading, look, value, value(all))
  return [
    text('site', 'Site', ({ name }) => name),
    ...[lots, machines, efficiency],
    of('paidPhs', 'Paid hashrate', 'phs', ({ costs }) => costs.acceptedPhs),
    of('energyKwhPerDay', 'Energy a day', 'kwh', ({ costs }) => costs.energyKwhPerDay),
    powerPriceColumn(grouped),
    of('btcPerDay', 'Mined a day', 'btc', ({ costs }) => costs.btcPerDay),
    of('costPerBtcUsd', 'Cost that stops', 'usdPerBtc', ({ totals }) => totals.costPerBtcUsd),
    of('allInCostPerBtcUsd', 'All-in cost', 'usdPerBtc', ({ totals }) => totals.allInCostPerBtcUsd),
    of('marginShare', 'Of revenue', 'share', ({ totals }) => totals.marginShare),
  ]
}
