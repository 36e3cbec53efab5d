import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { redact } from '#electron/security/redact.ts'

export type Log = {
  /** where a person finds it */
  readonly file: string
  /** One entry: the sentence and, if given, the error with its stack. Never throws. */
  write(message: string, cause?: unknown): void
}

const MAX_BYTES = 1_000_000
const KEPT = 3

/**
 * The log in the data folder, for faults only: `strikeline.log`, and `strikeline.1.log` … for the older ones.
 * Keys and addresses are redacted before anything is written.
 */
export function createLog(folder: string, nowMs: () => number = Date.now, maxBytes: number = MAX_BYTES): Log {
  const name = (age: number) => join(folder, age === 0 ? 'strikeline.log' : `strikeline.${age}.log`)

  function rotate() {
    const size = statSync(name(0), { throwIfNoEntry: false })?.size ?? 0
    if (size < maxBytes) return
    rmSync(name(KEPT), { force: true })
    for (let age = KEPT - 1; age >= 0; age--) {
      if (statSync(name(age), { throwIfNoEntry: false })) renameSync(name(age), name(age + 1))
    }
  }

  return {
    file: name(0),
    write(message, cause) {
      const detail = cause === undefined ? '' : ` ${describe(cause)}`
      const line = redact(`${new Date(nowMs()).toISOString()} ${message}${detail}\n`)
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        rotate()
        appendFileSync(name(0), line, { mode: 0o600 })
      } catch (error) {
        // A full or read-only disk: the entry still shows in a terminal.
        process.stderr.write(`${line}(the log could not be written: ${describe(error)})\n`)
      }
    },
  }
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const stack = cause.stack ?? `${cause.name}: ${cause.message}`
  return cause.cause === undefined ? stack : `${stack}\nbecause of ${describe(cause.cause)}`
}
