import { siteSums, totalsOf } from '#shared/domain/margins/totals.ts'
import type { FleetSums, FleetTotals } from '#shared/domain/margins/totals.ts'
import type { WorkbookFacts } from './case.ts'
import type { MachineKey } from './layout.ts'
import { FIRST_SITE, machineColumn, NAMES, OWED_LETTERS, rateName, SITES } from './layout.ts'
import type { Cell, Row, Sheet } from './sheet.ts'
import { figure, formula, heading, input, text, whereKnown } from './sheet.ts'
import type { Format } from './styles.ts'

/** Whether a kWh of a site is priced by its contract, and not by the cell that a person fills in. */
const isPricedByContract = ({ contractUsdPerKwh }: WorkbookFacts, site: number) =>
  !Number.isNaN(contractUsdPerKwh[site]!)

/** Conversions of two ways of counting are the same to this share. */
const SAME = 1e-12

/** A row a site: what it pays for energy, and what its machines earn. */
export function sitesSheet(facts: WorkbookFacts): Sheet {
  const { basis, of } = facts
  const { sites } = basis.fleet
  const { hosts, conditions } = facts
  const earned = siteSums(basis).map((ofSite, site) => ({
    ...ofSite,
    ...totalsOf(ofSite, conditions, hosts.owedUsdPerDayOf(site)),
  }))
  const tariffs = new Map(of.tariffs.map((tariff) => [tariff.siteKey, tariff]))
  const sums = sumColumns(facts)
  const rows: Row[] = [
    [
      'No.',
      'Site',
      'Power is priced by',
      'Tariff, in its currency per kWh',
      'Other cost, in its currency per kWh',
      'Currency',
      'Power price, USD/kWh',
      'Other cost, USD/kWh',
      'Overhead, share',
      ...sums.map(({ words }) => words),
      'Fees of hosts, USD/day',
      'Committed energy that is paid anyway, USD/day',
      'All-in margin, USD/day',
    ].map((words) => heading(words)),
  ]
  for (let site = 0; site < sites.length; site++) {
    const number = FIRST_SITE + site
    const tariff = tariffs.get(sites.key[site]!) ?? null
    const ofContract = isPricedByContract(facts, site)
    const price = ofContract ? facts.contractUsdPerKwh[site]! : sites.powerPriceUsdPerKwh[site]!
    const rate = of.rates.find(({ currency }) => currency === tariff?.currency)?.usdPerUnit ?? NaN
    const converted = (cell: string, own: number, usd: number): Cell =>
      tariff !== null && Math.abs(own * rate - usd) <= SAME * Math.abs(usd)
        ? formula(
            whereKnown([cell, rateName(tariff.currency)], `${cell}*${rateName(tariff.currency)}`),
            usd,
            'usdPerKwh',
          )
        : input(usd, 'usdPerKwh')
    const [ownPrice, ownOther] = [tariff?.powerPricePerKwh ?? NaN, tariff?.otherPerKwh ?? NaN]
    rows.push([
      figure(site + 1, 'count'),
      text(sites.name[site]!),
      text(ofContract ? 'its contract: the price as the site runs now' : 'the price beside'),
      ofContract || tariff === null ? null : input(ownPrice, 'usdPerKwh'),
      tariff === null ? null : input(ownOther, 'usdPerKwh'),
      tariff === null ? null : text(tariff.currency),
      ofContract ? input(price, 'usdPerKwh') : converted(`D${number}`, ownPrice, price),
      converted(`E${number}`, ownOther, sites.otherUsdPerKwh[site]!),
      input(sites.overhead[site]!, 'share'),
      ...sums.map(({ of: sum, value, format }) =>
        formula(sum(`A${number}`, number), value(earned[site]!), format),
      ),
      input(hosts.fixedUsdPerDayOf(site), 'usd'),
      input(hosts.committedUsdPerDayOf(site), 'usd'),
      formula(allIn(number), earned[site]!.allInMarginUsdPerDay, 'usd'),
    ])
  }
  return {
    name: SITES,
    widths: [6, 22, 26, 14, 14, 10, 14, 14, 11, ...sums.map(() => 14), ...OWED.map(() => 14), 14],
    frozen: { rows: 1, columns: 2 },
    filter: { row: 1, columns: 9 + sums.length + OWED.length + 1, rows: sites.length },
    rows,
  }
}

type SumColumn = {
  readonly words: string
  readonly format: Format
  readonly of: (siteNumber: string, row: number) => string
  readonly value: (earned: FleetSums & FleetTotals) => number
}

/** Letters of the columns behind the nine of a site's terms. */
const SUMS = {
  machines: 'J',
  running: 'K',
  phs: 'L',
  revenue: 'M',
  cost: 'N',
  margin: 'O',
  share: 'P',
  fixed: 'Q',
  idle: 'R',
}

const OWED = [OWED_LETTERS.fixedHosting, OWED_LETTERS.committed]

/** Committed energy whose price nobody said is in no figure. */
function allIn(row: number): string {
  const [fees, committed] = OWED.map((letter) => `${letter}${row}`)
  return whereKnown(
    [`${SUMS.margin}${row}`, fees!],
    `${SUMS.margin}${row}-${SUMS.fixed}${row}-${SUMS.idle}${row}-${fees!}-N(${committed!})`,
  )
}

function sumColumns(facts: WorkbookFacts): readonly SumColumn[] {
  const numbers = machineColumn(facts, 'siteNumber')
  const sum = (key: MachineKey, site: string, also = '') =>
    `SUMIFS(${machineColumn(facts, key)},${numbers},${site}${also})`
  const status = (name: string) => `,${machineColumn(facts, 'status')},"${name}"`
  return [
    { words: 'Machines', format: 'count', of: (at) => sum('quantity', at), value: (t) => t.machines },
    {
      words: 'Running',
      format: 'count',
      of: (at) => sum('quantity', at, status('running')),
      value: (t) => t.running,
    },
    {
      words: 'Hashrate that is paid, PH/s',
      format: 'phs',
      of: (at) => sum('countedPhs', at),
      value: (t) => t.acceptedPhs,
    },
    {
      words: 'Revenue, USD/day',
      format: 'usd',
      of: (_, row) => whereKnown([NAMES.hashpriceUsd], `${SUMS.phs}${row}*${NAMES.hashpriceUsd}`),
      value: (t) => t.revenueUsdPerDay,
    },
    {
      words: 'Cost that stops, USD/day',
      format: 'usd',
      of: (at) => sum('countedUsd', at),
      value: (t) => t.avoidableCostUsdPerDay,
    },
    {
      words: 'Cash margin, USD/day',
      format: 'usd',
      of: (_, row) => whereKnown([`${SUMS.revenue}${row}`], `${SUMS.revenue}${row}-${SUMS.cost}${row}`),
      value: (t) => t.marginUsdPerDay,
    },
    {
      words: 'Margin, share of revenue',
      format: 'share',
      of: (_, row) =>
        whereKnown(
          [`${SUMS.revenue}${row}`],
          `IF(${SUMS.revenue}${row}=0,"",${SUMS.margin}${row}/${SUMS.revenue}${row})`,
        ),
      value: (t) => t.marginShare,
    },
    {
      words: 'Fixed cost of every machine, USD/day',
      format: 'usd',
      of: (at) => sum('fixed', at),
      value: (t) => t.fixedUsdPerDay,
    },
    {
      words: 'Standby of what is off, USD/day',
      format: 'usd',
      of: (at) => sum('standbyCost', at, status('off')),
      value: (t) => t.idleStandbyUsdPerDay,
    },
  ]
}
