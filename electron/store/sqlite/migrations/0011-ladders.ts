import type { Migration } from './migration.ts'

/** A heading of an earlier file without what is not a letter or digit, as far as people write it. */
const SQUEEZED = `lower(replace(replace(replace(replace(note.key, ' ', ''), '_', ''), '-', ''), '.', ''))`
const HEADINGS = `('firmware', 'fw', 'fwver', 'fwversion', 'firmwareversion', 'minerfirmware')`

/**
 * The firmware that a machine runs, and ladders of single machines or lots beside those of models. A firmware that earlier files
 * brought as a note moves into its column: of several the first, and only what can stand there (at most 100 characters,
 * no control character).
 */
export const lotLadders: Migration = {
  version: 11,
  sql: `
    ALTER TABLE machine ADD COLUMN firmware TEXT NOT NULL DEFAULT '' CHECK (length(firmware) <= 100);

    CREATE TEMP TABLE moved AS
      SELECT machine.key AS machine_key, note.key AS note_key, note.value, min(note.id) AS first
      FROM machine, json_each(machine.notes_json) AS note
      WHERE machine.notes_json IS NOT NULL AND ${SQUEEZED} IN ${HEADINGS} AND note.type = 'text'
        AND length(note.value) <= 100
        AND note.value NOT GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*'
      GROUP BY machine.key;
    CREATE INDEX moved_machine ON moved (machine_key);

    UPDATE machine SET
      firmware = (SELECT value FROM moved WHERE machine_key = machine.key),
      notes_json = (
        SELECT CASE count(*) WHEN 0 THEN NULL ELSE json_group_object(note.key, note.value) END
        FROM json_each(machine.notes_json) AS note
        WHERE note.key <> (SELECT note_key FROM moved WHERE machine_key = machine.key)
      )
    WHERE key IN (SELECT machine_key FROM moved);

    DROP TABLE moved;

    -- Operating points that were measured on one machine or lot; its rows are its ladder.
    CREATE TABLE lot_point (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      machine_key INTEGER NOT NULL REFERENCES machine (key) ON DELETE CASCADE,
      -- '' where it is not said
      firmware TEXT NOT NULL COLLATE NOCASE,
      source TEXT NOT NULL,
      profile TEXT NOT NULL,
      hashrate_ths REAL NOT NULL CHECK (hashrate_ths > 0),
      power_w REAL NOT NULL CHECK (power_w > 0),
      UNIQUE (machine_key, profile)
    ) STRICT;
  `,
}
