import type { BackupCopy, Holdings } from '#shared/ipc/schemas/backups.ts'
import type { MoveFile } from '#shared/ipc/schemas/channels.ts'
import type { PartChoice, PartPreview } from '#shared/ipc/schemas/case.ts'
import type { StateCreator } from 'zustand'
import { PLACE_NAMES } from '#shared/domain/fleet/fields.ts'
import type { GridColumn, FleetFilter, FleetSort, RowSubject, RowWindow } from '../engine/view.ts'
import { NO_FILTER } from '../engine/view.ts'
import type { WindowState } from './store.ts'

export const SCREENS = ['today', 'fleet', 'sites', 'signals', 'alerts', 'data', 'settings'] as const
export type Screen = (typeof SCREENS)[number]

/** What the inspector explains. */
export type Subject = RowSubject | { readonly kind: 'figure'; readonly name: FigureName }
/** Figures of the whole that say how they came about. */
export const FIGURE_NAMES = ['hashprice', 'adjustment', 'price', 'difficulty', 'network', 'margin'] as const
export type FigureName = (typeof FIGURE_NAMES)[number]

/** The one dialog that is open. Machines are named by key, because rows move. */
export type OpenDialog =
  | { readonly kind: 'machine'; readonly key: number | null }
  /** thenMachines: machines were being added when it turned out that there is no site yet */
  | { readonly kind: 'site'; readonly key: number | null; readonly thenMachines?: boolean }
  | { readonly kind: 'remove-machines'; readonly keys: readonly number[] }
  | { readonly kind: 'remove-site'; readonly key: number }
  | { readonly kind: 'import' }
  /** asks: what is said before it is begun; null: it is begun at once, to take back a restore or the undoing of one */
  | {
      readonly kind: 'restore'
      /** of the copy */
      readonly name: string
      readonly asks: { readonly made: string; readonly holdings: Holdings; readonly now: Holdings } | null
      readonly wasUndo: boolean
    }
  | { readonly kind: 'remove-backup'; readonly copy: BackupCopy }
  | { readonly kind: 'notices' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'take-over'; readonly file: MoveFile }
  /** a file of contracts or operating points that is to be chosen, or one that came along with something else */
  | { readonly kind: 'parts'; readonly source: PartChoice | PartPreview }

export type ViewSlice = {
  readonly screen: Screen
  readonly filter: FleetFilter
  readonly sort: FleetSort
  /** places of the table whose rows are wanted: what is in sight and some more */
  readonly window: RowWindow
  /** keys of the selected machines */
  readonly selected: ReadonlySet<number>
  /** what the inspector explains; null: it is closed */
  readonly explained: Subject | null
  readonly dialog: OpenDialog | null
  /** chart and totals are folded away, so that the table has their room */
  readonly tableOnly: boolean
  show: (screen: Screen) => void
  setFilter: (patch: Partial<FleetFilter>) => void
  clearFilter: () => void
  sortBy: (column: GridColumn) => void
  lookAt: (window: RowWindow) => void
  select: (keys: ReadonlySet<number>) => void
  explain: (subject: Subject | null) => void
  explainMachine: (key: number | null) => void
  open: (dialog: OpenDialog) => void
  closeDialog: () => void
  toggleTableOnly: () => void
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

export const viewSlice: StateCreator<WindowState, [], [], ViewSlice> = (set) => ({
  screen: 'today',
  filter: NO_FILTER,
  sort: { column: 'advice', descending: true },
  window: { from: 0, to: 64 },
  selected: new Set(),
  explained: null,
  dialog: null,
  tableOnly: false,
  show: (screen) => set({ screen, site: null }),
  setFilter: (patch) => set((state) => ({ filter: { ...state.filter, ...patch } })),
  clearFilter: () => set({ filter: NO_FILTER }),
  sortBy: (column) =>
    set((state) => ({
      sort: {
        column,
        descending: state.sort.column === column ? !state.sort.descending : !ASCENDING_FIRST.has(column),
      },
    })),
  lookAt: (window) => set({ window }),
  select: (selected) => set({ selected }),
  explain: (explained) => set({ explained }),
  explainMachine: (key) => set({ explained: key === null ? null : { kind: 'machine', key } }),
  open: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
  toggleTableOnly: () => set((state) => ({ tableOnly: !state.tableOnly })),
})

/** The machine or site that is explained, which the engine knows of; null where it is a figure of the whole, or nothing. */
export const selectExplainedRow = ({ explained }: WindowState): RowSubject | null =>
  explained?.kind === 'figure' ? null : explained

/** Key of the machine that is explained; null where it is something else, or nothing. */
export const selectExplainedMachine = ({ explained }: WindowState): number | null =>
  explained?.kind === 'machine' ? explained.key : null
