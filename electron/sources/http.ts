import { MS_PER_HOUR } from '#shared/domain/units.ts'
import { isUtf8 } from 'node:buffer'
import type { Lanes } from './one-at-a-time.ts'
import { createLanes } from './one-at-a-time.ts'
import type { Leave } from './outgoing.ts'

/** The part of the Fetch standard that is used; Node's own and Electron's `net.fetch` (which knows the system's proxy) fit. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * A source did not answer as promised. `what` is a sentence without its full stop, `endpoint` the path that was asked:
 * several endpoints that fail alike are told in one sentence.
 */
export class SourceFault extends Error {
  readonly what: string
  readonly endpoint: string | null
  /** HTTP status, null where there was no answer */
  readonly status: number | null
  /** the pause that the source asked for, ms; null where it did not */
  readonly pauseMs: number | null
  /** it was waited for in vain */
  readonly isLate: boolean
  constructor(
    what: string,
    more: {
      readonly endpoint?: string | null
      readonly status?: number
      readonly pauseMs?: number | null
      readonly isLate?: boolean
      readonly cause?: unknown
    } = {},
  ) {
    // It may quote a server, and is printed in a terminal too: nothing that steers one, or turns the direction of text.
    const printable = what.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    super(printable, { cause: more.cause })
    this.name = 'SourceFault'
    this.what = printable
    this.endpoint = more.endpoint ?? null
    this.status = more.status ?? null
    this.pauseMs = more.pauseMs ?? null
    this.isLate = more.isLate ?? false
  }
}

export type HttpRequest = {
  /** a body makes it a POST of JSON */
  readonly body?: unknown
  /** "user:password" for HTTP Basic */
  readonly credentials?: string | null
  /** answers of these statuses are given back like a 200 */
  readonly alsoAccept?: readonly number[]
  /** how the endpoint is called in a message; default: the path of the address */
  readonly endpoint?: string
}

export type Http = {
  /** The body as text. Throws a {@link SourceFault} for everything that is not a complete 200 within the limits. */
  readonly text: (url: string, request?: HttpRequest) => Promise<string>
  /** The body as parsed JSON. */
  readonly json: (url: string, request?: HttpRequest) => Promise<unknown>
  /** How far the clock of a server was ahead of this computer's at its last answer, ms; 0 where it was not, or did not say. */
  readonly aheadMs: (url: string) => number
}

export type HttpOptions = {
  readonly leave: Leave
  readonly userAgent: string
  readonly nowMs: () => number
  /** for the whole request, body included */
  readonly timeoutMs: number
  /** of the body after decompression; reading stops there */
  readonly maxBytes: number
  /** stops everything under way */
  readonly signal: AbortSignal
  /** shared between callers, so that each server gets one question at a time; default: own ones */
  readonly lanes?: Lanes
}

/** A source may ask for a pause; we wait no longer than this before we try again. */
export const LONGEST_PAUSE_MS = MS_PER_HOUR

/** Reads a Retry-After header: seconds or a date (RFC 9110, 10.2.3). null where it is absent or makes no sense. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null
  const text = header.trim()
  const pauseMs = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs
  return pauseMs > 0 ? Math.min(pauseMs, LONGEST_PAUSE_MS) : null
}

const LATE = 'late'

export function createHttp(options: HttpOptions): Http {
  const lanes = options.lanes ?? createLanes()
  const ahead = new Map<string, number>()
  const exchange = (url: string, request: HttpRequest) =>
    lanes(new URL(url).host, () => exchangeNow(url, request))

  async function exchangeNow(url: string, request: HttpRequest): Promise<{ status: number; body: string }> {
    const { host, pathname } = new URL(url)
    const endpoint = request.endpoint ?? pathname
    const controller = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const stop = () => {
      controller.abort()
    }
    options.signal.addEventListener('abort', stop)
    let answered = false
    try {
      options.signal.throwIfAborted()
      const send = await options.leave(url)
      timer = setTimeout(() => {
        controller.abort(LATE)
      }, options.timeoutMs)
      const response = await send(url, {
        method: request.body === undefined ? 'GET' : 'POST',
        headers: headersOf(request, options.userAgent),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        redirect: 'manual',
        cache: 'no-store',
        credentials: 'omit',
        signal: controller.signal,
      })
      answered = true
      const dateMs = Date.parse(response.headers.get('date') ?? '')
      ahead.set(host, Number.isNaN(dateMs) ? 0 : Math.max(0, dateMs - options.nowMs()))
      if (response.status !== 200 && !request.alsoAccept?.includes(response.status))
        throw statusFault(response, host, endpoint, options.nowMs())
      return { status: response.status, body: await bodyText(response, options.maxBytes, host, endpoint) }
    } catch (error) {
      if (error instanceof SourceFault) throw error
      const seconds = options.timeoutMs / 1000
      if (controller.signal.reason === LATE)
        throw new SourceFault(`${host} did not answer within ${seconds} s`, { endpoint, isLate: true })
      if (options.signal.aborted) throw new SourceFault(`${host} was not waited for`, { endpoint })
      if (answered) {
        const what = `${host} broke off in the middle of its answer`
        throw new SourceFault(what, { endpoint, cause: error })
      }
      const reason = reasonOf(error)
      const what = /redirect/i.test(reason)
        ? `${host} redirects elsewhere, which is not followed`
        : `${host} cannot be reached (${reason})`
      throw new SourceFault(what, { endpoint, cause: error })
    } finally {
      clearTimeout(timer)
      options.signal.removeEventListener('abort', stop)
      // Closes the connection of an answer that was too long or refused.
      controller.abort()
    }
  }

  async function json(url: string, request: HttpRequest = {}): Promise<unknown> {
    const { status, body } = await exchange(url, request)
    const { host, pathname } = new URL(url)
    const endpoint = request.endpoint ?? pathname
    try {
      return JSON.parse(body)
    } catch (error) {
      const what = /^\s*</.test(body) ? 'a page instead of data' : 'something that is not JSON'
      throw new SourceFault(`${host} answered with ${what} (HTTP ${status})`, { endpoint, cause: error })
    }
  }

  return {
    text: async (url, request = {}) => (await exchange(url, request)).body,
    json,
    aheadMs: (url) => ahead.get(new URL(url).host) ?? 0,
  }
}

function headersOf(request: HttpRequest, userAgent: string): Record<string, string> {
  return {
    accept: 'application/json, text/plain;q=0.9',
    'user-agent': userAgent,
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(request.credentials
      ? { authorization: `Basic ${Buffer.from(request.credentials).toString('base64')}` }
      : {}),
  }
}

function statusFault(response: Response, host: string, endpoint: string, nowMs: number): SourceFault {
  const { status, headers } = response
  const more = { endpoint, status }
  if (status >= 300 && status < 400) {
    const target = headers.get('location')
    const to =
      target !== null && URL.canParse(target, `http://${host}`) ? new URL(target, `http://${host}`) : null
    const where = to === null ? 'elsewhere' : `to ${to.host}`
    return new SourceFault(`${host} redirects ${where} (HTTP ${status}), which is not followed`, more)
  }
  if (status === 429 || status === 503) {
    const pauseMs = retryAfterMs(headers.get('retry-after'), nowMs)
    const why = status === 429 ? 'was asked too often' : 'is not available at the moment'
    const pause = pauseMs === null ? '' : `, and asks for a pause of ${Math.ceil(pauseMs / 1000)} s`
    return new SourceFault(`${host} ${why}${pause} (HTTP ${status})`, { ...more, pauseMs })
  }
  if (status === 401 || status === 403)
    return new SourceFault(`${host} refuses access (HTTP ${status})`, more)
  if (headers.get('content-type')?.includes('text/html'))
    return new SourceFault(`${host} answered with a page instead of data (HTTP ${status})`, more)
  return new SourceFault(`${host} answered with an error (HTTP ${status})`, more)
}

/** Reads chunk by chunk, so that an endless or exploding body costs no more memory than the limit. */
async function bodyText(
  response: Response,
  maxBytes: number,
  host: string,
  endpoint: string,
): Promise<string> {
  const tooLong = () =>
    new SourceFault(`${host} sent more than ${maxBytes / 1e6} MB, which was not read to its end`, {
      endpoint,
    })
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw tooLong()
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.byteLength
    if (bytes > maxBytes) throw tooLong()
    chunks.push(value)
  }
  const body = Buffer.concat(chunks)
  if (!isUtf8(body)) throw new SourceFault(`${host} sent something that is not text`, { endpoint })
  return body.toString('utf8')
}

/** Node hides the system's reason in a chain of causes; Electron has it in the message (net::ERR_…). */
export function reasonOf(error: unknown): string {
  let reason = String(error)
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AggregateError && cause.message === '') return reasonOf(cause.errors[0])
    reason = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
  }
  return WORDS.find(([pattern]) => pattern.test(reason))?.[1] ?? reason
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND|EAI_AGAIN|NAME_NOT_RESOLVED/, 'its name cannot be looked up; is this computer online?'],
  [/ECONNREFUSED|CONNECTION_REFUSED/, 'nothing listens there'],
  [/ECONNRESET|UND_ERR_SOCKET|CONNECTION_(RESET|CLOSED)|EMPTY_RESPONSE/, 'the connection was cut'],
  [
    /EHOSTUNREACH|ENETUNREACH|ADDRESS_UNREACHABLE|INTERNET_DISCONNECTED/,
    'no way there; is this computer online?',
  ],
  [/ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|CONNECTION_TIMED_OUT/, 'the connection timed out'],
  [/CERT|SELF_SIGNED/, 'its certificate is not accepted'],
  [/ERR_SSL|EPROTO/, 'it does not speak https there'],
  [/bad port|UNSAFE_PORT/, 'this port is kept for other things than web servers'],
  [/PROXY|TUNNEL/, 'the proxy does not let it through'],
]
