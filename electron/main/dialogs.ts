import { basename, dirname, join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'

const SAVE_KINDS = {
  'fleet-csv': { title: 'Export the fleet', filters: [{ name: 'CSV', extensions: ['csv'] }] },
  'report-pdf': { title: 'Save the report', filters: [{ name: 'PDF', extensions: ['pdf'] }] },
} as const
type SaveKind = keyof typeof SAVE_KINDS

/** The only source of file paths in the window: a page never brings one. */
export type Dialogs = {
  /** null: the dialog was closed */
  openFleetFile(): Promise<string | null>
  saveFile(kind: SaveKind, suggestedName: string): Promise<string | null>
}

export function createDialogs(window: () => BrowserWindow): Dialogs {
  // The folder of the last dialog, so that the next one starts there.
  let folder = app.getPath('documents')

  const remember = (path: string) => {
    folder = dirname(path)
    return path
  }

  return {
    async openFleetFile() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: 'Import a fleet',
        defaultPath: folder,
        properties: ['openFile'],
        filters: [
          { name: 'CSV', extensions: ['csv', 'tsv', 'txt'] },
          { name: 'All files', extensions: ['*'] },
        ],
      })
      const [path] = filePaths
      return canceled || path === undefined ? null : remember(path)
    },
    async saveFile(kind, suggestedName) {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        ...SAVE_KINDS[kind],
        filters: [
          ...SAVE_KINDS[kind].filters.map((filter) => ({ ...filter, extensions: [...filter.extensions] })),
        ],
        defaultPath: join(folder, basename(suggestedName)),
      })
      return canceled || filePath === '' ? null : remember(filePath)
    },
  }
}
