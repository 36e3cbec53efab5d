import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createSecretFile } from '#electron/services/secret-file.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { NOW_MS, serve } from '../sources/servers.ts'
import { temporaryFolder } from '../store/stores.ts'
import { happen, program, receiver, stale } from './webhook-world.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

describe('an alert', () => {
  test('goes to the address once, with its figures, and is done with any 2xx', async () => {
    const to = await receiver(204)
    const { store, webhook } = await program()
    await webhook.set(`${to.url}/services/T0/B0/key`)
    await happen(store, NOW_MS, {
      ...{ kind: 'hashprice-below', usdPerPhDay: 31.234, thresholdUsdPerPhDay: 34 },
      fleet: {
        ...{ lots: 3, machines: 40, usdPerDay: 210.5 },
        under: { lots: 1, machines: 10, usdPerDay: -12.25 },
      },
    })
    await webhook.deliver()
    await webhook.deliver()
    expect(to.asked).toEqual(['/services/T0/B0/key'])
    expect(to.got).toEqual([
      {
        version: 1,
        program: 'Strikeline',
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        at: '2026-10-05T12:00:00.000Z',
        kind: 'hashprice-below',
        title: 'Hashprice below $34.00',
        text: expect.stringMatching(
          /^Hashprice at \$31\.23 .*, below your \$34\.00\. .*40 machines in 3 lots/,
        ) as string,
        content: to.got[0]!.text,
        figures: {
          hashpriceUsdPerPhDay: 31.234,
          thresholdUsdPerPhDay: 34,
          fleet: {
            ...{ lots: 3, machines: 40, usdPerDay: 210.5 },
            under: { lots: 1, machines: 10, usdPerDay: -12.25 },
          },
        },
      },
    ])
    expect(to.headers[0]).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': to.got[0]!.id,
      'user-agent': 'Strikeline/1.2.3',
    })
    expect(await webhook.read()).toEqual({
      address: { host: to.host, from: 'session' },
      keystore: false,
      fault: null,
      waiting: 0,
      nextMs: null,
      last: { atMs: NOW_MS, state: 'sent', words: `Sent; ${to.host} answered 204 in less than 0.1 s.` },
    })
  })

  test('that happened before the address was set is not sent, nor while there is none', async () => {
    const to = await receiver()
    const { store, webhook } = await program()
    await happen(store, NOW_MS, stale('height'))
    await webhook.deliver()
    await webhook.set(to.url)
    await webhook.deliver()
    expect(to.got).toEqual([])
    await webhook.remove()
    await happen(store, NOW_MS, stale('fees'))
    await webhook.deliver()
    await webhook.set(to.url)
    await happen(store, NOW_MS, stale('price'))
    await webhook.deliver()
    expect(to.got.map(({ text }) => text)).toEqual([expect.stringContaining('price')])
  })

  test('waits its turn: the order is kept over a failure', async () => {
    const to = await receiver(500)
    const { store, webhook, clock } = await program()
    await webhook.set(to.url)
    await happen(store, NOW_MS, stale('height'), stale('fees'))
    await webhook.deliver()
    expect(to.got).toHaveLength(1)
    await webhook.deliver()
    expect(to.got).toHaveLength(1)
    expect(await webhook.read()).toMatchObject({ waiting: 2, nextMs: NOW_MS + 10 * SECOND })
    clock.nowMs += 10 * SECOND
    await webhook.deliver()
    expect(to.got.map(({ figures }) => figures['values'])).toEqual([['height'], ['height'], ['fees']])
    // A repetition can be told from another alert.
    expect(to.got[1]!.id).toBe(to.got[0]!.id)
    expect(to.got[2]!.id).not.toBe(to.got[0]!.id)
  })
})

describe('a receiver that does not take it', () => {
  test('is asked again after 10 s, 1 min, 5 min, 30 min, 2 h and then every hour, for a day', async () => {
    const to = await receiver(...Array.from({ length: 60 }, () => 503))
    const { store, webhook, told, clock, waiting } = await program()
    await webhook.set(to.url)
    webhook.start()
    await happen(store, NOW_MS, stale('height'))
    await webhook.deliver()
    const pauses: number[] = []
    while (told.givenUp.length === 0) {
      pauses.push(waiting[0]!.delayMs)
      clock.nowMs += waiting[0]!.delayMs
      await webhook.deliver()
    }
    expect(pauses.slice(0, 7)).toEqual([10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, HOUR, HOUR])
    expect(clock.nowMs - NOW_MS).toBeLessThanOrEqual(24 * HOUR)
    expect(clock.nowMs - NOW_MS).toBeGreaterThan(22 * HOUR)
    expect(told.givenUp).toEqual([`Not taken; ${to.host} answered 503: it is not available at the moment.`])
    expect(await webhook.read()).toMatchObject({ waiting: 0, last: { state: 'given-up' } })
  })

  test.each([
    ['7200', HOUR],
    ['120', 2 * MINUTE],
    ['3', 10 * SECOND],
    ['soon', 10 * SECOND],
    [new Date(NOW_MS + 5 * MINUTE).toUTCString(), 5 * MINUTE],
  ])('and asks for a pause of %s gets it, within bounds', async (after, pauseMs) => {
    const to = await receiver({ status: 429, headers: { 'retry-after': after } })
    const { store, webhook } = await program()
    await webhook.set(to.url)
    await happen(store, NOW_MS, stale('height'))
    await webhook.deliver()
    expect(await webhook.read()).toMatchObject({ waiting: 1, nextMs: NOW_MS + pauseMs })
  })

  test.each([400, 401, 403, 404, 405, 410, 413, 422])(
    'with %i is not asked again, and the next alert is sent',
    async (status) => {
      const to = await receiver(status)
      const { store, webhook, told } = await program()
      await webhook.set(to.url)
      await happen(store, NOW_MS, stale('height'), stale('fees'))
      await webhook.deliver()
      expect(to.got).toHaveLength(2)
      expect(told.givenUp).toEqual([expect.stringContaining(`answered ${status}`)])
      expect(await webhook.read()).toMatchObject({ waiting: 0, last: { state: 'sent' } })
    },
  )

  test.each([408, 425, 429, 500, 502])('with %i is asked again', async (status) => {
    const to = await receiver(status)
    const { store, webhook, told } = await program()
    await webhook.set(to.url)
    await happen(store, NOW_MS, stale('height'))
    await webhook.deliver()
    expect(told.givenUp).toEqual([])
    expect(await webhook.read()).toMatchObject({ waiting: 1, last: { state: 'waiting' } })
  })

  test('and redirects gets nothing, and neither does where it redirects to', async () => {
    const elsewhere = await receiver()
    const to = await receiver({ status: 307, headers: { location: `${elsewhere.url}/taken` } })
    const { store, webhook } = await program()
    await webhook.set(to.url)
    await happen(store, NOW_MS, stale('height'))
    await webhook.deliver()
    expect(elsewhere.asked).toEqual([])
    expect((await webhook.read()).last).toMatchObject({
      state: 'waiting',
      words: expect.stringContaining('it redirects elsewhere, which is not followed') as string,
    })
  })

  test('and does not answer is not waited for', async () => {
    const to = await serve(() => undefined)
    const { store, webhook } = await program({ timeoutMs: 200 })
    await webhook.set(to.url)
    await happen(store, NOW_MS, stale('height'))
    await webhook.deliver()
    expect((await webhook.read()).last?.words).toBe(
      `No answer from ${to.host}: it did not answer within 0.2 s.`,
    )
  })

  test('and sends a body without end is not listened to', async () => {
    let written = 0
    let closed = false
    const to = await serve((_, response) => {
      response.on('close', () => (closed = true))
      response.writeHead(200)
      const more = () => {
        while (!closed && response.write(Buffer.alloc(100_000))) written++
      }
      response.on('drain', more)
      more()
    })
    const { store, webhook } = await program()
    await webhook.set(to.url)
    await happen(store, NOW_MS, stale('height'))
    await webhook.deliver()
    expect((await webhook.read()).last?.state).toBe('sent')
    await expect.poll(() => closed).toBe(true)
    expect(written).toBeLessThan(1000)
  })

  test('whose certificate nobody vouches for gets nothing', async () => {
    let asked = 0
    const server = createServer({ key: KEY, cert: CERTIFICATE }, (_, response) => {
      asked++
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { store, webhook } = await program()
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    await webhook.set(`https://${host}/hook`)
    await happen(store, NOW_MS, stale('height'))
    await webhook.deliver()
    expect(asked).toBe(0)
    expect((await webhook.read()).last?.words).toBe(
      `No answer from ${host}: its certificate is not accepted.`,
    )
  })
})

describe('a queue', () => {
  test('outlives the program, with what was tried', async () => {
    const to = await receiver(500)
    const first = await program({ variables: { STRIKELINE_WEBHOOK_URL: to.url } })
    await first.webhook.begin()
    await happen(first.store, NOW_MS, stale('height'))
    await first.webhook.deliver()
    await first.webhook.stop()
    await first.store.close()
    const { folder } = first
    const next = await program({ folder, variables: { STRIKELINE_WEBHOOK_URL: to.url } })
    next.clock.nowMs += HOUR
    next.webhook.start()
    await next.webhook.deliver()
    expect(to.got).toHaveLength(2)
    expect(to.got[1]!.id).toBe(to.got[0]!.id)
  })

  test('is sent by one of two programs, each alert once', async () => {
    const to = await receiver()
    const variables = { STRIKELINE_WEBHOOK_URL: to.url }
    const a = await program({ variables })
    const b = await program({ folder: a.folder, variables })
    await a.webhook.begin()
    await happen(a.store, NOW_MS, ...Array.from({ length: 20 }, (_, i) => stale(`value ${i}`)))
    for (let i = 0; i < 40 && to.got.length < 20; i++)
      await Promise.all([a.webhook.deliver(), b.webhook.deliver()])
    expect(to.got.map(({ figures }) => figures['values'])).toEqual(
      Array.from({ length: 20 }, (_, i) => [`value ${i}`]),
    )
    expect((await b.webhook.read()).waiting).toBe(0)
  })

  test('what a program had in hand when it ended is sent a minute later', async () => {
    const to = await receiver()
    const { store, webhook, clock } = await program({ variables: { STRIKELINE_WEBHOOK_URL: to.url } })
    await webhook.begin()
    await happen(store, NOW_MS, stale('height'))
    const dead = await store.claimWebhook(NOW_MS)
    await webhook.deliver()
    expect(to.got).toEqual([])
    clock.nowMs += MINUTE
    await webhook.deliver()
    expect(to.got.map(({ id }) => id)).toEqual([dead!.id])
    // What the dead one says afterwards no longer counts.
    await store.settleWebhook(dead!, { state: 'waiting', atMs: NOW_MS, nextMs: NOW_MS, words: 'late' })
    expect((await webhook.read()).waiting).toBe(0)
  })

  test('goes to another address at once', async () => {
    const wrong = await receiver(500)
    const right = await receiver()
    const { store, webhook } = await program()
    await webhook.set(wrong.url)
    await happen(store, NOW_MS, stale('height'))
    await webhook.deliver()
    await webhook.set(right.url)
    await webhook.deliver()
    expect(right.got).toHaveLength(1)
  })

  test('has no old news: what nobody could send for a day is not sent', async () => {
    const to = await receiver()
    const { store, webhook, clock } = await program({ variables: { STRIKELINE_WEBHOOK_URL: to.url } })
    await webhook.begin()
    await happen(store, NOW_MS, stale('height'))
    clock.nowMs += 24 * HOUR
    await webhook.deliver()
    expect(to.got).toEqual([])
    expect((await webhook.read()).waiting).toBe(0)
  })

  test('that a copy holds is not sent again after a restore', async () => {
    const to = await receiver(500)
    const { store, webhook, clock } = await program({ variables: { STRIKELINE_WEBHOOK_URL: to.url } })
    await webhook.begin()
    await happen(store, NOW_MS, stale('height'))
    await webhook.deliver()
    const { name } = await store.makeBackup(NOW_MS)
    clock.nowMs += HOUR
    await webhook.deliver()
    expect(to.got).toHaveLength(2)
    await store.restoreBackup(name, clock.nowMs)
    await webhook.deliver()
    expect(to.got).toHaveLength(2)
    await happen(store, clock.nowMs, stale('fees'))
    await webhook.deliver()
    expect(to.got.map(({ figures }) => figures['values'])).toEqual([['height'], ['height'], ['fees']])
  })
})

test('secrets that nobody can read do not stop an evaluation', async () => {
  const { folder, store, webhook, told } = await program()
  writeFileSync(join(folder, 'secrets.json'), 'nonsense')
  await webhook.begin()
  await happen(store, NOW_MS, stale('height'))
  await webhook.deliver()
  expect(told.faults.map(String)).toEqual([
    expect.stringContaining('is damaged'),
    expect.stringContaining('is damaged'),
  ])
  expect(await webhook.read()).toMatchObject({
    address: null,
    fault: expect.stringContaining('is damaged') as string,
  })
  // An address that is typed anew takes their place.
  expect(await webhook.set('https://hooks.example.com/x')).toMatchObject({ fault: null })
})

test('a window whose keystore is locked for a while sends what waits once it is open', async () => {
  const to = await receiver()
  let isLocked = true
  const folder = temporaryFolder()
  const secrets = createSecretFile({
    file: join(folder, 'secrets.json'),
    keystore: {
      isAvailable: () => Promise.resolve(true),
      encrypt: (text) => Promise.resolve(Buffer.from(text)),
      decrypt: (bytes) =>
        isLocked ? Promise.reject(new Error('locked')) : Promise.resolve(bytes.toString()),
    },
  })
  await secrets.write('webhook', to.url)
  const { store, webhook, waiting, clock, told } = await program({ folder, secrets })
  await webhook.begin()
  await happen(store, NOW_MS, stale('height'))
  webhook.start()
  await webhook.deliver()
  expect(told.faults.map(String)).toEqual([expect.stringContaining('another keystore') as string])
  expect(waiting).toHaveLength(1)
  isLocked = false
  clock.nowMs += waiting[0]!.delayMs
  waiting[0]!.work()
  await webhook.deliver()
  expect(to.got).toHaveLength(1)
})

test('what was left of an address that is gone does not go to a new one', async () => {
  const [old, next] = [await receiver(500), await receiver()]
  const variables = { STRIKELINE_WEBHOOK_URL: old.url }
  const first = await program({ variables })
  await first.webhook.begin()
  await happen(first.store, NOW_MS, stale('height'))
  await first.webhook.deliver()
  const second = await program({ folder: first.folder })
  await second.webhook.set(next.url)
  await second.webhook.deliver()
  expect(next.got).toEqual([])
})

describe('a test', () => {
  test('is sent once, now, and says in words how it went', async () => {
    const to = await receiver(200, 404)
    const { webhook } = await program()
    await webhook.set(to.url)
    expect(await webhook.test()).toEqual({
      arrived: true,
      words: `Sent; ${to.host} answered 200 in less than 0.1 s.`,
    })
    expect(to.got).toMatchObject([{ kind: 'test', title: 'Test from Strikeline', figures: {} }])
    expect(await webhook.test()).toEqual({
      arrived: false,
      words: `Not taken; ${to.host} answered 404: there is no receiver at this address.`,
    })
    expect(await webhook.read()).toMatchObject({ waiting: 0, last: null })
  })

  test('needs an address', async () => {
    const { webhook } = await program()
    await expect(webhook.test()).rejects.toMatchObject({ code: 'not-found' })
  })

  test('of nobody says so', async () => {
    const { webhook } = await program()
    await webhook.set('http://127.0.0.1:9/hook')
    const { arrived, words } = await webhook.test()
    expect(arrived).toBe(false)
    expect(words).toMatch(/^No answer from 127\.0\.0\.1:9: /)
  })
})

test('no sentence, no state and no file of the fleet holds the address', async () => {
  const KEY_IN_PATH = 'T0secretB0'
  const to = await receiver(500, { status: 302, headers: { location: '/T0secretB0/2' } }, 404)
  const { folder, store, webhook, told, clock } = await program()
  await webhook.set(`${to.url}/${KEY_IN_PATH}?sig=${KEY_IN_PATH}`)
  await happen(store, NOW_MS, stale('height'))
  for (let i = 0; i < 3; i++) {
    await webhook.deliver()
    clock.nowMs += HOUR
  }
  const test = await webhook.test()
  to.handler = (request) => request.socket.destroy()
  const silent = await webhook.test()
  expect(silent).toMatchObject({ arrived: false, words: expect.stringMatching(/^No answer/) as string })
  const said = JSON.stringify([await webhook.read(), told, test, silent])
  expect(to.asked[0]).toContain(KEY_IN_PATH)
  expect(said).not.toContain(KEY_IN_PATH)
  await store.close()
  expect(readFileSync(join(folder, DATABASE_NAME)).includes(KEY_IN_PATH)).toBe(false)
})

/** Made for this test with openssl, for 127.0.0.1; it protects nothing. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6Aq7MsWHpoZyeMC9
QqfO5bMR/0O1BNfvAvnHdO1jqgmhRANCAAQnD3TPvbVdJ/44jCEfvWcboP4ZtSTl
qB+eXSI8aFn8BkUpCzjIEm28XQ9TaNOM9ODKRS21uVxSFLxswxT89o33
-----END PRIVATE KEY-----`
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUNGbdSOz/SaSzYbwQiIpvLK4ax80wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjE4MjQ0M1oYDzIxMjYxMTAy
MTgyNDQzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQnD3TPvbVdJ/44jCEfvWcboP4ZtSTlqB+eXSI8aFn8BkUpCzjIEm28
XQ9TaNOM9ODKRS21uVxSFLxswxT89o33o2QwYjAdBgNVHQ4EFgQUA5XsIBQhebxf
m3pOW4AulYG+G+4wHwYDVR0jBBgwFoAUA5XsIBQhebxfm3pOW4AulYG+G+4wDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IC1WjaAXUiIeSB98SJGoHPIP8pTUGf3+rIpSQm6WGF0+AiEA37Zz776IOF0unEuq
5hOX3RRocdu1LPL5Si86E2QAQ4Q=
-----END CERTIFICATE-----`
