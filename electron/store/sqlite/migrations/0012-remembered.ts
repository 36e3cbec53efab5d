import type { Migration } from './migration.ts'

/**
 * What was said once about files and holds for the next: what the columns of files with certain headings are, and which surprising
 * figures are right.
 */
export const remembered: Migration = {
  version: 12,
  sql: `
    CREATE TABLE remembered_columns (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      -- the set of headings, folded and in order
      headings_json TEXT NOT NULL UNIQUE CHECK (json_valid(headings_json)),
      -- a list of what --map takes
      map_json TEXT NOT NULL CHECK (json_valid(map_json)),
      -- NULL: it was never open
      decimal_sign TEXT CHECK (decimal_sign IN ('.', ','))
    ) STRICT;

    -- One row per thing and range of figures; NULL where the question is about no figure.
    CREATE TABLE remembered_answer (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      file_kind TEXT NOT NULL CHECK (file_kind IN ('fleet', 'prices')),
      name TEXT NOT NULL,
      -- heading of a fleet file; '' where the whole row is meant
      field TEXT NOT NULL,
      -- model, site or text of the row, lower case
      about TEXT NOT NULL,
      least REAL,
      most REAL,
      CHECK ((least IS NULL) = (most IS NULL))
    ) STRICT;
    CREATE INDEX remembered_answer_kind ON remembered_answer (file_kind);
  `,
}
