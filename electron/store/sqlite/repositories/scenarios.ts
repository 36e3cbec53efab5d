import type { Database } from 'better-sqlite3'
import { scenarioNameKey } from '#shared/domain/ahead/scenario.ts'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { isSoundRow } from '../row-checksums.ts'

export type Scenarios = ReturnType<typeof createScenarios>

/** Scenarios by name. What a document means is its reader's business. */
export function createScenarios(db: Database) {
  const all = db.prepare<[], { name: string; text: string }>(
    `SELECT name, scenario_json AS text FROM scenario WHERE ${isSoundRow(db, 'scenario')} ORDER BY name`,
  )
  const names = db.prepare<[], string>('SELECT name FROM scenario').pluck()
  const add = db.prepare('INSERT INTO scenario (name, scenario_json) VALUES (?, ?)')
  const replace = db.prepare<[text: string, name: string]>(
    'UPDATE scenario SET scenario_json = ? WHERE name = ?',
  )
  const rename = db.prepare<[to: string, from: string]>('UPDATE scenario SET name = ? WHERE name = ?')
  const remove = db.prepare('DELETE FROM scenario WHERE name = ?')

  /** The stored one of that name as it is written there, case ignored in every alphabet; undefined: none */
  const stored = (name: string) =>
    names.all().find((other) => scenarioNameKey(other) === scenarioNameKey(name))

  function found(name: string): string {
    const is = stored(name)
    if (is === undefined) throw new StrikelineError('not-found', `There is no scenario ‘${name}’.`)
    return is
  }

  function checked(name: string): string {
    const fault = name.trim() === '' ? 'must not be empty' : nameFault(name)
    if (fault !== null) throw new StrikelineError('bad-input', `The name of a scenario ${fault}.`, 'name')
    return name.trim()
  }

  const refuse = (name: string): never => {
    throw new StrikelineError('conflict', `There is a scenario ‘${name}’ already.`, 'name')
  }

  const put = db.transaction((name: string, text: string, isReplacing: boolean): void => {
    const wanted = checked(name)
    const is = stored(wanted)
    if (is === undefined) add.run(wanted, text)
    else if (isReplacing) replace.run(text, is)
    else refuse(is)
  })
  const renameTo = db.transaction((from: string, to: string): void => {
    const wanted = checked(to)
    const is = found(from)
    const other = stored(wanted)
    if (other !== undefined && other !== is) refuse(other)
    rename.run(wanted, is)
  })

  return {
    read: (): readonly { readonly name: string; readonly text: string }[] => all.all(),
    /** @throws StrikelineError 'bad-input', or 'conflict' where there is one of that name that is not to give way */
    put: (name: string, text: string, isReplacing: boolean): void => put(name, text, isReplacing),
    /** @throws StrikelineError 'bad-input', 'not-found', or 'conflict' where another one has that name */
    rename: (from: string, to: string): void => renameTo(from, to),
    /** @throws StrikelineError 'not-found' */
    remove: (name: string): void => void remove.run(found(name)),
  }
}
