import type { Migration } from './migration.ts'

/** Named assumptions of a projection, one document each (JSON): paths, growth and the network's response. */
export const scenarios: Migration = {
  version: 4,
  sql: `
    CREATE TABLE scenario (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL COLLATE NOCASE UNIQUE,
      scenario_json TEXT NOT NULL CHECK (json_valid(scenario_json))
    ) STRICT;
  `,
}
