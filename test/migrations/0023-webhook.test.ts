import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '#electron/store/sqlite/migrate.ts'
import { webhook } from '#electron/store/sqlite/migrations/0023-webhook.ts'
import { damagedRows, keepChecksums, writeChecksums } from '#electron/store/sqlite/row-checksums.ts'

it('leaves what has happened as it is, sends none of it, and forgets a delivery with its event', () => {
  const db = new Sqlite(':memory:')
  onTestFinished(() => {
    db.close()
  })
  migrate(db, webhook.version - 1)
  db.exec(`
    INSERT INTO alert (key, rule_json) VALUES (1, '{"kind":"data-stale"}');
    INSERT INTO alert_event (key, alert_key, at_ms, occurrence_json) VALUES
      (1, 1, 1000, '{"kind":"data-stale","values":["fees"]}'), (2, 1, 2000, '{"kind":"data-stale","values":["height"]}');
  `)
  writeChecksums(db)
  migrate(db)
  keepChecksums(db)
  expect(damagedRows(db)).toEqual([])
  expect(db.prepare('SELECT count(*) FROM alert_event').pluck().get()).toBe(2)
  expect(db.prepare('SELECT count(*) FROM webhook').pluck().get()).toBe(0)
  db.exec(`
    INSERT INTO webhook VALUES (1, 0);
    INSERT INTO webhook_delivery VALUES (1, 'a', 'sent', 1, 0, 0, 0, 'Sent'), (2, 'b', 'waiting', 1, 0, 0, NULL, NULL);
    DELETE FROM alert_event WHERE key = 1;
  `)
  expect(db.prepare('SELECT event FROM webhook_delivery').pluck().all()).toEqual([2])
  expect(() => db.exec(`INSERT INTO webhook VALUES (2, 0)`)).toThrow(/CHECK/)
  expect(() => db.exec(`UPDATE webhook_delivery SET state = 'lost'`)).toThrow(/CHECK/)
})
