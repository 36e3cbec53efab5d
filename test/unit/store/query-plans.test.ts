import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { expect, it } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { readMachines, readSomeMachines } from '#electron/store/sqlite/repositories/fleet-columns.ts'
import { READ_ALERT_EVENTS } from '#electron/store/sqlite/repositories/alerts.ts'
import { LAST_KEY_GIVEN, readEntries } from '#electron/store/sqlite/repositories/ledger.ts'
import { READ_POOL_SITES } from '#electron/store/sqlite/repositories/pool-sites.ts'
import { DAYS_THERE, READ_DAYS } from '#electron/store/sqlite/repositories/past.ts'
import { latestValues } from '#electron/store/sqlite/repositories/network.ts'
import { latestRates } from '#electron/store/sqlite/repositories/rates.ts'
import { teachChecksums } from '#electron/store/sqlite/row-checksums.ts'
import { openIn, temporaryFolder } from './stores.ts'

const latestPlan = (table: string, index: string) => [
  `SEARCH ${table} USING INTEGER PRIMARY KEY (rowid=?)`,
  'LIST SUBQUERY 1',
  `SCAN ${table} USING COVERING INDEX ${index}`,
  'USE TEMP B-TREE FOR ORDER BY',
]

/** The ladder of a machine goes with it: found by the machine, not by a scan. */
const OWN_LADDER = /^SEARCH lot_point USING COVERING INDEX .*\(machine_key=\?\)/

it.each<[what: string, query: string | ((db: Database) => string), plan: readonly (string | RegExp)[]]>([
  ['reading the fleet', readMachines, ['SEARCH machine USING INTEGER PRIMARY KEY (rowid>?)']],
  [
    'reading some machines',
    readSomeMachines,
    [
      'SEARCH machine USING INTEGER PRIMARY KEY (rowid=?)',
      'LIST SUBQUERY 1',
      'SCAN json_each VIRTUAL TABLE INDEX 1:',
    ],
  ],
  ['the entries that were added', readEntries, ['SEARCH ledger_entry USING INTEGER PRIMARY KEY (rowid>?)']],
  ['the last key of the ledger', LAST_KEY_GIVEN, ['SCAN sqlite_sequence']],
  ['terms that name sites', READ_POOL_SITES, ['SCAN ledger_pool']],
  ['an id', 'SELECT 1 FROM machine WHERE id = ?', [/SEARCH machine USING COVERING INDEX .*\(id=\?\)/]],
  [
    'the machines of a site',
    'DELETE FROM machine WHERE site_key = ?',
    [/SEARCH machine USING .*INDEX machine_site/, OWN_LADDER],
  ],
  [
    'machines by key',
    'DELETE FROM machine WHERE key IN (SELECT value FROM json_each(?))',
    [
      'SEARCH machine USING INTEGER PRIMARY KEY (rowid=?)',
      'LIST SUBQUERY 1',
      'SCAN json_each VIRTUAL TABLE INDEX 1:',
      OWN_LADDER,
    ],
  ],
  // Only the index is read to its end, and only what counts is sorted, whatever the length of the history.
  ['the latest network values', latestValues, latestPlan('network_value', 'network_value_latest')],
  ['the latest rates', latestRates, latestPlan('rate', 'rate_latest')],
  ['the newest events of alerts', READ_ALERT_EVENTS, ['SCAN alert_event USING INDEX alert_event_newest']],
  ['a page of the daily history', READ_DAYS, ['SEARCH day_value USING PRIMARY KEY (day>? AND day<?)']],
  [
    'first and last day of the history',
    DAYS_THERE,
    [
      'SCAN CONSTANT ROW',
      'SCALAR SUBQUERY 1',
      'SEARCH day_value USING PRIMARY KEY',
      'SCALAR SUBQUERY 2',
      'SEARCH day_value USING PRIMARY KEY (day<?)',
    ],
  ],
])('%s: the plan is the one we know', async (_, query, expected) => {
  const folder = temporaryFolder()
  await (await openIn(folder)).close()
  const db = new Sqlite(join(folder, DATABASE_NAME))
  teachChecksums(db)
  const sql = typeof query === 'string' ? query : query(db)
  const parameters = sql.split('?').length - 1
  const plan = db
    .prepare<unknown[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...Array.from({ length: parameters }, () => null))
  db.close()
  expect(plan.map(({ detail }) => detail)).toEqual(
    expected.map((line) => (typeof line === 'string' ? line : (expect.stringMatching(line) as string))),
  )
})
