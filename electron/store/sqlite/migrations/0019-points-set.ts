import type { Migration } from './migration.ts'

/** How many machines were to be set to another operating point. */
export const pointsSet: Migration = {
  version: 19,
  sql: `
    ALTER TABLE decision ADD COLUMN advised_set INTEGER NOT NULL DEFAULT 0;
  `,
}
