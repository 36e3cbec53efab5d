import type { LedgerFileKind } from '../domain/money/ledger/file-kinds.ts'
import type { CostCategory, FactKind, FactOf, PayoutScheme } from '../domain/money/ledger/entry.ts'

/** What each kind of entry is called. */
export const FACT_WORDS: Readonly<Record<FactKind, string>> = {
  payout: 'Payout of a pool',
  earning: 'Earnings at a pool',
  bill: 'Power bill',
  meter: 'Meter reading',
  credit: 'Credit for power given back',
  sale: 'Sale of bitcoin',
  cost: 'Site or general cost',
  purchase: 'Purchase',
  opening: 'Bitcoin held before',
  budget: 'Budget of a month',
  plan: 'Plan of a month',
  void: 'Void',
  close: 'Month closed',
  reopen: 'Month reopened',
}

export const CATEGORY_WORDS: Readonly<Record<CostCategory, string>> = {
  rent: 'Rent',
  staff: 'Staff',
  insurance: 'Insurance',
  hosting: 'Hosting',
  repair: 'Repair',
  network: 'Network',
  finance: 'Finance',
  other: 'Other',
}

export const BILL_PART_WORDS: Readonly<Record<FactOf<'bill'>['part'], string>> = {
  all: 'All of it',
  energy: 'Energy alone',
  demand: 'Demand charge alone',
  fixed: 'Fixed charges alone',
}

export const SCHEME_WORDS: Readonly<Record<PayoutScheme, string>> = {
  fpps: 'FPPS: every share at the expected reward, fees of blocks included',
  pps: 'PPS: every share at the expected subsidy',
  'pps+': 'PPS+: subsidy as expected, fees as the pool finds them',
  pplns: 'PPLNS: as the pool finds blocks',
  solo: 'Solo: as we find blocks',
}

/** What a file of entries holds. */
export const FILE_KIND_WORDS: Readonly<Record<LedgerFileKind, string>> = {
  payout: 'Payouts of a pool',
  earning: 'Earnings at a pool, day by day',
  bill: 'Power bills',
  meter: 'Meter readings',
  credit: 'Credits for power given back',
  sale: 'Sales of bitcoin',
  cost: 'Site and general costs',
  purchase: 'Purchases',
  opening: 'Bitcoin held before',
  budget: 'Budgets of months',
  entries: 'Entries, as this program writes them',
}
