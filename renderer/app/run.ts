import type { CommandName } from '#shared/ipc/commands.ts'
import { api, settle } from '../lib/api.ts'
import { SEARCH_FIELD } from '../parts/fleet-table/search-field.ts'
import { ALERTS_SECTION, goToSection } from '../parts/SectionLinks.tsx'
import { explainHere } from '../parts/why/explain-here.ts'
import {
  chooseMoveFile,
  exportCsv,
  exportNetworkFile,
  makeBackup,
  moveOut,
  openNetworkFile,
  redo,
  saveReport,
  undo,
} from '../state/actions.ts'
import { useStore } from '../state/store.ts'
import type { OpenDialog } from '../state/view-slice.ts'
import { whenThere } from '../ui/when-there.ts'
import { typesText } from '../ui/types-text.ts'

const state = () => useStore.getState()

// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing has replaced it for the undo of a text field
const editText = (command: 'undo' | 'redo') => document.execCommand(command)

/** What each command of the table does. */
const DO: Readonly<Record<CommandName, () => void>> = {
  'go-today': () => state().show('today'),
  'go-fleet': () => state().show('fleet'),
  'go-sites': () => state().show('sites'),
  'go-plan': () => state().show('plan'),
  'go-reports': () => state().show('reports'),
  'go-market': () => state().show('market'),
  'go-decisions': () => state().show('decisions'),
  'go-ledger': () => state().show('ledger'),
  'go-data': () => state().show('data'),
  'go-settings': () => state().show('settings'),
  'go-alerts': () => {
    state().show('market')
    whenThere(`#${ALERTS_SECTION}`, goToSection)
  },

  'add-machines': () => state().open({ kind: 'machine', key: null }),
  'add-site': () => state().open({ kind: 'site', key: null }),
  find: () => {
    if (state().screen !== 'today') state().show('fleet')
    whenThere(`#${SEARCH_FIELD}`, (field) => field.focus())
  },
  // In a text field undo belongs to the text.
  undo: () => (typesText(document.activeElement) ? editText('undo') : void undo()),
  redo: () => (typesText(document.activeElement) ? editText('redo') : void redo()),
  purchases: () => state().open({ kind: 'purchases' }),

  refresh: () => void state().refreshNetwork(),
  'import-network': () => void openNetworkFile(),
  'export-network': () => void exportNetworkFile(false),

  import: () => state().open({ kind: 'import' }),
  export: () => void exportCsv(),
  'import-contracts': () => state().open({ kind: 'parts', source: { kind: 'contracts' } }),
  'import-ladders': () => state().open({ kind: 'parts', source: { kind: 'ladders' } }),
  'import-ledger': () => {
    state().show('ledger')
    state().open({ kind: 'ledger', of: { kind: 'import' } })
  },
  report: () => void saveReport('pdf'),
  'report-workbook': () => void saveReport('workbook'),
  'report-csv': () => void saveReport('csv'),
  'report-json': () => void saveReport('json'),
  backup: () => void makeBackup(),
  'move-out': () => void moveOut(),
  'move-in': () => void chooseMoveFile(),

  palette: () => state().open({ kind: 'palette' }),
  why: explainHere,
  'theme-system': () => void state().writeSettings({ theme: 'system' }),
  'theme-light': () => void state().writeSettings({ theme: 'light' }),
  'theme-dark': () => void state().writeSettings({ theme: 'dark' }),
  shortcuts: () => state().open({ kind: 'shortcuts' }),
  licence: () => void settle(api.app.openLink({ link: 'licence' })),
  notices: () => state().open({ kind: 'notices' }),
}

/** What leaves an open dialog and what is typed in it alone. */
const BESIDE_A_DIALOG: ReadonlySet<CommandName> = new Set([
  'undo',
  'redo',
  'refresh',
  'theme-system',
  'theme-light',
  'theme-dark',
  'licence',
] as const)

/** Whether a command would take the place of a dialog, with all that is typed there. */
export const isHeldBack = (command: CommandName, dialog: OpenDialog | null): boolean =>
  dialog !== null && !BESIDE_A_DIALOG.has(command)

/** Does what a person has asked for; nothing while a dialog is open that it would close. */
export function run(command: CommandName): void {
  if (!isHeldBack(command, state().dialog)) DO[command]()
}
