/**
 * Everything that can go wrong across the process border, as a closed list. The sentence is made where the
 * fault is known (it names the file, row, column or field and what to do); the code tells the screen what
 * kind of fault it is. A stack never crosses.
 */
export const ERROR_CODES = [
  'bad-input', // a field or file content is not acceptable
  'file-unreadable', // cannot open, too large, wrong encoding
  'file-unwritable',
  'database-newer', // written by a newer version
  'database-broken', // not a database, or damaged
  'not-found', // the row or token is gone
  'conflict', // somebody else has changed it meanwhile
  'cancelled', // the user stopped it
  'network', // a source did not answer as promised
  'internal', // a fault of ours; the sentence says where the log is
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** No schema: this file is loaded before the window opens, and only our own code makes one. */
export type Failure = {
  readonly code: ErrorCode
  readonly message: string
  /** the field of a form that the message is about */
  readonly field?: string | undefined
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }

/** A fault that a person can act on. Any other error becomes `internal` at the process border. */
export class StrikelineError extends Error {
  readonly code: ErrorCode
  readonly field: string | undefined
  constructor(code: ErrorCode, message: string, field?: string) {
    super(message)
    this.name = 'StrikelineError'
    this.code = code
    this.field = field
  }
}
