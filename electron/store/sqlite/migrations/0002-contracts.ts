import type { Migration } from './migration.ts'

/**
 * What a site has agreed on, one row per site that has agreed on something, and how a machine takes part in it.
 *
 * A contract is a document with parts that come and go, so it is stored as one (JSON). Its prices are written as they were
 * typed and never summed here.
 */
export const contracts: Migration = {
  version: 2,
  sql: `
    CREATE TABLE site_contract (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      site_key INTEGER NOT NULL UNIQUE REFERENCES site (key) ON DELETE CASCADE,
      contract_json TEXT NOT NULL CHECK (json_valid(contract_json))
    ) STRICT;

    ALTER TABLE machine ADD COLUMN policy TEXT NOT NULL DEFAULT 'follow'
      CHECK (policy IN ('follow', 'protected', 'exempt'));
  `,
}
