import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { conditionsOf, usesSample, withoutSample } from '#shared/ipc/conditions.ts'
import { toBeTold, VALUES_BENEATH } from '#shared/ipc/freshness.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { networkStateSchema } from '#shared/ipc/schemas/network.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { openIn, temporaryFolder } from '../store/stores.ts'
import { standingClock } from '../standing-clock.ts'
import { answering, MEMPOOL, NOW_MS, serve } from './servers.ts'

const SAMPLE_MS = Date.UTC(2026, 9, 5, 9, 41, 42)
/** Weeks after the day of the sample. */
const LATER_MS = NOW_MS + 50 * 86_400_000

const sourcesOf = ({ values }: NetworkState) =>
  Object.fromEntries(NETWORK_VALUE_NAMES.map((name) => [name, values[name]?.source ?? null]))
const allFrom = (source: string | null) =>
  Object.fromEntries(NETWORK_VALUE_NAMES.map((name) => [name, source]))

async function sampleFleet(mempoolUrl = 'http://127.0.0.1:9', nowMs = LATER_MS) {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  await store.writeSettings({ networkOrder: 'mempool', mempoolUrl })
  await store.loadSample()
  const seen: NetworkState[] = []
  const service = createNetworkService({
    store,
    version: '1',
    ...standingClock(nowMs).options,
    onChange: (state) => void seen.push(networkStateSchema.parse(state)),
  })
  return { folder, store, service, seen }
}

describe('the sample network under the sample fleet', () => {
  test('gives every value while nobody has said anything, dated and never stale', async () => {
    const { service } = await sampleFleet()
    const state = await service.read()
    expect(sourcesOf(state)).toEqual(allFrom('sample'))
    expect(state.values.priceUsdPerBtc).toEqual({
      value: 86_000,
      source: 'sample',
      asOfMs: SAMPLE_MS,
      fetchedAtMs: SAMPLE_MS,
      stale: false,
    })
    expect(state.previousAdjustments[0]).toBe(-0.0003)
    // Its day is nobody's calendar.
    expect(conditionsOf(state)).toMatchObject({ epoch: { blocks: 296, seconds: 181_506 }, atMs: null })
  })

  test('a typed value replaces itself alone, and taken back the sample is there again', async () => {
    const { service } = await sampleFleet()
    expect(sourcesOf(await service.type('priceUsdPerBtc', 70_000))).toEqual({
      ...allFrom('sample'),
      priceUsdPerBtc: 'typed',
    })
    expect(sourcesOf(await service.type('priceUsdPerBtc', null))).toEqual(allFrom('sample'))
    // A rate that was typed is no answer of a source either.
    expect(sourcesOf(await service.typeRate('EUR', 1.08))).toEqual(allFrom('sample'))
  })

  test('its earlier adjustments go with its epoch', async () => {
    const { service } = await sampleFleet()
    await service.type('epochBlocks', 900)
    expect((await service.read()).previousAdjustments).toHaveLength(6)
    expect(conditionsOf(await service.read())?.atMs).toBeNull()
    const typed = await service.type('epochSeconds', 540_000)
    expect(typed.previousAdjustments).toEqual([])
    expect(conditionsOf(typed)).toMatchObject({ epoch: { blocks: 900, seconds: 540_000 }, atMs: LATER_MS })
  })

  test('the first answer ends it whole: one price, and nothing of the sample is left', async () => {
    const server = await serve(answering({ '/api/v1/prices': MEMPOOL['/api/v1/prices'] }))
    const { service } = await sampleFleet(server.url, NOW_MS)
    await service.type('height', 970_001)
    const state = await service.refresh()
    expect(sourcesOf(state)).toEqual({ ...allFrom(null), height: 'typed', priceUsdPerBtc: 'mempool' })
    expect(state.previousAdjustments).toEqual([])
    expect(conditionsOf(state)).toBeNull()
  })

  test('all answers end it, also after the source is gone', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service, store } = await sampleFleet(server.url, NOW_MS)
    expect(sourcesOf(await service.refresh())).toEqual(allFrom('mempool'))
    await store.writeSettings({ mempoolUrl: 'http://127.0.0.1:9' })
    expect(sourcesOf(await service.refresh())).toEqual(allFrom('mempool'))
  })

  test('a source that does not answer leaves it', async () => {
    const { service } = await sampleFleet()
    const state = await service.refresh()
    expect(sourcesOf(state)).toEqual(allFrom('sample'))
    expect(state.sources[0]?.lastError).not.toBeNull()
  })

  test('an imported network file ends it', async () => {
    const server = await serve(answering(MEMPOOL))
    const online = await sampleFleet(server.url, NOW_MS)
    await online.service.refresh()
    const file = join(online.folder, 'network.json')
    await online.store.exportNetworkFile(file, NOW_MS, '1')
    const { service, store } = await sampleFleet(undefined, NOW_MS)
    await store.importNetworkFile(file, NOW_MS)
    expect(sourcesOf(await service.reread())).toEqual(allFrom('mempool'))
  })

  test('is not in a network file, for it is nothing that was ever said', async () => {
    const { store, folder } = await sampleFleet()
    const file = join(folder, 'network.json')
    expect(await store.exportNetworkFile(file, NOW_MS, '1')).toMatchObject({ taken: 0 })
  })

  test('goes with its fleet: whoever shows it is told once', async () => {
    const { service, store, seen } = await sampleFleet()
    await service.fleetChanged()
    expect(seen.map(usesSample)).toEqual([true])
    const { machines } = await store.readFleet()
    await store.updateMachines([machines.key[0]!], { status: 'off' })
    await service.fleetChanged()
    expect(seen).toHaveLength(1)
    await store.removeMachines([...machines.key])
    await service.fleetChanged()
    expect(seen.map(usesSample)).toEqual([true, false])
    expect(sourcesOf(seen[1]!)).toEqual(allFrom(null))
  })

  test('left out, what remains is what was typed', async () => {
    const { service } = await sampleFleet()
    const known = withoutSample(await service.type('priceUsdPerBtc', 70_000))
    expect(sourcesOf(known)).toEqual({ ...allFrom(null), priceUsdPerBtc: 'typed' })
    expect(known.previousAdjustments).toEqual([])
    const missing = (name: string) => ({ name, state: 'missing', asOfMs: Number.NaN })
    const told = toBeTold(known, VALUES_BENEATH.margins, [])
    expect(told.filter(({ state }) => state !== 'typed')).toEqual(
      ['height', 'difficulty', 'feesBtcPerBlock'].map(missing),
    )
    expect(told.filter(({ state }) => state === 'typed').map(({ name }) => name)).toEqual(['priceUsdPerBtc'])
  })
})

describe('the adjustment ahead, while nothing arrives', () => {
  test('is told of when it passes', async () => {
    const store = await openIn(temporaryFolder())
    const { clock, waiting, options } = standingClock(NOW_MS)
    const seen: NetworkState[] = []
    await store.writeSettings({ autoRefresh: false })
    const service = createNetworkService({
      store,
      version: '1',
      ...options,
      onChange: (state) => void seen.push(state),
    })
    const typed = { height: 969_700, difficulty: 1.3e14, priceUsdPerBtc: 86_000, feesBtcPerBlock: 0.02 }
    for (const [name, value] of Object.entries({ ...typed, epochBlocks: 1900, epochSeconds: 1_140_000 }))
      await service.type(name as keyof typeof typed, value)
    const told = seen.length
    service.start()
    while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(seen).toHaveLength(told)
    // 116 blocks are there in less than a day.
    clock.nowMs = NOW_MS + 2 * 86_400_000
    waiting[0]!.work()
    while (seen.length === told) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(seen.at(-1)!.readAtMs).toBe(clock.nowMs)
    await service.stop()
  })
})
