import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AlertsState } from '#shared/ipc/schemas/alerts.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { AlertOccurrence } from '#shared/domain/alerts.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { AlertServiceOptions } from '#electron/services/alert-service.ts'
import { createAlertService } from '#electron/services/alert-service.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import { machineInput, NORTH, openIn, temporaryFolder } from '../store/stores.ts'

const NOW_MS = Date.UTC(2025, 10, 20, 12)
const DAY_MS = 86_400_000

/** A network that pays about 34.5 USD/PH/s/day, typed by hand. */
const VALUES = {
  height: 925_000,
  difficulty: 162.05e12,
  priceUsdPerBtc: 88_300,
  feesBtcPerBlock: 0.0201,
  epochBlocks: 1500,
  epochSeconds: 1500 * 632,
} as const

async function typeAll(store: Store, change: Partial<Record<keyof typeof VALUES, number>> = {}) {
  for (const name of NETWORK_VALUE_NAMES) {
    await store.typeNetworkValue(name, change[name] ?? VALUES[name], NOW_MS)
  }
}
const price = (store: Store, usd: number) => store.typeNetworkValue('priceUsdPerBtc', usd, NOW_MS)

async function serviceIn(folder: string, options: Partial<AlertServiceOptions> = {}) {
  const store = await openIn(folder)
  const said = {
    notified: [] as (readonly AlertOccurrence[])[],
    states: [] as AlertsState[],
    faults: [] as unknown[],
  }
  const asked = { network: 0, past: 0 }
  const service = createAlertService({
    store,
    readNetwork: () => {
      asked.network++
      return readNetworkState(store, NOW_MS)
    },
    readPast: () => {
      asked.past++
      return store.readPast([], NOW_MS)
    },
    nowMs: () => NOW_MS,
    notifications: true,
    notify: (happened) => said.notified.push(happened),
    onChange: (state) => said.states.push(state),
    onError: (error) => said.faults.push(error),
    ...options,
  })
  onTestFinished(() => service.stop())
  return { store, service, said, asked }
}

describe('the alerts of a store', () => {
  it('tell of a hashprice once, keep it with its time, and not again after a restart', async () => {
    const folder = temporaryFolder()
    const { store, service, said } = await serviceIn(folder)
    await typeAll(store)
    const before = await service.put(null, { kind: 'hashprice-below', usdPerPhDay: 34 })
    expect(before).toMatchObject({ rules: [{ activeSinceMs: null }], events: [], notifications: true })
    expect(said.notified).toEqual([])

    await price(store, 85_000)
    await service.evaluate()
    await service.evaluate()
    expect(said.notified).toHaveLength(1)
    const state = await service.read()
    expect(state.rules[0]!.activeSinceMs).toBe(NOW_MS)
    expect(state.events).toMatchObject([
      { atMs: NOW_MS, read: false, occurrence: { kind: 'hashprice-below', thresholdUsdPerPhDay: 34 } },
    ])
    expect(said.states.at(-1)).toEqual(state)
    await service.stop()
    await store.close()

    const again = await serviceIn(folder)
    await again.service.evaluate()
    expect(again.said.notified).toEqual([])
    const read = await again.service.markRead()
    expect(read.events).toMatchObject([{ read: true }])
    expect(again.said.faults).toEqual([])
  })

  it('name the lots that the market takes under, after any change of the fleet', async () => {
    const { store, service, said } = await serviceIn(temporaryFolder())
    await typeAll(store)
    const { key: siteKey } = await store.addSite({ ...NORTH, otherUsdPerKwh: 0, overhead: 0 })
    await service.put(null, { kind: 'breakeven-crossed' })
    // Their break-evens: 24 × J/TH × 0.0535, 33.4 and 19.3 USD/PH/s/day.
    const lot = { siteKey, poolFee: 0, uptime: 1, standbyW: 0 }
    await store.addMachine(machineInput({ ...lot, id: 'weak', quantity: 4, hashrateThs: 100, powerW: 2600 }))
    await store.addMachine(machineInput({ ...lot, id: 'strong', hashrateThs: 100, powerW: 1500 }))
    await service.evaluate()
    expect(said.notified).toEqual([])
    await price(store, 80_000)
    await service.evaluate()
    expect(said.notified).toMatchObject([
      [{ kind: 'breakeven-crossed', under: true, lots: 1, machines: 4, ids: ['weak'] }],
    ])
    await price(store, 88_300)
    await service.evaluate()
    expect(said.notified.slice(1)).toMatchObject([[{ under: false, ids: ['weak'] }]])
    expect((await service.read()).events.map(({ occurrence }) => occurrence)).toMatchObject([
      { under: false },
      { under: true },
    ])
  })

  it('tell of advice that changes, with lots, machines and money, once for all lots', async () => {
    const { store, service, said } = await serviceIn(temporaryFolder())
    await typeAll(store)
    const { key: siteKey } = await store.addSite({ ...NORTH, otherUsdPerKwh: 0, overhead: 0 })
    const lot = { siteKey, poolFee: 0, uptime: 1, standbyW: 0, restartUsd: 0, hashrateThs: 100 }
    for (let i = 0; i < 8; i++)
      await store.addMachine(machineInput({ ...lot, id: `weak ${i}`, quantity: 4, powerW: 2600 }))
    await store.addMachine(machineInput({ ...lot, id: 'strong', powerW: 1500 }))
    await store.addMachine(machineInput({ ...lot, id: 'shelf', status: 'off', powerW: 1500 }))
    await service.put(null, { kind: 'verdict-changed' })
    await service.evaluate()
    expect(said.notified).toEqual([])
    // What an operator does to the fleet is no news.
    await store.addMachine(machineInput({ ...lot, id: 'new', powerW: 5000 }))
    await service.evaluate()
    expect(said.notified).toEqual([])

    await price(store, 70_000)
    await service.evaluate()
    await service.evaluate()
    expect(said.notified).toHaveLength(1)
    const [[occurrence]] = said.notified as [[AlertOccurrence & { kind: 'verdict-changed' }]]
    expect(occurrence).toMatchObject({ kind: 'verdict-changed', lots: 8, machines: 32 })
    expect(occurrence.changes.every(({ ids }) => ids.length <= 5)).toBe(true)
    // 3.2 PH/s that cost 33.384 USD/PH/s/day: each day off saves what they lack, now and after an adjustment that changes little.
    const lackUsd = 3.2 * (24 * 26 * 0.0535 - occurrence.usdPerPhDay) * occurrence.horizonDays!
    expect(occurrence.gainUsd / lackUsd).toBeGreaterThan(0.7)
    expect(occurrence.gainUsd / lackUsd).toBeLessThan(1.3)
    await price(store, 70_300)
    await service.evaluate()
    expect(said.notified).toHaveLength(1)
    await price(store, 88_300)
    await service.evaluate()
    expect(said.notified.at(-1)).toMatchObject([{ kind: 'verdict-changed', lots: 8, machines: 32 }])
    expect(said.faults).toEqual([])
  })

  it('tell of strikes both ways, of lots that run and lots that are off, once', async () => {
    const { store, service, said } = await serviceIn(temporaryFolder())
    await typeAll(store)
    const { key: siteKey } = await store.addSite({ ...NORTH, otherUsdPerKwh: 0, overhead: 0 })
    // Without a restart cost both strikes are the break-even: 24 · 26 J/TH · 0.0535 = 33.4 USD/PH/s/day.
    const lot = { siteKey, poolFee: 0, uptime: 1, standbyW: 0, restartUsd: 0, hashrateThs: 100, powerW: 2600 }
    await store.addMachine(machineInput({ ...lot, id: 'runs', quantity: 4 }))
    await store.addMachine(machineInput({ ...lot, id: 'idle', quantity: 3, status: 'off' }))
    // A dear restart moves the strikes apart: it would stop far below and start far above.
    await store.addMachine(machineInput({ ...lot, id: 'patient', restartUsd: 30 }))
    await service.put(null, { kind: 'strike-crossed' })
    expect(said.notified).toEqual([])
    await price(store, 80_000)
    await service.evaluate()
    await service.evaluate()
    expect(said.notified).toMatchObject([
      [
        {
          kind: 'strike-crossed',
          under: true,
          stop: { lots: 1, machines: 4, ids: ['runs'] },
          start: { lots: 1, machines: 3, ids: ['idle'] },
        },
      ],
    ])
    await price(store, 88_300)
    await service.evaluate()
    expect(said.notified[1]).toMatchObject([
      { under: false, stop: { ids: ['runs'] }, start: { ids: ['idle'] } },
    ])
    expect(said.faults).toEqual([])
  })

  it('tell what a fleet makes at a hashprice and after an adjustment, and of an event of former versions nothing', async () => {
    const { store, service, said } = await serviceIn(temporaryFolder())
    await typeAll(store)
    const { key: siteKey } = await store.addSite({ ...NORTH, otherUsdPerKwh: 0, overhead: 0 })
    // Their break-evens: 24 × J/TH × 0.0535, 51.36 and 19.26 USD/PH/s/day.
    const lot = { siteKey, poolFee: 0, uptime: 1, standbyW: 0, hashrateThs: 100 }
    await store.addMachine(machineInput({ ...lot, id: 'weak', quantity: 4, powerW: 4000 }))
    await store.addMachine(machineInput({ ...lot, id: 'strong', quantity: 10, powerW: 1500 }))
    await store.addMachine(machineInput({ ...lot, id: 'shelf', status: 'off', powerW: 1500 }))
    await service.put(null, { kind: 'hashprice-below', usdPerPhDay: 40 })
    await service.put(null, { kind: 'adjustment-beyond', change: -0.02 })
    const [low, adjustment] = said.notified.flat() as [
      AlertOccurrence & { kind: 'hashprice-below' },
      AlertOccurrence & { kind: 'adjustment-beyond' },
    ]
    const moneyAt = (hashprice: number) => ({
      usdPerDay: expect.closeTo(0.4 * (hashprice - 51.36) + 1 * (hashprice - 19.26), 6) as number,
      under: { lots: 1, machines: 4, usdPerDay: expect.closeTo(0.4 * (hashprice - 51.36), 6) as number },
    })
    expect(low.fleet).toEqual({ lots: 2, machines: 14, ...moneyAt(low.usdPerPhDay) })
    const after = low.usdPerPhDay / (1 + adjustment.change)
    expect(adjustment.after).toEqual({
      usdPerPhDay: expect.closeTo(after, 9) as number,
      fleet: { lots: 2, machines: 14, ...moneyAt(after) },
      changeUsdPerDay: expect.closeTo(1.4 * (after - low.usdPerPhDay), 6) as number,
    })
    // Kept as told; one that was stored without the fleet is read as it was.
    const { rules, events } = await service.read()
    expect(events.map(({ occurrence }) => occurrence)).toEqual([adjustment, low])
    const former = { kind: 'hashprice-below', usdPerPhDay: 33, thresholdUsdPerPhDay: 34 } as const
    await store.saveAlertOutcome(rules[0]!.key, { active: true }, NOW_MS, [
      { atMs: NOW_MS + 1, occurrence: former },
    ])
    expect((await service.read()).events[0]!.occurrence).toEqual(former)
    expect(said.faults).toEqual([])
  })

  it('weigh the contracts that are stored', async () => {
    const { store, service, said } = await serviceIn(temporaryFolder())
    await typeAll(store)
    const { key: siteKey } = await store.addSite({ ...NORTH, otherUsdPerKwh: 0, overhead: 0 })
    const lot = { siteKey, poolFee: 0, uptime: 1, standbyW: 0, restartUsd: 0, hashrateThs: 100, powerW: 2600 }
    await store.addMachine(machineInput({ ...lot, id: 'committed', quantity: 4 }))
    // All its energy is committed, and handing it back brings nothing: it runs at any hashprice.
    await store.putContract(siteKey, {
      ...NO_CONTRACT,
      takeOrPay: {
        committedKwhPerDay: 24 * 4 * 2.6,
        per: 'hour',
        handBackUsdPerKwh: 0,
        handBack: null,
        committedUsdPerKwh: null,
      },
    })
    for (const kind of ['verdict-changed', 'strike-crossed', 'breakeven-crossed'] as const)
      await service.put(null, { kind })
    await price(store, 60_000)
    await service.evaluate()
    expect(said.notified).toEqual([])
    await store.putContract(siteKey, null)
    await price(store, 59_000)
    await service.evaluate()
    // The fleet's own price counts again, and these levels are both below it.
    expect(said.notified).toEqual([])
    await price(store, 88_300)
    await service.evaluate()
    expect(said.notified.flat().map(({ kind }) => kind)).toEqual([
      'verdict-changed',
      'strike-crossed',
      'breakeven-crossed',
    ])
    expect(said.faults).toEqual([])
  })

  it('tell of the expected adjustment, and keep still where the epoch is unknown', async () => {
    const { store, service, said } = await serviceIn(temporaryFolder())
    await typeAll(store)
    await service.put(null, { kind: 'adjustment-beyond', change: -0.02 })
    expect(said.notified).toMatchObject([[{ kind: 'adjustment-beyond', threshold: -0.02 }]])
    // No machine runs: there is no money to tell.
    expect(said.notified[0]![0]).not.toHaveProperty('after')
    await store.typeNetworkValue('epochBlocks', null, NOW_MS)
    await service.evaluate()
    expect((await service.read()).rules[0]!.activeSinceMs).toBe(NOW_MS)
    expect(said.notified).toHaveLength(1)
  })

  it('tell of missing data, not while the sources are being asked', async () => {
    let refreshing = true
    const { store, service, said } = await serviceIn(temporaryFolder(), {
      readNetwork: async (): Promise<NetworkState> => ({
        ...(await readNetworkState(store, NOW_MS)),
        refreshing,
      }),
    })
    await service.put(null, { kind: 'data-stale' })
    expect(said.notified).toEqual([])
    refreshing = false
    await typeAll(store)
    await store.typeNetworkValue('priceUsdPerBtc', null, NOW_MS)
    await service.evaluate()
    expect(said.notified).toEqual([[{ kind: 'data-stale', values: ['priceUsdPerBtc'] }]])
  })

  it('tell when the history takes NVT into its value zone, and read it only when it has changed', async () => {
    const folder = temporaryFolder()
    const { store, service, said, asked } = await serviceIn(folder)
    const firstDay = Math.floor(NOW_MS / DAY_MS) - 900
    const importDays = async (days: number) => {
      // The transfer value wavers a little, and grows strongly from day 890 on: then NVT falls.
      const lines = Array.from({ length: days }, (_, i) => {
        const date = new Date((firstDay + i) * DAY_MS).toISOString().slice(0, 10)
        return `${date},1000000000000,${1e10 * (1 - 0.05 * Math.sin(i / 40)) * (i > 890 ? 20 : 1)}`
      })
      const file = join(folder, 'daily.csv')
      writeFileSync(file, ['date,market_cap_usd,transfer_value_usd', ...lines, ''].join('\n'))
      await store.importDaily(file, NOW_MS)
    }
    await importDays(860)
    await typeAll(store)
    await service.put(null, { kind: 'nvt-zone' })
    await service.evaluate()
    expect(said.faults).toEqual([])
    expect(asked.past).toBe(1)
    expect((await service.read()).rules[0]!.activeSinceMs).toBeNull()
    await importDays(899)
    await service.evaluate()
    await service.evaluate()
    expect(asked.past).toBe(2)
    const lastDay = new Date((firstDay + 898) * DAY_MS).toISOString().slice(0, 10)
    expect(said.notified).toEqual([[{ kind: 'nvt-zone', entered: true, date: lastDay }]])
  })

  it('ask nobody where no alert is set, and read no history for other kinds', async () => {
    const { store, service, asked } = await serviceIn(temporaryFolder())
    await typeAll(store)
    await service.evaluate()
    expect(asked.network).toBe(0)
    await service.put(null, { kind: 'data-stale' })
    await service.evaluate()
    expect(asked).toEqual({ network: 2, past: 0 })
  })

  it('are evaluated once more, not once each, for calls that come together', async () => {
    const { store, service, asked } = await serviceIn(temporaryFolder())
    await typeAll(store)
    await service.put(null, { kind: 'data-stale' })
    asked.network = 0
    await Promise.all(Array.from({ length: 20 }, () => service.evaluate()))
    expect(asked.network).toBeLessThanOrEqual(2)
  })

  it('go on where one of them fails', async () => {
    const { store, service, said } = await serviceIn(temporaryFolder(), {
      readPast: () => Promise.reject(new Error('the disk is gone')),
    })
    await typeAll(store)
    await service.put(null, { kind: 'nvt-zone' })
    const state = await service.put(null, { kind: 'hashprice-below', usdPerPhDay: 40 })
    expect(said.faults).toMatchObject([{ message: 'the disk is gone' }, { message: 'the disk is gone' }])
    expect(state.events).toHaveLength(1)
  })

  it('are refused where there is the same already, and go on where one is saved unchanged', async () => {
    const { store, service, said } = await serviceIn(temporaryFolder())
    await typeAll(store)
    const { rules } = await service.put(null, { kind: 'hashprice-below', usdPerPhDay: 40 })
    await expect(service.put(null, { kind: 'hashprice-below', usdPerPhDay: 40 })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('$40.00') as string,
    })
    await service.put(rules[0]!.key, { kind: 'hashprice-below', usdPerPhDay: 40 })
    expect(said.notified).toHaveLength(1)
    await service.put(rules[0]!.key, { kind: 'hashprice-below', usdPerPhDay: 39 })
    expect(said.notified).toHaveLength(2)
    const { rules: left, events } = await service.remove(rules[0]!.key)
    expect(left).toEqual([])
    expect(events).toHaveLength(2)
    await expect(service.remove(rules[0]!.key)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('tell all that happened at once in one call, after it is stored', async () => {
    const folder = temporaryFolder()
    const stored: number[] = []
    const opened = await serviceIn(folder, {
      notify: (happened) => {
        stored.push(happened.length)
      },
    })
    await typeAll(opened.store)
    await opened.service.put(null, { kind: 'hashprice-below', usdPerPhDay: 34 })
    await opened.service.put(null, { kind: 'hashprice-below', usdPerPhDay: 33 })
    await price(opened.store, 70_000)
    await opened.service.evaluate()
    expect(stored).toEqual([2])
    expect((await opened.service.read()).events).toHaveLength(2)
  })
})

describe('alerts beside the sample', () => {
  it('take nothing from it: what only the sample says is missing', async () => {
    const { store, service, said } = await serviceIn(temporaryFolder())
    await store.loadSample()
    await service.put(null, { kind: 'hashprice-below', usdPerPhDay: 1000 })
    await service.put(null, { kind: 'breakeven-crossed' })
    await service.put(null, { kind: 'adjustment-beyond', change: -0.0001 })
    await service.put(null, { kind: 'adjustment-beyond', change: 0.0001 })
    expect(said.notified).toEqual([])
    // A real price that comes in beside it is not enough for a hashprice.
    await price(store, 10)
    await service.evaluate()
    expect(said.notified).toEqual([])
    await service.put(null, { kind: 'data-stale' })
    expect(said.notified.flat()).toMatchObject([{ kind: 'data-stale' }])
  })
})

describe('an alert on the next adjustment', () => {
  it('is silent on one that has passed', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    await typeAll(store)
    await store.close()
    const later = await serviceIn(folder, {
      readNetwork: () => readNetworkState(later.store, NOW_MS + 30 * DAY_MS),
    })
    await later.service.put(null, { kind: 'adjustment-beyond', change: -0.001 })
    expect(later.said.notified).toEqual([])
    const now = await serviceIn(folder)
    await now.service.evaluate()
    expect(now.said.notified.flat()).toMatchObject([{ kind: 'adjustment-beyond' }])
  })
})
