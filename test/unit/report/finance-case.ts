import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { Site } from '#shared/domain/fleet/columns.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { DEFAULT_DISPLAY } from '#shared/format/display.ts'
import type { Finance, ReportCase } from '#shared/report/case.ts'
import type { Block, ReportTable } from '#shared/report/document.ts'
import type { ReportFacts } from '#shared/report/facts.ts'
import { factsOf } from '#shared/report/facts.ts'
import { SECTION_NAMES } from '#shared/report/pack.ts'
import { NETWORK_STATE, NOON_MS } from '../renderer/network-state.ts'

/** Nothing of finance is said. */
export const NO_FINANCE: Finance = {
  company: { name: '', preparedBy: '', reviewedBy: '', logo: null },
  generalUsdPerDay: null,
  demandResponseCreditsUsdPerDay: null,
  discountRatePerYear: null,
  treasury: null,
  purchases: [],
}

/** A report on some machines, with a contract at the site of each name. */
export function factsFor(
  sites: readonly Site[],
  machines: readonly Machine[],
  change: Partial<ReportCase> = {},
  contracts: Readonly<Record<string, Partial<SiteContract>>> = {},
): ReportFacts {
  const fleet = fleetFrom(sites, machines)
  const inputs: CaseInputs = {
    ...PLAIN_CASE,
    contracts: fleet.sites.name.flatMap((name, site) =>
      contracts[name] === undefined
        ? []
        : [{ siteKey: fleet.sites.key[site]!, site: name, contract: { ...NO_CONTRACT, ...contracts[name] } }],
    ),
  }
  return factsOf({
    template: { name: 'All', title: 'Mining position', sections: SECTION_NAMES, paper: 'A4' },
    madeAtMs: NOON_MS,
    asOfMs: NOON_MS,
    version: '1.2.3',
    fleet: { revision: 1, ...fleet, tariffs: [], contracts: 0, ladders: 0, undo: null, redo: null },
    inputs,
    network: NETWORK_STATE,
    recent: null,
    horizonDays: null,
    scenarios: [],
    decisions: { fromMs: NOON_MS - 30 * 86_400_000, toMs: NOON_MS, recorded: [] },
    finance: NO_FINANCE,
    currency: 'USD',
    display: DEFAULT_DISPLAY,
    ...change,
  })
}

export function tableIn(blocks: readonly Block[], id: string): ReportTable {
  const found = blocks.find((block) => block.kind === 'table' && block.table.id === id)
  if (found?.kind !== 'table') throw new Error(`there is no table ${id}`)
  return found.table
}

export function columnIn({ columns }: ReportTable, key: string) {
  const column = columns.find((each) => each.key === key)
  if (column === undefined) throw new Error(`there is no column ${key}`)
  return column
}

export const figuresIn = (table: ReportTable, key: string): readonly number[] =>
  Array.from(columnIn(table, key).values as Float64Array)

export const textsIn = (table: ReportTable, key: string) => columnIn(table, key).values as readonly string[]

/** All that is said beside tables. */
export const saidIn = (blocks: readonly Block[]): string =>
  JSON.stringify(blocks.filter(({ kind }) => kind !== 'table'))
