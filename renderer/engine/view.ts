import type { FleetSort, GridColumn, Grouping, KeptFilter } from '#shared/ipc/table-view.ts'
import { GRID_COLUMNS } from '#shared/ipc/table-view.ts'

/** What the table of the fleet shows and in which order: asked by the page, carried out by the engine. */

export { ADVICE_GROUPS, GRID_COLUMNS } from '#shared/ipc/table-view.ts'
export type { AdviceGroup, FleetSort, GridColumn, Grouping } from '#shared/ipc/table-view.ts'

/** Columns that have an order of their own; the probability is computed for visible rows only, so it has none. */
export const SORTABLE: ReadonlySet<GridColumn> = new Set(
  GRID_COLUMNS.filter((column) => column !== 'probability'),
)

export type FleetFilter = KeptFilter & {
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

/** What rows are put together by, and which of the groups show theirs. */
export type GroupView = {
  readonly by: Grouping | null
  /** groups that nobody has opened or closed: the first one shows its rows, all do, or none */
  readonly unfold: 'first' | 'all' | 'none'
  /** name of a group → whether it shows its rows */
  readonly folds: Readonly<Record<string, boolean>>
}

export const NO_GROUPS: GroupView = { by: null, unfold: 'first', folds: {} }

/** How money of rows is printed, so that sums are of what is printed. */
export type PrintedMoney = { readonly usdPerUnit: number; readonly decimals: number }

/** A machine or a site, named by key, because rows move. */
export type RowSubject = { readonly kind: 'machine' | 'site'; readonly key: number }

/** Places of the table, counted from its top: from … to, the latter not included. */
export type RowWindow = { readonly from: number; readonly to: number }

/** Which rows become the selected ones; places are those of the table as it was shown last. */
export type Selecting =
  | { readonly kind: 'none' | 'all' }
  /** the row or the group at a place with all its rows: those that are in go out, else they come in */
  | { readonly kind: 'toggle'; readonly at: number }
  /** the same of one machine */
  | { readonly kind: 'toggle-key'; readonly key: number }
  /** no others than those; a closed group in between counts with all its rows */
  | ({ readonly kind: 'range' } & RowWindow)

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
