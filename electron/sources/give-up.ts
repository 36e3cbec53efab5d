import type { Http, HttpRequest } from './http.ts'
import { SourceFault } from './http.ts'
import { createLanes } from './one-at-a-time.ts'

/** A server that was waited for in vain this often is not asked further in the same round. */
const MOST_SILENCES = 2

/**
 * The questions of one round to one source, one at a time. After the source has asked for a pause (429, 503) or was
 * silent twice, the rest fails with the same words without asking.
 */
export function untilSpared(http: Http): Http {
  const lane = createLanes()
  let silences = 0
  let last: SourceFault | null = null
  const guarded =
    <T>(ask: (url: string, request?: HttpRequest) => Promise<T>) =>
    (url: string, request: HttpRequest = {}) =>
      lane('', async () => {
        if (last !== null)
          throw new SourceFault(last.what, { endpoint: request.endpoint ?? null, cause: last })
        try {
          return await ask(url, request)
        } catch (error) {
          if (error instanceof SourceFault && isEnough(error)) last = error
          throw error
        }
      })
  function isEnough({ status, isLate }: SourceFault): boolean {
    if (isLate) silences++
    return status === 429 || status === 503 || silences >= MOST_SILENCES
  }
  return { text: guarded(http.text), json: guarded(http.json), aheadMs: http.aheadMs }
}
