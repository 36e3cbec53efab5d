import { app } from 'electron'
import type { Log } from './log.ts'

/** What must be closed before the program ends. */
export type Closable = { close(): Promise<void> }

/**
 * The program ends with its window, with `process.exitCode`, once the database is closed. The windows are gone by then,
 * so nobody watches one wait for the disk.
 */
export function closeBeforeQuit(held: () => Closable | null, log: Log): void {
  let closing = false
  app.on('window-all-closed', () => {
    app.quit()
  })
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    Promise.resolve(held()?.close())
      .then(() => {
        app.exit(Number(process.exitCode ?? 0))
      })
      .catch((error: unknown) => {
        log.write('The database could not be closed:', error)
        app.exit(1)
      })
  })
}

/** An uncaught fault leaves the program in an unknown state: report it, log it, end. */
export function endOnFault(log: Log): void {
  const end = (error: unknown) => {
    log.write('Fault in the main process:', error)
    process.stderr.write(`strikeline: a fault ended the program; details are in ${log.file}\n`)
    app.exit(1)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}
