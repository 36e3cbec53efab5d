import type { Migration } from './migration.ts'

/**
 * Which machines came with the sample fleet. A fleet is the sample while all of its machines did; what was stored before is taken
 * as the operator's own.
 */
export const sample: Migration = {
  version: 9,
  sql: `
    ALTER TABLE machine ADD COLUMN from_sample INTEGER NOT NULL DEFAULT 0 CHECK (from_sample IN (0, 1));
  `,
}
