import type { Database } from 'better-sqlite3'
import type { Books, Costing, Entry, Fact, NewEntry, PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { isSoundRow, refusalOf } from '../row-checksums.ts'

/** What is kept in a file of a fleet, and folded in a moment. */
const MOST_ENTRIES = 200_000
/** Books that nobody has looked at for so long are let go; 200 000 entries are some 120 MB. */
export const KEPT_MS = 600_000

type EntryRow = readonly [
  key: number,
  batch: number,
  recordedMs: number,
  fact: string,
  site: string,
  zone: string,
  reference: string,
  corrects: number | null,
  note: string,
  file: string | null,
  line: number | null,
]
type PoolRow = Omit<PoolTerms, 'sites'> & { readonly sites: string }

const SAID = 'fact_json, site, zone, reference, corrects, note, origin_file, origin_line'

/** Entries after a key, each looked at as it is read. */
export const readEntries = (db: Database): string =>
  `SELECT key, batch, recorded_at_ms, ${SAID} FROM ledger_entry
   WHERE key > ? AND ${isSoundRow(db, 'ledger_entry')} ORDER BY key`
/** None is ever removed, so that the last key that was given is that of the last one. */
export const LAST_KEY_GIVEN = "SELECT seq FROM sqlite_sequence WHERE name = 'ledger_entry'"

/** Entries, terms of pools and the costing as they are stored. What may be booked is for the caller to say, within a transaction. */
export function createLedgerRows(db: Database, mostEntries = MOST_ENTRIES) {
  const after = db.prepare<[key: number], EntryRow>(readEntries(db)).raw()
  const lastGiven = db.prepare<[], number>(LAST_KEY_GIVEN).pluck()
  const insert = db.prepare(
    `INSERT INTO ledger_entry (batch, recorded_at_ms, kind, ${SAID}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const pools = db.prepare<[], PoolRow>(
    `SELECT name, from_month AS "from", scheme, fee, revenue, sites_json AS sites, hashrate_ehs AS poolHashrateEhs
     FROM ledger_pool WHERE ${isSoundRow(db, 'ledger_pool')} ORDER BY name, from_month`,
  )
  const putPool = db.prepare(
    `INSERT INTO ledger_pool (name, from_month, scheme, fee, revenue, sites_json, hashrate_ehs)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const removePool = db.prepare('DELETE FROM ledger_pool WHERE name = ? AND from_month = ?')
  const costing = db
    .prepare<[], Costing>(`SELECT costing FROM ledger_choice WHERE ${isSoundRow(db, 'ledger_choice')}`)
    .pluck()
  const setCosting = db.prepare('UPDATE ledger_choice SET costing = ?')

  /** They never change, so that only those are read that were added. */
  let entries: readonly Entry[] = []
  let known: Books | null = null
  let terms = ''

  /** Reads what was added. A row that is gone has no checksum that would not fit: its key is missed. */
  function addedEntries(): readonly Entry[] {
    const known = entries.at(-1)?.key ?? 0
    const added = after.all(known).map(entryFrom)
    const gap = added.findIndex(({ key }, i) => key !== known + 1 + i)
    const missing = gap >= 0 ? known + 1 + gap : known + added.length + 1
    if (missing <= (lastGiven.get() ?? 0)) throw refusalOf(db, { table: 'ledger_entry', key: missing })
    return added
  }

  const readAtOnce = db.transaction((): Books => {
    const added = addedEntries()
    const stored = pools.all()
    const chosen = costing.get()!
    const seen = JSON.stringify([stored, chosen])
    if (known !== null && added.length === 0 && seen === terms) return known
    const all = added.length === 0 ? entries : [...entries, ...added]
    const books: Books = {
      entries: all,
      pools: stored.map(({ sites, ...pool }) => ({ ...pool, sites: JSON.parse(sites) as string[] })),
      costing: chosen,
    }
    entries = all
    terms = seen
    known = books
    return books
  })
  let unused: NodeJS.Timeout | undefined
  /** The same object as before where nothing has changed; forgotten a while after it was last asked for. */
  function read(): Books {
    clearTimeout(unused)
    unused = setTimeout(() => {
      entries = []
      known = null
    }, KEPT_MS).unref()
    return readAtOnce()
  }

  /**
   * One change of the books, whole or not at all; nobody else writes meanwhile.
   * @param work must not read: what it has written may yet be taken back
   */
  const change = <T>(work: (books: Books) => T): T => db.transaction(() => work(read())).immediate()

  return {
    read,
    change,
    /** @throws StrikelineError 'bad-input' where there is no room for so many; what a full ledger still takes is not asked for */
    refuseBeyond(added: number): void {
      const room = Math.max(0, mostEntries - entries.length)
      if (added > room)
        throw new StrikelineError(
          'bad-input',
          `A ledger holds at most ${mostEntries} entries, and there is room for ${room}. Nothing was booked. Go on in another data folder, with an opening of what is held.`,
        )
    },
    /** One batch; gives its number and the keys, ascending. */
    add(
      given: readonly NewEntry[],
      recordedMs: number,
    ): { readonly batch: number; readonly keys: readonly number[] } {
      const batch = (entries.at(-1)?.batch ?? 0) + 1
      const keys = given.map(({ fact, site, zone, reference, corrects, note, origin }) => {
        const said = [JSON.stringify(fact), site, zone, reference, corrects, note]
        const of = [origin?.file ?? null, origin?.line ?? null]
        return Number(insert.run(batch, Math.round(recordedMs), fact.kind, ...said, ...of).lastInsertRowid)
      })
      return { batch, keys }
    },
    putPool({ name, from, scheme, fee, revenue, sites, poolHashrateEhs }: PoolTerms): void {
      putPool.run(name, from, scheme, fee, revenue, JSON.stringify(sites), poolHashrateEhs)
    },
    /** By name and first month, as they are stored. */
    removePool({ name, from }: PoolTerms): void {
      removePool.run(name, from)
    },
    setCosting(chosen: Costing): void {
      setCosting.run(chosen)
    },
  }
}

function entryFrom(row: EntryRow): Entry {
  const [key, batch, recordedMs, fact, site, zone, reference, corrects, note, file, line] = row
  return {
    ...{ key, batch, recordedMs, site, zone, reference, corrects, note },
    fact: JSON.parse(fact) as Fact,
    origin: file === null ? null : { file, line: line! },
  }
}
