import type { Migration } from './migration.ts'

/**
 * A checksum in each row that a verdict, a projection or an alert rests on. The migration runner fills it in (row-checksums.ts): it
 * is computed from the row's other columns, which SQL alone cannot do. NULL fits no row.
 */
export const checksums: Migration = {
  version: 13,
  sql: `
    ALTER TABLE site ADD COLUMN checksum INTEGER;
    ALTER TABLE machine ADD COLUMN checksum INTEGER;
    ALTER TABLE site_contract ADD COLUMN checksum INTEGER;
    ALTER TABLE profile_point ADD COLUMN checksum INTEGER;
    ALTER TABLE lot_point ADD COLUMN checksum INTEGER;
    ALTER TABLE network_value ADD COLUMN checksum INTEGER;
    ALTER TABLE network_adjustment ADD COLUMN checksum INTEGER;
    ALTER TABLE typed_value ADD COLUMN checksum INTEGER;
    ALTER TABLE rate ADD COLUMN checksum INTEGER;
    ALTER TABLE typed_rate ADD COLUMN checksum INTEGER;
    ALTER TABLE setting ADD COLUMN checksum INTEGER;
    ALTER TABLE scenario ADD COLUMN checksum INTEGER;
    ALTER TABLE alert ADD COLUMN checksum INTEGER;
  `,
}
