import type { BackupCopy, Holdings } from '#shared/ipc/schemas/backups.ts'
import type { MarkedList } from '#shared/ipc/schemas/acts.ts'
import type { ChannelOutput, MoveFile } from '#shared/ipc/schemas/channels.ts'
import type { PartChoice, PartPreview } from '#shared/ipc/schemas/case.ts'
import type { NetworkFilePreview } from '#shared/ipc/schemas/past.ts'
import type { ShownSealedReport } from '#shared/ipc/schemas/report-seal.ts'
import type { Entry, Month } from '#shared/domain/money/ledger/entry.ts'
import type { StateCreator } from 'zustand'
import type { EditableField } from '#shared/domain/fleet/fields.ts'
import type { RowSubject } from '../engine/view.ts'
import type { WindowState } from './store.ts'

export const SCREENS = [
  'today',
  'fleet',
  'sites',
  'plan',
  'reports',
  'market',
  'decisions',
  'ledger',
  'data',
  'settings',
] as const
export type Screen = (typeof SCREENS)[number]

/** What the inspector explains. */
export type Subject =
  | RowSubject
  | { readonly kind: 'figure'; readonly name: FigureName }
  /** by its key in the log */
  | { readonly kind: 'decision'; readonly key: number }
  /** a figure of the month that is looked at: of which pool, site or entry */
  | { readonly kind: 'ledger'; readonly part: LedgerWhyPart; readonly of: string }
export type LedgerWhyPart = 'pool' | 'energy' | 'budget' | 'coins' | 'asset' | 'result'
/** Figures of the whole that say how they came about. */
export const FIGURE_NAMES = ['hashprice', 'adjustment', 'price', 'difficulty', 'network', 'margin'] as const
export type FigureName = (typeof FIGURE_NAMES)[number]

/** The one dialog that is open. Machines are named by key, because rows move. */
export type OpenDialog =
  /** key null: a new one. copyOf: key of the machine that it begins as */
  | { readonly kind: 'machine'; readonly key: number | null; readonly copyOf?: number }
  /** one field of machines; begun: what was typed in a cell of the table */
  | {
      readonly kind: 'edit-machines'
      readonly keys: readonly number[]
      readonly begun?: { readonly field: EditableField; readonly text: string }
    }
  | { readonly kind: 'archive' }
  | { readonly kind: 'purchases' }
  /** thenMachines: machines were being added when it turned out that there is no site yet */
  | { readonly kind: 'site'; readonly key: number | null; readonly thenMachines?: boolean }
  | { readonly kind: 'remove-machines'; readonly keys: readonly number[] }
  | { readonly kind: 'remove-site'; readonly key: number }
  | { readonly kind: 'import' }
  | TodayDialog
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
  | { readonly kind: 'network-file'; readonly file: NetworkFilePreview }
  | { readonly kind: 'report'; readonly of: ReportDialog }
  | { readonly kind: 'ledger'; readonly of: LedgerDialog }
  /** a file of contracts or operating points that is to be chosen, or one that came along with something else */
  | { readonly kind: 'parts'; readonly source: PartChoice | PartPreview }

/** Dialogs of the place Today. */
export type TodayDialog =
  /** what is to be done at a site; null: at every site */
  | { readonly kind: 'work-list'; readonly siteKey: number | null }
  | { readonly kind: 'not-now'; readonly siteKey: number }
  /** what is tried out, under a name */
  | { readonly kind: 'keep-scenario' }
  | { readonly kind: 'record-all' }
  /** a work list that has come home */
  | { readonly kind: 'marked-list'; readonly list: MarkedList }

/** Dialogs of the place Reports. */
export type ReportDialog =
  | { readonly kind: 'keep-template' }
  | { readonly kind: 'rename-template'; readonly name: string }
  | { readonly kind: 'remove-template'; readonly name: string }
  | {
      readonly kind: 'recomputed'
      readonly report: ShownSealedReport
      readonly found: ChannelOutput<'report.recompute'>
    }
  | { readonly kind: 'remove-sealed'; readonly report: ShownSealedReport }

/** Dialogs of the place Ledger. */
export type LedgerDialog =
  | { readonly kind: 'import' }
  /** corrects: the entry that it changes; null: it stands by itself */
  | { readonly kind: 'entry'; readonly corrects: Entry | null }
  | { readonly kind: 'void'; readonly entry: Entry }
  | { readonly kind: 'pools' }
  | { readonly kind: 'close'; readonly month: Month }
  | { readonly kind: 'reopen'; readonly month: Month }

/** What the Fleet place shows over its table. */
export type FleetPage =
  { readonly kind: 'machine'; readonly key: number } | { readonly kind: 'model'; readonly name: string }

export type ViewSlice = {
  readonly screen: Screen
  /** what the inspector explains; null: it is closed */
  readonly explained: Subject | null
  readonly dialog: OpenDialog | null
  /** null: the table */
  readonly fleetPage: FleetPage | null
  /** chart and totals are folded away, so that the table has their room */
  readonly tableOnly: boolean
  show: (screen: Screen) => void
  /** Goes to the Fleet place and shows a page in it. */
  openPage: (page: FleetPage) => void
  closePage: () => void
  explain: (subject: Subject | null) => void
  explainMachine: (key: number | null) => void
  open: (dialog: OpenDialog) => void
  closeDialog: () => void
  toggleTableOnly: () => void
}

export const viewSlice: StateCreator<WindowState, [], [], ViewSlice> = (set) => ({
  screen: 'today',
  explained: null,
  dialog: null,
  fleetPage: null,
  tableOnly: false,
  show: (screen) => set({ screen, fleetPage: null, site: null }),
  openPage: (fleetPage) => set({ screen: 'fleet', fleetPage }),
  closePage: () => set({ fleetPage: null }),
  explain: (explained) => set({ explained }),
  explainMachine: (key) => set({ explained: key === null ? null : { kind: 'machine', key } }),
  open: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
  toggleTableOnly: () => set((state) => ({ tableOnly: !state.tableOnly })),
})

/** The machine or site that is explained, which the engine knows of; null where it is something else, or nothing. */
export const selectExplainedRow = ({ explained }: WindowState): RowSubject | null =>
  explained?.kind === 'machine' || explained?.kind === 'site' ? explained : null

/** Key of the machine that is explained; null where it is something else, or nothing. */
export const selectExplainedMachine = ({ explained }: WindowState): number | null =>
  explained?.kind === 'machine' ? explained.key : null
