import type { Migration } from './migration.ts'

/** What was agreed with a pool holds from a month on, so that another fee changes nothing of the months before. */
export const poolTermsFrom: Migration = {
  version: 26,
  sql: `
    CREATE TABLE ledger_pool_26 (
      -- no two that a person would call the same
      name TEXT NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 100),
      -- YYYY-MM; '': since ever
      from_month TEXT NOT NULL CHECK (from_month = '' OR from_month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
      scheme TEXT NOT NULL CHECK (scheme IN ('fpps', 'pps', 'pps+', 'pplns', 'solo')),
      fee REAL NOT NULL CHECK (fee BETWEEN 0 AND 1),
      revenue TEXT NOT NULL CHECK (revenue IN ('earned', 'paid')),
      -- names; none: all
      sites_json TEXT NOT NULL CHECK (json_valid(sites_json)),
      -- of all who mine in it; NULL: not known
      hashrate_ehs REAL CHECK (hashrate_ehs > 0),
      checksum INTEGER,
      PRIMARY KEY (name, from_month)
    ) STRICT;
    INSERT INTO ledger_pool_26 (name, from_month, scheme, fee, revenue, sites_json, hashrate_ehs)
      SELECT name, '', scheme, fee, revenue, sites_json, hashrate_ehs FROM ledger_pool;
    DROP TABLE ledger_pool;
    ALTER TABLE ledger_pool_26 RENAME TO ledger_pool;
  `,
}
