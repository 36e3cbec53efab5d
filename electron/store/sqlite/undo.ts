import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { checkedColumns, sumOf } from './row-checksums.ts'
import { createRowJournal, MOST_CHANGED_ROWS } from './row-journal.ts'

/** Tables whose changes can be taken back, parents before children. Each has the primary key `key` AUTOINCREMENT. */
const RECORDED = [
  'site',
  'machine',
  'site_contract',
  'profile_point',
  'lot_point',
  'watched_file',
  'archived_machine',
  'purchase',
] as const

/** Steps that can be taken back, and rows that are remembered of all of them together; older steps are forgotten. */
const DEPTH = 100
const MOST_ROWS = 300_000

type Side = 'undo' | 'redo'
type Step = {
  readonly number: number
  readonly label: string
  readonly rowCount: number
  readonly keySum: number
  /** when the change was made, unix ms; null: not kept */
  readonly atMs: number | null
}
/** Of some rows that are remembered. */
type CountAndKeys = readonly [rows: number, keySum: number]
const COUNT_AND_KEYS = 'count(*), coalesce(sum(key), 0)'
const totalOf = (parts: readonly CountAndKeys[], at: 0 | 1) => parts.reduce((sum, part) => sum + part[at], 0)

export type UndoLog = {
  /**
   * Runs a change as one transaction, one revision and one step of undo. A change that touched no row is neither.
   * Throws what `work` throws, with nothing changed.
   * @param label what undo will say it takes back; made after the work, so that it can count
   */
  change<T extends object>(
    work: () => T,
    label: string | ((result: T) => string),
  ): T & { readonly revision: number }
  /**
   * Runs a write that changes no site or machine as one transaction and returns what it returns. true: figures of
   * the fleet follow from it, so the revision grows by one, without a step of undo.
   */
  aside(work: () => boolean): boolean
  /**
   * 'not-found' where there is nothing to take back, 'conflict' where the fleet is not what was looked at.
   * @param revision of the fleet that was looked at; absent: the one that this connection has seen last
   */
  undo(revision?: number): { readonly revision: number }
  redo(revision?: number): { readonly revision: number }
  /** Must be called inside the transaction that reads the fleet. */
  state(): { readonly revision: number; readonly undo: string | null; readonly redo: string | null }
  /**
   * Keys of the machines changed or added since a revision; null where rows were removed or moved, where they are
   * many, or where another process has written. A row of a machine's site means the same site as before. Must be
   * called inside the transaction that reads the fleet.
   */
  machinesChangedSince(revision: number): readonly number[] | null
}

/** Forgets every step, of a database that nobody has open as a fleet. */
export function forgetSteps(db: Database): void {
  for (const table of [...RECORDED.map((name) => `undo_${name}`), 'decision_undo', 'undo_step'])
    db.exec(`DELETE FROM ${table}`)
}

/**
 * Undo as SQLite itself describes it, with rows in place of statements: temporary triggers copy every row as it
 * was before a step first touched it, and keys tell which rows are new. Going back writes these rows over the
 * present ones, and because the triggers see that too, the way forward is recorded by itself. Steps and rows are
 * written in the transaction of the change: they outlast the program, and every process sees the same ones.
 */
export function createUndoLog(db: Database): UndoLog {
  db.exec('CREATE TEMP TABLE undo_now (step INTEGER NOT NULL); INSERT INTO undo_now VALUES (0)')
  const tables = RECORDED.map((name) => recordTable(db, name))
  const steps = createSteps(db)
  const follow = followingDecisions(db)

  const setStep = db.prepare<[number]>('UPDATE undo_now SET step = ?')
  const revisionNow = db.prepare<[], number>('SELECT revision FROM fleet_revision').pluck()
  const raiseRevision = db
    .prepare<[], number>('UPDATE fleet_revision SET revision = revision + 1 RETURNING revision')
    .pluck()

  let seenRevision = revisionNow.get()!
  const journal = createRowJournal(seenRevision)

  function forget(numbers: readonly number[]): void {
    for (const number of numbers) {
      for (const table of tables) table.forget.run(number)
      follow.forget.run(number)
      steps.remove.run(number)
    }
  }

  /** Gives the number of the step that begins. Must be called inside its transaction: no other process has the same. */
  function begin(): number {
    const number = steps.next.get()!
    setStep.run(number)
    for (const table of tables) table.begin.run()
    return number
  }

  const rowsOfStep = (): CountAndKeys => {
    const parts = tables.map(({ remembered }) => remembered.get()!)
    return [totalOf(parts, 0), totalOf(parts, 1)]
  }

  const rows = tables.filter(({ name }) => name === 'site' || name === 'machine')
  const changedMachines = db
    .prepare<[number], number>(
      'SELECT key FROM undo_machine WHERE step = (SELECT step FROM undo_now) LIMIT ?',
    )
    .pluck()

  /**
   * The effect of the running step on the machines, for the journal. Must be called at its end, inside its
   * transaction.
   */
  function machinesOfStep(): readonly number[] | null {
    const keys = changedMachines.all(MOST_CHANGED_ROWS + 1)
    return keys.length > MOST_CHANGED_ROWS || rows.some(({ moved }) => moved.get() === 1) ? null : keys
  }

  function noticeOthers(): number {
    const revision = revisionNow.get()!
    if (revision !== seenRevision) reached(revision, null)
    return revision
  }

  /** Of a change of ours only after its commit. */
  function reached(revision: number, keys: readonly number[] | null): void {
    seenRevision = revision
    journal.reached(revision, keys)
  }

  function goBack(to: Side, lookedAt = seenRevision): { readonly revision: number } {
    const { revision, keys } = db
      .transaction(() => {
        if (noticeOthers() !== lookedAt) throw changedMeanwhile(to)
        const step = steps.last.get(to)
        if (step === undefined) throw new StrikelineError('not-found', `There is nothing to ${to}.`)
        const sound = tables.map((table) => table.soundRows.get(step.number)!)
        const isSound = totalOf(sound, 0) === step.rowCount && totalOf(sound, 1) === step.keySum
        if (!isSound) throw forgotten(step, to)
        const number = begin()
        for (const table of tables) table.rememberAbsent.run(step.number)
        for (const table of tables.toReversed()) table.removeNew.run(step.number)
        for (const table of tables) table.putBack.run(step.number)
        follow.mark.run(to === 'undo' ? 1 : 0, step.number)
        follow.move.run(number, step.number)
        forget([step.number])
        steps.add.run(number, to === 'undo' ? 'redo' : 'undo', step.label, ...rowsOfStep(), step.atMs)
        return { revision: raiseRevision.get()!, keys: machinesOfStep() }
      })
      .immediate()
    reached(revision, keys)
    return { revision }
  }

  return {
    change(work, label) {
      const { result, revision, keys } = db
        .transaction(() => {
          const before = noticeOthers()
          const number = begin()
          const result = work()
          for (const table of tables) table.rememberNew.run()
          const [rowCount, keySum] = rowsOfStep()
          if (rowCount === 0) return { result, revision: before, keys: [] }
          forget(steps.undone.all())
          const words = typeof label === 'string' ? label : label(result)
          steps.add.run(number, 'undo', words, rowCount, keySum, Date.now())
          forget(steps.tooOld.all(DEPTH, MOST_ROWS))
          return { result, revision: raiseRevision.get()!, keys: machinesOfStep() }
        })
        .immediate()
      if (revision !== seenRevision) reached(revision, keys)
      return { ...result, revision }
    },
    aside(work) {
      const raised = db
        .transaction(() => {
          noticeOthers()
          return work() ? raiseRevision.get()! : null
        })
        .immediate()
      if (raised !== null) reached(raised, [])
      return raised !== null
    },
    undo: (revision) => goBack('undo', revision),
    redo: (revision) => goBack('redo', revision),
    state: () => ({
      revision: noticeOthers(),
      undo: steps.last.get('undo')?.label ?? null,
      redo: steps.last.get('redo')?.label ?? null,
    }),
    machinesChangedSince(revision) {
      noticeOthers()
      return journal.since(revision)
    },
  }
}

const changedMeanwhile = (to: Side): StrikelineError =>
  new StrikelineError(
    'conflict',
    `The fleet has changed since it was shown here, perhaps by another program. Nothing was changed; look at it, then ${to} again.`,
  )

const forgotten = ({ label }: Step, to: Side): StrikelineError =>
  new StrikelineError(
    'database-broken',
    `What is remembered of "${label}" is damaged, so it cannot be ${to === 'undo' ? 'undone' : 'done again'}. Nothing was changed.`,
  )

/** The two stacks: of each the step with the highest number is next. */
function createSteps(db: Database) {
  return {
    next: db.prepare<[], number>('SELECT coalesce(max(number), 0) + 1 FROM undo_step').pluck(),
    last: db.prepare<[Side], Step>(
      'SELECT number, label, row_count AS rowCount, key_sum AS keySum, at_ms AS atMs FROM undo_step WHERE side = ? ORDER BY number DESC LIMIT 1',
    ),
    add: db.prepare<[number, Side, string, number, number, atMs: number | null]>(
      'INSERT INTO undo_step VALUES (?, ?, ?, ?, ?, ?)',
    ),
    remove: db.prepare<[number]>('DELETE FROM undo_step WHERE number = ?'),
    undone: db.prepare<[], number>("SELECT number FROM undo_step WHERE side = 'redo'").pluck(),
    /** The newest one stays, however many rows it has. */
    tooOld: db
      .prepare<[steps: number, rows: number], number>(
        `SELECT number FROM (
           SELECT number, row_number() OVER newest AS place, sum(row_count) OVER newest AS held FROM undo_step
           WINDOW newest AS (ORDER BY number DESC)
         ) WHERE place > ? OR (place > 1 AND held > ?)`,
      )
      .pluck(),
  }
}

/** A decision is taken back with the change that it came with, and counts again when that is done again; it is never lost. */
function followingDecisions(db: Database) {
  return {
    mark: db.prepare<[takenBack: 0 | 1, step: number]>(
      'UPDATE decision SET taken_back = ? WHERE key IN (SELECT decision_key FROM decision_undo WHERE step = ?)',
    ),
    move: db.prepare<[to: number, from: number]>('UPDATE decision_undo SET step = ? WHERE step = ?'),
    forget: db.prepare<[number]>('DELETE FROM decision_undo WHERE step = ?'),
  }
}

/** Makes the triggers of one table, which fill its memory; the names of its columns come from the schema itself. */
function recordTable(db: Database, table: string) {
  const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
  const rest = columns.filter((column) => column !== 'key')
  const memory = `undo_${table}`
  const step = '(SELECT step FROM undo_now)'
  const remember = `
    WHEN OLD.key <= (SELECT last_${table} FROM undo_now) BEGIN
      INSERT INTO ${memory} (step, key, existed, ${rest.join(', ')})
      SELECT ${step}, OLD.key, 1, ${rest.map((column) => `OLD.${column}`).join(', ')}
      WHERE NOT EXISTS (SELECT 1 FROM ${memory} WHERE step = ${step} AND key = OLD.key);
    END;`
  db.exec(`
    ALTER TABLE temp.undo_now ADD COLUMN last_${table} INTEGER;
    CREATE TEMP TRIGGER ${memory}_update BEFORE UPDATE ON main.${table} ${remember}
    CREATE TEMP TRIGGER ${memory}_delete BEFORE DELETE ON main.${table} ${remember}
  `)
  return {
    name: table,
    begin: db.prepare(
      `UPDATE undo_now SET last_${table} = coalesce((SELECT seq FROM sqlite_sequence WHERE name = '${table}'), 0)`,
    ),
    // Keys only grow (AUTOINCREMENT), so new rows need no trigger, which would cost a third of an import's time.
    rememberNew: db.prepare(
      `INSERT INTO ${memory} (step, key, existed)
       SELECT ${step}, key, 0 FROM main.${table} WHERE key > (SELECT last_${table} FROM undo_now)`,
    ),
    /** Rows that going back is about to bring back are new to the way forward. */
    rememberAbsent: db.prepare<[number]>(
      `INSERT INTO ${memory} (step, key, existed)
       SELECT ${step}, key, 0 FROM ${memory}
       WHERE step = ? AND existed = 1 AND key NOT IN (SELECT key FROM main.${table})`,
    ),
    /** Rows of a step that are what was remembered: one that was there fits its checksum, of another there is only the key. */
    soundRows: db
      .prepare<[number], CountAndKeys>(
        `SELECT ${COUNT_AND_KEYS} FROM ${memory} WHERE step = ? AND CASE existed
           WHEN 1 THEN checksum IS ${sumOf(memory, checkedColumns(db, table))}
           WHEN 0 THEN checksum IS NULL
           ELSE 0 END`,
      )
      .raw(),
    /** rows of the step under way */
    remembered: db
      .prepare<[], CountAndKeys>(`SELECT ${COUNT_AND_KEYS} FROM ${memory} WHERE step = ${step}`)
      .raw(),
    /** Whether a row has gone in the step under way, or has come back among the others: those after it stand elsewhere now. */
    moved: db
      .prepare<[], 0 | 1>(
        `SELECT EXISTS (
           SELECT 1 FROM ${memory} WHERE step = ${step} AND CASE existed
             WHEN 1 THEN key NOT IN (SELECT key FROM main.${table})
             ELSE key <= (SELECT last_${table} FROM undo_now) END)`,
      )
      .pluck(),
    removeNew: db.prepare<[number]>(
      `DELETE FROM main.${table} WHERE key IN (SELECT key FROM ${memory} WHERE step = ? AND existed = 0)`,
    ),
    // An existing row is updated, not replaced: replacing a site would delete its machines.
    putBack: db.prepare<[number]>(
      `INSERT INTO main.${table} (${columns.join(', ')})
       SELECT ${columns.join(', ')} FROM ${memory} WHERE step = ? AND existed = 1
       ON CONFLICT (key) DO UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    ),
    forget: db.prepare<[number]>(`DELETE FROM ${memory} WHERE step = ?`),
  }
}
