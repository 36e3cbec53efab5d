import type { Migration } from './migration.ts'

/**
 * Who decided and what was at stake, and from now on decisions are only added to: the one thing that changes about one is whether it is
 * taken back, and each such change is a row of its own. Of decisions of before, neither is known.
 */
export const outcomes: Migration = {
  version: 22,
  sql: `
    -- NULL: nobody said
    ALTER TABLE decision ADD COLUMN by_whom TEXT CHECK (length(by_whom) BETWEEN 1 AND 100);
    -- NULL: not kept then
    ALTER TABLE decision ADD COLUMN stake_json TEXT;

    CREATE TABLE decision_mark (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      decision_key INTEGER NOT NULL REFERENCES decision (key),
      at_ms INTEGER NOT NULL,
      taken_back INTEGER NOT NULL CHECK (taken_back IN (0, 1)),
      checksum INTEGER
    ) STRICT;
    CREATE INDEX decision_mark_of ON decision_mark (decision_key, key);

    CREATE TRIGGER decision_marked AFTER UPDATE OF taken_back ON decision WHEN NEW.taken_back <> OLD.taken_back BEGIN
      INSERT INTO decision_mark (decision_key, at_ms, taken_back)
      VALUES (NEW.key, CAST(unixepoch('subsec') * 1000 AS INTEGER), NEW.taken_back);
    END;

    CREATE TRIGGER decision_stays BEFORE UPDATE OF key, at_ms, site_key, site, kind, reason, advised_power_down, advised_pause,
      advised_start, advised_set, machines_done, freed_w, gain_nusd, until_ms, hashprice_usd_per_ph_day, price_usd_per_btc,
      difficulty, change, by_whom, stake_json ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision that is recorded stays as it is'); END;
    CREATE TRIGGER decision_is_never_gone BEFORE DELETE ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision that is recorded is never removed'); END;

    CREATE TRIGGER decision_machines_stay BEFORE UPDATE OF decision_key, machines_json ON decision_machines
    BEGIN SELECT RAISE(ABORT, 'a decision that is recorded stays as it is'); END;
    CREATE TRIGGER decision_machines_are_never_gone BEFORE DELETE ON decision_machines
    BEGIN SELECT RAISE(ABORT, 'a decision that is recorded is never removed'); END;

    CREATE TRIGGER decision_mark_stays BEFORE UPDATE OF key, decision_key, at_ms, taken_back ON decision_mark
    BEGIN SELECT RAISE(ABORT, 'a decision that is recorded stays as it is'); END;
    CREATE TRIGGER decision_mark_is_never_gone BEFORE DELETE ON decision_mark
    BEGIN SELECT RAISE(ABORT, 'a decision that is recorded is never removed'); END;

    -- REPLACE deletes without a trigger of deletion.
    CREATE TRIGGER decision_is_not_replaced BEFORE INSERT ON decision
      WHEN EXISTS (SELECT 1 FROM decision WHERE key = NEW.key)
    BEGIN SELECT RAISE(ABORT, 'a decision that is recorded stays as it is'); END;
    CREATE TRIGGER decision_machines_are_not_replaced BEFORE INSERT ON decision_machines
      WHEN EXISTS (SELECT 1 FROM decision_machines WHERE decision_key = NEW.decision_key)
    BEGIN SELECT RAISE(ABORT, 'a decision that is recorded stays as it is'); END;
    CREATE TRIGGER decision_mark_is_not_replaced BEFORE INSERT ON decision_mark
      WHEN EXISTS (SELECT 1 FROM decision_mark WHERE key = NEW.key)
    BEGIN SELECT RAISE(ABORT, 'a decision that is recorded stays as it is'); END;
  `,
}
