import { reasonOf, retryAfterMs } from './http.ts'
import type { Leave } from './outgoing.ts'

export type PostOptions = {
  readonly leave: Leave
  readonly userAgent: string
  readonly nowMs: () => number
  readonly timeoutMs: number
  /** stops what is under way */
  readonly signal: AbortSignal
}

/** What came back; nothing of the answer but its status and its pause is looked at. */
export type PostAnswer =
  | { readonly status: number; readonly tookMs: number; readonly pauseMs: number | null }
  /** why there is no answer, as the end of a sentence */
  | { readonly reason: string; readonly isLate: boolean }

/** Sends one JSON document. Never rejects, follows no redirect and reads no body; no sentence holds the address. */
export async function postJson(
  address: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
  options: PostOptions,
): Promise<PostAnswer> {
  const { nowMs, timeoutMs } = options
  let late: AbortSignal | null = null
  let begunMs = nowMs()
  const closing = new AbortController()
  try {
    const send = await options.leave(address)
    late = AbortSignal.timeout(timeoutMs)
    begunMs = nowMs()
    const response = await send(address, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': options.userAgent },
      body: JSON.stringify(body),
      redirect: 'manual',
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.any([late, options.signal, closing.signal]),
    })
    return {
      status: response.status,
      tookMs: nowMs() - begunMs,
      pauseMs: retryAfterMs(response.headers.get('retry-after'), nowMs()),
    }
  } catch (error) {
    if (late?.aborted === true)
      return { reason: `it did not answer within ${timeoutMs / 1000} s`, isLate: true }
    if (options.signal.aborted) return { reason: 'it was not waited for', isLate: false }
    // It is printed in a terminal too: nothing that steers one, or turns the direction of text.
    const reason = reasonOf(error)
      .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
      .slice(0, 200)
    // Electron rejects a redirect that is not followed, Node answers with its status.
    if (/redirect/i.test(reason)) return { status: 302, tookMs: nowMs() - begunMs, pauseMs: null }
    return {
      reason: reason.includes(new URL(address).pathname) ? 'the connection failed' : reason,
      isLate: false,
    }
  } finally {
    // Closes the connection, whatever is still to come of its answer.
    closing.abort()
  }
}
