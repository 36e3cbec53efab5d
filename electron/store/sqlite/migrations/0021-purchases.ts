import type { Migration } from './migration.ts'

/** A heading of an earlier file without what is not a letter or digit, as far as people write it. */
const SQUEEZED = `lower(replace(replace(replace(replace(note.key, ' ', ''), '_', ''), '-', ''), '.', ''))`
const HEADINGS = `('purchase', 'purchaselot', 'purchasename')`

/**
 * What machines were bought with: a name beside each machine, and what was paid under that name. What earlier files brought under the
 * usual headings moves from the notes into the field: of several the first, and only what can stand there.
 */
export const purchases: Migration = {
  version: 21,
  sql: `
    ALTER TABLE machine ADD COLUMN purchase TEXT NOT NULL DEFAULT '' CHECK (length(purchase) <= 100);
    ALTER TABLE undo_machine ADD COLUMN purchase ANY DEFAULT '';
    UPDATE undo_machine SET purchase = NULL WHERE existed = 0;

    CREATE TEMP TABLE moved AS
      SELECT machine.key AS machine_key, note.key AS note_key, note.value, min(note.id) AS first
      FROM machine, json_each(machine.notes_json) AS note
      WHERE machine.notes_json IS NOT NULL AND ${SQUEEZED} IN ${HEADINGS} AND note.type = 'text'
        AND length(note.value) <= 100
        AND note.value NOT GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*'
      GROUP BY machine.key;
    CREATE INDEX moved_machine ON moved (machine_key);

    UPDATE machine SET
      purchase = (SELECT value FROM moved WHERE machine_key = machine.key),
      notes_json = (
        SELECT CASE count(*) WHEN 0 THEN NULL ELSE json_group_object(note.key, note.value) END
        FROM json_each(machine.notes_json) AS note
        WHERE note.key <> (SELECT note_key FROM moved WHERE machine_key = machine.key)
      )
    WHERE key IN (SELECT machine_key FROM moved);

    DROP TABLE moved;

    CREATE TABLE purchase (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      -- no two that a person would call the same
      name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
      -- the day, midnight UTC; NULL: not said
      bought_at_ms INTEGER,
      cost_nusd INTEGER NOT NULL CHECK (cost_nusd >= 0),
      -- what the machines will fetch at the end of their life
      salvage_nusd INTEGER NOT NULL CHECK (salvage_nusd BETWEEN 0 AND cost_nusd),
      life_days INTEGER NOT NULL CHECK (life_days > 0),
      checksum INTEGER
    ) STRICT;

    CREATE TABLE undo_purchase (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      name ANY, bought_at_ms ANY, cost_nusd ANY, salvage_nusd ANY, life_days ANY, checksum ANY,
      PRIMARY KEY (step, key)
    ) STRICT, WITHOUT ROWID;
  `,
}
