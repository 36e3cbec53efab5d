import { StrikelineError } from '#shared/ipc/errors.ts'
import type { ErrorCode } from '#shared/ipc/errors.ts'
import type { OnBroken } from './open-database.ts'
import type { StoreCalls } from '../port.ts'

/** The first message to the worker. */
export type WorkerInput = {
  readonly file: string
  readonly assetsFolder: string
  /** 'unchecked': the caller only reads, and looks into the file's soundness itself */
  readonly onBroken: OnBroken | 'unchecked'
  /** Int32: calls up to this number have been cancelled */
  readonly cancelled: SharedArrayBuffer
}

export type TaskProgress = {
  readonly task: 'import' | 'export' | 'change' | 'backup' | 'restore' | 'move'
  readonly done: number
  readonly total: number
}

export type CallName = keyof StoreCalls
export type Request = {
  readonly number: number
  readonly call: CallName | 'close'
  readonly args: readonly unknown[]
}

/** Number 0 answers the opening of the file, with the names of the calls. */
export const OPENED = 0

export type Reply =
  | { readonly number: number; readonly value: unknown }
  | { readonly number: number; readonly failure: SentFailure }
  | { readonly progress: TaskProgress }

/** An error as it crosses between the threads; without a code it is a fault of ours, with its stack for the log. */
type SentFailure = {
  readonly code?: ErrorCode
  readonly message: string
  readonly field?: string | undefined
  readonly stack?: string | undefined
}

export function sentFailure(error: unknown): SentFailure {
  if (error instanceof StrikelineError) {
    return { code: error.code, message: error.message, field: error.field }
  }
  return error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) }
}

export function receivedError({ code, message, field, stack }: SentFailure): Error {
  if (code !== undefined) return new StrikelineError(code, message, field)
  const error = new Error(message)
  if (stack !== undefined) error.stack = stack
  return error
}
