import { app, type BrowserWindow, dialog } from 'electron'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Log } from './log.ts'

/** What to do about a database that cannot be opened. */
export type WayOut = 'restore' | 'move-aside' | 'quit'

/**
 * Says, on standard error and in a dialog, why the program cannot start, and asks for the way out. Only a
 * broken file can be left by another way than out: it is moved aside, never deleted.
 */
export async function askForWayOut(error: unknown, window: BrowserWindow, log: Log): Promise<WayOut> {
  const message = startFailureMessage(error, log)
  process.stderr.write(`strikeline: ${message}\n`)
  const ways: readonly (readonly [string, WayOut])[] =
    error instanceof StrikelineError && error.code === 'database-broken'
      ? [
          ['Quit', 'quit'],
          ['Restore the newest backup', 'restore'],
          ['Start empty', 'move-aside'],
        ]
      : [['Quit', 'quit']]
  const detail = ways.length > 1 ? 'Whatever you choose, the broken file is kept under another name.' : ''
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'Strikeline cannot open its data.',
    detail: `${message}\n\n${detail}`.trim(),
    buttons: ways.map(([label]) => label),
    defaultId: 0,
    cancelId: 0,
  })
  return ways[response]?.[1] ?? 'quit'
}

function startFailureMessage(error: unknown, log: Log): string {
  if (error instanceof StrikelineError) return error.message
  log.write('The program could not start:', error)
  return `Something went wrong inside Strikeline. Details are in ${log.file}.`
}

/** Ends a start that did not get as far as a window, with one line on standard error. */
export function refuseToStart(message: string, exitCode: 1 | 2): void {
  process.stderr.write(`strikeline: ${message}\n`)
  // Elsewhere a program that is started by a click has nobody who reads standard error.
  if (process.platform !== 'linux') dialog.showErrorBox('Strikeline', message)
  app.exit(exitCode)
}

/** The same for an error; there is no log yet, so an unexpected one is shown whole. */
export function refuseAfterFault(error: unknown): void {
  const fault = error instanceof Error ? (error.stack ?? error.message) : String(error)
  refuseToStart(error instanceof StrikelineError ? error.message : fault, 1)
}
