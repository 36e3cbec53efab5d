import type { Site } from '#shared/domain/fleet/columns.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import type { Finance, ReportCase } from '#shared/report/case.ts'
import type { Block, ReportTable } from '#shared/report/document.ts'
import type { ReportFacts } from '#shared/report/facts.ts'
import { factsOf } from '#shared/report/facts.ts'
import { figuresOf, reportCase, withContracts } from './report-case.ts'

/** Nothing of finance is said. */
export const NO_FINANCE: Finance = {
  company: { name: '', preparedBy: '', reviewedBy: '', logo: null },
  generalUsdPerDay: null,
  demandResponseCreditsUsdPerDay: null,
  discountRatePerYear: null,
  treasury: null,
  purchases: [],
}

/** A report on some machines without a stored scenario, with a contract at the site of each name. */
export function factsFor(
  sites: readonly Site[],
  machines: readonly Machine[],
  change: Partial<ReportCase> = {},
  contracts: Readonly<Record<string, Partial<SiteContract>>> = {},
): ReportFacts {
  const fleet = fleetFrom(sites, machines)
  const inputs = withContracts(
    sites.map(({ name }) => contracts[name] ?? null),
    fleet,
  )
  return factsOf(reportCase(fleet, { inputs, scenarios: [], ...change }))
}

export function tableIn(blocks: readonly Block[], id: string): ReportTable {
  const found = blocks.find((block) => block.kind === 'table' && block.table.id === id)
  if (found?.kind !== 'table') throw new Error(`there is no table ${id}`)
  return found.table
}

/** Figures of a column as a list, which reads better where it is compared. */
export const listOf = (table: ReportTable, key: string): readonly number[] =>
  Array.from(figuresOf(table, key))

/** All that is said beside tables. */
export const saidIn = (blocks: readonly Block[]): string =>
  JSON.stringify(blocks.filter(({ kind }) => kind !== 'table'))
