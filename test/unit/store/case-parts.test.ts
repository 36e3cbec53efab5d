import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { DATABASE_NAME, NO_PARTS } from '#electron/store/sqlite/client.ts'
import type { FileParts, Store } from '#electron/store/sqlite/client.ts'
import { keepChecksums } from '#electron/store/sqlite/row-checksums.ts'
import { contractsBySite, policyByRow } from '#shared/domain/decision/case-inputs.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { ASSETS_FOLDER, machineInput, NORTH, openIn, temporaryFolder } from './stores.ts'

const LADDER = {
  model: 'Antminer S19j Pro',
  firmware: '',
  source: 'meter',
  points: [
    { name: 'eco', hashrateThs: 77.5, powerW: 1912.5 },
    { name: 'full', hashrateThs: 103, powerW: 3105 },
  ],
}
const takeOrPay = {
  committedKwhPerDay: 1200,
  per: 'hour' as const,
  handBackUsdPerKwh: 0.02,
  handBack: null,
  committedUsdPerKwh: null,
}
const PARTS: FileParts = {
  contracts: [
    { site: 'north ', contract: { ...NO_CONTRACT, takeOrPay } },
    { site: 'Ridge', contract: { ...NO_CONTRACT, timeZone: 'America/Chicago' } },
  ],
  policies: [
    { id: 'A1', policy: 'protected' },
    { id: 'A2', policy: 'exempt' },
  ],
  ladders: [LADDER],
  lotLadders: [{ id: 'A2', ladder: { ...LADDER, firmware: 'LuxOS' } }],
  prices: [],
  limits: { leastHoursOff: 4, reviewDays: 2 },
}
const RULES = { fileName: 'sites.json', replace: true, leaveUnknown: false }

async function started(): Promise<Store> {
  const store = await openIn(temporaryFolder())
  const north = await store.addSite(NORTH)
  const ridge = await store.addSite({ ...NORTH, name: 'Ridge' })
  await store.addMachine(machineInput({ siteKey: north.key, id: 'A1' }))
  await store.addMachine(machineInput({ siteKey: ridge.key, id: 'A2' }))
  return store
}

/** All that parts can change, in names. */
async function caseOf(store: Store) {
  const { contracts, policies, ladders, limits } = await store.readCase()
  return {
    contracts: contracts.map(({ site, contract }) => [site, contract]),
    policies: Array.from(policies.machineKey, (key, i) => [key, policies.policy[i]]),
    lots: ladders.ofLots,
    ladders: ladders.ofModels,
    limits,
  }
}

it('stores what a file brings in one revision and one step of undo, and reads it as one case', async () => {
  const store = await started()
  const before = await caseOf(store)
  const revision = await store.readFleetRevision()
  const { changes, ...taken } = await store.takeParts(PARTS, RULES)
  expect(taken.revision).toBe(revision + 1)
  expect(changes.map(({ kind, name, change }) => [kind, name, change])).toEqual([
    ['contract', 'north ', 'new'],
    ['contract', 'Ridge', 'new'],
    ['policy', 'A1', 'new'],
    ['policy', 'A2', 'new'],
    ['ladder', 'Antminer S19j Pro', 'new'],
    ['ladder', 'A2 with LuxOS', 'new'],
    ['limit', 'leastHoursOff', 'new'],
    ['limit', 'reviewDays', 'new'],
  ])
  const fleet = await store.readFleet()
  expect(fleet).toMatchObject({ undo: 'Import of sites.json', contracts: 2, ladders: 2 })
  const inputs = await store.readCase()
  expect(inputs.revision).toBe(taken.revision)
  expect(contractsBySite(fleet, inputs)).toEqual([
    { ...NO_CONTRACT, takeOrPay },
    { ...NO_CONTRACT, timeZone: 'America/Chicago' },
  ])
  expect(policyByRow(fleet, inputs)).toEqual(Uint8Array.of(1, 2))
  expect(inputs.ladders.ofLots).toEqual([
    {
      machineKey: fleet.machines.key[1],
      id: 'A2',
      ladder: { ...LADDER, model: 'Antminer S19j Pro 104T', firmware: 'LuxOS' },
    },
  ])
  expect(inputs.limits).toEqual({
    mostSwitchesPerDay: null,
    leastHoursOn: null,
    leastHoursOff: 4,
    reviewDays: 2,
    volatilityPerYear: null,
  })
  // What crosses to another thread is the same there.
  expect(structuredClone(inputs)).toEqual(inputs)

  const after = await caseOf(store)
  await store.undo()
  // Limits are settings, which undo leaves alone.
  expect(await caseOf(store)).toEqual({ ...before, limits: after.limits })
  await store.redo()
  expect(await caseOf(store)).toEqual(after)
})

it.each([
  [
    { ...PARTS, contracts: [...PARTS.contracts, { site: 'Moon', contract: NO_CONTRACT }] },
    'there is no site Moon',
  ],
  [{ ...PARTS, policies: [...PARTS.policies, { id: 'A9', policy: 'exempt' as const }] }, 'no machine A9'],
  [
    { ...PARTS, lotLadders: [...PARTS.lotLadders, { id: 'A8', ladder: LADDER }] },
    'column id: there is no machine A8',
  ],
  [
    { ...PARTS, ladders: [LADDER, { ...LADDER, model: 'X', points: LADDER.points.slice(0, 1) }] },
    'one point is no',
  ],
])('stores nothing of a file of which a later part is refused', async (parts, message) => {
  const store = await started()
  const before = await caseOf(store)
  const revision = await store.readFleetRevision()
  await expect(store.takeParts(parts, RULES)).rejects.toThrow(`sites.json`)
  await expect(store.takeParts(parts, RULES)).rejects.toThrow(message)
  expect(await caseOf(store)).toEqual(before)
  expect(await store.readFleetRevision()).toBe(revision)
  expect((await store.readFleet()).undo).toBe('Added A2')
})

it('says what differs from what is stored, and changes it only where that is asked for', async () => {
  const store = await started()
  await store.takeParts(PARTS, RULES)
  const revision = await store.readFleetRevision()
  const others: FileParts = {
    ...NO_PARTS,
    contracts: [
      { site: 'North', contract: { ...NO_CONTRACT, takeOrPay: { ...takeOrPay, handBackUsdPerKwh: 0.03 } } },
      PARTS.contracts[1]!,
      { site: 'Moon', contract: NO_CONTRACT },
    ],
    policies: [{ id: 'A1', policy: 'follow' }],
    ladders: [{ ...LADDER, points: [...LADDER.points, { name: 'turbo', hashrateThs: 110, powerW: 3500 }] }],
    limits: { leastHoursOff: 6, reviewDays: 2 },
  }
  const changes = [
    { kind: 'contract', name: 'North', change: 'differs', words: 'takeOrPay' },
    { kind: 'contract', name: 'Ridge', change: 'same', words: '' },
    { kind: 'contract', name: 'Moon', change: 'unknown', words: '' },
    { kind: 'policy', name: 'A1', change: 'differs', words: 'protected → follow' },
    { kind: 'ladder', name: 'Antminer S19j Pro', change: 'differs', words: '2 points → 3 points' },
    { kind: 'limit', name: 'leastHoursOff', change: 'differs', words: '4 → 6' },
    { kind: 'limit', name: 'reviewDays', change: 'same', words: '' },
  ]
  expect(await store.compareParts(others)).toEqual(changes)
  const before = await caseOf(store)
  const left = await store.takeParts(others, { ...RULES, replace: false, leaveUnknown: true })
  expect(left).toEqual({ changes, revision })
  expect(await caseOf(store)).toEqual(before)
  const taken = await store.takeParts(others, { ...RULES, leaveUnknown: true })
  expect(taken).toEqual({ changes, revision: revision + 1 })
  const { contracts, policies, limits } = await caseOf(store)
  expect(contracts[0]).toEqual(['North', others.contracts[0]!.contract])
  expect(policies).toEqual([[2, 2]])
  expect(limits.leastHoursOff).toBe(6)
  expect((await store.compareParts(others)).map(({ change }) => change)).not.toContain('differs')
})

it('takes the prices of a site, in the currency in which it pays', async () => {
  const store = await started()
  const tariff = { currency: 'EUR', powerPricePerKwh: 0.05, otherPerKwh: 0.01 } as const
  const prices = [{ ...NORTH, name: 'NORTH', powerPriceUsdPerKwh: null, otherUsdPerKwh: 0, tariff }]
  expect(await store.compareParts({ ...NO_PARTS, prices })).toEqual([
    { kind: 'price', name: 'North', change: 'differs', words: 'powerPriceUsdPerKwh, otherUsdPerKwh, tariff' },
  ])
  await store.takeParts({ ...NO_PARTS, prices }, RULES)
  expect((await store.readTariffs())[0]).toMatchObject(tariff)
  expect((await store.readFleet()).sites.name[0]).toBe('North')
})

it('takes the ladder of a machine with it, and brings both back', async () => {
  const store = await started()
  await store.takeParts(PARTS, RULES)
  const before = await store.readLotLadders()
  expect(before).toHaveLength(1)
  await store.removeMachines([before[0]!.machineKey])
  expect(await store.readLotLadders()).toEqual([])
  await store.undo()
  expect(await store.readLotLadders()).toEqual(before)
  await store.removeLotLadder('A2')
  expect(await store.readLotLadders()).toEqual([])
  await expect(store.removeLotLadder('A2')).rejects.toMatchObject({ code: 'not-found' })
  await expect(store.removeLotLadder('A9')).rejects.toMatchObject({ code: 'not-found' })
})

it('leaves everything as it was where the process is killed in the middle', async () => {
  const folder = temporaryFolder()
  const first = await openIn(folder)
  const north = await first.addSite(NORTH)
  await first.addMachine(machineInput({ siteKey: north.key, id: 'A1' }))
  const [before, revision] = [await caseOf(first), await first.readFleetRevision()]
  await first.close()
  const program = fileURLToPath(new URL('parts-and-die.ts', import.meta.url))
  const child = spawn(process.execPath, [program, join(folder, DATABASE_NAME), ASSETS_FOLDER], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
  const store = await openIn(folder)
  expect(await caseOf(store)).toEqual(before)
  expect(await store.readFleetRevision()).toBe(revision)
}, 60_000)

it('tells another program that follows the file of a change of contracts, ladders and limits', async () => {
  const folder = temporaryFolder()
  const [window, cli] = [await openIn(folder), await openIn(folder)]
  await cli.addSite(NORTH)
  await window.changedByOthers()
  await cli.takeParts({ ...NO_PARTS, contracts: PARTS.contracts.slice(0, 1) }, RULES)
  expect(await window.changedByOthers()).toEqual(['fleet'])
  await cli.putLadder(LADDER)
  expect(await window.changedByOthers()).toEqual(['fleet'])
  await cli.takeParts({ ...NO_PARTS, limits: { leastHoursOn: 3 } }, RULES)
  expect(await window.changedByOthers()).toEqual(['settings'])
  expect((await window.readCase()).limits.leastHoursOn).toBe(3)
})

it('takes a contract that an earlier version stored for the same contract', async () => {
  const folder = temporaryFolder()
  const first = await openIn(folder)
  const { key } = await first.addSite(NORTH)
  await first.close()
  const db = new Sqlite(join(folder, DATABASE_NAME))
  keepChecksums(db)
  db.prepare('INSERT INTO site_contract (site_key, contract_json) VALUES (?, ?)').run(
    key,
    JSON.stringify({ timeZone: 'UTC', takeOrPay: { committedKwhPerDay: 1200, handBackUsdPerKwh: 0.02 } }),
  )
  db.close()
  const store = await openIn(folder)
  const contracts = PARTS.contracts.slice(0, 1)
  expect(await store.compareParts({ ...NO_PARTS, contracts })).toMatchObject([{ change: 'same' }])
})
