import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createOthersWatch } from '#electron/services/others-watch.ts'
import type { StoredPart } from '#electron/store/port.ts'
import { standingClock } from '../standing-clock.ts'
import { openDirect } from '../store/direct.ts'
import type { DirectStore } from '../store/direct.ts'
import { payout } from '../store/ledger-entries.ts'
import { machineInput, NORTH, temporaryFolder } from '../store/stores.ts'

const PARTS = [
  ...['fleet', 'network', 'settings', 'alerts', 'past', 'scenarios', 'ledger'],
] as const satisfies readonly StoredPart[]

type Change = readonly [part: StoredPart, what: string, change: (store: DirectStore) => unknown]
const CHANGES: readonly Change[] = [
  ['fleet', 'a site', (store) => store.addSite({ ...NORTH, name: 'South' })],
  ['fleet', 'a machine', (store) => store.addMachine(machineInput({ siteKey: 1 }))],
  ['fleet', 'a contract', (store) => store.putContract(1, '{}')],
  ['network', 'a typed value', (store) => store.typeNetworkValue('feesBtcPerBlock', 0.1, 1)],
  ['network', 'a rate', (store) => store.typeRate('EUR', 1.1, 1)],
  [
    'network',
    'a reading',
    (store) =>
      store.saveNetworkReading(
        [{ name: 'feesBtcPerBlock', source: 'mempool', value: 0.1, asOfMs: 1, fetchedAtMs: 1 }],
        [],
      ),
  ],
  [
    'network',
    'how a source is',
    (store) =>
      store.saveSourceStatus({
        name: 'mempool',
        url: 'u',
        lastSuccessMs: 1,
        lastError: null,
        notBeforeMs: null,
      }),
  ],
  ['settings', 'a setting', (store) => store.writeSettings({ theme: 'dark' })],
  ['scenarios', 'a scenario', (store) => store.putScenario('Bear', '{}', false)],
  ['ledger', 'an entry', (store) => store.addLedgerEntries([payout()], Date.UTC(2026, 10, 20))],
  [
    'ledger',
    'terms of a pool',
    (store) =>
      store.putPoolTerms({
        ...{ name: 'Braiins', from: '', scheme: 'fpps', fee: 0.02, revenue: 'paid' },
        ...{ sites: [], poolHashrateEhs: null },
      }),
  ],
  ['alerts', 'an alert', (store) => store.putAlert(null, { kind: 'data-stale' })],
  [
    'past',
    'a past day',
    (store) => {
      const path = join(temporaryFolder(), 'daily.csv')
      writeFileSync(path, 'date,price_usd\n2025-11-01,100000\n')
      return store.importDaily(path, Date.UTC(2025, 10, 20))
    },
  ],
]

/** A window's watch on a store, whose clock the test moves, and another process on the same file. */
async function watched() {
  const folder = temporaryFolder()
  const [ours, theirs] = [await openDirect(folder), await openDirect(folder)]
  ours.addSite(NORTH)
  const told: StoredPart[] = []
  const errors: unknown[] = []
  const { waiting, options } = standingClock(0)
  let store: () => readonly StoredPart[] = () => ours.changedByOthers()
  const watch = createOthersWatch({
    store: { changedByOthers: async () => Promise.resolve(store()) },
    tell: Object.fromEntries(
      PARTS.map((part) => [part, () => Promise.resolve(void told.push(part))]),
    ) as unknown as Record<StoredPart, () => Promise<void>>,
    timers: options.timers,
    onError: (error) => errors.push(error),
  })
  return {
    ours,
    theirs,
    watch,
    told,
    errors,
    waiting,
    failWith: (work: typeof store) => void (store = work),
    /** Lets the time come at which it looks; it is planned anew when it has told. */
    look: async () => {
      const [planned] = waiting.splice(0)
      planned!.work()
      await expect.poll(() => waiting.length).toBe(1)
      return told.splice(0)
    },
  }
}

it.each(CHANGES)('%s: tells of %s that another process has changed, once', async (part, _, change) => {
  const { theirs, watch, look } = await watched()
  watch.start()
  expect(await look()).toEqual([])
  await change(theirs)
  expect(await look()).toEqual([part])
  expect(await look()).toEqual([])
})

it.each(CHANGES)(
  '%s: says nothing of %s that was changed through the window',
  async (_part, _what, change) => {
    const { ours, watch, look } = await watched()
    watch.start()
    expect(await look()).toEqual([])
    await change(ours)
    expect(await look()).toEqual([])
  },
)

it('tells of what has changed between the opening of the store and the first look', async () => {
  const { theirs, watch, look } = await watched()
  theirs.writeSettings({ theme: 'dark' })
  watch.start()
  expect(await look()).toContain('settings')
})

it('looks at least once a second', async () => {
  const { watch, waiting, look } = await watched()
  watch.start()
  await look()
  expect(waiting[0]!.delayMs).toBeLessThan(1000)
})

it('goes on after a fault, and tells of it once', async () => {
  const { ours, theirs, watch, look, errors, failWith } = await watched()
  watch.start()
  await look()
  failWith(() => {
    throw new Error('gone')
  })
  await look()
  await look()
  expect(errors).toMatchObject([{ message: 'gone' }])
  failWith(() => ours.changedByOthers())
  theirs.writeSettings({ theme: 'dark' })
  expect(await look()).toEqual(['settings'])
})

it('looks no more after it was stopped', async () => {
  const { watch, waiting } = await watched()
  watch.start()
  await watch.stop()
  expect(waiting).toEqual([])
})
