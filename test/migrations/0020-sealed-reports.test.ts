import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { sealedReports } from '#electron/store/sqlite/migrations/0020-sealed-reports.ts'
import { checkedTables, damagedRows } from '#electron/store/sqlite/row-checksums.ts'

it('adds reports whose heads carry checksums, and whose bytes go with them', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, sealedReports.version - 1)
  migrate(db, sealedReports.version)
  db.pragma('foreign_keys = ON')
  expect(checkedTables(db)).toEqual(
    expect.arrayContaining(['report_logo', 'report_template', 'sealed_report']),
  )
  expect(checkedTables(db)).not.toContain('sealed_report_part')
  expect(damagedRows(db)).toEqual([])
  const hash = 'ab'.repeat(32)
  const add = (of: string) =>
    db.exec(`INSERT INTO sealed_report (hash, made_at_ms, as_of_ms, title, company, template, version, pages, pdf_sha256, inputs_sha256, document_sha256)
      VALUES ('${of}', 1, 1, '', '', '', '', 1, '', '', '')`)
  expect(() => add('abc')).toThrow('CHECK')
  add(hash)
  db.exec(`INSERT INTO sealed_report_part VALUES ('${hash}', 'pdf', x'25')`)
  expect(() => db.exec(`INSERT INTO sealed_report_part VALUES ('${hash}', 'letter', x'25')`)).toThrow('CHECK')
  db.exec('DELETE FROM sealed_report')
  expect(db.prepare('SELECT count(*) FROM sealed_report_part').pluck().get()).toBe(0)
  db.exec(`INSERT INTO report_logo (key, type, bytes_base64) VALUES (1, '', '')`)
  expect(() => db.exec(`INSERT INTO report_logo (key, type, bytes_base64) VALUES (2, '', '')`)).toThrow(
    'CHECK',
  )
})
