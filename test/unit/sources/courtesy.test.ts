import { describe, expect, test } from 'vitest'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { createLanes } from '#electron/sources/one-at-a-time.ts'
import { createPastService } from '#electron/services/past-service.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { makeStore } from './database.ts'
import { mempoolPast } from './past-world.ts'
import type { Handler } from './servers.ts'
import { answering, MEMPOOL, NOW_MS, serve } from './servers.ts'

/** Both services on one database, as the program has them. */
async function make(settings: Partial<Settings>) {
  const store = await makeStore(settings)
  const clock = { nowMs: NOW_MS }
  const options = { store, version: '1.2.3', nowMs: () => clock.nowMs, random: () => 0, lanes: createLanes() }
  return {
    store,
    clock,
    network: createNetworkService(options),
    filling: createPastService(options),
  }
}

const isOfThePast = (path: string) => /hashrate|historical|blocks\/fees|difficulty-adjustments$/.test(path)

/** Answers the present and the past, and counts how many questions it had before it at once. */
function counting(): { readonly most: () => number; readonly handler: Handler } {
  let [open, most] = [0, 0]
  const [present, past] = [answering(MEMPOOL), mempoolPast()]
  const handler: Handler = (request, response, body) => {
    open++
    most = Math.max(most, open)
    setTimeout(() => {
      open--
      const path = (request.url ?? '').replace(/\?.*/, '')
      ;(isOfThePast(path) ? past : present)(request, response, body)
    }, 5)
  }
  return { most: () => most, handler }
}

describe('one question at a time', () => {
  test('a round, and a back-fill beside it, never have two before the same source', async () => {
    const { most, handler } = counting()
    const server = await serve(handler)
    const { network, filling } = await make({ mempoolUrl: server.url })
    const [state, status] = await Promise.all([network.refresh(), filling.backfillToEnd()])
    expect(state.values.priceUsdPerBtc?.value).toBe(85_850)
    expect(status.faults).toEqual([])
    expect(server.asked.length).toBeGreaterThan(20)
    expect(most()).toBe(1)
  })
  test('what a source refuses because it is asked too often is not followed by the rest of the round', async () => {
    const server = await serve((_, response) => response.writeHead(429).end())
    const { network } = await make({ mempoolUrl: server.url })
    const { sources } = await network.refresh()
    expect(sources[0]!.lastError).toContain('was asked too often')
    expect(server.asked).toHaveLength(1)
  })
  test('a source that hangs holds up a round twice at most', async () => {
    const server = await serve(() => undefined)
    const store = await makeStore({ mempoolUrl: server.url })
    const service = createNetworkService({ store, version: '0', nowMs: () => NOW_MS, timeoutMs: 100 })
    await service.refresh()
    expect(server.asked).toHaveLength(2)
  })
})

describe('a pause that a source asked for', () => {
  const busy: Handler = (_, response) => response.writeHead(429, { 'retry-after': '600' }).end()

  test('of the back-fill is kept by the round too, and after a restart', async () => {
    const server = await serve(busy)
    const { store, network, filling, clock } = await make({ mempoolUrl: server.url })
    await filling.backfillToEnd()
    expect(server.asked).toHaveLength(1)
    expect((await network.refresh()).sources[0]).toMatchObject({ notBeforeMs: NOW_MS + 600_000 })
    const again = createPastService({ store, version: '0', nowMs: () => clock.nowMs })
    await again.backfillToEnd()
    expect(server.asked).toHaveLength(1)
  })
  test('of a round is kept by a back-fill that is under way', async () => {
    let network: ReturnType<typeof createNetworkService> | null = null
    const past = mempoolPast()
    const server = await serve((request, response, body) => {
      const isFirst = server.asked.length === 1
      if (!isOfThePast((request.url ?? '').replace(/\?.*/, ''))) busy(request, response, body)
      else if (!isFirst) past(request, response, body)
      else void network!.refresh().then(() => past(request, response, body))
    })
    const store = await makeStore({ mempoolUrl: server.url })
    // Without lanes of their own, so that the round comes in the middle of the first question.
    network = createNetworkService({ store, version: '0', nowMs: () => NOW_MS })
    const filling = createPastService({ store, version: '0', nowMs: () => NOW_MS })
    const { faults } = await filling.backfillToEnd()
    expect(faults[0]?.words).toContain('is left alone until 12:10 UTC')
    expect(server.asked.filter(isOfThePast)).toHaveLength(1)
  })
  test('is not undone by an answer that was under way when another question was told to wait', async () => {
    const server = await serve(answering(MEMPOOL))
    const { store, network } = await make({ mempoolUrl: server.url })
    const paused = { name: 'mempool', url: server.url, lastSuccessMs: null, lastError: null }
    server.handler = (request, response, body) => {
      void store
        .saveSourceStatus({ ...paused, notBeforeMs: NOW_MS + 600_000 })
        .then(() => answering(MEMPOOL)(request, response, body))
    }
    const { sources, values } = await network.refresh()
    expect(values.height?.value).toBe(970_000)
    expect(sources[0]).toMatchObject({ lastSuccessMs: NOW_MS, notBeforeMs: NOW_MS + 600_000 })
  })
  test('that lies beyond an hour was written under another clock, and counts no longer', async () => {
    const server = await serve(answering(MEMPOOL))
    const { store, network } = await make({ mempoolUrl: server.url })
    await store.saveSourceStatus({
      name: 'mempool',
      url: server.url,
      lastSuccessMs: null,
      lastError: null,
      notBeforeMs: NOW_MS + 300 * 86_400_000,
    })
    expect((await network.refresh()).values.height?.value).toBe(970_000)
  })
})

describe('settings that change meanwhile', () => {
  test('a source that is taken out of the order is not stored', async () => {
    const server = await serve(answering(MEMPOOL))
    const { store, network } = await make({ mempoolUrl: server.url })
    let isOut: Promise<unknown> | null = null
    server.handler = (request, response, body) => {
      isOut ??= store.writeSettings({ networkOrder: 'kraken' })
      void isOut.then(() => answering(MEMPOOL)(request, response, body))
    }
    await network.refresh()
    expect(await store.readNetworkValues()).toEqual([])
    expect(await store.readRates()).toEqual([])
    expect(await store.readAdjustments()).toEqual([])
  })
  test('a back-fill asks it no further', async () => {
    const server = await serve(mempoolPast())
    const whole = server.handler
    const { store, filling } = await make({ mempoolUrl: server.url })
    server.handler = (request, response, body) => {
      if (server.asked.length < 3) whole(request, response, body)
      else void store.writeSettings({ networkOrder: 'kraken' }).then(() => whole(request, response, body))
    }
    const status = await filling.backfillToEnd()
    expect(server.asked).toHaveLength(3)
    expect(status.unfinished).toBe(true)
    expect(status.faults[0]?.words).toContain('no longer asked')
    expect((await store.readPastMarks()).map(({ part }) => part).sort()).toEqual(['epochs', 'hashrate'])
  })
})
