import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { Site } from '#shared/domain/fleet/columns.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Fleet, Machine } from '#shared/domain/fleet/fleet.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { DEFAULT_DISPLAY } from '#shared/format/display.ts'
import { MISSING } from '#shared/format/numbers.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { ReportCase } from '#shared/report/case.ts'
import type { Block, ReportDocument, ReportTable } from '#shared/report/document.ts'
import { SECTION_NAMES } from '#shared/report/pack.ts'
import { readFleetFile } from '#electron/files/fleet/read-fleet.ts'
import { models } from '../files/catalogue-models.ts'
import { NETWORK_STATE, NOON_MS } from '../renderer/network-state.ts'

/** A case of a fleet with all sections; nothing of finance is said but the company. */
export function reportCase(fleet: Fleet, change: Partial<ReportCase> = {}): ReportCase {
  return {
    template: { name: 'All', title: 'Mining position', sections: SECTION_NAMES, paper: 'A4' },
    madeAtMs: NOON_MS,
    asOfMs: NOON_MS,
    version: '1.2.3',
    fleet: {
      revision: 1,
      ...fleet,
      tariffs: [],
      contracts: 0,
      ladders: 0,
      undo: null,
      redo: null,
    },
    inputs: PLAIN_CASE,
    network: NETWORK_STATE,
    recent: null,
    horizonDays: null,
    scenarios: [
      {
        name: 'As it is',
        assumptions: { price: constantGrowth(0), hashrate: constantGrowth(0), response: null },
      },
    ],
    decisions: { fromMs: NOON_MS - 30 * 86_400_000, toMs: NOON_MS, recorded: [] },
    finance: {
      company: { name: 'Example Mining', preparedBy: 'A. Writer', reviewedBy: '', logo: null },
      generalUsdPerDay: null,
      demandResponseCreditsUsdPerDay: null,
      discountRatePerYear: null,
      treasury: null,
      purchases: [],
    },
    currency: 'USD',
    display: DEFAULT_DISPLAY,
    ...change,
  }
}

export const caseOf = (
  sites: readonly Site[],
  machines: readonly Machine[],
  change: Partial<ReportCase> = {},
): ReportCase => reportCase(fleetFrom(sites, machines), change)

const asset = (name: string) => fileURLToPath(new URL(`../../../assets/${name}`, import.meta.url))

/** The sample fleet on the sample's network. */
export async function sampleCase(change: Partial<ReportCase> = {}): Promise<ReportCase> {
  const { fleet } = await readFleetFile(asset('sample-fleet.csv'), { models })
  return reportCase(fleet, { network: sampleNetwork(), ...change })
}

function sampleNetwork(): NetworkState {
  const sample = JSON.parse(readFileSync(asset('sample-network.json'), 'utf8')) as {
    readonly height: number
    readonly difficulty: number
    readonly priceUsdPerBtc: number
    readonly feesBtcPerBlock: number
    readonly epoch: { readonly blocks: number; readonly seconds: number }
    readonly previousAdjustments: readonly number[]
    readonly at: string
  }
  const asOfMs = Date.parse(sample.at)
  const said = (value: number) => ({ value, source: 'sample', asOfMs, fetchedAtMs: asOfMs, stale: false })
  return {
    ...NETWORK_STATE,
    readAtMs: asOfMs,
    values: {
      height: said(sample.height),
      difficulty: said(sample.difficulty),
      priceUsdPerBtc: said(sample.priceUsdPerBtc),
      feesBtcPerBlock: said(sample.feesBtcPerBlock),
      epochBlocks: said(sample.epoch.blocks),
      epochSeconds: said(sample.epoch.seconds),
    },
    previousAdjustments: [...sample.previousAdjustments],
  }
}

/** Contracts of sites, in the order of the sites. */
export const withContracts = (
  contracts: readonly (Partial<SiteContract> | null)[],
  fleet: Fleet,
): CaseInputs => ({
  ...PLAIN_CASE,
  contracts: contracts.flatMap((parts, site) =>
    parts === null
      ? []
      : [
          {
            siteKey: fleet.sites.key[site]!,
            site: fleet.sites.name[site]!,
            contract: { ...NO_CONTRACT, ...parts },
          },
        ],
  ),
})

/** A network of which nothing is known. */
export const UNKNOWN_NETWORK: NetworkState = {
  ...NETWORK_STATE,
  values: Object.fromEntries(
    Object.keys(NETWORK_STATE.values).map((name) => [name, null]),
  ) as NetworkState['values'],
}

export const blocksOf = (document: ReportDocument, name: string): readonly Block[] =>
  document.sections.find((section) => section.name === name)?.blocks ?? []

export const tables = (document: ReportDocument): ReadonlyMap<string, ReportTable> =>
  new Map(
    document.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'table' ? [[block.table.id, block.table] as const] : [])),
    ),
  )

export function columnOf(table: ReportTable | undefined, key: string) {
  const column = table?.columns.find((each) => each.key === key)
  if (column === undefined) throw new Error(`there is no column ${key}`)
  return column
}

export const textsOf = (table: ReportTable | undefined, key: string) =>
  columnOf(table, key).values as readonly string[]
export const figuresOf = (table: ReportTable | undefined, key: string) =>
  columnOf(table, key).values as Float64Array

export const sumOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)

/** A printed figure as a number; NaN of an en dash. */
export const readBack = (cell: string) =>
  cell === MISSING ? Number.NaN : Number(cell.replaceAll('\u202f', '').replace('−', '-'))
