import type { StateCreator } from 'zustand'
import type { VerdictName } from '#shared/format/words.ts'
import type { Store } from './store.ts'

export const SCREENS = ['today', 'sites', 'signals', 'alerts', 'sources', 'settings'] as const
export type Screen = (typeof SCREENS)[number]

export const FLEET_COLUMNS = [
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
export type FleetColumn = (typeof FLEET_COLUMNS)[number]

export type FleetFilter = {
  readonly text: string
  readonly siteKey: number | null
  readonly model: string | null
  /** 'stopped': machines that do not run */
  readonly verdict: VerdictName | 'stopped' | null
  /** break-even hashprice from … to, both included, of a bar of the strike line and its name */
  readonly breakeven: { readonly from: number; readonly to: number; readonly label: string } | null
}

export type FleetSort = { readonly column: FleetColumn; readonly descending: boolean }

/** The one dialog that is open. Machines are named by key, because rows move. */
export type OpenDialog =
  | { readonly kind: 'machine'; readonly key: number | null }
  | { readonly kind: 'site'; readonly key: number | null }
  | { readonly kind: 'remove-machines'; readonly keys: readonly number[] }
  | { readonly kind: 'remove-site'; readonly key: number }
  | { readonly kind: 'import' }

export type ViewSlice = {
  readonly screen: Screen
  readonly filter: FleetFilter
  readonly sort: FleetSort
  /** keys of the selected machines */
  readonly selected: ReadonlySet<number>
  /** key of the machine whose figures are explained beside the table */
  readonly explained: number | null
  readonly dialog: OpenDialog | null
  /** chart and totals are folded away, so that the table has their room */
  readonly tableOnly: boolean
  show: (screen: Screen) => void
  setFilter: (patch: Partial<FleetFilter>) => void
  clearFilter: () => void
  sortBy: (column: FleetColumn) => void
  select: (keys: ReadonlySet<number>) => void
  explain: (key: number | null) => void
  open: (dialog: OpenDialog) => void
  closeDialog: () => void
  toggleTableOnly: () => void
}

export const NO_FILTER: FleetFilter = { text: '', siteKey: null, model: null, verdict: null, breakeven: null }

/** Columns that are read from the smallest up at the first press; money and sizes start with the largest. */
const ASCENDING_FIRST: ReadonlySet<FleetColumn> = new Set<FleetColumn>([
  'id',
  'site',
  'model',
  'status',
  'margin',
  'marginShare',
  'headroomNow',
  'headroomAfter',
  'efficiency',
])

export const viewSlice: StateCreator<Store, [], [], ViewSlice> = (set) => ({
  screen: 'today',
  filter: NO_FILTER,
  sort: { column: 'advice', descending: true },
  selected: new Set(),
  explained: null,
  dialog: null,
  tableOnly: false,
  show: (screen) => set({ screen }),
  setFilter: (patch) => set((state) => ({ filter: { ...state.filter, ...patch } })),
  clearFilter: () => set({ filter: NO_FILTER }),
  sortBy: (column) =>
    set((state) => ({
      sort: {
        column,
        descending: state.sort.column === column ? !state.sort.descending : !ASCENDING_FIRST.has(column),
      },
    })),
  select: (selected) => set({ selected }),
  explain: (explained) => set({ explained }),
  open: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
  toggleTableOnly: () => set((state) => ({ tableOnly: !state.tableOnly })),
})
