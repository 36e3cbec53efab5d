import { describe, expect, it, onTestFinished } from 'vitest'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { createAlertService } from '#electron/services/alert-service.ts'
import { createBackupService } from '#electron/services/backup-service.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { createPastService } from '#electron/services/past-service.ts'
import { createUpkeep } from '#electron/services/upkeep.ts'
import { startMempoolServer } from '../../mempool-server.ts'
import { openInThread, temporaryFolder } from '../store/stores.ts'

const nowMs = () => Date.now()
/** What was broken off by the end of the test is no fault. */
function unexpected(error: unknown): void {
  if (!(error instanceof StrikelineError && error.code === 'cancelled')) expect.unreachable(String(error))
}

/** Services on a real database and a real server of the network, with a copy of it as it is before anything was asked. */
async function services(beforeNetwork = () => Promise.resolve()) {
  const server = await startMempoolServer()
  const store = await openInThread(temporaryFolder())
  await store.writeSettings({ autoRefresh: true, networkOrder: 'mempool', mempoolUrl: server.url })
  const network = createNetworkService({ store, version: '1', onError: unexpected })
  const past = createPastService({ store, version: '1', onError: unexpected })
  const alerts = createAlertService({
    store,
    readNetwork: () => beforeNetwork().then(() => network.read()),
    readPast: () => past.read(),
    notifications: false,
    onError: unexpected,
  })
  const told: string[] = []
  const tell = (part: string) => () => Promise.resolve(void told.push(part))
  const backups = createBackupService({
    store,
    network,
    past,
    alerts,
    upkeep: createUpkeep({ store, nowMs, onError: unexpected }),
    nowMs,
    tell: {
      fleet: tell('fleet'),
      network: tell('network'),
      settings: tell('settings'),
      alerts: tell('alerts'),
      past: tell('past'),
      scenarios: tell('scenarios'),
      ledger: tell('ledger'),
    },
    onRestored: () => told.push('restored'),
    onError: unexpected,
  })
  onTestFinished(async () => {
    await Promise.all([network.stop(), past.stop(), alerts.stop()])
    await server.close()
  })
  const { name } = await backups.make()
  return { server, store, network, past, alerts, backups, told, name }
}

describe('a restore', () => {
  it('ends the filling of the history first: it would go on in another history and leave a hole', async () => {
    const { store, past, backups, name } = await services()
    await past.backfill()
    await expect
      .poll(async () => (await store.readPastMarks()).length, { timeout: 10_000 })
      .toBeGreaterThan(0)
    await backups.restore(name)
    expect(await past.status()).toMatchObject({ running: false, progress: null })
    expect(await store.readPastMarks()).toEqual([])
    expect((await past.read()).series.dates).toEqual([])
  })

  it('waits for an evaluation of alerts, whose memory would be written to another alert', async () => {
    let goOn: () => void = () => undefined
    let reading = Promise.resolve()
    const { store, alerts, backups, name } = await services(() => reading)
    await alerts.put(null, { kind: 'hashprice-below', usdPerPhDay: 40 })
    reading = new Promise((resolve) => (goOn = resolve))
    const order: string[] = []
    const evaluation = alerts.evaluate().then(() => order.push('evaluated'))
    const restored = backups.restore(name).then(() => order.push('restored'))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(order).toEqual([])
    goOn()
    await Promise.all([evaluation, restored])
    expect(order).toEqual(['evaluated', 'restored'])
    expect(await store.readAlerts()).toEqual([])
  })

  it('tells that everything is another one before it tells what it is', async () => {
    const { backups, told, name } = await services()
    await backups.restore(name)
    expect(told).toEqual(['restored', 'settings', 'alerts', 'past', 'scenarios', 'ledger', 'fleet'])
  })

  it.each([true, false])(
    'asks the network again only where the settings that came back want it: %s',
    async (wanted) => {
      const { store, server, network, backups } = await services()
      await store.writeSettings({ autoRefresh: wanted })
      const { name } = await backups.make()
      await network.refresh()
      const asked = server.requests()
      expect(asked).toBeGreaterThan(0)
      await store.writeSettings({ autoRefresh: !wanted })
      await backups.restore(name)
      const price = async () => (await network.read()).values.priceUsdPerBtc?.value ?? null
      if (wanted) {
        await expect.poll(price).toBe(88_300)
      } else {
        await new Promise((resolve) => setTimeout(resolve, 200))
        expect(server.requests()).toBe(asked)
        expect(await price()).toBeNull()
      }
    },
  )
})
