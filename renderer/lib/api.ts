import type { Api } from '#shared/ipc/api.ts'
import type { Failure, Result } from '#shared/ipc/errors.ts'

/** Every call to the main process goes through here; nothing else reads `window.api`. */
export const api: Api = (window as unknown as { readonly api: Api }).api

/**
 * Turns a call that was rejected (the main process is gone, the channel refused the sender) into a failure like any
 * other, so that callers handle one shape.
 */
export async function settle<T>(answer: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await answer
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault)
    const error: Failure = { code: 'internal', message: `The program did not answer: ${reason}` }
    return { ok: false, error }
  }
}
