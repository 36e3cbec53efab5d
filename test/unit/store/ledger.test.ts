import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import { NOTHING_SAID } from '#electron/files/ledger/options.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { acceptedContract } from '#electron/store/sqlite/contracts.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { createLedger } from '#electron/store/sqlite/ledger.ts'
import type { LedgerWorld } from '#electron/store/sqlite/ledger.ts'
import { createLedgerRows, KEPT_MS } from '#electron/store/sqlite/repositories/ledger.ts'
import { usd } from '../money/ledger/books.ts'
import { tariff } from '../power/plain-contracts.ts'
import { openDirect } from './direct.ts'
import type { DirectStore } from './direct.ts'
import { bill, payout, sale } from './ledger-entries.ts'
import { ASSETS_FOLDER, machineInput, NORTH, openIn, temporaryFolder } from './stores.ts'

const NOW_MS = Date.UTC(2026, 10, 20)
const MOMENT = { order: [], nowMs: NOW_MS }
const ALL = { month: null, kind: null, site: null, atMost: 100 }
const BRAIINS: PoolTerms = {
  ...{ name: 'Braiins', from: '', scheme: 'fpps', fee: 0.02, revenue: 'paid' },
  ...{ sites: [], poolHashrateEhs: null },
}

/** A site with a machine, and nothing in its books. */
async function openEmpty(folder = temporaryFolder()) {
  const store = await openDirect(folder)
  const { key: siteKey } = store.addSite(NORTH)
  store.addMachine(machineInput({ siteKey, id: 'rig-1', quantity: 10 }))
  return { folder, store, siteKey }
}
/** A payout, a bill and a sale in September. */
async function openSeptember() {
  const opened = await openEmpty()
  const { keys } = await opened.store.addLedgerEntries([payout(), bill(), sale()], NOW_MS)
  return { ...opened, keys }
}
const kinds = async (store: Pick<DirectStore, 'readLedgerBooks'>) =>
  (await store.readLedgerBooks()).entries.map(({ fact }) => fact.kind)

describe('entries', () => {
  it('are booked as one batch, come back as they were, and are known the second time', async () => {
    const { store, folder } = await openEmpty()
    const given = [payout({}, { origin: { file: 'payouts.csv', line: 2 } }), bill({}, { note: 'late' })]
    const added = await store.addLedgerEntries(given, NOW_MS)
    expect(added).toEqual({ batch: 1, keys: [1, 2], known: 0, faults: [] })
    const other = await openDirect(folder)
    expect((await other.readLedgerBooks()).entries).toEqual(
      given.map((entry, i) => ({ ...entry, key: i + 1, batch: 1, recordedMs: NOW_MS })),
    )
    const again = await store.addLedgerEntries([...given, sale()], NOW_MS + 1)
    expect(again).toEqual({ batch: 2, keys: [3], known: 2, faults: [] })
    expect(await store.addLedgerEntries(given, NOW_MS)).toEqual({
      batch: null,
      keys: [],
      known: 2,
      faults: [],
    })
  })

  it('are booked all or none: a fault names the entry, and nothing is half-booked', async () => {
    const { store } = await openEmpty()
    const given = [payout(), bill({}, { site: 'Atlantis' }), sale({ sat: 2_000_000 })]
    const { batch, keys, faults } = await store.addLedgerEntries(given, NOW_MS)
    expect([batch, keys]).toEqual([null, []])
    expect(faults).toMatchObject([
      {
        at: 1,
        fault: { what: 'site', site: 'Atlantis' },
        message: expect.stringContaining('Atlantis') as string,
      },
      { at: 2, fault: { what: 'sold' } },
    ])
    expect(await kinds(store)).toEqual([])
  })

  it('keep the name of their site when it gets another one, and are corrected under it', async () => {
    const { store, siteKey } = await openEmpty()
    const { keys } = await store.addLedgerEntries([bill()], NOW_MS)
    store.updateSite(siteKey, { ...NORTH, name: 'Northern yard' }, false)
    const correction = bill(
      { amount: usd(-5000), wh: null },
      { corrects: keys[0]!, reference: 'credit note' },
    )
    expect((await store.addLedgerEntries([correction], NOW_MS)).faults).toEqual([])
    await store.addLedgerEntries([payout()], NOW_MS)
    const { rows } = await store.readLedgerEntries({ ...ALL, of: keys[0]! })
    expect(rows.map(({ entry, correctedBy }) => [entry.key, correctedBy])).toEqual([
      [2, []],
      [1, [2]],
    ])
  })

  it('cannot be changed, removed or replaced in the file', async () => {
    const { store, folder } = await openSeptember()
    store.close()
    const db = await openDatabase(join(folder, DATABASE_NAME), 'refuse')
    expect(() => db.exec("UPDATE ledger_entry SET note = 'x'")).toThrow('stays as it is')
    expect(() => db.exec('DELETE FROM ledger_entry WHERE key = 1')).toThrow('never removed')
    expect(() => db.exec('INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry')).toThrow(
      'stays as it is',
    )
    db.close()
  })

  it('are taken once where two programs book them at the same time', async () => {
    const folder = temporaryFolder()
    const [one, other] = [await openIn(folder), await openIn(folder)]
    expect(await other.readLedgerPools()).toMatchObject({ withoutTerms: [] })
    const both = await Promise.all(
      [one, other].map((store) => store.addLedgerEntries([payout(), payout({ day: '2026-09-13' })], NOW_MS)),
    )
    expect(both.map(({ keys, known }) => [keys.length, known]).sort()).toEqual([
      [0, 2],
      [2, 0],
    ])
    expect(await one.readLedgerPools()).toMatchObject({ withoutTerms: ['Braiins'] })
  })

  it('are refused where there is no more room; what is there can still be voided, and months closed', async () => {
    const db = await openDatabase(join(temporaryFolder(), DATABASE_NAME), 'refuse')
    const world: Pick<LedgerWorld, 'siteNames'> = { siteNames: () => ['North'] }
    const ledger = createLedger(db, world as LedgerWorld, createLedgerRows(db, 3))
    ledger.add([payout(), bill()], NOW_MS)
    const more = [payout({ day: '2026-09-13' }), payout({ day: '2026-09-14' })]
    expect(() => ledger.add(more, NOW_MS)).toThrow('at most 3 entries, and there is room for 1')
    expect(ledger.books().entries).toHaveLength(2)
    ledger.add(more.slice(1), NOW_MS)
    expect(ledger.add(more.slice(1), NOW_MS)).toMatchObject({ known: 1 })
    ledger.void({ entry: 3 }, 'Twice', NOW_MS)
    expect(ledger.books().entries).toHaveLength(4)
    expect(() => ledger.add(more, NOW_MS)).toThrow('there is room for 0')
    db.close()
  })

  it('are read anew after nobody has asked for them for a while', async () => {
    const db = await openDatabase(join(temporaryFolder(), DATABASE_NAME), 'refuse')
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const rows = createLedgerRows(db)
    rows.change(() => rows.add([payout(), bill()], NOW_MS))
    const books = rows.read()
    vi.advanceTimersByTime(KEPT_MS - 1)
    expect(rows.read()).toBe(books)
    vi.advanceTimersByTime(KEPT_MS)
    expect(rows.read()).not.toBe(books)
    expect(rows.read()).toEqual(books)
    db.close()
  })
})

const THEORY_SAT = (1.04e15 * 0.98 * 30 * 86_400 * 3.1875e8 * 0.98) / (1e14 * 2 ** 32)

describe('a list of entries', () => {
  it('is by day, the newest first, and says what is void, corrected and in a closed month', async () => {
    const { store } = await openSeptember()
    await store.addLedgerEntries([payout({ day: '2026-10-02' })], NOW_MS)
    await store.voidInLedger({ entry: 3 }, 'Sold by someone else', NOW_MS)
    await store.closeLedgerMonth('2026-09', MOMENT)
    const page = await store.readLedgerEntries(ALL)
    expect([page.total, page.found]).toEqual([7, 7])
    expect(page.rows.map(({ entry, voidedBy, isLocked }) => [entry.fact.kind, voidedBy, isLocked])).toEqual([
      ['void', null, false],
      ['payout', null, false],
      ['close', null, false],
      ['plan', null, true],
      ['bill', null, true],
      ['sale', 5, true],
      ['payout', null, true],
    ])
    const few = await store.readLedgerEntries({ ...ALL, kind: 'payout', atMost: 1 })
    expect([few.found, few.rows.map(({ entry }) => entry.key)]).toEqual([2, [4]])
    const rest = await store.readLedgerEntries({ ...ALL, after: 5, atMost: 1 })
    expect([rest.found, rest.rows.map(({ entry }) => entry.fact.kind)]).toEqual([7, ['sale']])
    const september = await store.readLedgerEntries({ ...ALL, month: '2026-09', site: 'North' })
    expect(september.rows.map(({ entry }) => entry.fact.kind)).toEqual(['plan', 'bill'])
  })
})

describe('a month', () => {
  it('is closed with the plan of its sites, refuses what comes late, and is the same after it was opened again', async () => {
    const { store, siteKey } = await openSeptember()
    store.putContract(siteKey, '{"timeZone":"America/Chicago"}')
    const first = await store.closeLedgerMonth('2026-09', MOMENT)
    expect(first.plans).toBe(1)
    const [plan] = (await store.readLedgerEntries({ ...ALL, kind: 'plan' })).rows
    expect(plan!.entry).toMatchObject({ site: 'North', zone: 'America/Chicago', fact: { month: '2026-09' } })
    const closed = await store.readLedgerMonth('2026-09', MOMENT)
    expect(closed.closed).toMatchObject({ hash: first.hash, hashNow: first.hash })
    expect(closed.plans).toMatchObject([{ site: 'North', isRecorded: true }])
    const late = await store.addLedgerEntries([payout({ day: '2026-09-30' })], NOW_MS)
    expect(late.faults).toMatchObject([{ at: 0, fault: { what: 'closed', month: '2026-09' } }])
    await expect(store.voidInLedger({ entry: 1 }, 'late', NOW_MS)).rejects.toMatchObject({
      code: 'bad-input',
    })

    await store.reopenLedgerMonth('2026-09', 'A payout was forgotten', NOW_MS)
    expect((await store.readLedgerMonth('2026-09', MOMENT)).closed).toBeNull()
    expect(await store.closeLedgerMonth('2026-09', MOMENT)).toEqual({ hash: first.hash, plans: 0 })
    await store.reopenLedgerMonth('2026-09', 'Once more', NOW_MS)
    await store.addLedgerEntries([payout({ day: '2026-09-30' })], NOW_MS)
    expect((await store.closeLedgerMonth('2026-09', MOMENT)).hash).not.toBe(first.hash)
    expect(await store.readLedgerMonths(NOW_MS)).toMatchObject([{ month: '2026-09', entries: 5 }])
  })

  it('keeps its plans once it is closed: a site that comes later, or gets another name, is none of it', async () => {
    const { store, siteKey } = await openSeptember()
    const names = async () => (await store.readLedgerMonth('2026-09', MOMENT)).plans.map(({ site }) => site)
    await store.closeLedgerMonth('2026-09', MOMENT)
    store.updateSite(siteKey, { ...NORTH, name: 'Yard' }, false)
    const { key } = store.addSite({ ...NORTH, name: 'South' })
    store.addMachine(machineInput({ siteKey: key, id: 'rig-9' }))
    expect(await names()).toEqual(['North'])
  })

  it('is read though an entry is of a zone that this computer does not know', async () => {
    const { store, folder } = await openSeptember()
    const db = await openDatabase(join(folder, DATABASE_NAME), 'refuse')
    const rows = createLedgerRows(db)
    rows.change(() => rows.add([payout({ day: '2026-09-15' }, { zone: 'Mars/Olympus' })], NOW_MS))
    db.close()
    expect(await store.readLedgerMonths(NOW_MS)).toMatchObject([{ month: '2026-09', closable: null }])
    // In some zone of the world it is still September.
    expect(await store.readLedgerMonths(Date.UTC(2026, 9, 1, 11))).toMatchObject([{ closable: 'not over' }])
    await store.closeLedgerMonth('2026-09', MOMENT)
  })

  it('is not closed before it is over, nor what is void twice; then nothing is recorded', async () => {
    const { store } = await openSeptember()
    const before = await kinds(store)
    const during = { order: [], nowMs: Date.UTC(2026, 8, 30, 12) }
    await expect(store.closeLedgerMonth('2026-09', during)).rejects.toMatchObject({ code: 'bad-input' })
    await expect(store.voidInLedger({ entry: 99 }, 'x', NOW_MS)).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.reopenLedgerMonth('2026-09', 'x', NOW_MS)).rejects.toMatchObject({ code: 'bad-input' })
    expect(await kinds(store)).toEqual(before)
  })

  it('rests on the plan of the fleet of now until one is recorded', async () => {
    const { store, siteKey } = await openSeptember()
    const plan = async () => (await store.readLedgerMonth('2026-09', MOMENT)).plans[0]!
    expect(await plan()).toMatchObject({ isRecorded: false, plan: { hashratePhs: 1.04 } })
    store.addMachine(machineInput({ siteKey: 1, id: 'rig-2', quantity: 10 }))
    expect(await plan()).toMatchObject({ isRecorded: false, plan: { hashratePhs: 2.08 } })
    const contract = { ...NO_CONTRACT, tariffs: [tariff({ baseUsdPerKwh: 0.031 })] }
    store.putContract(siteKey, await acceptedContract(contract))
    expect((await plan()).plan.usdPerKwh).toBeCloseTo(0.031 + NORTH.otherUsdPerKwh, 9)
    await store.closeLedgerMonth('2026-09', MOMENT)
    store.removeMachines([1])
    expect(await plan()).toMatchObject({ isRecorded: true, plan: { hashratePhs: 2.08 } })
  })
})

describe('what a month is held against', () => {
  it('is the stored past of its days, and the fleet', async () => {
    const { store, folder } = await openEmpty()
    const path = join(folder, 'daily.csv')
    const days = Array.from({ length: 30 }, (_, i) => `2026-09-${String(i + 1).padStart(2, '0')}`)
    const lines = days.map((day) => `${day},90000,100000000000000,450,9`)
    writeFileSync(path, ['date,price_usd,difficulty,issuance_btc,fees_btc', ...lines].join('\n'))
    await store.addLedgerEntries([payout({ sat: 14_000 })], NOW_MS)
    await store.putPoolTerms(BRAIINS)
    const before = await store.readLedgerMonth('2026-09', MOMENT)
    expect(before.pools[0]).toMatchObject({ theory: null })
    expect(before.coins.marketUsdCents).toBeNull()
    await store.importDaily(path, NOW_MS)
    const { pools, coins } = await store.readLedgerMonth('2026-09', MOMENT)
    // 1.04 PH/s · 98 % · 30 days · 86 400 s · 3.1875 BTC ÷ (1e14 · 2^32), less 2 %
    expect(pools[0]!.theory!.sat).toBeCloseTo(THEORY_SAT, -1)
    expect(coins.marketUsdCents).toBe(1260)
  })
})

describe('terms of pools and the costing', () => {
  it('follow a site to its new name, also where that is taken back, so that theory does not lose it', async () => {
    const { store, siteKey } = await openEmpty()
    const { key: other } = store.addSite({ ...NORTH, name: 'South' })
    await store.putPoolTerms({ ...BRAIINS, sites: ['north'] })
    await store.putPoolTerms({ ...BRAIINS, name: 'Ocean' })
    const sites = async () => (await store.readLedgerPools()).pools.map((pool) => pool.sites)
    store.updateSite(siteKey, { ...NORTH, name: 'Yard' }, false)
    expect(await sites()).toEqual([['north', 'Yard'], []])
    await store.putPoolTerms({ ...BRAIINS, from: '2026-11', sites: ['South'] })
    store.updateSite(other, { ...NORTH, name: 'Far south' }, false)
    store.undo()
    store.undo()
    expect(store.readFleet().sites.name).toEqual(['North', 'South'])
    store.updateSite(siteKey, { ...NORTH, name: 'Yard' }, false)
    await store.putPoolTerms({ ...BRAIINS, fee: 0.03, sites: ['north', 'Yard'] })
    expect(await sites()).toEqual([['north', 'Yard'], ['South', 'Far south'], []])
  })

  it('are put under a name, case ignored, and taken away', async () => {
    const { store } = await openSeptember()
    expect(await store.readLedgerPools()).toEqual({
      ...{ pools: [], withoutTerms: ['Braiins'], costing: 'fifo', openFrom: '' },
    })
    await store.putPoolTerms({ ...BRAIINS, name: 'BRAIINS  ' })
    await store.putPoolTerms({ ...BRAIINS, fee: 0.01, sites: ['North'] })
    await store.setLedgerCosting('average')
    expect(await store.readLedgerPools()).toEqual({
      pools: [{ ...BRAIINS, fee: 0.01, sites: ['North'] }],
      ...{ withoutTerms: [], costing: 'average', openFrom: '' },
    })
    await expect(store.putPoolTerms({ ...BRAIINS, sites: ['Atlantis'] })).rejects.toMatchObject({
      ...{ code: 'bad-input', field: 'sites' },
    })
    await store.removePoolTerms('braiins', '')
    await expect(store.removePoolTerms('braiins', '')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('hold from a month on, under the one name of the pool', async () => {
    const { store } = await openSeptember()
    await store.putPoolTerms(BRAIINS)
    await store.putPoolTerms({ ...BRAIINS, name: 'braiins', from: '2026-11', fee: 0.01 })
    await store.putPoolTerms({ ...BRAIINS, from: '2026-11', fee: 0.015 })
    const later = { ...BRAIINS, from: '2026-11', fee: 0.015 }
    expect((await store.readLedgerPools()).pools).toEqual([BRAIINS, later])
    await expect(store.removePoolTerms('Braiins', '2026-12')).rejects.toMatchObject({
      ...{ code: 'not-found', message: expect.stringContaining('from December 2026') as string },
    })
    await store.removePoolTerms('BRAIINS', '')
    expect((await store.readLedgerPools()).pools).toEqual([later])
  })

  it('do not change under a closed month', async () => {
    const { store } = await openSeptember()
    await store.addLedgerEntries(
      [payout({ day: '2026-09-14', price: { usdPerBtc: 80_000, source: 'typed' } })],
      NOW_MS,
    )
    await store.putPoolTerms(BRAIINS)
    const { hash } = await store.closeLedgerMonth('2026-09', MOMENT)
    for (const [change, wayOut] of [
      [store.putPoolTerms({ ...BRAIINS, revenue: 'earned' }), 'let the terms hold from October 2026'],
      [store.putPoolTerms({ ...BRAIINS, fee: 0.01 }), 'let the terms hold from October 2026'],
      [
        store.putPoolTerms({ ...BRAIINS, from: '2026-09', fee: 0.01 }),
        'let the terms hold from October 2026',
      ],
      [store.putPoolTerms({ ...BRAIINS, name: 'Ocean' }), 'let the terms hold from October 2026'],
      [store.removePoolTerms('Braiins', ''), 'Reopen it first'],
      [store.setLedgerCosting('average'), 'Reopen it first'],
    ] as const)
      await expect(change).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringMatching(new RegExp(`September 2026.*${wayOut}`)) as string,
      })
    // From the next month on they may be what they like, also the same in the closed one.
    const later = { ...BRAIINS, from: '2026-10', fee: 0.01, revenue: 'earned' } as const
    await store.putPoolTerms(later)
    await store.putPoolTerms(BRAIINS)
    expect(await store.readLedgerPools()).toMatchObject({
      ...{ pools: [BRAIINS, later], costing: 'fifo', openFrom: '2026-10' },
    })
    expect((await store.readLedgerMonth('2026-09', MOMENT)).closed).toMatchObject({ hash, hashNow: hash })
  })
})

describe('what could go wrong', () => {
  it.each(['add', 'close'])(
    'leaves nothing of a call to %s that is killed in its middle',
    async (what) => {
      const { store, folder } = await openSeptember()
      const before = await store.readLedgerBooks()
      store.close()
      const program = fileURLToPath(new URL('ledger-and-die.ts', import.meta.url))
      const child = spawn(process.execPath, [program, join(folder, DATABASE_NAME), ASSETS_FOLDER, what], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
      expect(await (await openDirect(folder)).readLedgerBooks()).toEqual(before)
    },
    60_000,
  )

  it('is named where an entry is not what was written, and the fleet opens all the same', async () => {
    const { store, folder } = await openSeptember()
    store.close()
    const db = new Sqlite(join(folder, DATABASE_NAME))
    const [trigger] = db
      .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'ledger_entry_stays'")
      .pluck()
      .all()
    db.exec('DROP TRIGGER ledger_entry_stays')
    db.exec("UPDATE ledger_entry SET fact_json = replace(fact_json, '1000000', '1000001') WHERE key = 1")
    db.exec(trigger!)
    db.close()
    const again = await openDirect(folder)
    expect(again.readFleetRevision()).toBeGreaterThan(0)
    await expect(again.readLedgerBooks()).rejects.toMatchObject({
      code: 'database-broken',
      message: expect.stringContaining('the row 1 of its table "ledger_entry"') as string,
    })
  })

  it.each([2, 3])('is named where entry %i is gone', async (key) => {
    const { store, folder } = await openSeptember()
    store.close()
    const db = new Sqlite(join(folder, DATABASE_NAME))
    const [trigger] = db
      .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'ledger_entry_is_never_gone'")
      .pluck()
      .all()
    db.exec('DROP TRIGGER ledger_entry_is_never_gone')
    db.prepare('DELETE FROM ledger_entry WHERE key = ?').run(key)
    db.exec(trigger!)
    db.close()
    await expect((await openDirect(folder)).readLedgerBooks()).rejects.toMatchObject({
      code: 'database-broken',
      message: expect.stringContaining(`the row ${key} of its table "ledger_entry"`) as string,
    })
  })

  it('comes back with a backup, and with a file of another computer', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    await store.addLedgerEntries([payout()], NOW_MS)
    await store.putPoolTerms(BRAIINS)
    const books = await store.readLedgerBooks()
    const { name } = await store.makeBackup(NOW_MS)
    const path = join(folder, 'elsewhere.strikeline')
    await store.moveOut(path, '1.2.3', NOW_MS)
    await store.addLedgerEntries([payout({ day: '2026-09-13' })], NOW_MS)
    const file = join(folder, 'sales.csv')
    writeFileSync(file, 'Date,BTC (BTC),USD,ID\n2026-10-01,0.001,60,s1\n')
    const waiting = await store.previewLedgerFile(
      file,
      { ...NOTHING_SAID, kind: 'sale', party: 'Desk' },
      MOMENT,
    )
    expect(waiting.errors).toEqual([])
    await store.restoreBackup(name, NOW_MS)
    expect(await store.readLedgerBooks()).toEqual(books)
    // It was held against other books.
    await expect(store.confirmLedgerFile(waiting.token, [], NOW_MS)).rejects.toMatchObject({
      code: 'not-found',
    })

    const { moveIn } = await import('#electron/store/sqlite/move.ts')
    const elsewhere = temporaryFolder()
    const task = { step: () => undefined, isCancelled: () => false }
    await moveIn(path, join(elsewhere, DATABASE_NAME), NOW_MS, task)
    expect(await (await openIn(elsewhere)).readLedgerBooks()).toEqual(books)
  })

  it('is copied by the day’s backup though nothing but the ledger has changed', async () => {
    const store = await openIn(temporaryFolder())
    await store.maintain(NOW_MS)
    await store.addLedgerEntries([payout()], NOW_MS)
    await store.maintain(NOW_MS + 86_400_000)
    expect((await store.readBackups()).copies).toHaveLength(2)
  })
})
