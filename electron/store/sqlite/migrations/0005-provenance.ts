import type { Migration } from './migration.ts'

/**
 * Where a machine's hashrate and power come from: 0 metered, 1 reported, 2 entered, 3 nameplate. What was stored before is taken
 * as entered: nobody noted which figures the catalogue had filled in.
 */
export const provenance: Migration = {
  version: 5,
  sql: `
    ALTER TABLE machine ADD COLUMN hashrate_source INTEGER NOT NULL DEFAULT 2 CHECK (hashrate_source BETWEEN 0 AND 3);
    ALTER TABLE machine ADD COLUMN power_source INTEGER NOT NULL DEFAULT 2 CHECK (power_source BETWEEN 0 AND 3);
  `,
}
