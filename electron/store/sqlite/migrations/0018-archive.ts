import type { Migration } from './migration.ts'

/** A heading of an earlier file without what is not a letter or digit, as far as people write it. */
const SQUEEZED = `lower(replace(replace(replace(replace(note.key, ' ', ''), '_', ''), '-', ''), '.', ''))`
const HEADINGS = `('notes', 'note', 'comment', 'comments', 'remark', 'remarks')`

/**
 * Notes of a machine as a field of its own, machines that are gone but kept, and when a step of undo was made. What earlier files
 * brought under the usual headings of notes moves into the field: of several the first, and only what can stand there (at most 1000
 * characters, no control character but tab and line break).
 */
export const archive: Migration = {
  version: 18,
  sql: `
    ALTER TABLE machine ADD COLUMN notes TEXT NOT NULL DEFAULT '' CHECK (length(notes) <= 1000);
    ALTER TABLE undo_machine ADD COLUMN notes ANY DEFAULT '';
    UPDATE undo_machine SET notes = NULL WHERE existed = 0;

    CREATE TEMP TABLE moved AS
      SELECT machine.key AS machine_key, note.key AS note_key, note.value, min(note.id) AS first
      FROM machine, json_each(machine.notes_json) AS note
      WHERE machine.notes_json IS NOT NULL AND ${SQUEEZED} IN ${HEADINGS} AND note.type = 'text'
        AND length(note.value) <= 1000
        AND note.value NOT GLOB '*[' || char(1) || '-' || char(8) || char(11) || char(12) || char(14) || '-' || char(31) || char(127) || ']*'
      GROUP BY machine.key;
    CREATE INDEX moved_machine ON moved (machine_key);

    UPDATE machine SET
      notes = (SELECT value FROM moved WHERE machine_key = machine.key),
      notes_json = (
        SELECT CASE count(*) WHEN 0 THEN NULL ELSE json_group_object(note.key, note.value) END
        FROM json_each(machine.notes_json) AS note
        WHERE note.key <> (SELECT note_key FROM moved WHERE machine_key = machine.key)
      )
    WHERE key IN (SELECT machine_key FROM moved);

    DROP TABLE moved;

    -- Machines that are gone but kept. They stand apart, so that no figure can count them.
    CREATE TABLE archived_machine (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      archived_at_ms INTEGER NOT NULL,
      -- may be the id of another machine by now
      id TEXT NOT NULL,
      model TEXT NOT NULL,
      -- name of its site on that day
      site TEXT NOT NULL,
      quantity INTEGER NOT NULL,
      -- columns of its row by name, and of its rows of lot_point
      row_json TEXT NOT NULL,
      points_json TEXT NOT NULL,
      checksum INTEGER
    ) STRICT;

    CREATE TABLE undo_archived_machine (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      archived_at_ms ANY, id ANY, model ANY, site ANY, quantity ANY, row_json ANY, points_json ANY, checksum ANY,
      PRIMARY KEY (step, key)
    ) STRICT, WITHOUT ROWID;

    -- NULL: it was made before this was kept
    ALTER TABLE undo_step ADD COLUMN at_ms INTEGER;
  `,
}
