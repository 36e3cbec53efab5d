import type { Database } from 'better-sqlite3'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { isSoundRow } from '../row-checksums.ts'

export type Scenarios = ReturnType<typeof createScenarios>

/** Named assumptions of projections. What a document means is its reader's business. */
export function createScenarios(db: Database) {
  const all = db.prepare<[], { name: string; text: string }>(
    `SELECT name, scenario_json AS text FROM scenario WHERE ${isSoundRow(db, 'scenario')} ORDER BY name`,
  )
  const put = db.prepare(
    'INSERT INTO scenario (name, scenario_json) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET scenario_json = excluded.scenario_json',
  )
  const remove = db.prepare('DELETE FROM scenario WHERE name = ?')

  return {
    read: (): readonly { readonly name: string; readonly text: string }[] => all.all(),
    /** A scenario of that name is replaced. @throws StrikelineError 'bad-input' */
    put(name: string, text: string): void {
      const fault = name.trim() === '' ? 'must not be empty' : nameFault(name)
      if (fault !== null) throw new StrikelineError('bad-input', `The name of a scenario ${fault}.`, 'name')
      put.run(name.trim(), text)
    },
    /** @throws StrikelineError 'not-found' */
    remove(name: string): void {
      if (remove.run(name).changes === 0)
        throw new StrikelineError('not-found', `There is no scenario ‘${name}’.`)
    },
  }
}
