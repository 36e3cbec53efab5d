import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { ledgerFiles } from '#electron/store/sqlite/migrations/0025-ledger-files.ts'
import { damagedRows, writeChecksums } from '#electron/store/sqlite/row-checksums.ts'

it('what is remembered of fleet files stays, under its keys, and the same headings can be of the ledger too', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, ledgerFiles.version - 1)
  db.exec(`
    INSERT INTO remembered_columns (key, headings_json, map_json, decimal_sign, said_at_ms)
      VALUES (4, '["load"]', '["load=power_w*1000"]', ',', 17), (9, '["gone"]', '[]', '.', 18);
    DELETE FROM remembered_columns WHERE key = 9;
    INSERT INTO remembered_answer (key, file_kind, name, field, about, least, most, said_at_ms)
      VALUES (3, 'prices', 'mean', '', '', NULL, NULL, 19);
  `)
  writeChecksums(db)
  migrate(db, ledgerFiles.version)
  expect(damagedRows(db)).toEqual([])
  const columns = () =>
    db
      .prepare(
        'SELECT key, file_kind, headings_json, map_json, decimal_sign, said_at_ms FROM remembered_columns',
      )
      .raw()
  expect(columns().all()).toEqual([[4, 'fleet', '["load"]', '["load=power_w*1000"]', ',', 17]])
  expect(db.prepare('SELECT key, file_kind, name, said_at_ms FROM remembered_answer').raw().all()).toEqual([
    [3, 'prices', 'mean', 19],
  ])
  const put = db.prepare(
    'INSERT INTO remembered_columns (file_kind, headings_json, map_json) VALUES (?, ?, ?)',
  )
  // a key that was forgotten is nobody else's
  expect(put.run('ledger', '["load"]', '["load=coins:BTC"]').lastInsertRowid).toBe(10)
  expect(() => put.run('ledger', '["load"]', '[]')).toThrow('UNIQUE')
  expect(() => put.run('prices', '["other"]', '[]')).toThrow('CHECK')
  db.exec("INSERT INTO remembered_answer (file_kind, name, field, about) VALUES ('ledger', 'rate', '', '')")
})
