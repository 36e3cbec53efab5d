import { SATS_PER_BTC, CENTS_PER_USD, WH_PER_KWH } from '../domain/units.ts'
import { ACCOUNTS } from '../domain/money/ledger/accounts.ts'
import type { AccountLine } from '../domain/money/ledger/accounts.ts'
import type {
  AssetMonth,
  BudgetMonth,
  EnergyMonth,
  LedgerMonth,
  PoolMonth,
} from '../domain/money/ledger/month.ts'
import { ENERGY_CAUSES, PAY_CAUSES } from '../domain/money/ledger/month.ts'
import { VARIANCE_CAUSES } from '../domain/money/budget.ts'
import type { ReportColumn, ReportTable } from './document.ts'
import { columnsOver, tableOf } from './table.ts'

/** The tables of a month of the ledger. Money is what the books say: USD, to the cent. */

const btcOf = (sat: number | null | undefined) => (sat ?? NaN) / SATS_PER_BTC
const usdOf = (cents: number | null | undefined) => (cents ?? NaN) / CENTS_PER_USD
const kwhOf = (wh: number | null) => (wh ?? NaN) / WH_PER_KWH

/** Income above nought, cost below: the lines add up to the result. */
export function statementTable({ statement, resultUsdCents }: LedgerMonth): ReportTable {
  const { text, figure } = columnsOver(statement)
  return tableOf('ledger-statement', 'What it brought, by account', 'Result', [
    ...accountColumns(text),
    figure('usd', 'Amount', 'bookedUsd', ({ usdCents }) => usdOf(usdCents), usdOf(resultUsdCents)),
  ])
}

/** Of all accounts at the month's end, debits above nought. They sum to 0. */
export function balancesTable({ balances }: LedgerMonth): ReportTable {
  const { text, figure } = columnsOver(balances)
  return tableOf('ledger-balances', 'Balances at the end of the month', 'Sum', [
    ...accountColumns(text),
    figure('usd', 'Debit less credit', 'bookedUsd', ({ usdCents }) => usdOf(usdCents), 'sum'),
    figure('btc', 'Bitcoin', 'bookedBtc', ({ sat }) => btcOf(sat)),
  ])
}

type TextOf = (key: string, heading: string, of: (line: AccountLine) => string) => ReportColumn

const accountColumns = (text: TextOf) => [
  text('number', 'No.', ({ account }) => String(ACCOUNTS[account].number)),
  text('account', 'Account', ({ account }) => ACCOUNTS[account].name),
  text('of', 'Of', ({ of }) => of),
]

/** From theory to what came, in bitcoin: the steps add up. */
export function poolTable(pools: readonly PoolMonth[]): ReportTable {
  const { text, figure } = columnsOver(pools)
  const sum = sumWhere(pools.every(({ theory }) => theory !== null))
  return tableOf('ledger-pools', 'From theory to what came, by pool', sum && 'All pools', [
    text('pool', 'Pool', ({ pool }) => pool),
    text('scheme', 'Pays', ({ scheme }) => scheme ?? 'no terms'),
    figure('theoryBtc', 'Theory', 'bookedBtc', ({ theory }) => btcOf(theory?.sat), sum),
    // What the price did has no satoshi.
    ...PAY_CAUSES.filter((cause) => cause !== 'price').map((cause) =>
      figure(
        `${cause}Btc`,
        headingOf(cause),
        'bookedBtc',
        ({ theory }) => btcOf(theory?.steps[cause].sat),
        sum,
      ),
    ),
    figure('actualBtc', 'Came', 'bookedBtc', ({ actualSat }) => btcOf(actualSat), sum),
  ])
}

/** The same in USD, with what the price did. */
export function poolMoneyTable(pools: readonly PoolMonth[]): ReportTable {
  const { text, figure } = columnsOver(pools)
  const sum = sumWhere(pools.every(({ theory }) => theory !== null))
  return tableOf('ledger-pools-usd', 'The same in money', sum && 'All pools', [
    text('pool', 'Pool', ({ pool }) => pool),
    figure('theoryUsd', 'Theory', 'bookedUsd', ({ theory }) => usdOf(theory?.usdCents), sum),
    ...PAY_CAUSES.map((cause) =>
      figure(
        `${cause}Usd`,
        headingOf(cause),
        'bookedUsd',
        ({ theory }) => usdOf(theory?.steps[cause].usdCents),
        sum,
      ),
    ),
    figure('actualUsd', 'Came', 'bookedUsd', ({ actualUsdCents }) => usdOf(actualUsdCents), sum),
  ])
}

export function energyTable(energy: readonly EnergyMonth[]): ReportTable {
  const { text, figure } = columnsOver(energy)
  /** The sum of some sites is not that of all. */
  const energyColumn = (key: string, heading: string, of: (site: EnergyMonth) => number | null) => {
    const isKnown = energy.every((site) => of(site) !== null)
    return figure(key, heading, 'bookedKwh', (site) => kwhOf(of(site)), isKnown ? 'sum' : null)
  }
  return tableOf('ledger-energy', 'Machines, meter and invoice', 'All sites', [
    text('site', 'Site', ({ site }) => siteWord(site)),
    energyColumn('machinesKwh', 'Machines', ({ machinesWh }) => machinesWh),
    energyColumn('meterKwh', 'Meter', ({ meterWh }) => meterWh),
    energyColumn('invoiceKwh', 'Invoice', ({ invoiceWh }) => invoiceWh),
  ])
}

export function energyMoneyTable(energy: readonly EnergyMonth[]): ReportTable {
  const { text, figure } = columnsOver(energy)
  const sum = sumWhere(energy.every(({ stepsUsdCents }) => stepsUsdCents !== null))
  return tableOf('ledger-energy-usd', 'Why power cost what it cost', sum && 'All sites', [
    text('site', 'Site', ({ site }) => siteWord(site)),
    figure('expectedUsd', 'Expected', 'bookedUsd', ({ expectedUsdCents }) => usdOf(expectedUsdCents), sum),
    ...ENERGY_CAUSES.map((cause) =>
      figure(
        `${cause.replace(' c', 'C')}Usd`,
        headingOf(cause),
        'bookedUsd',
        ({ stepsUsdCents }) => usdOf(stepsUsdCents?.[cause]),
        sum,
      ),
    ),
    figure('invoiceUsd', 'Invoice', 'bookedUsd', ({ invoiceUsdCents }) => usdOf(invoiceUsdCents), sum),
  ])
}

/** Margin as it was planned and as it was, and what each cause did to it. */
export function budgetTable(budgets: readonly BudgetMonth[]): ReportTable {
  const { text, figure } = columnsOver(budgets)
  const sum = sumWhere(budgets.every(({ variance }) => variance !== null))
  return tableOf('ledger-budget', 'Budget and actual', sum && 'All sites', [
    text('site', 'Site', ({ site }) => siteWord(site)),
    figure('planUsd', 'Budget', 'bookedUsd', ({ variance }) => variance?.planUsd ?? NaN, sum),
    ...VARIANCE_CAUSES.map((cause) =>
      figure(
        `${cause}Usd`,
        headingOf(cause),
        'bookedUsd',
        ({ variance }) => variance?.effectsUsd[cause] ?? NaN,
        sum,
      ),
    ),
    figure('actualUsd', 'Actual', 'bookedUsd', ({ variance }) => variance?.actualUsd ?? NaN, sum),
    figure('restUsd', 'Beyond it', 'bookedUsd', ({ restUsdCents }) => usdOf(restUsdCents), sum),
  ])
}

/** What came and went, in bitcoin and at cost; what is left is what stands at its end. */
export function coinTable({ coins }: LedgerMonth): ReportTable {
  const rows = [
    { name: 'At the beginning', sat: coins.openingSat, usdCents: coins.openingUsdCents },
    { name: 'Received', sat: coins.receivedSat, usdCents: coins.receivedUsdCents },
    { name: 'Sold', sat: -coins.soldSat, usdCents: -coins.soldCostUsdCents },
  ]
  const { text, figure } = columnsOver(rows)
  return tableOf('ledger-coins', 'Bitcoin held, at cost', 'At the end', [
    text('what', '', ({ name }) => name),
    figure('btc', 'Bitcoin', 'bookedBtc', ({ sat }) => btcOf(sat), btcOf(coins.closingSat)),
    figure(
      'costUsd',
      'At cost',
      'bookedUsd',
      ({ usdCents }) => usdOf(usdCents),
      usdOf(coins.closingUsdCents),
    ),
  ])
}

export function assetTable(assets: readonly AssetMonth[]): ReportTable {
  const { text, figure } = columnsOver(assets)
  return tableOf('ledger-assets', 'Machines and equipment', 'All', [
    text('what', 'What', ({ what }) => what),
    text('site', 'Site', ({ site }) => siteWord(site)),
    figure('costUsd', 'Cost', 'bookedUsd', ({ costUsdCents }) => usdOf(costUsdCents), 'sum'),
    figure(
      'depreciationUsd',
      'Written down',
      'bookedUsd',
      ({ depreciationUsdCents }) => usdOf(depreciationUsdCents),
      'sum',
    ),
    figure('bookUsd', 'Left at the end', 'bookedUsd', ({ bookUsdCents }) => usdOf(bookUsdCents), 'sum'),
  ])
}

/** Where a line has no steps, a sum of the others would not lead from theory to what came. */
const sumWhere = (areAllThere: boolean) => (areAllThere ? ('sum' as const) : null)
const headingOf = (cause: string) => cause[0]!.toUpperCase() + cause.slice(1)
const siteWord = (site: string) => (site === '' ? 'The company' : site)
