import { PLACE_NAMES } from '../domain/fleet/fields.ts'
import type { PlaceName } from '../domain/fleet/fields.ts'
import type { Verdict } from '../domain/decision/words.ts'

/** How the table of the fleet is looked at: kept for each place that shows it, asked by the page, carried out by the engine. */

const USUAL_COLUMNS = [
  'id',
  'site',
  'model',
  'quantity',
  'power',
  'advice',
  'gain',
  'margin',
  'marginShare',
  'breakeven',
  'headroomNow',
  'headroomAfter',
  'probability',
  'powerPrice',
  'hashrate',
  'efficiency',
  'status',
] as const
export type GridColumn = (typeof USUAL_COLUMNS)[number] | PlaceName
/** Every column that there is, in the usual order. */
export const GRID_COLUMNS: readonly GridColumn[] = [...USUAL_COLUMNS, ...PLACE_NAMES]

/** Verdicts that are looked for together. */
export const ADVICE_GROUPS = {
  off: ['off'],
  pause: ['pause'],
  start: ['start', 'start-until', 'start-later'],
  until: ['run-until'],
  profile: ['profile'],
  hold: ['hold'],
  run: ['run'],
  'stay-off': ['stay-off'],
} as const satisfies Readonly<Record<string, readonly Verdict[]>>
export type AdviceGroup = keyof typeof ADVICE_GROUPS
/** 'stopped': machines that do not run */
export const ADVICE_FILTERS = [...(Object.keys(ADVICE_GROUPS) as AdviceGroup[]), 'stopped'] as const

/** What rows are put together by. */
export const GROUPINGS = ['advice', 'site', 'model', 'rack'] as const
export type Grouping = (typeof GROUPINGS)[number]

export type FleetSort = { readonly column: GridColumn; readonly descending: boolean }

/** A filter as it is kept. */
export type KeptFilter = {
  /** words that a machine must have, in any order */
  readonly text: string
  readonly siteKey: number | null
  readonly model: string | null
  readonly verdict: (typeof ADVICE_FILTERS)[number] | null
}

export type TableView = {
  /** those that are shown, from left to right */
  readonly columns: readonly GridColumn[]
  /** of columns that were made wider or narrower, in em */
  readonly widths: Readonly<Partial<Record<GridColumn, number>>>
  readonly sort: FleetSort
  /** null: every row by itself */
  readonly group: Grouping | null
  readonly filter: KeptFilter
}

/** Places that show the table. */
export const TABLE_PLACES = ['today', 'fleet'] as const
export type TablePlace = (typeof TABLE_PLACES)[number]

const PLAIN: Omit<TableView, 'columns' | 'group'> = {
  widths: {},
  sort: { column: 'advice', descending: true },
  filter: { text: '', siteKey: null, model: null, verdict: null },
}

/** Today says what to do, in falling order of use; Fleet has all that there is of a machine. */
export const USUAL_TABLES: Readonly<Record<TablePlace, TableView>> = {
  today: {
    ...PLAIN,
    columns: [
      ...['id', 'site', 'model', 'quantity', 'power', 'advice', 'gain', 'margin', 'breakeven'],
      ...['headroomNow', 'headroomAfter', 'probability', 'efficiency', 'powerPrice', 'status'],
    ] as readonly GridColumn[],
    group: 'advice',
  },
  fleet: { ...PLAIN, columns: USUAL_COLUMNS, group: null },
}
