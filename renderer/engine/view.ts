import type { PlaceName } from '#shared/domain/fleet/fields.ts'
import { PLACE_NAMES } from '#shared/domain/fleet/fields.ts'
import type { Verdict } from '#shared/domain/decision/words.ts'

/** What the table of the fleet shows and in which order: asked by the page, carried out by the engine. */

const USUAL_COLUMNS = [
  'id',
  'site',
  'model',
  'quantity',
  'advice',
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
/** Every column that there is. */
export const GRID_COLUMNS: readonly GridColumn[] = [...USUAL_COLUMNS, ...PLACE_NAMES]

/** The columns that are shown, with those that were asked for beside the usual ones. */
export const columnsWith = (extra: readonly PlaceName[]): readonly GridColumn[] => [
  ...USUAL_COLUMNS,
  ...extra,
]

/** Columns that have an order of their own; the probability is computed for visible rows only, so it has none. */
export const SORTABLE: ReadonlySet<GridColumn> = new Set(
  GRID_COLUMNS.filter((column) => column !== 'probability'),
)

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

export type FleetFilter = {
  readonly text: string
  readonly siteKey: number | null
  readonly model: string | null
  /** 'stopped': machines that do not run */
  readonly verdict: AdviceGroup | 'stopped' | null
  /** strike from … to, both included, of a bar of the strike line and its name */
  readonly strike: StrikeFilter | null
}

type StrikeFilter = {
  readonly from: number
  readonly to: number
  readonly isIdle: boolean
  readonly label: string
}

export const NO_FILTER: FleetFilter = { text: '', siteKey: null, model: null, verdict: null, strike: null }

export type FleetSort = { readonly column: GridColumn; readonly descending: boolean }

/** A machine or a site, named by key, because rows move. */
export type RowSubject = { readonly kind: 'machine' | 'site'; readonly key: number }

/** Places of the table, counted from its top: from … to, the latter not included. */
export type RowWindow = { readonly from: number; readonly to: number }

export const isSameSort = (a: FleetSort, b: FleetSort): boolean =>
  a.column === b.column && a.descending === b.descending

export const isSameFilter = (a: FleetFilter, b: FleetFilter): boolean =>
  a.text === b.text &&
  a.siteKey === b.siteKey &&
  a.model === b.model &&
  a.verdict === b.verdict &&
  a.strike?.from === b.strike?.from &&
  a.strike?.to === b.strike?.to &&
  a.strike?.isIdle === b.strike?.isIdle
