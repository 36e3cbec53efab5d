import { join } from 'node:path'
import { app, dialog } from 'electron'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import type { Log } from './log.ts'

/** The window is closed, and nobody can stop it any more. */
const UNWATCHED = { step: () => undefined, isCancelled: () => false }

/**
 * Puts the file of another computer in place of the database, which is closed by now, and has the program start again. Where
 * that fails everything is as it was, and the program starts on that.
 */
export async function takeOver(path: string, dataFolder: string, log: Log): Promise<void> {
  try {
    const { moveIn } = await import('#electron/store/sqlite/move.ts')
    await moveIn(path, join(dataFolder, DATABASE_NAME), Date.now(), UNWATCHED)
  } catch (error) {
    log.write('A file of another computer was not taken over:', error)
    dialog.showErrorBox('The file was not taken over', error instanceof Error ? error.message : String(error))
  }
  app.relaunch()
}
