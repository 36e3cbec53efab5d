import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { ActMarket, ActRequest } from '#electron/store/port.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { damagedRows, keepChecksums } from '#electron/store/sqlite/row-checksums.ts'
import { machineDecisionWords } from '#shared/format/act-words.ts'
import { NETWORK } from '../renderer/small-fleet.ts'
import { openIn, temporaryFolder } from './stores.ts'

const NOW_MS = NETWORK.atMs!
const MARKET: ActMarket = { conditions: NETWORK, horizonDays: null, nowMs: NOW_MS }
const DAY_MS = 86_400_000

/** At Harbor two lots and a machine lose money; one at North does, and one stands idle that would earn. */
const FLEET = `id,site,model,quantity,hashrate_ths,power_w,power_price_usd_kwh,status,rack,position,ip,serial
h-10,Harbor,S19,3,95,3250,0.08,running,R10,1,10.0.0.1,SN1
h-2,Harbor,S19,12,95,3250,0.08,running,R2,7,10.0.0.2,
=h1,Harbor,S19,1,95,3250,0.08,running,R2,10,10.0.0.3,
n-1,North,S17,2,56,2500,0.05,running,,,,
n-2,North,S21,4,200,3500,0.05,off,,,,
n-3,North,S21,9,200,3500,0.05,running,,,,
`

async function withFleet(): Promise<{ readonly store: Store; readonly folder: string }> {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const path = join(folder, 'fleet.csv')
  writeFileSync(path, FLEET)
  await store.confirmImport((await store.previewImport(path)).token, 'merge')
  return { store, folder }
}

async function statesOf(store: Store): Promise<Readonly<Record<string, string>>> {
  const { machines } = await store.readFleet()
  const decoder = new TextDecoder()
  return Object.fromEntries(
    Array.from({ length: machines.length }, (_, row) => [
      decoder.decode(machines.id.bytes.subarray(machines.id.offsets[row], machines.id.offsets[row + 1])),
      `${machines.quantity[row]!} ${['running', 'off', 'repair'][machines.status[row]!]!}`,
    ]),
  )
}
const keyOf = async (store: Store, site: string) => {
  const { sites } = await store.readFleet()
  return sites.key[sites.name.indexOf(site)]!
}
const requestAt = (siteKey: number, more: Partial<ActRequest> = {}): ActRequest => ({
  kind: 'done',
  reason: '',
  by: '',
  atMs: NOW_MS,
  sites: [{ siteKey, shown: null }],
  done: { rows: 'all' },
  ...more,
})

describe('what is done about the advice', () => {
  it('is known of each machine that was in it, until it is taken back', async () => {
    const { store } = await withFleet()
    const [key] = await store.findMachines(['h-10'])
    await store.recordActs(MARKET, requestAt(await keyOf(store, 'Harbor')))
    const told = { act: 'off', advised: 3, done: 3, kind: 'done', reason: '', atMs: NOW_MS }
    expect(await store.readMachineDecisions(key!)).toEqual([{ ...told, isTakenBack: false }])
    expect(machineDecisionWords({ ...told, act: 'off', kind: 'done', isTakenBack: true })).toBe(
      'Power down: done, 3 machines (taken back)',
    )
    await store.undo()
    expect(await store.readMachineDecisions(key!)).toEqual([{ ...told, isTakenBack: true }])
    const [other] = await store.findMachines(['n-3'])
    expect(await store.readMachineDecisions(other!)).toEqual([])
  })

  it('switches the machines of a site and is recorded, taken back by undo and counted again by redo', async () => {
    const { store } = await withFleet()
    const before = await statesOf(store)
    const recorded = await store.recordActs(MARKET, requestAt(await keyOf(store, 'Harbor')))
    expect(recorded).toMatchObject({ machines: 16, sites: ['Harbor'] })
    const after = { ...before, 'h-10': '3 off', 'h-2': '12 off', '=h1': '1 off' }
    expect(await statesOf(store)).toEqual(after)
    const [decision] = await store.readDecisions(10)
    expect(decision).toMatchObject({
      site: 'Harbor',
      kind: 'done',
      advised: { powerDown: 16, pause: 0, start: 0, set: 0 },
      machinesDone: 16,
      freedKw: (16 * 3250) / 1000,
      isTakenBack: false,
    })
    expect(decision!.gainUsd).toBeGreaterThan(0)
    expect(decision!.hashpriceUsdPerPhDay).toBeCloseTo(34.5, 0)
    expect((await store.readFleet()).undo).toBe('Done at Harbor')

    await store.undo()
    expect(await statesOf(store)).toEqual(before)
    expect(await store.readDecisions(10)).toMatchObject([{ machinesDone: 16, isTakenBack: true }])
    await store.redo()
    expect(await statesOf(store)).toEqual(after)
    expect(await store.readDecisions(10)).toMatchObject([{ machinesDone: 16, isTakenBack: false }])
    await store.undo()
    // A step that is forgotten leaves the decision as it stands.
    await store.updateMachines([1], { uptime: 0.9 })
    expect(await store.readDecisions(10)).toMatchObject([{ isTakenBack: true }])
    await store.undo()
    expect(await store.readDecisions(10)).toMatchObject([{ isTakenBack: true }])
  })

  it('sets hashrate and power of what is to run at another operating point, in whole and in part, and keeps its ladder', async () => {
    const { store, folder } = await withFleet()
    const path = join(folder, 'points.csv')
    writeFileSync(
      path,
      'id,site,model,quantity,hashrate_ths,power_w,power_price_usd_kwh,status\n' +
        'p-1,Ridge,S19j Pro,9,104,3068,0.05,running\np-2,Ridge,S19j Pro,4,103,3060,0.05,running\n',
    )
    await store.confirmImport((await store.previewImport(path)).token, 'merge')
    await store.putLadder({
      ...{ model: 'S19j Pro', firmware: '', source: '' },
      points: [
        { name: 'eco', hashrateThs: 60, powerW: 1350 },
        { name: 'full', hashrateThs: 104, powerW: 3068 },
      ],
    })
    const rows = async () => {
      const { machines } = await store.readFleet()
      return Object.keys(await statesOf(store)).flatMap((id, row) =>
        id.startsWith('p-')
          ? [[id, machines.quantity[row], machines.hashrateThs[row], machines.powerW[row]]]
          : [],
      )
    }
    const before = await rows()
    const [key] = await store.findMachines(['p-1'])
    const siteKey = await keyOf(store, 'Ridge')
    await store.recordActs(
      MARKET,
      requestAt(siteKey, { done: { rows: 'but', machines: [{ key: key!, machines: 5 }] } }),
    )
    const after = [
      ['p-1', 4, 104, 3068],
      ['p-2', 4, 60, 1350],
      ['p-1-2', 5, 60, 1350],
    ]
    expect(await rows()).toEqual(after)
    expect(await store.readDecisions(1)).toMatchObject([{ machinesDone: 9, advised: { start: 0, set: 13 } }])
    // What p-2 ran at is no point of the model's ladder; p-1-2 can go back to full by it.
    const { ladders } = await store.readCase()
    expect(ladders.ofLots.map(({ ladder }) => ladder.points.map(({ name }) => name))).toEqual([
      ['eco', '103 TH/s, 3060 W', 'full'],
    ])
    // Only what was left is advised again.
    const again = join(folder, 'again.csv')
    await store.writeWorkList(again, MARKET, 'Ridge', NOW_MS)
    const [head, line, ...more] = readFileSync(again, 'utf8').trimEnd().split('\n')
    expect([line, more]).toEqual([
      'Ridge,,,,p-1,S19j Pro,,4,"Set to 60 TH/s, 1350 W (eco)",,2025-11-22T12:00:00Z,,',
      [],
    ])
    // And comes home done; figures that are no point of it are left out.
    writeFileSync(again, [head, `${line!.replace('1350', '1351')}x`].join('\n'))
    expect((await store.previewWorkList(again, MARKET, NOW_MS)).leftOut).toEqual([
      { line: 2, message: 'p-1 has no operating point of 60 TH/s and 1351 W' },
    ])
    writeFileSync(again, [head, `${line!}x`].join('\n'))
    const preview = await store.previewWorkList(again, MARKET, NOW_MS)
    expect(preview).toMatchObject({ questions: [], sites: [{ site: 'Ridge', start: 0, set: 4, already: 0 }] })
    await store.confirmWorkList(preview.token, MARKET, false, '', NOW_MS)
    expect((await rows())[0]).toEqual(['p-1', 4, 60, 1350])
    await store.undo()
    await store.undo()
    expect(await rows()).toEqual(before)
    expect((await store.readCase()).ladders.ofLots).toEqual([])
  })

  it('makes two of a lot of which a part is done, and leaves what is not done as it was', async () => {
    const { store } = await withFleet()
    const { machines } = await store.readFleet()
    const siteKey = await keyOf(store, 'Harbor')
    const partly = [
      { key: machines.key[1]!, machines: 5 },
      { key: machines.key[2]!, machines: 0 },
    ]
    const { revision } = await store.recordActs(
      MARKET,
      requestAt(siteKey, { done: { rows: 'but', machines: partly } }),
    )
    expect(await statesOf(store)).toMatchObject({
      'h-10': '3 off',
      'h-2': '7 running',
      'h-2-2': '5 off',
      '=h1': '1 running',
    })
    expect(await store.readDecisions(1)).toMatchObject([{ machinesDone: 8, advised: { powerDown: 16 } }])
    await store.undo(revision)
    expect(await statesOf(store)).toMatchObject({ 'h-2': '12 running' })
    expect(Object.keys(await statesOf(store))).toHaveLength(6)
  })

  it('records several sites in one step, and nothing where the advice is not what was shown', async () => {
    const { store } = await withFleet()
    const sites = [await keyOf(store, 'Harbor'), await keyOf(store, 'North')]
    const shown = [
      { powerDown: 16, pause: 0, start: 0, set: 0 },
      { powerDown: 2, pause: 0, start: 3, set: 0 },
    ]
    const both = (counts: typeof shown) => ({
      sites: sites.map((siteKey, i) => ({ siteKey, shown: counts[i]! })),
    })
    await expect(store.recordActs(MARKET, requestAt(0, both(shown)))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('North') as string,
    })
    expect(await store.readDecisions(10)).toEqual([])
    const right = [shown[0]!, { powerDown: 2, pause: 0, start: 4, set: 0 }]
    const { machines } = await store.recordActs(MARKET, requestAt(0, both(right)))
    expect(machines).toBe(22)
    expect(await statesOf(store)).toMatchObject({ 'n-1': '2 off', 'n-2': '4 running', 'h-2': '12 off' })
    expect(await store.readDecisions(10)).toHaveLength(2)
    await store.undo()
    expect(await store.readDecisions(10)).toMatchObject([{ isTakenBack: true }, { isTakenBack: true }])
  })

  it('keeps a "not now" beside the fleet, until it is taken back', async () => {
    const { store } = await withFleet()
    const { revision } = await store.readFleet()
    const siteKey = await keyOf(store, 'Harbor')
    await store.recordActs(MARKET, requestAt(siteKey, { kind: 'not-now', reason: 'no crew' }))
    expect((await store.readFleet()).revision).toBe(revision)
    const [decision] = await store.readDecisions(10)
    expect(decision).toMatchObject({ kind: 'not-now', reason: 'no crew', machinesDone: 0 })
    await store.takeBackDecision(decision!.key)
    expect(await store.readDecisions(10)).toMatchObject([{ isTakenBack: true }])
    await expect(store.takeBackDecision(decision!.key)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('says by whom, and what was at stake, of what was done in part as much as was done', async () => {
    const { store } = await withFleet()
    const siteKey = await keyOf(store, 'Harbor')
    const [lot] = await store.findMachines(['h-2'])
    await store.recordActs(
      MARKET,
      requestAt(siteKey, { by: ' Sam ', done: { rows: 'but', machines: [{ key: lot!, machines: 5 }] } }),
    )
    const log = () => store.readDecisionLog({ fromMs: null, toMs: null }, 10)
    const [decision] = await log()
    // 3 + 5 + 1 machines: 9 · 95 TH/s, 9 · 3.25 kW · 24 h · 0.08 USD
    const { parts, foreseen } = decision!.stake!
    expect(decision).toMatchObject({ byWhom: 'Sam', machinesDone: 9 })
    expect(parts).toMatchObject([{ restartUsd: 0, restartAtEndUsd: 0, againMs: null }])
    expect(Math.round(parts[0]!.untilMs!)).toBe(decision!.untilMs)
    expect(parts[0]!.acceptedPhs).toBeCloseTo(0.855, 9)
    expect(parts[0]!.costUsdPerDay).toBeCloseTo(56.16, 9)
    expect(foreseen[0]).toEqual({ fromMs: NOW_MS, usdPerPhDay: decision!.hashpriceUsdPerPhDay })
    expect(foreseen).toHaveLength(2)
    // The work list of the window reads them without.
    expect((await store.readDecisions(1))[0]).not.toHaveProperty('stake')

    // The seven of the lot that were left are said not to be done, twice: each day counts once.
    for (const days of [1, 2])
      await store.recordActs(
        MARKET,
        requestAt(siteKey, { kind: 'not-now', atMs: NOW_MS + days * DAY_MS, by: '' }),
      )
    const [second, first, done] = await log()
    expect(second).not.toHaveProperty('byWhom')
    expect(second!.stake!.parts).toMatchObject([{ againMs: null }])
    expect(first!.stake!.parts).toMatchObject([{ againMs: NOW_MS + 2 * DAY_MS }])
    expect(first!.stake!.parts[0]!.acceptedPhs).toBeCloseTo(0.665, 9)
    expect(done!.stake!.parts).toMatchObject([{ againMs: null }])
    await store.takeBackDecision(second!.key)
    expect((await log())[1]!.stake!.parts).toMatchObject([{ againMs: null }])
    expect(await store.readDecisionLog({ fromMs: NOW_MS + 1, toMs: NOW_MS + DAY_MS }, 10)).toHaveLength(1)
  })

  it('lasts until the same machines are switched again, also the part of a lot that has a key of its own since', async () => {
    const { store } = await withFleet()
    const siteKey = await keyOf(store, 'North')
    const [lot] = await store.findMachines(['n-2'])
    await store.recordActs(
      MARKET,
      requestAt(siteKey, { done: { rows: 'but', machines: [{ key: lot!, machines: 3 }] } }),
    )
    // Three of the four have started; a hashprice at which they stop again.
    const [part] = await store.findMachines(['n-2-2'])
    expect(part).not.toBe(lot)
    const low = { ...MARKET, conditions: { ...NETWORK, priceUsdPerBtc: 30_000 } }
    await store.recordActs(
      low,
      requestAt(siteKey, {
        atMs: NOW_MS + 2 * DAY_MS,
        done: { rows: 'only', machines: [{ id: 'n-2-2', machines: 1 }] },
      }),
    )
    const parts = async () =>
      (await store.readDecisionLog({ fromMs: null, toMs: null }, 10))[1]!.stake!.parts.map(
        ({ againMs, acceptedPhs }) => [againMs, Number(acceptedPhs.toFixed(3))],
      )
    // Two machines of 56 TH/s stopped and three of 200 started; one of these has stopped.
    expect(await parts()).toEqual([
      [null, -0.288],
      [NOW_MS + 2 * DAY_MS, -0.2],
    ])
    await store.undo()
    expect(await parts()).toEqual([[null, Number((0.112 - 0.6).toFixed(3))]])
  })

  it('is only added to: the mark of being taken back is all that changes, and each change of it stays', async () => {
    const { store, folder } = await withFleet()
    await store.recordActs(MARKET, requestAt(await keyOf(store, 'Harbor'), { by: 'Sam' }))
    const before = Date.now() - 1
    await store.undo()
    const [back] = await store.readDecisions(1)
    expect(back).toMatchObject({ isTakenBack: true, byWhom: 'Sam' })
    expect(back!.takenBackAtMs).toBeGreaterThan(before)
    await store.redo()
    expect((await store.readDecisions(1))[0]).not.toHaveProperty('takenBackAtMs')
    await store.undo()
    await store.close()
    const db = new Sqlite(join(folder, DATABASE_NAME))
    keepChecksums(db)
    expect(db.prepare('SELECT taken_back FROM decision_mark ORDER BY key').pluck().all()).toEqual([1, 0, 1])
    for (const statement of [
      "UPDATE decision SET reason = 'no crew'",
      "UPDATE decision SET by_whom = 'Kim'",
      'UPDATE decision SET gain_nusd = gain_nusd + 1',
      'UPDATE decision SET stake_json = NULL',
      'DELETE FROM decision',
      "UPDATE decision_machines SET machines_json = '{}'",
      'DELETE FROM decision_machines',
      'UPDATE decision_mark SET at_ms = 0',
      'DELETE FROM decision_mark',
      'INSERT OR REPLACE INTO decision SELECT * FROM decision',
      'INSERT OR REPLACE INTO decision_machines SELECT * FROM decision_machines',
      'INSERT OR REPLACE INTO decision_mark SELECT * FROM decision_mark',
    ])
      expect(() => db.exec(statement), statement).toThrow('a decision that is recorded')
    expect(damagedRows(db)).toEqual([])
    db.close()
  })

  it('is checked like everything that is stored, and goes into a copy', async () => {
    const { store, folder } = await withFleet()
    await store.recordActs(MARKET, requestAt(await keyOf(store, 'Harbor')))
    const copy = join(folder, 'copy.db')
    await store.backup(copy)
    await store.close()
    for (const file of [copy, join(folder, DATABASE_NAME)]) {
      const db = new Sqlite(file)
      keepChecksums(db)
      expect(damagedRows(db)).toEqual([])
      expect(db.prepare('SELECT count(*) FROM decision').pluck().get()).toBe(1)
      db.exec('DROP TRIGGER checksum_decision_update; DROP TRIGGER decision_stays')
      db.exec("UPDATE decision SET site = 'Hatbor'")
      expect(damagedRows(db)).toEqual([{ table: 'decision', key: 1 }])
      db.close()
    }
  })
})

describe('a work list', () => {
  const listIn = async (store: Store, folder: string, site: string | null = null) => {
    const path = join(folder, 'list.csv')
    const { rows } = await store.writeWorkList(path, MARKET, site, NOW_MS)
    return { path, rows, lines: readFileSync(path, 'utf8').trimEnd().split('\n') }
  }

  it('is sorted so that one walks the racks once, and its cells are no formulas', async () => {
    const { store, folder } = await withFleet()
    const { lines, rows } = await listIn(store, folder)
    expect(rows).toBe(5)
    expect(lines).toEqual([
      'site,rack,position,ip,id,model,serial,machines,do,hours,listed_at,by,done',
      'Harbor,R2,7,10.0.0.2,h-2,S19,,12,Power down,,2025-11-22T12:00:00Z,,',
      "Harbor,R2,10,10.0.0.3,'=h1,S19,,1,Power down,,2025-11-22T12:00:00Z,,",
      'Harbor,R10,1,10.0.0.1,h-10,S19,SN1,3,Power down,,2025-11-22T12:00:00Z,,',
      'North,,,,n-1,S17,,2,Power down,,2025-11-22T12:00:00Z,,',
      'North,,,,n-2,S21,,4,Start,,2025-11-22T12:00:00Z,,',
    ])
  })

  it('comes home with its done column: marks and numbers of a lot, unknown machines by their line', async () => {
    const { store, folder } = await withFleet()
    const { path, lines } = await listIn(store, folder)
    const marks = ['', '5', 'x', 'no', 'maybe', '✓']
    const marked = lines.map((line, i) => `${i === 2 ? line.replace(/,$/, 'Kim,') : line}${marks[i]!}`)
    writeFileSync(
      path,
      [...marked, 'Harbor,,,,gone,,,1,Power down,,2025-11-22T12:00:00Z,Sam,yes'].join('\r\n'),
    )
    const preview = await store.previewWorkList(path, MARKET, NOW_MS)
    expect(preview).toMatchObject({
      lines: 6,
      marked: 4,
      questions: [],
      sites: [
        { site: 'Harbor', powerDown: 6, start: 0, set: 0, already: 0 },
        { site: 'North', powerDown: 0, start: 4, set: 0, already: 0 },
      ],
      leftOut: [
        { line: 5, message: expect.stringContaining('done is "maybe"') as string },
        { line: 7, message: 'there is no machine gone in the fleet' },
      ],
    })
    await store.confirmWorkList(preview.token, MARKET, false, 'Sam', NOW_MS)
    expect(await statesOf(store)).toMatchObject({
      'h-2': '7 running',
      'h-2-2': '5 off',
      '=h1': '1 off',
      'h-10': '3 running',
      'n-2': '4 running',
    })
    expect(await store.readDecisions(10)).toMatchObject([
      { site: 'North', machinesDone: 4, advised: { powerDown: 2, start: 4 }, byWhom: 'Sam' },
      // A line names someone itself.
      { site: 'Harbor', machinesDone: 6, advised: { powerDown: 16 }, byWhom: 'Kim' },
    ])
    // Once more it would do the part of the lot again.
    const again = await store.previewWorkList(path, MARKET, NOW_MS)
    expect(again.leftOut[0]).toMatchObject({
      line: 2,
      message: 'h-2 has 7 machines now and the list has 12: perhaps it was recorded already',
    })
    expect(again.sites).toEqual([
      { site: 'Harbor', powerDown: 0, start: 0, set: 0, already: 1 },
      { site: 'North', powerDown: 0, start: 0, set: 0, already: 4 },
    ])
    await store.undo()
    expect(await statesOf(store)).toMatchObject({ 'h-2': '12 running', 'n-2': '4 off' })
  })

  it('of another day, or advised otherwise by now, is asked about', async () => {
    const { store, folder } = await withFleet()
    const { path, lines } = await listIn(store, folder, 'North')
    writeFileSync(path, [lines[0]!, ...lines.slice(1).map((line) => `${line}yes`)].join('\n'))
    const later = { ...MARKET, nowMs: NOW_MS + 2 * DAY_MS }
    const preview = await store.previewWorkList(path, later, NOW_MS + 2 * DAY_MS)
    expect(preview.questions.join(' ')).toContain('The list is of another day: 22 Nov 2025.')
    const confirm = (accepted: boolean) =>
      store.confirmWorkList(preview.token, later, accepted, '', NOW_MS + 2 * DAY_MS)
    await expect(confirm(false)).rejects.toMatchObject({ code: 'bad-input' })
    expect((await confirm(true)).machines).toBe(6)
    // The same list once more changes nothing, and something else is advised for nobody.
    const again = await store.previewWorkList(path, later, NOW_MS + 2 * DAY_MS)
    expect(again.sites).toEqual([{ site: 'North', powerDown: 0, start: 0, set: 0, already: 6 }])
  })

  it('that is marked by someone else otherwise is refused in words', async () => {
    const { store, folder } = await withFleet()
    const path = join(folder, 'other.csv')
    writeFileSync(path, 'id,do\nh-2,Power down\n')
    await expect(store.previewWorkList(path, MARKET, NOW_MS)).rejects.toMatchObject({
      code: 'bad-input',
      message: 'other.csv, row 1: a work list needs the columns id, do, done; done is missing',
    })
    await expect(store.confirmWorkList('other', MARKET, true, '', NOW_MS)).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('a machine that was paused', () => {
  it('is called back: its key comes with the case until it runs', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    const path = join(folder, 'fleet.csv')
    // Break-even 36: under water now, above it after a falling difficulty.
    writeFileSync(
      path,
      'id,site,hashrate_ths,power_w,power_price_usd_kwh,restart_usd\np-1,North,100,3000,0.05,0.1\np-2,North,200,3500,0.05,0.1\n',
    )
    await store.confirmImport((await store.previewImport(path)).token, 'merge')
    expect((await store.readCase()).paused).toEqual(new Float64Array())
    await store.recordActs(MARKET, requestAt(await keyOf(store, 'North')))
    const [decision] = await store.readDecisions(1)
    expect(decision!.advised).toEqual({ powerDown: 0, pause: 1, start: 0, set: 0 })
    const pause = async () =>
      (await store.readDecisionLog({ fromMs: null, toMs: null }, 10)).at(-1)!.stake!.parts[0]!
    const { untilMs, againMs } = await pause()
    expect(againMs).toBeNull()
    // Until the adjustment, not until the end of the horizon.
    expect(untilMs).toBeLessThan(decision!.untilMs! - 10 * DAY_MS)
    const { machines } = await store.readFleet()
    expect((await store.readCase()).paused).toEqual(Float64Array.of(machines.key[0]!))
    // Started by a decision a day after the adjustment, which pays for it.
    const dear = { ...MARKET, conditions: { ...NETWORK, priceUsdPerBtc: 120_000 } }
    const startedMs = Math.round(untilMs!) + DAY_MS
    await store.recordActs(dear, requestAt(await keyOf(store, 'North'), { atMs: startedMs }))
    expect((await pause()).againMs).toBe(startedMs)
    await store.undo()
    expect((await pause()).againMs).toBeNull()
    await store.updateMachines([machines.key[0]!], { status: 'running' })
    expect((await store.readCase()).paused).toEqual(new Float64Array())
    await store.undo()
    await store.undo()
    expect((await store.readCase()).paused).toEqual(new Float64Array())
  })
})
