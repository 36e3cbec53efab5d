import type { StateCreator } from 'zustand'
import { PLACE_NAMES } from '#shared/domain/fleet/fields.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { TablePlace } from '#shared/ipc/table-view.ts'
import { TABLE_PLACES, USUAL_TABLES } from '#shared/ipc/table-view.ts'
import type {
  FleetFilter,
  FleetSort,
  GridColumn,
  Grouping,
  GroupView,
  RowWindow,
  Selecting,
} from '../engine/view.ts'
import { NO_FILTER } from '../engine/view.ts'
import { askEngine } from './engine.ts'
import type { WindowState } from './store.ts'

/** The table of a place as it is looked at. What is kept of it is in the settings (keep-tables.ts). */
export type TableState = {
  readonly columns: readonly GridColumn[]
  readonly widths: Readonly<Partial<Record<GridColumn, number>>>
  readonly sort: FleetSort
  readonly group: GroupView
  readonly filter: FleetFilter
}

/** Each place that shows the table looks at it in its own way; what is changed is that of the place that is open. */
export type TableSlice = {
  readonly tables: Readonly<Record<TablePlace, TableState>>
  /** places of the table whose entries are wanted: what is in sight and some more */
  readonly window: RowWindow
  /** how often the engine was told of a selection or of notes that were found */
  readonly turn: number
  takeTables: (kept: Settings['tables']) => void
  setFilter: (patch: Partial<FleetFilter>) => void
  clearFilter: () => void
  sortBy: (column: GridColumn) => void
  groupBy: (by: Grouping | null) => void
  /** Shows or hides the rows of a group. */
  fold: (name: string, isOpen: boolean) => void
  foldAll: (areOpen: boolean) => void
  /** An order by a column that goes is the usual one again. */
  setColumns: (columns: readonly GridColumn[]) => void
  /** @param widthEm null: as wide as its texts */
  setWidth: (column: GridColumn, widthEm: number | null) => void
  lookAt: (window: RowWindow) => void
  select: (how: Selecting) => void
  tellTurn: () => void
}

/** Columns that are read from the smallest up at the first press; money and sizes start with the largest. */
const ASCENDING_FIRST: ReadonlySet<GridColumn> = new Set<GridColumn>([
  'id',
  'site',
  'model',
  'status',
  'margin',
  'marginShare',
  'headroomNow',
  'headroomAfter',
  'efficiency',
  ...PLACE_NAMES,
])

/** em; a figure keeps what it needs */
const WIDTHS = { least: 3, most: 80 } as const
const within = (widthEm: number) => Math.max(WIDTHS.least, Math.min(WIDTHS.most, widthEm))

const USUAL_SORT: FleetSort = USUAL_TABLES.fleet.sort

/** What is to be done stands open; of other groups the subtotals are looked at first. */
const groupView = (by: Grouping | null): GroupView => ({
  by,
  unfold: by === 'advice' ? 'first' : 'none',
  folds: {},
})

const shownFrom = (kept: Settings['tables']): TableSlice['tables'] => ({
  today: tableFrom(kept.today),
  fleet: tableFrom(kept.fleet),
})
const tableFrom = ({ group, filter, ...kept }: Settings['tables'][TablePlace]): TableState => ({
  ...kept,
  group: groupView(group),
  filter: { ...NO_FILTER, ...filter },
})

/** The place whose table is looked at, or would be: Today where another place is open. */
export const selectTablePlace = ({ screen }: Pick<WindowState, 'screen'>): TablePlace =>
  screen === 'fleet' ? 'fleet' : 'today'

export const selectTable = (state: Pick<WindowState, 'screen' | 'tables'>): TableState =>
  state.tables[selectTablePlace(state)]

export const tableSlice: StateCreator<WindowState, [], [], TableSlice> = (set, get) => {
  const patch = (change: (table: TableState) => Partial<TableState>) =>
    set((state) => {
      const place = selectTablePlace(state)
      const table = state.tables[place]
      return { tables: { ...state.tables, [place]: { ...table, ...change(table) } } }
    })
  return {
    tables: shownFrom(USUAL_TABLES),
    window: { from: 0, to: 64 },
    turn: 0,
    takeTables: (kept) => set({ tables: shownFrom(kept) }),
    setFilter: (change) => patch(({ filter }) => ({ filter: { ...filter, ...change } })),
    clearFilter: () => patch(() => ({ filter: NO_FILTER })),
    sortBy: (column) =>
      patch(({ sort }) => ({
        sort: {
          column,
          descending: sort.column === column ? !sort.descending : !ASCENDING_FIRST.has(column),
        },
      })),
    groupBy: (by) => patch(() => ({ group: groupView(by) })),
    fold: (name, isOpen) =>
      patch(({ group }) => ({ group: { ...group, folds: { ...group.folds, [name]: isOpen } } })),
    foldAll: (areOpen) =>
      patch(({ group }) => ({ group: { ...group, unfold: areOpen ? 'all' : 'none', folds: {} } })),
    setColumns: (columns) =>
      patch(({ sort }) => ({ columns, ...(columns.includes(sort.column) ? {} : { sort: USUAL_SORT }) })),
    setWidth: (column, widthEm) =>
      patch(({ widths }) => {
        const others = Object.fromEntries(Object.entries(widths).filter(([name]) => name !== column))
        return { widths: widthEm === null ? others : { ...others, [column]: within(widthEm) } }
      }),
    lookAt: (window) => set({ window }),
    select: (how) => askEngine((engine) => engine.select(how), get().tellTurn),
    tellTurn: () => set(({ turn }) => ({ turn: turn + 1 })),
  }
}

/** Lets go of what means machines and sites by keys that may be others now. */
export const withoutFilters = (tables: TableSlice['tables']): TableSlice['tables'] =>
  Object.fromEntries(
    TABLE_PLACES.map((place) => {
      const table = tables[place]
      return [place, { ...table, filter: NO_FILTER, group: groupView(table.group.by) }]
    }),
  ) as unknown as TableSlice['tables']
