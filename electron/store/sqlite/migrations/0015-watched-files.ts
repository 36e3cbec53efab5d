import type { Migration } from './migration.ts'

/**
 * Price files that are read again when they change, and answers about typed values beside those about files, with the day on which
 * each was given. Undo knows what is watched; what was found in a file is no change of the fleet, so it stands apart: prices that
 * were taken back are not read again until the file changes.
 */
export const watchedFiles: Migration = {
  version: 15,
  sql: `
    CREATE TABLE watched_file (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      site_key INTEGER NOT NULL REFERENCES site (key) ON DELETE CASCADE,
      -- where its prices count in the contract of the site
      field TEXT NOT NULL CHECK (field IN ('market.file', 'takeOrPay.handBackFile')),
      path TEXT NOT NULL,
      -- as it was said when the file was imported; NULL: the file says it
      decimal_sign TEXT CHECK (decimal_sign IN ('.', ',')),
      checksum INTEGER,
      UNIQUE (site_key, field)
    ) STRICT;

    CREATE TABLE undo_watched_file (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      site_key ANY, field ANY, path ANY, decimal_sign ANY, checksum ANY,
      PRIMARY KEY (step, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE watched_mark (
      watched_key INTEGER PRIMARY KEY REFERENCES watched_file (key) ON DELETE CASCADE,
      -- of the file when it was last looked into; NULL where there was none
      size INTEGER,
      changed_at_ms REAL,
      -- of the prices that were stored last
      digest TEXT,
      read_at_ms INTEGER,
      -- why it is not stored, and since when
      fault TEXT,
      fault_since_ms INTEGER,
      is_question INTEGER NOT NULL CHECK (is_question IN (0, 1)),
      CHECK ((size IS NULL) = (changed_at_ms IS NULL)),
      CHECK ((digest IS NULL) = (read_at_ms IS NULL)),
      CHECK ((fault IS NULL) = (fault_since_ms IS NULL))
    ) STRICT;

    -- NULL: it was said before this was kept
    ALTER TABLE remembered_columns ADD COLUMN said_at_ms INTEGER;

    CREATE TABLE remembered_answer_15 (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      file_kind TEXT NOT NULL CHECK (file_kind IN ('fleet', 'prices', 'typed')),
      name TEXT NOT NULL,
      -- heading of a fleet file, or what was typed; '' where the whole row is meant
      field TEXT NOT NULL,
      -- model, site or text of the row, lower case
      about TEXT NOT NULL,
      least REAL,
      most REAL,
      said_at_ms INTEGER,
      CHECK ((least IS NULL) = (most IS NULL))
    ) STRICT;
    INSERT INTO remembered_answer_15 (key, file_kind, name, field, about, least, most)
      SELECT key, file_kind, name, field, about, least, most FROM remembered_answer;
    -- A key that was forgotten is never another answer's.
    UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'remembered_answer')
      WHERE name = 'remembered_answer_15' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'remembered_answer');
    DROP TABLE remembered_answer;
    ALTER TABLE remembered_answer_15 RENAME TO remembered_answer;
    CREATE INDEX remembered_answer_kind ON remembered_answer (file_kind);
  `,
}
