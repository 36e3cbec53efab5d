import type { Migration } from './migration.ts'

/**
 * The past of the network, one row per day, column and source: which of the sources counts is decided when it is read, because
 * the operator's order may change. Days are counted from 1970-01-01, UTC.
 */
export const past: Migration = {
  version: 7,
  sql: `
    CREATE TABLE day_value (
      day INTEGER NOT NULL CHECK (day BETWEEN 0 AND 100000),
      "column" TEXT NOT NULL CHECK (length("column") BETWEEN 1 AND 40),
      source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 60),
      -- the widest thinkable value in any unit; infinity is none
      value REAL NOT NULL CHECK (value BETWEEN -1e24 AND 1e24),
      fetched_at_ms INTEGER NOT NULL,
      PRIMARY KEY (day, "column", source)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE difficulty_epoch (
      -- of its first block
      height INTEGER NOT NULL CHECK (height >= 0 AND height % 2016 = 0),
      source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 60),
      started_at_ms INTEGER NOT NULL,
      difficulty REAL NOT NULL CHECK (difficulty > 0 AND difficulty < 1e24),
      fetched_at_ms INTEGER NOT NULL,
      PRIMARY KEY (height, source)
    ) STRICT, WITHOUT ROWID;

    -- How far a part of a source has been read, so that the next run goes on from there.
    CREATE TABLE history_mark (
      source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 60),
      part TEXT NOT NULL CHECK (length(part) BETWEEN 1 AND 60),
      through_day INTEGER NOT NULL,
      fetched_at_ms INTEGER NOT NULL,
      PRIMARY KEY (source, part)
    ) STRICT, WITHOUT ROWID;

    -- One row, raised by every change of values and epochs.
    CREATE TABLE history_revision (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      revision INTEGER NOT NULL
    ) STRICT;
    INSERT INTO history_revision VALUES (1, 0);
  `,
}
