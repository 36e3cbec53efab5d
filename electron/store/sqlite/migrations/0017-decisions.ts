import type { Migration } from './migration.ts'

/**
 * What was advised and what was done about it. A decision is no part of the fleet: undo of the change that came with it marks it as
 * taken back, and redo takes the mark off again; `decision_undo` knows that change for as long as it is remembered. The machines
 * stand apart, as columns in one text, since only few readers want them.
 */
export const decisions: Migration = {
  version: 17,
  sql: `
    CREATE TABLE decision (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      at_ms INTEGER NOT NULL,
      site_key INTEGER NOT NULL,
      site TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('done', 'not-now')),
      reason TEXT NOT NULL,
      advised_power_down INTEGER NOT NULL,
      advised_pause INTEGER NOT NULL,
      advised_start INTEGER NOT NULL,
      machines_done INTEGER NOT NULL,
      freed_w INTEGER NOT NULL,
      gain_nusd INTEGER NOT NULL,
      until_ms INTEGER,
      hashprice_usd_per_ph_day REAL NOT NULL,
      price_usd_per_btc REAL,
      difficulty REAL,
      change REAL,
      taken_back INTEGER NOT NULL DEFAULT 0,
      checksum INTEGER
    ) STRICT;
    CREATE INDEX decision_at_site ON decision (site_key, key);

    CREATE TABLE decision_machines (
      decision_key INTEGER PRIMARY KEY REFERENCES decision (key) ON DELETE CASCADE,
      machines_json TEXT NOT NULL,
      checksum INTEGER
    ) STRICT;

    CREATE TABLE decision_undo (
      decision_key INTEGER PRIMARY KEY,
      step INTEGER NOT NULL
    ) STRICT;
  `,
}
