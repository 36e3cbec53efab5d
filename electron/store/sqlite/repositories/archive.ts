import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { ArchivedMachine, ArchivePage } from '../../port.ts'
import { isSoundRow } from '../row-checksums.ts'
import type { Task } from '../task.ts'

type Row = Readonly<Record<string, string | number | null>>
type Kept = ArchivedMachine & { readonly row: string; readonly points: string }

const ROWS_PER_STEP = 2000
const MOST_SHOWN = 200

/** The rest of a row: what comes back gets these anew. */
const without = (row: Row, ...columns: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)))

export type Archive = ReturnType<typeof createArchive>

/**
 * Machines that are gone but kept, with the rows that belong to them; every change must run inside a change of the history. They
 * stand apart from the machines, so that nothing counts them, and their ids are free for others.
 */
export function createArchive(db: Database) {
  const machine = db.prepare<[number], Row>(
    `SELECT * FROM machine WHERE key = ? AND ${isSoundRow(db, 'machine')}`,
  )
  const pointsOf = db.prepare<[number], Row>(
    `SELECT * FROM lot_point WHERE machine_key = ? AND ${isSoundRow(db, 'lot_point')} ORDER BY key`,
  )
  const siteName = db.prepare<[number], string>('SELECT name FROM site WHERE key = ?').pluck()
  const siteKey = db.prepare<[string], number>('SELECT key FROM site WHERE name = ?').pluck()
  const isTaken = db.prepare<[string], 1>('SELECT 1 FROM machine WHERE id = ?').pluck()
  const put = db.prepare(
    `INSERT INTO archived_machine (archived_at_ms, id, model, site, quantity, row_json, points_json)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const kept = db.prepare<[number], Kept>(
    `SELECT key, archived_at_ms AS archivedAtMs, id, model, site, quantity, row_json AS row, points_json AS points
     FROM archived_machine WHERE key = ? AND ${isSoundRow(db, 'archived_machine')}`,
  )
  const remove = db.prepare<[number]>('DELETE FROM archived_machine WHERE key = ?')
  const keyOf = db
    .prepare<[string], number>('SELECT key FROM archived_machine WHERE id = ? ORDER BY key DESC LIMIT 1')
    .pluck()
  const counts = db.prepare<[string], { readonly total: number; readonly found: number }>(
    `SELECT count(*) AS total, coalesce(sum(instr(lower(id || ' ' || model || ' ' || site), ?) > 0), 0) AS found
     FROM archived_machine`,
  )
  const page = db.prepare<[string, number], ArchivedMachine>(
    `SELECT key, archived_at_ms AS archivedAtMs, id, model, site, quantity FROM archived_machine
     WHERE instr(lower(id || ' ' || model || ' ' || site), ?) > 0 AND ${isSoundRow(db, 'archived_machine')}
     ORDER BY archived_at_ms DESC, key DESC LIMIT ?`,
  )

  // It comes back under its key, by which its history is known. Undo knows new rows by higher ones, so this one is noted first.
  const rememberNew = db.prepare<[number]>(
    'INSERT INTO undo_machine (step, key, existed) SELECT step, ?, 0 FROM undo_now',
  )

  function insertRow(table: 'machine' | 'lot_point', row: Row): number {
    const columns = Object.keys(row)
    return Number(
      db
        .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
        .run(...Object.values(row)).lastInsertRowid,
    )
  }

  /** The site that a machine goes back to: its own, else one of that name. */
  function siteFor({ id, site }: Kept, wanted: number): number {
    const key = siteName.get(wanted) === undefined ? siteKey.get(site) : wanted
    if (key !== undefined) return key
    throw new StrikelineError(
      'not-found',
      `${id} stood at ${site}, which is no longer in the fleet. Add a site of that name, then bring ${id} back.`,
    )
  }

  return {
    /** Copies machines into the archive; who calls removes them from the fleet. */
    put(keys: readonly number[], nowMs: number, task: Task | null): void {
      keys.forEach((key, i) => {
        if (i % ROWS_PER_STEP === 0) task?.step(i, keys.length)
        const row = machine.get(key)
        if (row === undefined) return
        const points = pointsOf.all(key).map((point) => without(point, 'key', 'machine_key', 'checksum'))
        put.run(
          ...[nowMs, row['id'], row['model'], siteName.get(row['site_key'] as number)!, row['quantity']],
          ...[JSON.stringify(without(row, 'checksum')), JSON.stringify(points)],
        )
      })
    },

    /** The newest first. @param text that id, model or site must contain, case ignored */
    read(text: string): ArchivePage {
      const wanted = text.trim().toLowerCase()
      return { ...counts.get(wanted)!, machines: page.all(wanted, MOST_SHOWN) }
    },

    /** Of the one that was archived last under an id. */
    keyOf: (id: string): number | null => keyOf.get(id) ?? null,

    /** Gives the ids. @throws StrikelineError 'not-found', or 'conflict' where another machine has the id by now */
    bringBack(keys: readonly number[]): readonly string[] {
      return keys.map((key) => {
        const found = kept.get(key)
        if (found === undefined)
          throw new StrikelineError(
            'not-found',
            'Some of these machines are no longer in the archive. Nothing was changed; look at the list again.',
          )
        if (isTaken.get(found.id) === 1)
          throw new StrikelineError(
            'conflict',
            `The fleet has another machine ${found.id} by now. Nothing was changed; archive or remove that one first.`,
          )
        const row = JSON.parse(found.row) as Row
        const at = siteFor(found, row['site_key'] as number)
        rememberNew.run(row['key'] as number)
        const machineKey = insertRow('machine', { ...row, site_key: at })
        for (const point of JSON.parse(found.points) as readonly Row[])
          insertRow('lot_point', { ...point, machine_key: machineKey })
        remove.run(key)
        return found.id
      })
    },
  }
}
