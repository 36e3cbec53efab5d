import { Readable } from 'node:stream'
import type { IncomingMessage } from 'electron'
import { net, session } from 'electron'
import type { Fetch } from '#electron/sources/http.ts'

/**
 * Fetches from sources through Chromium's network, which knows the system's proxy. It has its own session in memory,
 * since the page's session lets nothing out. The session is made at the first question, when Electron is ready for
 * it. Electron's own `fetch` is not used: an answer that fits no `Response`, such as one with the status 999, ends the program there.
 */
export const sourceFetch: Fetch = (url, { method = 'GET', headers, body, signal }) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const request = net.request({
      ...{ url, method, session: session.fromPartition('sources', { cache: false }) },
      ...{ redirect: 'manual', credentials: 'omit', cache: 'no-store' },
    })
    for (const [name, value] of new Headers(headers)) request.setHeader(name, value)
    let answer: IncomingMessage | null = null
    signal?.addEventListener(
      'abort',
      () => {
        const reason: unknown = signal.reason
        reject(reason instanceof Error ? reason : new Error('it was broken off'))
        if (answer !== null) readableOf(answer).destroy(new Error('it was broken off'))
        request.abort()
      },
      { once: true },
    )
    request.on('error', reject)
    request.on('response', (response) => {
      answer = response
      // A body that nobody reads may break off too.
      readableOf(response).on('error', () => undefined)
      try {
        resolve(responseOf(response))
      } catch {
        reject(new Error('its answer makes no sense'))
        request.abort()
      }
    })
    request.end(typeof body === 'string' ? body : undefined)
  })

const readableOf = (response: IncomingMessage) => response as unknown as Readable
const WITHOUT_BODY = new Set([204, 205, 304])

/** @throws RangeError or TypeError where it has a status or a header that no response can have */
function responseOf(response: IncomingMessage): Response {
  const { statusCode: status } = response
  const headers = new Headers()
  for (const [name, value] of Object.entries(response.headers))
    headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  const body = WITHOUT_BODY.has(status) ? null : Readable.toWeb(readableOf(response))
  return new Response(body as ReadableStream | null, { status, headers })
}
