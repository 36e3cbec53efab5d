import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { createRowJournal, MOST_CHANGED_ROWS } from './row-journal.ts'

/** Tables whose changes can be taken back, parents before children. Each has the primary key `key` AUTOINCREMENT. */
const RECORDED = ['site', 'machine', 'site_contract', 'profile_point', 'lot_point'] as const

/** Steps that can be taken back; older ones are forgotten. */
const DEPTH = 100

type Step = { readonly number: number; readonly label: string }

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
  /** 'not-found' where there is nothing to take back. */
  undo(): { readonly revision: number }
  redo(): { readonly revision: number }
  /** Must be called inside the transaction that reads the fleet. */
  state(): { readonly revision: number; readonly undo: string | null; readonly redo: string | null }
  /**
   * Keys of the machines changed or added since a revision; null where rows were removed or moved, where they are
   * many, or where another process has written. A row of a machine's site means the same site as before. Must be
   * called inside the transaction that reads the fleet.
   */
  machinesChangedSince(revision: number): readonly number[] | null
}

/**
 * Undo as SQLite itself describes it, with rows in place of statements: temporary triggers copy every row as it
 * was before a step first touched it, and keys tell which rows are new. Going back writes these rows over the
 * present ones, and because the triggers see that too, the way forward is recorded by itself. Undo lives as
 * long as this connection and is cleared when another process changes the fleet.
 */
export function createUndoLog(db: Database): UndoLog {
  db.exec('CREATE TEMP TABLE undo_now (step INTEGER NOT NULL); INSERT INTO undo_now VALUES (0)')
  const tables = RECORDED.map((name) => recordTable(db, name))

  const setStep = db.prepare<[number]>('UPDATE undo_now SET step = ?')
  const revisionNow = db.prepare<[], number>('SELECT revision FROM fleet_revision').pluck()
  const raiseRevision = db
    .prepare<[], number>('UPDATE fleet_revision SET revision = revision + 1 RETURNING revision')
    .pluck()

  let undoable: Step[] = []
  let redoable: Step[] = []
  let lastNumber = 0
  let seenRevision = revisionNow.get()!
  const journal = createRowJournal(seenRevision)

  function forget(steps: readonly Step[]): void {
    for (const { number } of steps) for (const table of tables) table.forget.run(number)
  }

  function begin(number: number): void {
    setStep.run(number)
    for (const table of tables) table.begin.run()
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
    if (revision !== seenRevision) {
      forget([...undoable, ...redoable])
      undoable = []
      redoable = []
      seenRevision = revision
      journal.reached(revision, null)
    }
    return revision
  }

  /** Changes the stacks in memory only after the commit. */
  function goBack(to: 'undo' | 'redo'): { readonly revision: number } {
    const number = ++lastNumber
    const { revision, step, keys } = db
      .transaction(() => {
        noticeOthers()
        const step = (to === 'undo' ? undoable : redoable).at(-1)
        if (step === undefined) throw new StrikelineError('not-found', `There is nothing to ${to}.`)
        begin(number)
        for (const table of tables) table.rememberAbsent.run(step.number)
        for (const table of tables.toReversed()) table.removeNew.run(step.number)
        for (const table of tables) table.putBack.run(step.number)
        forget([step])
        return { revision: raiseRevision.get()!, step, keys: machinesOfStep() }
      })
      .immediate()
    seenRevision = revision
    journal.reached(revision, keys)
    const opposite = { number, label: step.label }
    if (to === 'undo') {
      undoable.pop()
      redoable.push(opposite)
    } else {
      redoable.pop()
      undoable.push(opposite)
    }
    return { revision }
  }

  return {
    change(work, label) {
      const number = ++lastNumber
      const { result, revision, keys } = db
        .transaction(() => {
          const before = noticeOthers()
          begin(number)
          const result = work()
          for (const table of tables) table.rememberNew.run()
          const isTouched = tables.some((table) => table.touched.get() === 1)
          if (!isTouched) return { result, revision: before, keys: [] }
          forget(redoable)
          if (undoable.length === DEPTH) forget(undoable.slice(0, 1))
          return { result, revision: raiseRevision.get()!, keys: machinesOfStep() }
        })
        .immediate()
      if (revision !== seenRevision) {
        seenRevision = revision
        journal.reached(revision, keys)
        redoable = []
        undoable = [
          ...undoable.slice(1 - DEPTH),
          { number, label: typeof label === 'string' ? label : label(result) },
        ]
      }
      return { ...result, revision }
    },
    aside(work) {
      const raised = db
        .transaction(() => {
          noticeOthers()
          return work() ? raiseRevision.get()! : null
        })
        .immediate()
      if (raised !== null) {
        seenRevision = raised
        journal.reached(raised, [])
      }
      return raised !== null
    },
    undo: () => goBack('undo'),
    redo: () => goBack('redo'),
    state() {
      const revision = noticeOthers()
      return { revision, undo: undoable.at(-1)?.label ?? null, redo: redoable.at(-1)?.label ?? null }
    },
    machinesChangedSince(revision) {
      noticeOthers()
      return journal.since(revision)
    },
  }
}

/** Makes the memory and the triggers of one table; the names of its columns come from the schema itself. */
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
    CREATE TEMP TABLE ${memory} (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL, ${rest.join(', ')},
      PRIMARY KEY (step, key)
    ) WITHOUT ROWID;
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
    touched: db.prepare<[], 0 | 1>(`SELECT EXISTS (SELECT 1 FROM ${memory} WHERE step = ${step})`).pluck(),
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
