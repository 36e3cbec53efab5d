import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app } from 'electron'
import { StrikelineError } from '#shared/ipc/errors.ts'

/**
 * Makes the data folder and puts Chromium's own files below it, so that two data folders share nothing.
 *
 * @param given what --data says; null: the operating system's place for it
 * @throws StrikelineError 'file-unwritable'
 */
export function useDataFolder(given: string | null): string {
  const folder = given === null ? app.getPath('userData') : resolve(given)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StrikelineError('file-unwritable', `The data folder ${folder} cannot be used: ${reason}`)
  }
  app.setPath('userData', folder)
  app.setPath('sessionData', join(folder, 'chromium'))
  return folder
}

/**
 * The data folder of a command. It may run beside the open window of the same folder, so Chromium's files lie
 * apart from the window's. Makes no folder: most commands need neither Chromium nor the data.
 */
export function useCommandFolder(given: string | null): string {
  const folder = given === null ? app.getPath('userData') : resolve(given)
  app.setPath('sessionData', join(folder, 'chromium-commands'))
  return folder
}
