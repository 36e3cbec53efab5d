import type { Migration } from './migration.ts'

/** The operator's own operating points of a model, one row per point; rows of one model and firmware are a ladder. */
export const profiles: Migration = {
  version: 3,
  sql: `
    CREATE TABLE profile_point (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      model TEXT NOT NULL COLLATE NOCASE,
      -- '' where it is not said
      firmware TEXT NOT NULL COLLATE NOCASE,
      source TEXT NOT NULL,
      profile TEXT NOT NULL,
      hashrate_ths REAL NOT NULL CHECK (hashrate_ths > 0),
      power_w REAL NOT NULL CHECK (power_w > 0),
      UNIQUE (model, firmware, profile)
    ) STRICT;
  `,
}
