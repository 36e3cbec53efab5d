import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Http } from '#electron/sources/http.ts'
import { createHttp, retryAfterMs, SourceFault } from '#electron/sources/http.ts'
import type { Handler } from './servers.ts'
import { NOW_MS, sendJson, serve } from './servers.ts'

const client = (more: Partial<Parameters<typeof createHttp>[0]> = {}): Http =>
  createHttp({
    leave: () => Promise.resolve((url, init) => fetch(url, init)),
    userAgent: 'Strikeline/1.2.3',
    nowMs: () => NOW_MS,
    timeoutMs: 10_000,
    maxBytes: 1_000_000,
    signal: new AbortController().signal,
    ...more,
  })

/** The fault with which the server's answer is refused; the server's address reads "host". */
async function faultOf(handler: Handler, http = client()): Promise<SourceFault> {
  const server = await serve(handler)
  const fault: unknown = await http.json(`${server.url}/v1/prices`).catch((error: unknown) => error)
  if (!(fault instanceof SourceFault)) throw new Error('the answer was taken', { cause: fault })
  return new SourceFault(fault.what.replaceAll(server.host, 'host'), {
    endpoint: fault.endpoint,
    pauseMs: fault.pauseMs,
    ...(fault.status === null ? {} : { status: fault.status }),
  })
}

describe('a sound answer', () => {
  test('is given as JSON, and the request says who asks', async () => {
    const server = await serve((_, response) => sendJson(response, { USD: 85_850 }))
    expect(await client().json(`${server.url}/v1/prices`)).toEqual({ USD: 85_850 })
    expect(server.headers[0]!['user-agent']).toBe('Strikeline/1.2.3')
    expect(server.headers[0]!.authorization).toBeUndefined()
  })
  test('may be compressed', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"USD":1}'))
    })
    expect(await client().json(server.url)).toEqual({ USD: 1 })
  })
  test('to a question with a body and credentials: both arrive', async () => {
    let got = ''
    const server = await serve((_, response, body) => {
      got = body
      sendJson(response, 'ok')
    })
    await client().json(server.url, { body: { method: 'getblockcount' }, credentials: '__cookie__:abc' })
    expect(JSON.parse(got)).toEqual({ method: 'getblockcount' })
    const sent = server.headers[0]!.authorization!.replace('Basic ', '')
    expect(Buffer.from(sent, 'base64').toString()).toBe('__cookie__:abc')
  })
})

describe('a bad answer is refused with the reason in words', () => {
  test('no answer within the time', async () => {
    const fault = await faultOf(() => undefined, client({ timeoutMs: 60 }))
    expect(fault).toMatchObject({ what: 'host did not answer within 0.06 s', endpoint: '/v1/prices' })
  })
  test('a body that drips until the time is over', async () => {
    const fault = await faultOf(
      (_, response) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write(' '), 5)
        response.on('close', () => clearInterval(drip))
      },
      client({ timeoutMs: 100 }),
    )
    expect(fault.what).toBe('host did not answer within 0.1 s')
  })
  test('a body that is cut, with and without a length', async () => {
    const cut = (headers: Record<string, string>) =>
      faultOf((_, response) => {
        response.writeHead(200, headers).write('{"USD": 858')
        setTimeout(() => response.destroy(), 20)
      })
    expect((await cut({ 'content-length': '200' })).what).toBe('host broke off in the middle of its answer')
    expect((await cut({})).what).toBe('host broke off in the middle of its answer')
  })
  test('nothing listens there', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    await expect(client().json(`http://127.0.0.1:${port}/v1/prices`)).rejects.toMatchObject({
      what: `127.0.0.1:${port} cannot be reached (nothing listens there)`,
      endpoint: '/v1/prices',
    })
  })
  test('a redirect that the fetch function itself refuses, as Electron’s does', async () => {
    const refusing = () => Promise.reject(new Error('Redirect was cancelled'))
    await expect(
      client({ leave: () => Promise.resolve(refusing) }).json('http://127.0.0.1/'),
    ).rejects.toMatchObject({
      what: '127.0.0.1 redirects elsewhere, which is not followed',
    })
  })
  test('a page instead of data, as a 200 and as a 502', async () => {
    const page: (status: number) => Handler = (status) => (_, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>')
    }
    expect((await faultOf(page(200))).what).toBe('host answered with a page instead of data (HTTP 200)')
    expect((await faultOf(page(502))).what).toBe('host answered with a page instead of data (HTTP 502)')
  })
  test('an error, and data that is not JSON', async () => {
    const fault = await faultOf((_, response) => sendJson(response, 'sorry', 500))
    expect(fault).toMatchObject({
      what: 'host answered with an error (HTTP 500)',
      status: 500,
      pauseMs: null,
    })
    expect((await faultOf((_, response) => response.end('{"USD": NaN}'))).what).toBe(
      'host answered with something that is not JSON (HTTP 200)',
    )
    expect((await faultOf((_, response) => response.end(Buffer.from([0xff, 0xfe, 0x00])))).what).toBe(
      'host sent something that is not text',
    )
  })
  test('a redirect is not followed, and the other host gets no request', async () => {
    const other = await serve((_, response) => sendJson(response, { USD: 1 }))
    const fault = await faultOf((_, response) => {
      response.writeHead(302, { location: `${other.url}/v1/prices` }).end()
    })
    expect(fault.what).toBe(`host redirects to ${other.host} (HTTP 302), which is not followed`)
    expect(other.asked).toEqual([])
  })
  test('100 MB are not read to their end, announced or not', async () => {
    let sent = 0
    const flood: (headers: Record<string, string>) => Handler = (headers) => (_, response) => {
      response.writeHead(200, headers)
      const chunk = Buffer.alloc(100_000, 32)
      const more = () => {
        while (!response.destroyed && sent < 100_000_000) {
          sent += chunk.length
          if (!response.write(chunk)) return void response.once('drain', more)
        }
      }
      more()
    }
    expect((await faultOf(flood({}))).what).toBe('host sent more than 1 MB, which was not read to its end')
    expect((await faultOf(flood({ 'content-length': '100000000' }))).what).toMatch(/more than 1 MB/)
    expect(sent).toBeLessThan(50_000_000)
  })
  test('a gzip bomb is stopped at the limit of what it expands to', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, 32))
    expect(bomb.length).toBeLessThan(200_000)
    const fault = await faultOf((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    })
    expect(fault.what).toBe('host sent more than 1 MB, which was not read to its end')
  })
  test('random bytes under a gzip header', async () => {
    const fault = await faultOf((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(createHash('sha512').update('x').digest())
    })
    expect(fault.what).toBe('host broke off in the middle of its answer')
  })
  test('asked too often: with a pause in seconds, as a date, and without', async () => {
    const busy = (status: number, headers: Record<string, string>) =>
      faultOf((_, response) => response.writeHead(status, headers).end())
    expect(await busy(429, { 'retry-after': '120' })).toMatchObject({
      what: 'host was asked too often, and asks for a pause of 120 s (HTTP 429)',
      pauseMs: 120_000,
    })
    const date = new Date(NOW_MS + 30_000).toUTCString()
    expect(await busy(503, { 'retry-after': date })).toMatchObject({
      what: 'host is not available at the moment, and asks for a pause of 30 s (HTTP 503)',
      pauseMs: 30_000,
    })
    expect(await busy(429, {})).toMatchObject({ what: 'host was asked too often (HTTP 429)', pauseMs: null })
  })
  test('an answer that is stopped from our side', async () => {
    const leaving = new AbortController()
    const fault = await faultOf(
      () => {
        leaving.abort()
      },
      client({ signal: leaving.signal }),
    )
    expect(fault.what).toBe('host was not waited for')
  })
})

test('a Retry-After that makes no sense is no pause, and none is longer than an hour', () => {
  const read = (header: string | null) => retryAfterMs(header, NOW_MS)
  expect([null, '', 'soon', '-5', '0', '1.5e99x', new Date(NOW_MS - 1000).toUTCString()].map(read)).toEqual(
    Array.from({ length: 7 }, () => null),
  )
  expect(read('86400')).toBe(3_600_000)
  expect(read(' 7 ')).toBe(7000)
})

test('what a server says cannot steer a terminal or break a line', () => {
  const fault = new SourceFault('host answered: \u001b[2J\u001b]0;x\u0007 no\r\nsuch\u202e thing')
  expect(fault.what).toBe('host answered:  [2J ]0;x  no  such  thing')
  expect(fault.message).toBe(fault.what)
})
