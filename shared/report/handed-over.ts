import type { ErrorCode } from '../ipc/errors.ts'
import type { ReportCase } from './case.ts'
import type { LookedBack } from './looked-back.ts'

/** What is made of a case beside its pages: a workbook, its tables as CSV in one archive, or as one JSON document. */
export type HandedOver = 'workbook' | 'csv' | 'json'

/** What the thread that writes them is told, and what it says. */
export type HandedOverRequest = {
  readonly kind: HandedOver
  readonly path: string
  readonly reportCase: ReportCase
  /** absent: it is computed with the tables */
  readonly lookedBack?: LookedBack | null
  /** one 32-bit number: 1 asks it to stop */
  readonly stop: ArrayBufferLike
}

export type HandedOverReply =
  | { readonly progress: { readonly done: number; readonly total: number } }
  | { readonly tables: number }
  | { readonly fault: { readonly code: ErrorCode; readonly message: string } }
