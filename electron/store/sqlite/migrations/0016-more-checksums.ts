import type { Migration } from './migration.ts'

/**
 * Checksums for what signals, the reading of files and the list of what alerts told rest on, and for undo the sum of the keys of a
 * step: a row that a step has added is remembered by its key alone. The migration runner fills the first in.
 */
export const moreChecksums: Migration = {
  version: 16,
  sql: `
    ALTER TABLE day_value ADD COLUMN checksum INTEGER;
    ALTER TABLE difficulty_epoch ADD COLUMN checksum INTEGER;
    ALTER TABLE history_mark ADD COLUMN checksum INTEGER;
    ALTER TABLE alert_event ADD COLUMN checksum INTEGER;
    ALTER TABLE remembered_columns ADD COLUMN checksum INTEGER;
    ALTER TABLE remembered_answer ADD COLUMN checksum INTEGER;

    ALTER TABLE undo_step ADD COLUMN key_sum INTEGER NOT NULL DEFAULT 0;
    UPDATE undo_step SET key_sum =
      (SELECT coalesce(sum(key), 0) FROM undo_site WHERE step = number) +
      (SELECT coalesce(sum(key), 0) FROM undo_machine WHERE step = number) +
      (SELECT coalesce(sum(key), 0) FROM undo_site_contract WHERE step = number) +
      (SELECT coalesce(sum(key), 0) FROM undo_profile_point WHERE step = number) +
      (SELECT coalesce(sum(key), 0) FROM undo_lot_point WHERE step = number) +
      (SELECT coalesce(sum(key), 0) FROM undo_watched_file WHERE step = number);
  `,
}
