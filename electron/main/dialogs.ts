import { basename, dirname, join } from 'node:path'
import { app, type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron'
import type { HandlerPorts, OpenKind, SaveKind } from '#electron/services/handlers.ts'

const CSV = { name: 'CSV', extensions: ['csv', 'tsv', 'txt'] }
const CSV_OR_JSON = { name: 'CSV or JSON', extensions: [...CSV.extensions, 'json'] }
const FLEET = { ...CSV_OR_JSON, extensions: [...CSV_OR_JSON.extensions, 'jsonl'] }
const NETWORK_FILE = { name: 'Network file', extensions: ['json'] }
const MOVE_FILE = { name: 'Strikeline move file', extensions: ['strikeline'] }
const PICTURE = { name: 'PNG, JPEG or SVG', extensions: ['png', 'jpg', 'jpeg', 'svg'] }
const ALL_FILES = { name: 'All files', extensions: ['*'] }

const OPEN_KINDS: Readonly<Record<OpenKind, Pick<OpenDialogOptions, 'title' | 'filters'>>> = {
  'fleet-csv': { title: 'Import a fleet', filters: [FLEET, ALL_FILES] },
  'ledger-csv': { title: 'Import into the ledger', filters: [CSV, ALL_FILES] },
  'daily-csv': { title: 'Import the daily history', filters: [CSV, ALL_FILES] },
  'network-file': { title: 'Import a network file', filters: [NETWORK_FILE, ALL_FILES] },
  'move-file': { title: 'Take over from another computer', filters: [MOVE_FILE, ALL_FILES] },
  'work-list': { title: 'Import a work list', filters: [CSV, ALL_FILES] },
  logo: { title: 'Choose the logo of reports', filters: [PICTURE, ALL_FILES] },
  contracts: { title: 'Import contracts', filters: [{ name: 'Contracts', extensions: ['json'] }, ALL_FILES] },
  prices: { title: 'Import market prices', filters: [CSV_OR_JSON, ALL_FILES] },
  ladders: { title: 'Import operating points', filters: [CSV, ALL_FILES] },
}

const SAVE_KINDS: Readonly<Record<SaveKind, Pick<SaveDialogOptions, 'title' | 'filters'>>> = {
  'fleet-csv': { title: 'Export the fleet', filters: [{ name: 'CSV', extensions: ['csv'] }] },
  'daily-csv': { title: 'Export the daily history', filters: [{ name: 'CSV', extensions: ['csv'] }] },
  'network-file': { title: 'Export a network file', filters: [NETWORK_FILE] },
  'move-file': { title: 'Move to another computer', filters: [MOVE_FILE] },
  'points-csv': { title: 'Save operating points', filters: [{ name: 'CSV', extensions: ['csv'] }] },
  'work-list': { title: 'Save the work list', filters: [{ name: 'CSV', extensions: ['csv'] }] },
  decisions: {
    title: 'Export the decisions',
    filters: [
      { name: 'CSV', extensions: ['csv'] },
      { name: 'JSON', extensions: ['json'] },
    ],
  },
  journal: { title: 'Export the journal', filters: [{ name: 'CSV', extensions: ['csv'] }] },
  'report-pdf': { title: 'Save the report', filters: [{ name: 'PDF', extensions: ['pdf'] }] },
  workbook: { title: 'Save the workbook', filters: [{ name: 'Workbook', extensions: ['xlsx'] }] },
  'tables-csv': {
    title: 'Save the tables',
    filters: [{ name: 'CSV files in an archive', extensions: ['zip'] }],
  },
  'tables-json': { title: 'Save the tables', filters: [{ name: 'JSON', extensions: ['json'] }] },
}

/** The only source of file paths in the window: a page never brings one. */
export type Dialogs = HandlerPorts['dialogs']

export function createDialogs(window: () => BrowserWindow): Dialogs {
  // The folder of the last dialog, so that the next one starts there.
  let folder = app.getPath('documents')

  const remember = (path: string) => {
    folder = dirname(path)
    return path
  }

  return {
    async openFile(kind) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        ...OPEN_KINDS[kind],
        defaultPath: folder,
        properties: ['openFile'],
      })
      const [path] = filePaths
      return canceled || path === undefined ? null : remember(path)
    },
    async saveFile(kind, suggestedName) {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        ...SAVE_KINDS[kind],
        defaultPath: join(folder, basename(suggestedName)),
      })
      return canceled || filePath === '' ? null : remember(filePath)
    },
  }
}
