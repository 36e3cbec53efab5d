import type { Migration } from './migration.ts'

/**
 * What can be taken back, so that it survives the end of the program: the steps, and the rows as they were before a step first
 * touched them. A memory has the columns of its table, in the same order and of any type: it gives back what it was given. A later
 * migration that changes one of these tables changes its memory too.
 */
export const undo: Migration = {
  version: 14,
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
      name ANY, power_price_nusd_per_kwh ANY, other_nusd_per_kwh ANY, overhead ANY, tariff_currency ANY,
      tariff_power_price_nano_per_kwh ANY, tariff_other_nano_per_kwh ANY, checksum ANY,
      PRIMARY KEY (step, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE undo_machine (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      site_key ANY, id ANY, model ANY, status ANY, quantity ANY, hashrate_ths ANY, power_w ANY,
      power_price_nusd_per_kwh ANY, other_nusd_per_kwh ANY, overhead ANY, uptime_share ANY, pool_fee_share ANY,
      host_share ANY, standby_w ANY, fixed_nusd_per_day ANY, restart_nusd ANY, notes_json ANY, policy ANY,
      hashrate_source ANY, power_source ANY, from_sample ANY, serial ANY, rack ANY, position ANY, ip ANY, mac ANY,
      firmware ANY, checksum ANY,
      PRIMARY KEY (step, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE undo_site_contract (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      site_key ANY, contract_json ANY, checksum ANY,
      PRIMARY KEY (step, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE undo_profile_point (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      model ANY, firmware ANY, source ANY, profile ANY, hashrate_ths ANY, power_w ANY, checksum ANY,
      PRIMARY KEY (step, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE undo_lot_point (
      step INTEGER NOT NULL, key INTEGER NOT NULL, existed INTEGER NOT NULL,
      machine_key ANY, firmware ANY, source ANY, profile ANY, hashrate_ths ANY, power_w ANY, checksum ANY,
      PRIMARY KEY (step, key)
    ) STRICT, WITHOUT ROWID;
  `,
}
