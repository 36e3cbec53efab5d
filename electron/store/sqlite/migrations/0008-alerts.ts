import type { Migration } from './migration.ts'

/**
 * The operator's alerts and what they told. An event outlives its alert: what has happened stays
 * in the list, so its alert_key may point to an alert that is gone.
 */
export const alerts: Migration = {
  version: 8,
  sql: `
    CREATE TABLE alert (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      rule_json TEXT NOT NULL CHECK (json_valid(rule_json)),
      -- what must be known to tell nothing twice; NULL: never evaluated
      memory_json TEXT CHECK (json_valid(memory_json)),
      active_since_ms INTEGER
    ) STRICT;

    CREATE TABLE alert_event (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      alert_key INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      occurrence_json TEXT NOT NULL CHECK (json_valid(occurrence_json)),
      read INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1))
    ) STRICT;
    CREATE INDEX alert_event_newest ON alert_event (at_ms);
  `,
}
