import type { Picture } from '../../domain/decision/picture.ts'
import { hasContracts } from '../../domain/decision/picture.ts'
import type { HostCosts } from '../../domain/money/cost-bridge.ts'
import { costOfPowerUsdPerKwh } from '../../domain/money/cost-bridge.ts'
import { counted } from '../../format/numbers.ts'
import type { Block } from '../document.ts'
import type { ReportFacts } from '../facts.ts'
import { NO_NETWORK } from '../facts.ts'
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
  const owed = owedBySite(picture, hosts)
  const grouped = groupFigures(picture, hosts, sites.name, machines.site, owed.usdPerDay)
  const { totals, costs, owedUsdPerDay } = grouped.all
  const goesOn = [
    `fixed cost of every machine ${money.cents(costs.fixedUsdPerDay)}, of which ${money.cents(costs.idleFixedUsdPerDay)} of machines that do not run`,
    ...(totals.idleStandbyUsdPerDay === 0
      ? []
      : [`power that idle machines draw ${money.cents(totals.idleStandbyUsdPerDay)}`]),
    ...(owedUsdPerDay === 0 ? [] : [`committed energy and fees of hosts ${money.cents(owedUsdPerDay)}`]),
  ]
  return [
    ...(owed.unsaid.length === 0
      ? []
      : [
          warning(
            `What committed energy costs is not said of ${owed.unsaid.join(', ')}: site cost and all-in are without it.`,
          ),
        ]),
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
            'Under a contract energy is what a kWh costs the site on average as it runs now, beyond what is owed either way.',
          ),
        ]
      : []),
    table(tableOf('sites-rest-on', 'What it rests on', 'All sites', inputsOfSites(grouped))),
    note(
      `Revenue is paid hashrate × hashprice ${money.perPh(picture.market.hashpriceUsdPerPhDay)} ${money.hashprice.per}; paid is what is left after uptime, pool fee and the host's share. Energy is its price × the energy of a day. At the meter machines that are off count with their standby.`,
    ),
  ]
}

const pricePerKwh = ({ costs }: GroupFigures) =>
  costOfPowerUsdPerKwh(costs.energyUsdPerDay, 0, costs.energyKwhPerDay)

/** What the contract of each site asks whatever runs: fees of its host, and committed energy where its price is said. */
function owedBySite({ basis }: Picture, hosts: HostCosts) {
  const { sites } = basis.fleet
  const unsaid = sites.name.filter((_, site) => Number.isNaN(hosts.committedUsdPerDayOf(site)))
  const usdPerDay = sites.key.map((_, site) => {
    const committed = hosts.committedUsdPerDayOf(site)
    return hosts.fixedUsdPerDayOf(site) + (Number.isNaN(committed) ? 0 : committed)
  })
  return { usdPerDay, unsaid }
}

/** Fixed cost, standby of idle machines and what contracts ask either way: what does not stop. */
const siteCostUsdPerDay = ({ totals, owedUsdPerDay }: GroupFigures) =>
  totals.fixedUsdPerDay + totals.idleStandbyUsdPerDay + owedUsdPerDay

function moneyOfSites(grouped: Grouped) {
  const { groups, all } = grouped
  const { text, figure } = columnsOver(groups)
  const { running, hashrate, meter } = groupColumns(grouped)
  const siteCost = (each: GroupFigures) => less(siteCostUsdPerDay(each))
  const allIn = ({ totals, owedUsdPerDay }: GroupFigures) => totals.allInMarginUsdPerDay - owedUsdPerDay
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
    of('costPerBtcUsd', 'Cash cost', 'usdPerBtc', ({ totals }) => totals.costPerBtcUsd),
    of('marginShare', 'Of revenue', 'share', ({ totals }) => totals.marginShare),
  ]
}
