import type { Migration } from './migration.ts'

/**
 * Sites, machines, what the network said, settings.
 *
 * Keys of sites and machines are never used twice: a key that is gone stays gone for a reader who still holds it.
 * Money is whole nano-dollars, so that 0.0535 USD comes back as exactly 0.0535. In `machine`, NULL in one of
 * the three columns that a site has too means "as the site".
 */
export const fleet: Migration = {
  version: 1,
  sql: `
    CREATE TABLE site (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      power_price_nusd_per_kwh INTEGER,
      other_nusd_per_kwh INTEGER NOT NULL,
      overhead REAL NOT NULL CHECK (overhead >= 0)
    ) STRICT;

    CREATE TABLE machine (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      site_key INTEGER NOT NULL REFERENCES site (key) ON DELETE CASCADE,
      id TEXT NOT NULL UNIQUE,
      model TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('running', 'off', 'repair')),
      quantity INTEGER NOT NULL CHECK (quantity >= 1),
      hashrate_ths REAL CHECK (hashrate_ths >= 0),
      power_w REAL CHECK (power_w >= 0),
      power_price_nusd_per_kwh INTEGER,
      other_nusd_per_kwh INTEGER,
      overhead REAL CHECK (overhead >= 0),
      uptime_share REAL NOT NULL CHECK (uptime_share BETWEEN 0 AND 1),
      pool_fee_share REAL NOT NULL CHECK (pool_fee_share BETWEEN 0 AND 1),
      host_share REAL NOT NULL CHECK (host_share BETWEEN 0 AND 1),
      standby_w REAL NOT NULL CHECK (standby_w >= 0),
      fixed_nusd_per_day INTEGER NOT NULL CHECK (fixed_nusd_per_day >= 0),
      restart_nusd INTEGER NOT NULL CHECK (restart_nusd >= 0),
      -- columns of an imported file that are not ours: {"column": "text"}
      notes_json TEXT
    ) STRICT;
    CREATE INDEX machine_site ON machine (site_key);

    -- One row, raised by every change of sites and machines: how another process notices.
    CREATE TABLE fleet_revision (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      revision INTEGER NOT NULL
    ) STRICT;
    INSERT INTO fleet_revision VALUES (1, 0);

    -- Every reading of a source, kept as history; the latest per name and source is what counts.
    CREATE TABLE network_value (
      key INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      source TEXT NOT NULL,
      value REAL NOT NULL,
      as_of_ms INTEGER NOT NULL,
      fetched_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX network_value_latest ON network_value (name, source, fetched_at_ms);

    CREATE TABLE typed_value (
      name TEXT PRIMARY KEY,
      value REAL NOT NULL,
      typed_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE network_adjustment (
      height INTEGER PRIMARY KEY,
      change REAL NOT NULL
    ) STRICT;

    CREATE TABLE source_status (
      name TEXT PRIMARY KEY,
      url TEXT NOT NULL,
      last_success_ms INTEGER,
      last_error TEXT,
      not_before_ms INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value_json TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
