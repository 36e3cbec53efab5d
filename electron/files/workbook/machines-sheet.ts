import { labelAt, ownElseSite, textAt } from '#shared/domain/fleet/columns.ts'
import type { NumberName } from '#shared/domain/fleet/fields.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { machineFigures } from '#shared/domain/margins/fleet-margins.ts'
import type { MachineFigures } from '#shared/domain/margins/fleet-margins.ts'
import type { WorkbookFacts } from './case.ts'
import type { MachineKey as Key } from './layout.ts'
import { FIRST_MACHINE, MACHINE_KEYS, MACHINE_LETTERS, MACHINES, NAMES, siteCells } from './layout.ts'
import type { RowTerms } from './row-terms.ts'
import { sharesOf, termsOf } from './row-terms.ts'
import type { RowShares } from './row-terms.ts'
import type { Cell, Row, Sheet } from './sheet.ts'
import { formula, heading, input, text, whereKnown } from './sheet.ts'
import type { Format } from './styles.ts'

/** What a row is made from, once for all its cells. */
type Lot = {
  readonly row: number
  readonly figures: MachineFigures
  readonly terms: RowTerms
  readonly shares: RowShares
}

type Column = {
  readonly heading: string
  readonly width: number
  readonly cell: (
    lot: Lot,
    at: (key: Key) => string,
    site: (key: 'price' | 'other' | 'overhead') => string,
  ) => Cell
}

/** One row a lot: what is known of it, and what follows at the named inputs and the row of its site. */
export function machinesSheet(facts: WorkbookFacts): Sheet {
  const columns = columnsOf(facts)
  const ordered = MACHINE_KEYS.map((key) => columns[key])
  return {
    name: MACHINES,
    widths: ordered.map(({ width }) => width),
    frozen: { rows: 1, columns: 1 },
    filter: { row: 1, columns: MACHINE_KEYS.length, rows: facts.basis.length },
    rows: { [Symbol.iterator]: () => rowsOf(facts, ordered) },
  }
}

function* rowsOf(facts: WorkbookFacts, columns: readonly Column[]): Generator<Row> {
  const { basis, conditions } = facts
  const { machines } = basis.fleet
  yield columns.map((column) => heading(column.heading))
  const terms = termsOf(facts)
  const bySite = Array.from({ length: basis.fleet.sites.length }, (_, site) => siteCells(site))
  for (let row = 0; row < basis.length; row++) {
    const number = FIRST_MACHINE + row
    const at = (key: Key) => `${MACHINE_LETTERS[key]}${number}`
    const cells = bySite[machines.site[row]!]!
    const site = (key: 'price' | 'other' | 'overhead') => cells[key]
    const ofRow = terms(row)
    const lot = {
      row,
      figures: machineFigures(basis, row, conditions),
      terms: ofRow,
      shares: sharesOf(facts, row, ofRow),
    }
    yield columns.map(({ cell }) => cell(lot, at, site))
  }
}

function columnsOf(facts: WorkbookFacts): Readonly<Record<Key, Column>> {
  const { basis } = facts
  const { machines, sites } = basis.fleet
  const given = (name: NumberName, words: string, format: Format, width = 11): Column => ({
    heading: words,
    width,
    cell: ({ row }) => input(machines[name][row]!, format),
  })
  const term = (key: keyof RowTerms, words: string, format: Format): Column => ({
    heading: words,
    width: 14,
    cell: ({ terms }) => input(terms[key], format),
  })
  const named = (words: string, width: number, of: (row: number) => string): Column => ({
    heading: words,
    width,
    cell: ({ row }) => text(of(row)),
  })
  /** A formula over cells of this row, "" where one of them holds no number. */
  const follows = (
    words: string,
    format: Format,
    needed: readonly (Key | `${string}_${string}`)[],
    written: (at: (key: Key) => string) => string,
    value: (lot: Lot) => number,
    width = 14,
  ): Column => ({
    heading: words,
    width,
    cell: (lot, at) =>
      formula(
        whereKnown(
          needed.map((key) => (key in MACHINE_LETTERS ? at(key as Key) : key)),
          written(at),
        ),
        value(lot),
        format,
      ),
  })
  const positive = (over: string, written: string) => `IF(${over}>0,${written},"")`
  const figure =
    (name: keyof MachineFigures) =>
    ({ figures }: Lot) =>
      figures[name]
  const inForce = (name: 'otherUsdPerKwh' | 'overhead', row: number) =>
    ownElseSite(machines[name][row]!, sites[name][machines.site[row]!]!)
  const share =
    (name: keyof RowShares) =>
    ({ shares }: Lot) =>
      shares[name]
  /** A number in every row, so that formulas over the column can compute on it. */
  const part = (
    words: string,
    format: Format,
    written: (at: (key: Key) => string) => string,
    name: keyof RowShares,
  ): Column => ({
    heading: words,
    width: 14,
    cell: (lot, at) => formula(written(at), lot.shares[name], format),
  })
  const isWeighed = (at: (key: Key) => string) =>
    `AND(${at('status')}<>"repair",COUNT(${at('accepted')},${at('cost')},${at('standbyCost')})=3)`
  const saved = (at: (key: Key) => string) => `(${at('cost')}-${at('standbyCost')})`
  const isAlways = (at: (key: Key) => string) =>
    `OR(${at('isProtected')}=1,AND(${at('accepted')}=0,${saved(at)}<=0))`

  return {
    id: named('Machine or lot', 20, (row) => textAt(machines.id, row)),
    model: named('Model', 24, (row) => labelAt(machines.model, row)),
    site: named('Site', 18, (row) => sites.name[machines.site[row]!]!),
    siteNumber: { heading: 'Site no.', width: 8, cell: ({ row }) => input(machines.site[row]! + 1, 'count') },
    status: {
      heading: 'Status: running, off or repair',
      width: 12,
      cell: ({ row }) => text(MACHINE_STATUSES[machines.status[row]!]!, 'input'),
    },
    quantity: given('quantity', 'Machines', 'count', 10),
    hashrate: given('hashrateThs', 'Hashrate of one, TH/s', 'ths'),
    power: given('powerW', 'Power of one, W', 'watts'),
    uptime: given('uptime', 'Uptime, share', 'share'),
    poolFee: given('poolFee', 'Pool fee, share', 'share'),
    hostShare: given('hostShare', 'Host’s share of revenue', 'share'),
    standby: given('standbyW', 'Standby of one, W', 'watts'),
    ownPrice: term('ownPriceUsdPerKwh', 'Own power price, USD/kWh (empty: the site’s)', 'usdPerKwh'),
    ownOther: given('otherUsdPerKwh', 'Own other cost, USD/kWh (empty: the site’s)', 'usdPerKwh', 14),
    ownOverhead: given('overhead', 'Own overhead, share (empty: the site’s)', 'share', 14),
    fixedEach: given('fixedUsdPerDay', 'Fixed cost of one, USD/day', 'usd', 12),
    above: term('aboveUsdPerKwh', 'Under the contract above the site’s price, USD/kWh', 'usdPerKwh'),
    paidShare: term('paidShare', 'Under the contract, share of its hashrate that is paid to us', 'share'),
    otherCounts: term(
      'otherCounts',
      'Other cost, on which share of its energy: none where the host’s invoice holds it',
      'share',
    ),
    standbyPrice: term(
      'standbyUsdPerKwh',
      'Under the contract, a kWh while it is off, USD/kWh (empty: price and other cost)',
      'usdPerKwh',
    ),
    isProtected: term('isProtected', 'Protected, never powered down: 1', 'count'),
    price: {
      heading: 'Power price in force, USD/kWh',
      width: 14,
      cell: ({ terms }, at, site) =>
        formula(
          `IF(COUNT(${at('ownPrice')})=1,${at('ownPrice')},IF(COUNT(${site('price')})=1,${site('price')}+N(${at('above')}),""))`,
          terms.paidUsdPerKwh,
          'usdPerKwh',
        ),
    },
    other: {
      heading: 'Other cost in force, USD/kWh',
      width: 14,
      cell: ({ row }, at, site) =>
        formula(
          `IF(COUNT(${at('ownOther')})=1,${at('ownOther')},IF(COUNT(${site('other')})=1,${site('other')},""))`,
          inForce('otherUsdPerKwh', row),
          'usdPerKwh',
        ),
    },
    overhead: {
      heading: 'Overhead in force, share',
      width: 12,
      cell: ({ row }, at, site) =>
        formula(
          `IF(COUNT(${at('ownOverhead')})=1,${at('ownOverhead')},IF(COUNT(${site('overhead')})=1,${site('overhead')},""))`,
          inForce('overhead', row),
          'share',
        ),
    },
    efficiency: follows(
      'Efficiency, J/TH',
      'jPerTh',
      ['power', 'hashrate'],
      (at) => positive(at('hashrate'), `${at('power')}/${at('hashrate')}`),
      figure('efficiencyJPerTh'),
    ),
    accepted: follows(
      'Hashrate that is paid, PH/s',
      'phs',
      ['quantity', 'hashrate', 'uptime', 'poolFee', 'hostShare', 'paidShare'],
      (at) =>
        `${at('quantity')}*${at('hashrate')}/1000*${at('uptime')}*(1-${at('poolFee')})*(1-${at('hostShare')})*${at('paidShare')}`,
      ({ row }) => basis.acceptedPhs[row]!,
    ),
    energy: follows(
      'Energy, kWh/day',
      'kwh',
      ['quantity', 'power', 'standby', 'uptime', 'overhead'],
      (at) =>
        `${at('quantity')}*24/1000*(1+${at('overhead')})*(${at('power')}*${at('uptime')}+${at('standby')}*(1-${at('uptime')}))`,
      figure('energyKwhPerDay'),
    ),
    revenue: follows(
      'Revenue, USD/day',
      'usd',
      ['accepted', NAMES.hashpriceUsd],
      (at) => `${at('accepted')}*${NAMES.hashpriceUsd}`,
      figure('revenueUsdPerDay'),
    ),
    cost: follows(
      'Cost that stops with it, USD/day',
      'usd',
      ['energy', 'price', 'other', 'otherCounts'],
      (at) => `${at('energy')}*(${at('price')}+${at('other')}*${at('otherCounts')})`,
      figure('avoidableCostUsdPerDay'),
    ),
    margin: follows(
      'Cash margin, USD/day',
      'usd',
      ['revenue', 'cost'],
      (at) => `${at('revenue')}-${at('cost')}`,
      figure('marginUsdPerDay'),
    ),
    marginShare: follows(
      'Margin, share of revenue',
      'share',
      ['margin', 'revenue'],
      (at) => `IF(${at('revenue')}=0,"",${at('margin')}/${at('revenue')})`,
      figure('marginShare'),
    ),
    fixed: follows(
      'Fixed cost, USD/day',
      'usd',
      ['quantity', 'fixedEach'],
      (at) => `${at('quantity')}*${at('fixedEach')}`,
      ({ row }) => machines.quantity[row]! * machines.fixedUsdPerDay[row]!,
    ),
    allIn: follows(
      'All-in margin, USD/day',
      'usd',
      ['margin', 'fixed'],
      (at) => `${at('margin')}-${at('fixed')}`,
      figure('allInMarginUsdPerDay'),
    ),
    btc: follows(
      'Mined, BTC/day',
      'btc',
      ['accepted', NAMES.hashpriceBtc],
      (at) => `${at('accepted')}*${NAMES.hashpriceBtc}`,
      share('btcPerDay'),
    ),
    costPerBtc: follows(
      'Cost that stops, USD/BTC',
      'usdPerBtc',
      ['cost', 'btc'],
      (at) => positive(at('btc'), `${at('cost')}/${at('btc')}`),
      figure('costPerBtcUsd'),
    ),
    allInPerBtc: follows(
      'With fixed cost, USD/BTC',
      'usdPerBtc',
      ['cost', 'fixed', 'btc'],
      (at) => positive(at('btc'), `(${at('cost')}+${at('fixed')})/${at('btc')}`),
      figure('allInCostPerBtcUsd'),
    ),
    breakevenHashprice: follows(
      'Break-even hashprice, USD/PH/s/day',
      'usdPerPhDay',
      ['cost', 'accepted'],
      (at) => positive(at('accepted'), `${at('cost')}/${at('accepted')}`),
      figure('breakevenHashpriceUsdPerPhDay'),
    ),
    breakevenPower: follows(
      'Break-even power price, USD/kWh',
      'usdPerKwh',
      ['revenue', 'energy', 'other'],
      (at) => positive(at('energy'), `${at('revenue')}/${at('energy')}-${at('other')}`),
      figure('breakevenPowerPriceUsdPerKwh'),
    ),
    breakevenPrice: follows(
      'Break-even price of a bitcoin, USD/BTC',
      'usdPerBtc',
      ['breakevenHashprice', NAMES.hashpriceBtc],
      (at) => positive(NAMES.hashpriceBtc, `${at('breakevenHashprice')}/${NAMES.hashpriceBtc}`),
      figure('breakevenBtcPriceUsd'),
    ),
    breakevenDifficulty: follows(
      'Break-even difficulty',
      'difficulty',
      ['breakevenHashprice', NAMES.hashpriceUsd, NAMES.difficulty as `${string}_${string}`],
      (at) =>
        positive(
          at('breakevenHashprice'),
          `${NAMES.difficulty}*${NAMES.hashpriceUsd}/${at('breakevenHashprice')}`,
        ),
      figure('breakevenDifficulty'),
      24,
    ),
    headroom: follows(
      'Hashprice above break-even, share',
      'share',
      ['breakevenHashprice', NAMES.hashpriceUsd],
      (at) => positive(at('breakevenHashprice'), `${NAMES.hashpriceUsd}/${at('breakevenHashprice')}-1`),
      figure('headroom'),
    ),
    standbyCost: follows(
      'Cost while it is off, USD/day',
      'usd',
      ['quantity', 'standby', 'overhead', 'price', 'other', 'otherCounts'],
      (at) =>
        `${at('quantity')}*24/1000*(1+${at('overhead')})*${at('standby')}*IF(COUNT(${at('standbyPrice')})=1,${at('standbyPrice')},${at('price')}+${at('other')}*${at('otherCounts')})`,
      figure('standbyCostUsdPerDay'),
    ),
    counted: part(
      'In the sums of the fleet: 1',
      'count',
      (at) => `IF(AND(${at('status')}="running",COUNT(${at('accepted')},${at('cost')})=2),1,0)`,
      'counted',
    ),
    countedPhs: part(
      'In the sums, PH/s',
      'phs',
      (at) => `IF(${at('counted')}=1,${at('accepted')},0)`,
      'countedPhs',
    ),
    countedUsd: part(
      'In the sums, cost, USD/day',
      'usd',
      (at) => `IF(${at('counted')}=1,${at('cost')},0)`,
      'countedUsd',
    ),
    hosting: part(
      'In the sums, other cost, USD/day',
      'usd',
      (at) => `IF(${at('counted')}=1,${at('energy')}*N(${at('other')})*${at('otherCounts')},0)`,
      'hostingUsd',
    ),
    alwaysPhs: part(
      'Runs whatever it earns, PH/s',
      'phs',
      (at) => `IF(${isWeighed(at)},IF(${isAlways(at)},${at('accepted')},0),0)`,
      'alwaysPhs',
    ),
    alwaysUsd: part(
      'Costs whatever it does, USD/day',
      'usd',
      (at) =>
        `IF(${isWeighed(at)},IF(${isAlways(at)},IF(${at('status')}="running",${at('cost')},${saved(at)}),IF(${at('status')}="running",${at('standbyCost')},0)),0)`,
      'alwaysUsd',
    ),
    choicePhs: part(
      'May stop, PH/s',
      'phs',
      (at) => `IF(${isWeighed(at)},IF(${isAlways(at)},0,${at('accepted')}),0)`,
      'choicePhs',
    ),
    choiceUsd: part(
      'Saves by stopping, USD/day',
      'usd',
      (at) => `IF(${isWeighed(at)},IF(${isAlways(at)},0,${saved(at)}),0)`,
      'choiceUsd',
    ),
  }
}
