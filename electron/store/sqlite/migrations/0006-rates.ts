import type { Migration } from './migration.ts'

/**
 * What a unit of a currency is worth, and sites that pay in a currency of their own.
 *
 * Rates are kept like network values: every reading of a source, and apart from them what was typed. A tariff is whole
 * nano-units of its currency. A site with a tariff has no power price of its own in USD: that follows from the rate.
 */
export const rates: Migration = {
  version: 6,
  sql: `
    CREATE TABLE rate (
      key INTEGER PRIMARY KEY,
      currency TEXT NOT NULL,
      source TEXT NOT NULL,
      usd_per_unit REAL NOT NULL CHECK (usd_per_unit > 0 AND usd_per_unit <= 1000000),
      as_of_ms INTEGER NOT NULL,
      fetched_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX rate_latest ON rate (currency, source, fetched_at_ms);

    CREATE TABLE typed_rate (
      currency TEXT PRIMARY KEY,
      usd_per_unit REAL NOT NULL CHECK (usd_per_unit > 0 AND usd_per_unit <= 1000000),
      typed_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- NULL: the site pays in USD
    ALTER TABLE site ADD COLUMN tariff_currency TEXT
      CHECK (tariff_currency IS NULL OR power_price_nusd_per_kwh IS NULL);
    ALTER TABLE site ADD COLUMN tariff_power_price_nano_per_kwh INTEGER
      CHECK (tariff_currency IS NOT NULL OR tariff_power_price_nano_per_kwh IS NULL);
    ALTER TABLE site ADD COLUMN tariff_other_nano_per_kwh INTEGER
      CHECK ((tariff_currency IS NULL) = (tariff_other_nano_per_kwh IS NULL));
  `,
}
