import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import type { OutgoingName, Permit } from '#electron/security/outgoing.ts'
import { mayLeave, OUTGOING } from '#electron/security/outgoing.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { createPastService } from '#electron/services/past-service.ts'
import { createSecretFile } from '#electron/services/secret-file.ts'
import { createWebhookService } from '#electron/services/webhook-service.ts'
import type { Fetch } from '#electron/sources/http.ts'
import { outgoing } from '#electron/sources/outgoing.ts'
import { happen, stale } from '../unit/alerts/webhook-world.ts'
import { answering, MEMPOOL, NOW_MS, sendJson, serve } from '../unit/sources/servers.ts'
import { openIn, temporaryFolder } from '../unit/store/stores.ts'

const KINDS = Object.keys(OUTGOING) as readonly OutgoingName[]

describe('what may leave', () => {
  const permits: readonly Permit[] = [
    { kind: 'network-sources', address: 'https://mempool.space/api' },
    { kind: 'own-node', address: 'http://127.0.0.1:8332' },
    { kind: 'webhook', address: 'https://hooks.example.com/services/T0?sig=1' },
  ]
  test.each([
    'https://mempool.space/api',
    'https://mempool.space/api/v1/prices?since=1',
    'http://127.0.0.1:8332/',
    'https://hooks.example.com/services/T0?sig=1',
  ])('%s', (address) => {
    expect(mayLeave(permits, address)).toBe(true)
  })
  test.each([
    'https://mempool.space/',
    'https://mempool.space/apix/v1',
    'https://mempool.space/api/../admin',
    'https://mempool.space/api/%2e%2e/admin',
    'http://mempool.space/api',
    'https://mempool.space:8443/api',
    'https://mempool.space.example.com/api',
    'https://user:secret@mempool.space/api',
    'https://mempool.space@example.com/api',
    'http://127.0.0.1:8333/',
    'https://127.0.0.1:8332/',
    'https://hooks.example.com/services/T0?sig=2',
    'https://hooks.example.com/services/T0',
    'https://hooks.example.com/services/T0/more?sig=1',
    'https://hooks.example.com/',
    'https://example.com/',
    'file:///etc/passwd',
    'data:text/plain,x',
    '',
    'not an address',
  ])('not %s', (address) => {
    expect(mayLeave(permits, address)).toBe(false)
  })
  test('nothing, where nothing is on', () => {
    expect(mayLeave([], 'https://mempool.space/api')).toBe(false)
  })
})

test('what is off is refused before anything is sent', async () => {
  let sent = 0
  const leave = outgoing(
    () => Promise.resolve([]),
    () => Promise.resolve(new Response(String(sent++))),
  )
  await expect(leave('https://example.com/')).rejects.toThrow('it is switched off')
  expect(sent).toBe(0)
})

test('leave for one address is none for another', async () => {
  let sent = 0
  const leave = outgoing(
    () => Promise.resolve([{ kind: 'own-node', address: 'http://127.0.0.1:8332' }]),
    () => Promise.resolve(new Response(String(sent++))),
  )
  const fetch = await leave('http://127.0.0.1:8332/')
  await expect(fetch('https://example.com/', {})).rejects.toThrow('it was not asked for')
  expect(sent).toBe(0)
})

/** Every service that connects to the outside, with all that they send written down. */
async function program(on: ReadonlySet<OutgoingName>) {
  const servers = {
    'network-sources': await serve(answering(MEMPOOL)),
    'own-node': await serve((_, response) => sendJson(response, { result: null, error: null, id: 1 })),
    webhook: await serve((_, response) => response.end()),
  }
  const settings: Partial<Settings> = {
    networkOrder: on.has('network-sources') ? 'bitcoind,mempool' : 'bitcoind',
    mempoolUrl: servers['network-sources'].url,
    bitcoindUrl: on.has('own-node') ? servers['own-node'].url : '',
  }
  const folder = temporaryFolder()
  const store = await openIn(folder)
  await store.writeSettings(settings)
  const sent: string[] = []
  const recording: Fetch = (url, init) => {
    sent.push(new URL(url).origin)
    return fetch(url, init)
  }
  const asking = {
    ...{ store, version: '0', nowMs: () => NOW_MS, timeoutMs: 2000, fetch: recording },
    bitcoindPassword: () => Promise.resolve('user:password'),
  }
  const network = createNetworkService(asking)
  const past = createPastService(asking)
  const webhook = createWebhookService({
    ...{ store, version: '0', nowMs: () => NOW_MS, fetch: recording },
    secrets: createSecretFile({ keystore: null, file: join(folder, 'secrets.json') }),
    readMoney: () => Promise.resolve(US_DOLLARS),
    variables: {},
    onError: (error) => expect.unreachable(String(error)),
  })
  if (on.has('webhook')) await webhook.set(`${servers.webhook.url}/hook`)
  await happen(store, NOW_MS, stale('height'))
  await network.refresh()
  network.start()
  network.wake()
  await past.backfillToEnd()
  webhook.start()
  await webhook.deliver()
  await Promise.all([network.stop(), past.stop(), webhook.stop()])
  const asked = (kind: OutgoingName) => servers[kind].asked.length
  const allowed = new Set<string>(KINDS.filter((kind) => on.has(kind)).map((kind) => servers[kind].url))
  return { asked, strangers: sent.filter((origin) => !allowed.has(origin)) }
}

describe.each(KINDS)('%s', (kind) => {
  test('off: nothing leaves, while all others are on', async () => {
    const { asked, strangers } = await program(new Set(KINDS.filter((other) => other !== kind)))
    expect(asked(kind)).toBe(0)
    expect(strangers).toEqual([])
    for (const other of KINDS) if (other !== kind) expect(asked(other), other).toBeGreaterThan(0)
  })
  test('on alone: it leaves for its address and for no other', async () => {
    const { asked, strangers } = await program(new Set([kind]))
    expect(asked(kind)).toBeGreaterThan(0)
    expect(strangers).toEqual([])
  })
})

test('the documentation has the same table', () => {
  const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')
  const rows = [...text.matchAll(/^\| `([a-z-]+)` +\| (.*?) +\| (.*?) +\| (.*?) +\|/gm)].map((match) =>
    match.slice(1),
  )
  expect(rows).toEqual(
    Object.entries(OUTGOING).map(([kind, { purpose, to, switchedOnBy }]) => [
      kind,
      purpose,
      to,
      switchedOnBy,
    ]),
  )
})

test('one kind alone is on at the first start', () => {
  expect(KINDS.filter((kind) => OUTGOING[kind].onAtFirstStart)).toEqual(['network-sources'])
})
