import type { Migration } from './migration.ts'

const COLUMNS =
  'key, batch, recorded_at_ms, kind, fact_json, site, zone, reference, corrects, note, origin_file, origin_line'

/**
 * What really came in and went out. Entries are only added to: what was a mistake is voided or corrected by another entry. Beside them
 * stand what was agreed with pools and which coins go first, which are no facts and may be changed.
 */
export const ledger: Migration = {
  version: 24,
  sql: `
    CREATE TABLE ledger_entry (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      -- entries that were stored together
      batch INTEGER NOT NULL CHECK (batch > 0),
      recorded_at_ms INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('earning', 'payout', 'bill', 'meter', 'credit', 'sale', 'cost', 'purchase', 'opening',
        'plan', 'budget', 'void', 'close', 'reopen')),
      -- what it says, as its kind does; whole numbers of satoshi, hundredths, watt-hours
      fact_json TEXT NOT NULL CHECK (json_valid(fact_json)),
      -- as it was called then; '': the company as a whole
      site TEXT NOT NULL,
      -- in which its days are meant
      zone TEXT NOT NULL,
      reference TEXT NOT NULL,
      corrects INTEGER REFERENCES ledger_entry (key),
      note TEXT NOT NULL,
      -- NULL: typed
      origin_file TEXT,
      origin_line INTEGER,
      checksum INTEGER,
      CHECK ((origin_file IS NULL) = (origin_line IS NULL))
    ) STRICT;

    CREATE TRIGGER ledger_entry_stays BEFORE UPDATE OF ${COLUMNS} ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'an entry of the ledger stays as it is'); END;
    CREATE TRIGGER ledger_entry_is_never_gone BEFORE DELETE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never removed'); END;
    -- REPLACE deletes without a trigger of deletion.
    CREATE TRIGGER ledger_entry_is_not_replaced BEFORE INSERT ON ledger_entry
      WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE key = NEW.key)
    BEGIN SELECT RAISE(ABORT, 'an entry of the ledger stays as it is'); END;

    CREATE TABLE ledger_pool (
      -- no two that a person would call the same
      name TEXT PRIMARY KEY COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 100),
      scheme TEXT NOT NULL CHECK (scheme IN ('fpps', 'pps', 'pps+', 'pplns', 'solo')),
      fee REAL NOT NULL CHECK (fee BETWEEN 0 AND 1),
      revenue TEXT NOT NULL CHECK (revenue IN ('earned', 'paid')),
      -- names; none: all
      sites_json TEXT NOT NULL CHECK (json_valid(sites_json)),
      -- of all who mine in it; NULL: not known
      hashrate_ehs REAL CHECK (hashrate_ehs > 0),
      checksum INTEGER
    ) STRICT;

    CREATE TABLE ledger_choice (
      key INTEGER PRIMARY KEY CHECK (key = 1),
      costing TEXT NOT NULL CHECK (costing IN ('fifo', 'average')),
      checksum INTEGER
    ) STRICT;
    INSERT INTO ledger_choice (key, costing) VALUES (1, 'fifo');
  `,
}
