import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { AskContext } from '#electron/sources/provider.ts'
import { createHttp } from '#electron/sources/http.ts'

/** The moment that the fixtures speak of: 2026-10-05 12:00:00 UTC. */
export const NOW_MS = 1_791_201_600_000

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/network/${name}.json`, import.meta.url), 'utf8'))

export type Answers = Readonly<Record<string, unknown>>
export const MEMPOOL = fixture('mempool') as Answers
export const PRICES = fixture('prices') as Readonly<
  Record<'kraken' | 'krakenFault' | 'coingecko' | 'coinbase', object>
>

export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void
export type TestServer = {
  readonly url: string
  readonly host: string
  /** paths in the order in which they were asked */
  readonly asked: string[]
  readonly headers: IncomingMessage['headers'][]
  handler: Handler
}

/** A real server on 127.0.0.1 that ends with the test. */
export async function serve(handler: Handler): Promise<TestServer> {
  const server = createServer((request, response) => {
    // Tests say what time it is.
    response.sendDate = false
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      made.asked.push(request.url ?? '')
      made.headers.push(request.headers)
      made.handler(request, response, Buffer.concat(chunks).toString())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const made: TestServer = { url: `http://${host}`, host, asked: [], headers: [], handler }
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return made
}

export function sendJson(response: ServerResponse, answer: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

/** Answers by path (the query does not count), 404 for the rest. */
export const answering =
  (answers: Answers): Handler =>
  (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '')
    if (Object.hasOwn(answers, path)) sendJson(response, answers[path])
    else sendJson(response, 'no such path', 404)
  }

/** The context in which a provider asks this server. */
export function contextOf(
  baseUrl: string,
  more: Partial<AskContext> & { timeoutMs?: number } = {},
): AskContext {
  const nowMs = more.nowMs ?? (() => NOW_MS)
  return {
    http: createHttp({
      leave: () => Promise.resolve((url, init) => fetch(url, init)),
      userAgent: 'Strikeline/test',
      nowMs,
      timeoutMs: more.timeoutMs ?? 10_000,
      maxBytes: 1_000_000,
      signal: new AbortController().signal,
    }),
    nowMs,
    baseUrl,
    credentials: () => Promise.resolve(null),
    ...more,
  }
}
