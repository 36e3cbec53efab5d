import type { Migration } from './migration.ts'

/**
 * What of the alerts has gone to the webhook. Its address is a secret and in no database. What happened stands in alert_event; an event
 * that is younger than the mark and has no settled delivery waits.
 */
export const webhook: Migration = {
  version: 23,
  sql: `
    -- one row while alerts are sent
    CREATE TABLE webhook (
      key INTEGER PRIMARY KEY CHECK (key = 1),
      -- events up to this one are not sent
      after_event INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE webhook_delivery (
      event INTEGER PRIMARY KEY REFERENCES alert_event (key) ON DELETE CASCADE,
      -- the same at every attempt, so that a receiver can tell a repetition
      id TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('sending', 'waiting', 'sent', 'given-up')),
      attempts INTEGER NOT NULL,
      first_ms INTEGER NOT NULL,
      -- waiting: not tried before; sending: whoever sends has let go of it by then
      next_ms INTEGER NOT NULL,
      -- of the last answer, or of what stood in for it
      told_ms INTEGER,
      words TEXT
    ) STRICT;
  `,
}
