import type { Migration } from './migration.ts'

/** What is said about the columns of files of the ledger stands beside what is said about those of fleets, which may have the same headings. */
export const ledgerFiles: Migration = {
  version: 25,
  sql: `
    CREATE TABLE remembered_columns_25 (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      file_kind TEXT NOT NULL CHECK (file_kind IN ('fleet', 'ledger')),
      -- the set of headings, folded and in order
      headings_json TEXT NOT NULL CHECK (json_valid(headings_json)),
      -- a list of what --map takes; of files of the ledger also their kind and the order of day and month
      map_json TEXT NOT NULL CHECK (json_valid(map_json)),
      -- NULL: it was never open
      decimal_sign TEXT CHECK (decimal_sign IN ('.', ',')),
      -- NULL: it was said before this was kept
      said_at_ms INTEGER,
      checksum INTEGER,
      UNIQUE (file_kind, headings_json)
    ) STRICT;
    INSERT INTO remembered_columns_25 (key, file_kind, headings_json, map_json, decimal_sign, said_at_ms)
      SELECT key, 'fleet', headings_json, map_json, decimal_sign, said_at_ms FROM remembered_columns;
    -- A key that was forgotten is never another one's.
    UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'remembered_columns')
      WHERE name = 'remembered_columns_25' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'remembered_columns');
    DROP TABLE remembered_columns;
    ALTER TABLE remembered_columns_25 RENAME TO remembered_columns;

    CREATE TABLE remembered_answer_25 (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      file_kind TEXT NOT NULL CHECK (file_kind IN ('fleet', 'prices', 'typed', 'ledger')),
      name TEXT NOT NULL,
      -- heading of a file, or what was typed; '' where the whole row is meant
      field TEXT NOT NULL,
      -- model, site, pool or text of the row, lower case
      about TEXT NOT NULL,
      least REAL,
      most REAL,
      said_at_ms INTEGER,
      checksum INTEGER,
      CHECK ((least IS NULL) = (most IS NULL))
    ) STRICT;
    INSERT INTO remembered_answer_25 (key, file_kind, name, field, about, least, most, said_at_ms)
      SELECT key, file_kind, name, field, about, least, most, said_at_ms FROM remembered_answer;
    UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'remembered_answer')
      WHERE name = 'remembered_answer_25' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'remembered_answer');
    DROP TABLE remembered_answer;
    ALTER TABLE remembered_answer_25 RENAME TO remembered_answer;
    CREATE INDEX remembered_answer_kind ON remembered_answer (file_kind);
  `,
}
