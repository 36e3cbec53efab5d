import { app } from 'electron'
import type { Log } from './log.ts'

/** What must be closed before the program ends. */
export type Closable = { close(): Promise<void> }

/**
 * The program ends with its window, not before what it holds is closed, and with `process.exitCode`. The
 * windows are gone by then: whoever quits does not look at one that waits for the disk.
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

/** A fault nobody caught leaves the program in an unknown state: say so, keep it in the log, end. */
export function endOnFault(log: Log): void {
  const end = (error: unknown) => {
    log.write('Fault in the main process:', error)
    process.stderr.write(`strikeline: a fault ended the program; details are in ${log.file}\n`)
    app.exit(1)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}
