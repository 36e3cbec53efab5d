import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MachineColumns, SiteColumns } from '#shared/domain/fleet/fleet.ts'
import { unpackMachines } from '#shared/domain/fleet/packed.ts'
import { MOST_CHANGED_ROWS } from '#electron/store/sqlite/row-journal.ts'
import { openDirect } from './direct.ts'
import type { DirectStore } from './direct.ts'
import { machineInput, NORTH, rowsOf, temporaryFolder } from './stores.ts'

type Stores = { readonly ours: DirectStore; readonly theirs: DirectStore; readonly folder: string }
type Rows = ReadonlyMap<number, unknown>

/** What a reader of the columns sees of each machine; the row of its site is what counts, not the name. */
function machineRows(machines: MachineColumns, sites: SiteColumns): Rows {
  const { machines: rows } = rowsOf({ machines, sites })
  return new Map(
    rows.map((row, i) => [
      row.key,
      { ...row, site: machines.site[i], sources: [machines.hashrateSource[i], machines.powerSource[i]] },
    ]),
  )
}

/** A reader who holds the machines of a revision, and reads on from there. */
function createReader(store: DirectStore) {
  let held: { readonly revision: number; readonly rows: Rows } | null = null
  return () => {
    const { delivery, machines, sites, revision, rows } = store.readFleetSince(held?.revision ?? null)
    const delivered: Rows = machines === null ? new Map() : machineRows(unpackMachines(machines), sites)
    held = {
      revision,
      rows: delivery === 'all' ? delivered : new Map([...(held?.rows ?? []), ...delivered]),
    }
    expect(held.rows.size).toBe(rows)
    return { delivery, delivered: [...delivered.keys()], rows: held.rows }
  }
}

/** Two sites; rig-1 and rig-2 (with a price of its own) at North, rig-3 at South; a second process on the same file. */
async function smallFleet(): Promise<Stores> {
  const folder = temporaryFolder()
  const ours = await openDirect(folder)
  ours.addSite(NORTH)
  ours.addSite({ ...NORTH, name: 'South' })
  ours.addMachine(machineInput({ siteKey: 1, id: 'rig-1' }))
  ours.addMachine(machineInput({ siteKey: 1, id: 'rig-2', powerPriceUsdPerKwh: 0.031 }))
  ours.addMachine(machineInput({ siteKey: 2, id: 'rig-3' }))
  return { ours, theirs: await openDirect(folder), folder }
}

let files = 0
async function importText({ ours, folder }: Stores, text: string, mode: 'merge' | 'replace'): Promise<void> {
  const path = join(folder, `${++files}.csv`)
  writeFileSync(path, `id,site,hashrate_ths,power_w\n${text}`)
  ours.confirmImport((await ours.previewImport(path)).token, mode)
}

const inEuros = { ...NORTH, tariff: { currency: 'EUR', powerPricePerKwh: 0.06, otherPerKwh: 0 } } as const

type Change = (stores: Stores) => unknown
const CHANGES: readonly (readonly [
  what: string,
  delivery: 'same' | 'rows' | 'all',
  keys: readonly number[],
  change: Change,
])[] = [
  ['nothing', 'same', [], () => undefined],
  ['one edited', 'rows', [2], ({ ours }) => ours.updateMachines([2], { powerW: 2999 })],
  [
    'several edited, one twice',
    'rows',
    [1, 3],
    ({ ours }) => {
      ours.updateMachines([1, 3], { status: 'off', siteKey: 2 })
      ours.updateMachines([3], { powerW: 2999 })
    },
  ],
  ['one added', 'rows', [4], ({ ours }) => ours.addMachine(machineInput({ siteKey: 2, id: 'new' }))],
  ['one removed', 'all', [1, 3], ({ ours }) => ours.removeMachines([2])],
  [
    'an edit taken back',
    'rows',
    [2],
    ({ ours }) => {
      ours.updateMachines([2], { powerW: 2999 })
      ours.undo()
    },
  ],
  [
    'an edit done again',
    'rows',
    [2],
    ({ ours }) => {
      ours.updateMachines([2], { powerW: 2999 })
      ours.undo()
      ours.redo()
    },
  ],
  [
    'a removal taken back',
    'all',
    [1, 2, 3],
    ({ ours }) => {
      ours.removeMachines([2])
      ours.undo()
    },
  ],
  [
    'an import that merges',
    'rows',
    [1, 4],
    (stores) => importText(stores, 'rig-1,North,90,3000\nnew,North,90,3000\n', 'merge'),
  ],
  [
    'an import that replaces',
    'all',
    [1, 4],
    (stores) => importText(stores, 'rig-1,North,90,3000\nnew,North,90,3000\n', 'replace'),
  ],
  [
    'an import with a new site',
    'rows',
    [1, 4],
    (stores) => importText(stores, 'rig-1,West,90,3000\nnew,West,90,3000\n', 'merge'),
  ],
  ['a site edited', 'same', [], ({ ours }) => ours.updateSite(1, { ...NORTH, name: 'Nord' }, false)],
  [
    'a site edited with its machines',
    'rows',
    [2],
    ({ ours }) => ours.updateSite(1, { ...NORTH, powerPriceUsdPerKwh: 0.09 }, true),
  ],
  ['a site added', 'same', [], ({ ours }) => ours.addSite({ ...NORTH, name: 'West' })],
  [
    'a site removed that has no machine',
    'all',
    [1, 2, 3],
    ({ ours }) => {
      ours.updateMachines([3], { siteKey: 1 })
      ours.removeSite(2)
    },
  ],
  [
    'a rate that moves a price',
    'same',
    [],
    ({ ours }) => {
      ours.updateSite(1, inEuros, false)
      expect(ours.typeRate('EUR', 1.25, 0)).toEqual({ fleetChanged: true })
    },
  ],
  [
    'a rate of another process',
    'all',
    [1, 2, 3],
    ({ ours, theirs }) => {
      ours.updateSite(1, inEuros, false)
      theirs.typeRate('EUR', 1.3, 0)
    },
  ],
  [
    'an edit of another process',
    'all',
    [1, 2, 3],
    ({ theirs }) => theirs.updateMachines([1], { powerW: 2500 }),
  ],
  [
    'an edit of another process and one of ours',
    'all',
    [1, 2, 3],
    ({ ours, theirs }) => {
      theirs.updateMachines([1], { powerW: 2500 })
      ours.updateMachines([2], { powerW: 2400 })
    },
  ],
  [
    'a change that was refused',
    'same',
    [],
    ({ ours }) => {
      expect(() => ours.updateMachines([1, 99], { powerW: 1 })).toThrow()
    },
  ],
]

describe('what a reader gets who holds an earlier revision', () => {
  it.each(CHANGES)('%s: %s', async (_, delivery, keys, change) => {
    const stores = await smallFleet()
    const read = createReader(stores.ours)
    expect(read().delivery).toBe('all')
    await change(stores)
    const seen = read()
    expect(seen).toMatchObject({ delivery, delivered: keys })
    expect([...seen.rows]).toEqual([...createReader(stores.theirs)().rows])
    expect(read().delivery).toBe('same')
  })

  it('is all of it where the revision is not known', async () => {
    const { ours, folder } = await smallFleet()
    const { revision } = ours.readFleet()
    expect(ours.readFleetSince(revision).delivery).toBe('same')
    expect(ours.readFleetSince(revision + 1).delivery).toBe('all')
    expect(ours.readFleetSince(-1).delivery).toBe('all')
    // The same revision, but another session: it does not know what came before it.
    const later = await openDirect(folder)
    expect(later.readFleetSince(revision).delivery).toBe('same')
    expect(later.readFleetSince(revision - 1).delivery).toBe('all')
  })

  it('is all of it where many rows have changed, at once or one after the other', async () => {
    const folder = temporaryFolder()
    const stores = { ours: await openDirect(folder), theirs: await openDirect(folder), folder }
    const half = MOST_CHANGED_ROWS / 2
    const rows = Array.from({ length: MOST_CHANGED_ROWS + 1 }, (_, i) => `rig-${i},North,100,3000\n`)
    await importText(stores, rows.join(''), 'merge')
    const keys = Array.from({ length: MOST_CHANGED_ROWS + 1 }, (_, i) => i + 1)
    const { ours } = stores
    const begin = ours.readFleetSince(null).revision
    const edit = (some: readonly number[], powerW: number) => ours.updateMachines(some, { powerW }).revision
    const first = edit(keys.slice(0, half), 1)
    const second = edit(keys.slice(half, 2 * half), 2)
    expect(ours.readFleetSince(begin)).toMatchObject({ delivery: 'rows', from: begin })
    const third = edit(keys.slice(0, 1), 3)
    expect(ours.readFleetSince(begin).delivery).toBe('all')
    expect(ours.readFleetSince(first).machines?.length).toBe(half + 1)
    edit(keys, 4)
    for (const have of [begin, first, second, third]) {
      expect(ours.readFleetSince(have).delivery).toBe('all')
    }
  })

  it('after any sequence of changes is what a full read gives, whenever it is read', async () => {
    const changes: readonly Change[] = [
      ...CHANGES.map(([, , , change]) => change),
      ({ ours }) => ours.undo(),
      ({ ours }) => ours.redo(),
    ]
    const step = fc.record({ change: fc.constantFrom(...changes), isRead: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
        const stores = await smallFleet()
        const read = createReader(stores.ours)
        read()
        for (const { change, isRead } of steps) {
          // What an earlier change has made impossible is refused.
          await Promise.resolve()
            .then(() => change(stores))
            .catch(() => undefined)
          if (isRead) expect([...read().rows]).toEqual([...createReader(stores.theirs)().rows])
        }
        expect([...read().rows]).toEqual([...createReader(stores.theirs)().rows])
        stores.ours.close()
        stores.theirs.close()
      }),
      { numRuns: 25 },
    )
  }, 120_000)
})
