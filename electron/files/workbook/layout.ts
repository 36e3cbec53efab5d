import type { WorkbookFacts } from './case.ts'
import { columnLetters } from './sheet.ts'

/** Where things stand in the workbook: what formulas of one sheet say of another. */

/** Cells of the sheet Inputs that formulas name. */
export const NAMES = {
  price: 'price_usd_per_btc',
  difficulty: 'difficulty',
  fees: 'fees_btc_per_block',
  height: 'height',
  subsidy: 'subsidy_btc_per_block',
  typedHashprice: 'typed_hashprice_usd_per_ph_day',
  hashpriceBtc: 'hashprice_btc_per_ph_day',
  hashpriceUsd: 'hashprice_usd_per_ph_day',
  payFactor: 'pay_factor',
  change: 'next_adjustment',
  daysToAdjustment: 'days_to_adjustment',
  asOf: 'as_of',
  priceGrowth: 'price_growth_per_year',
  hashrateGrowth: 'hashrate_growth_per_year',
  fixedHosting: 'fixed_hosting_usd_per_day',
  committed: 'committed_usd_per_day',
  credits: 'demand_response_credits_usd_per_day',
  general: 'general_usd_per_day',
  depreciation: 'depreciation_usd_per_day',
} as const

/** The cell with what one unit of a currency is worth. */
export const rateName = (currency: string) => `usd_per_${currency.toLowerCase()}`

/** Subsidy at a height that a cell or an expression says, BTC: halved every 210 000 blocks in whole satoshis. */
export const subsidyFormula = (height: string) => `INT(5000000000/2^MIN(INT(${height}/210000),64))/100000000`

/** Reward of 1 PH/s in a day, BTC: one block is expected per difficulty · 2³² hashes. */
export const rewardFormula = (reward: string, difficulty: string) =>
  `(${reward})*86400*10^15/(${difficulty}*2^32)`

export const MACHINES = 'Machines'
/** The row of the first lot. */
export const FIRST_MACHINE = 2

/** Columns of the sheet Machines, in order. */
export const MACHINE_KEYS = [
  'id',
  'model',
  'site',
  'siteNumber',
  'status',
  'quantity',
  'hashrate',
  'power',
  'uptime',
  'poolFee',
  'hostShare',
  'standby',
  'ownPrice',
  'ownOther',
  'ownOverhead',
  'fixedEach',
  'above',
  'paidShare',
  'otherCounts',
  'standbyPrice',
  'isProtected',
  'price',
  'other',
  'overhead',
  'efficiency',
  'accepted',
  'energy',
  'revenue',
  'cost',
  'margin',
  'marginShare',
  'fixed',
  'allIn',
  'btc',
  'costPerBtc',
  'allInPerBtc',
  'breakevenHashprice',
  'breakevenPower',
  'breakevenPrice',
  'breakevenDifficulty',
  'headroom',
  'standbyCost',
  'counted',
  'countedPhs',
  'countedUsd',
  'hosting',
  'alwaysPhs',
  'alwaysUsd',
  'choicePhs',
  'choiceUsd',
] as const
export type MachineKey = (typeof MACHINE_KEYS)[number]

export const MACHINE_LETTERS = Object.fromEntries(
  MACHINE_KEYS.map((key, i) => [key, columnLetters(i)]),
) as Readonly<Record<MachineKey, string>>

/** A whole column of lots, for formulas of other sheets. */
export function machineColumn({ basis }: Pick<WorkbookFacts, 'basis'>, key: MachineKey): string {
  const last = FIRST_MACHINE + Math.max(basis.length, 1) - 1
  return `${MACHINES}!$${MACHINE_LETTERS[key]}$${FIRST_MACHINE}:$${MACHINE_LETTERS[key]}$${last}`
}

export const SITES = 'Sites'
/** The row of the first site. */
export const FIRST_SITE = 2

/** Columns of Sites with what its contract asks whether machines run or not. */
export const OWED_LETTERS = { fixedHosting: 'S', committed: 'T' } as const

/** Such a column, of all sites. */
export function owedColumn({ basis }: Pick<WorkbookFacts, 'basis'>, key: keyof typeof OWED_LETTERS): string {
  const last = FIRST_SITE + Math.max(basis.fleet.sites.length, 1) - 1
  return `${SITES}!$${OWED_LETTERS[key]}$${FIRST_SITE}:$${OWED_LETTERS[key]}$${last}`
}

/** Cells of a site's row that its machines are priced by. */
export function siteCells(site: number): Readonly<Record<'price' | 'other' | 'overhead', string>> {
  const number = FIRST_SITE + site
  return {
    price: `${SITES}!$G$${number}`,
    other: `${SITES}!$H$${number}`,
    overhead: `${SITES}!$I$${number}`,
  }
}

const FLEET_KEYS = [
  'machines',
  'running',
  'withoutFigures',
  'hashrate',
  'power',
  'efficiency',
  'accepted',
  'revenue',
  'cost',
  'margin',
  'share',
  'fixed',
  'idle',
  'allIn',
  'btc',
  'costPerBtc',
  'allInPerBtc',
  'toSell',
  'shareToSell',
] as const
export type FleetKey = (typeof FLEET_KEYS)[number]

const FIRST_OF_FLEET = 4

/** Cells of the sheet Fleet, in order. */
export const FLEET_CELLS = Object.fromEntries(
  FLEET_KEYS.map((key, i) => [key, `Fleet!$B$${FIRST_OF_FLEET + i}`]),
) as Readonly<Record<FleetKey, string>>
