import type { Migration } from './migration.ts'

/**
 * What can be taken back, so that it survives the end of the program: the steps, and the rows as they were before a step first
 * touched them. A memory has the columns of its table, in the same order and of no type: it gives back what it was given. A later
 * migration that changes one of these tables changes its memory too.
 */
export const undo: Migration = {
  version: 13,
  sql: `
    CREATE TABLE undo_step (
      number INTEGER PRIMARY KEY,
      -- 'undo': it can be taken back; 'redo': it was, and can be done again
      side TEXT NOT NULL CHECK (side IN ('undo', 'redo')),
      label TEXT NOT NULL,
      -- that are remembered of it
      row_count INTEGER NOT NULL
    ) STRICT;

    -- existed 0: the step has added the row, so nothing else is known of it
    CREATE TABLE undo_site (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      name, power_price_nusd_per_kwh, other_nusd_per_kwh, overhead, tariff_currency, tariff_power_price_nano_per_kwh,
      tariff_other_nano_per_kwh, checksum,
      PRIMARY KEY (step, key)
    ) WITHOUT ROWID;

    CREATE TABLE undo_machine (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      site_key, id, model, status, quantity, hashrate_ths, power_w, power_price_nusd_per_kwh, other_nusd_per_kwh, overhead,
      uptime_share, pool_fee_share, host_share, standby_w, fixed_nusd_per_day, restart_nusd, notes_json, policy,
      hashrate_source, power_source, from_sample, serial, rack, position, ip, mac, firmware, checksum,
      PRIMARY KEY (step, key)
    ) WITHOUT ROWID;

    CREATE TABLE undo_site_contract (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      site_key, contract_json, checksum,
      PRIMARY KEY (step, key)
    ) WITHOUT ROWID;

    CREATE TABLE undo_profile_point (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      model, firmware, source, profile, hashrate_ths, power_w, checksum,
      PRIMARY KEY (step, key)
    ) WITHOUT ROWID;

    CREATE TABLE undo_lot_point (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      machine_key, firmware, source, profile, hashrate_ths, power_w, checksum,
      PRIMARY KEY (step, key)
    ) WITHOUT ROWID;
  `,
}
