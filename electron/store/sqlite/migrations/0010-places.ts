import type { Migration } from './migration.ts'

/** A heading of an earlier file without what is not a letter or digit, as far as people write it. */
const SQUEEZED = `lower(replace(replace(replace(replace(note.key, ' ', ''), '_', ''), '-', ''), '.', ''))`

/**
 * Which machine it is and where it stands. What earlier files brought under the usual headings was kept as notes and moves into the
 * columns: of several the first, and only what can stand there (at most 100 characters, no control character).
 */
export const places: Migration = {
  version: 10,
  sql: `
    ALTER TABLE machine ADD COLUMN serial TEXT NOT NULL DEFAULT '' CHECK (length(serial) <= 100);
    ALTER TABLE machine ADD COLUMN rack TEXT NOT NULL DEFAULT '' CHECK (length(rack) <= 100);
    ALTER TABLE machine ADD COLUMN position TEXT NOT NULL DEFAULT '' CHECK (length(position) <= 100);
    ALTER TABLE machine ADD COLUMN ip TEXT NOT NULL DEFAULT '' CHECK (length(ip) <= 100);
    ALTER TABLE machine ADD COLUMN mac TEXT NOT NULL DEFAULT '' CHECK (length(mac) <= 100);

    CREATE TEMP TABLE heading (squeezed TEXT PRIMARY KEY, field TEXT NOT NULL) STRICT;
    INSERT INTO heading VALUES
      ('serial', 'serial'), ('serialnumber', 'serial'), ('serialno', 'serial'), ('sn', 'serial'), ('minerserial', 'serial'),
      ('rack', 'rack'), ('minerrack', 'rack'), ('rackname', 'rack'),
      ('position', 'position'), ('slot', 'position'), ('rackposition', 'position'), ('rackslot', 'position'),
      ('minerposition', 'position'),
      ('ip', 'ip'), ('ipaddress', 'ip'), ('ipaddr', 'ip'), ('minerip', 'ip'),
      ('mac', 'mac'), ('macaddress', 'mac'), ('macaddr', 'mac'), ('minermac', 'mac');

    CREATE TEMP TABLE moved AS
      SELECT machine.key AS machine_key, heading.field, note.key AS note_key, note.value, min(note.id) AS first
      FROM machine, json_each(machine.notes_json) AS note
      JOIN heading ON heading.squeezed = ${SQUEEZED}
      WHERE machine.notes_json IS NOT NULL AND note.type = 'text' AND length(note.value) <= 100
        AND note.value NOT GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*'
      GROUP BY machine.key, heading.field;
    CREATE INDEX moved_machine ON moved (machine_key);

    UPDATE machine SET
      serial = coalesce((SELECT value FROM moved WHERE machine_key = machine.key AND field = 'serial'), ''),
      rack = coalesce((SELECT value FROM moved WHERE machine_key = machine.key AND field = 'rack'), ''),
      position = coalesce((SELECT value FROM moved WHERE machine_key = machine.key AND field = 'position'), ''),
      ip = coalesce((SELECT value FROM moved WHERE machine_key = machine.key AND field = 'ip'), ''),
      mac = coalesce((SELECT value FROM moved WHERE machine_key = machine.key AND field = 'mac'), ''),
      notes_json = (
        SELECT CASE count(*) WHEN 0 THEN NULL ELSE json_group_object(note.key, note.value) END
        FROM json_each(machine.notes_json) AS note
        WHERE note.key NOT IN (SELECT note_key FROM moved WHERE machine_key = machine.key)
      )
    WHERE key IN (SELECT machine_key FROM moved);

    DROP TABLE moved;
    DROP TABLE heading;
  `,
}
