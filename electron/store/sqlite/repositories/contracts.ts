import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { StoredContracts } from '../../port.ts'
import { isSoundRow } from '../row-checksums.ts'
import { inSteps } from '../task.ts'
import type { Task } from '../task.ts'

export type Contracts = ReturnType<typeof createContracts>

/** Contracts of sites and policies of machines; every change must run inside a change of the history. */
export function createContracts(db: Database) {
  const all = db.prepare<[], StoredContracts['contracts'][number]>(
    `SELECT site_key AS siteKey, name AS site, contract_json AS text
     FROM site_contract JOIN site ON site.key = site_key
     WHERE ${isSoundRow(db, 'site_contract')} ORDER BY site_key`,
  )
  const policies = db.prepare<[], StoredContracts['policies'][number]>(
    "SELECT key AS machineKey, policy FROM machine WHERE policy <> 'follow' ORDER BY key",
  )
  const count = db.prepare<[], number>('SELECT count(*) FROM site_contract').pluck()
  const nameOf = db.prepare<[number], string>('SELECT name FROM site WHERE key = ?').pluck()
  // Not REPLACE: that would remove a row unseen by the triggers that remember it.
  const put = db.prepare(
    `INSERT INTO site_contract (site_key, contract_json) VALUES (?, ?)
     ON CONFLICT (site_key) DO UPDATE SET contract_json = excluded.contract_json
     WHERE contract_json <> excluded.contract_json`,
  )
  const remove = db.prepare('DELETE FROM site_contract WHERE site_key = ?')
  const setPolicy = db.prepare('UPDATE machine SET policy = ? WHERE key IN (SELECT value FROM json_each(?))')

  const readAll = db.transaction(() => ({ contracts: all.all(), policies: policies.all() }))

  return {
    read: (): StoredContracts => readAll(),
    /** sites that have one */
    count: (): number => count.get()!,

    /** Gives the name of the site. */
    put(siteKey: number, text: string | null): string {
      const site = nameOf.get(siteKey)
      if (site === undefined)
        throw new StrikelineError(
          'not-found',
          'This site is no longer in the fleet. Nothing was changed; look at the list again.',
        )
      if (text === null) remove.run(siteKey)
      else put.run(siteKey, text)
      return site
    },

    setPolicy(keys: readonly number[], policy: MachinePolicy, task: Task | null = null): void {
      if (inSteps(keys, task, (some) => setPolicy.run(policy, some).changes) === new Set(keys).size) return
      throw new StrikelineError(
        'not-found',
        'Some of these machines are no longer in the fleet. Nothing was changed; look at the list again.',
      )
    },
  }
}
