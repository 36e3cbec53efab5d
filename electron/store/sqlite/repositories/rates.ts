import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { ForeignCurrency, RateRow } from '#shared/domain/power/currency.ts'
import { isForeignCurrency, rateInForce } from '#shared/domain/power/currency.ts'
import { isSoundRow } from '../row-checksums.ts'

/** Readings are kept one by one for this long; of older days the last of each day stays. */
const DETAIL_MS = 7 * MS_PER_DAY

const MOST_USD_PER_UNIT = 1_000_000

/** The one that was stored last, as of network values. */
export const latestRates = (db: Database) => `
  SELECT currency, source, usd_per_unit AS usdPerUnit, as_of_ms AS asOfMs, fetched_at_ms AS fetchedAtMs FROM rate
  WHERE key IN (SELECT max(key) FROM rate GROUP BY currency, source) AND ${isSoundRow(db, 'rate')}
  ORDER BY currency, source`

export type Rates = ReturnType<typeof createRates>

/** What a unit of a currency is worth: what sources said, and what was typed. Changes belong into `createRateChanges`. */
export function createRates(db: Database) {
  const latest = db.prepare<[], RateRow>(latestRates(db))
  const typed = db.prepare<[], RateRow>(
    `SELECT currency, 'typed' AS source, usd_per_unit AS usdPerUnit, typed_at_ms AS asOfMs, typed_at_ms AS fetchedAtMs
     FROM typed_rate WHERE ${isSoundRow(db, 'typed_rate')}`,
  )
  const add = db.prepare(
    'INSERT INTO rate (currency, source, usd_per_unit, as_of_ms, fetched_at_ms) VALUES (?, ?, ?, ?, ?)',
  )
  const thin = db.prepare<[number]>(
    `DELETE FROM rate WHERE fetched_at_ms < ? AND key NOT IN (
       SELECT max(key) FROM rate GROUP BY currency, source, fetched_at_ms / 86400000)`,
  )
  const type = db.prepare(
    'INSERT OR REPLACE INTO typed_rate (currency, usd_per_unit, typed_at_ms) VALUES (?, ?, ?)',
  )
  const takeBack = db.prepare('DELETE FROM typed_rate WHERE currency = ?')

  const past = db.prepare<[ForeignCurrency], RateRow>(
    `SELECT currency, source, usd_per_unit AS usdPerUnit, as_of_ms AS asOfMs, fetched_at_ms AS fetchedAtMs FROM rate
     WHERE currency = ? AND ${isSoundRow(db, 'rate')} ORDER BY key`,
  )

  const read = (): readonly RateRow[] => [...latest.all(), ...typed.all()]

  return {
    read,
    /** Every reading of a currency that is kept, and what was typed. */
    history: (currency: ForeignCurrency): readonly RateRow[] => [
      ...past.all(currency),
      ...typed.all().filter((row) => row.currency === currency),
    ],

    /** USD per unit in force; null where no rate is known. Looks at the rates when it is made. */
    inForce(): (currency: ForeignCurrency) => number | null {
      const rows = read()
      const nowMs = Date.now()
      return (currency) => rateInForce(rows, currency, nowMs)?.usdPerUnit ?? null
    },

    /** @throws StrikelineError 'bad-input' with nothing stored */
    save(rows: readonly RateRow[]): void {
      for (const { currency, usdPerUnit } of rows) check(currency, usdPerUnit)
      db.transaction(() => {
        for (const { currency, source, usdPerUnit, asOfMs, fetchedAtMs } of rows) {
          add.run(currency, source, usdPerUnit, Math.round(asOfMs), Math.round(fetchedAtMs))
        }
      })()
    },

    /** null takes the typed rate back. @throws StrikelineError 'bad-input' */
    type(currency: ForeignCurrency, usdPerUnit: number | null, atMs: number): void {
      check(currency, usdPerUnit)
      if (usdPerUnit === null) takeBack.run(currency)
      else type.run(currency, usdPerUnit, Math.round(atMs))
    },

    /** The latest of a currency and source stays in any case: it is the last of its day. */
    thin: (nowMs: number) => void thin.run(Math.round(nowMs) - DETAIL_MS),
  }
}

function check(currency: string, usdPerUnit: number | null): void {
  if (!isForeignCurrency(currency)) {
    throw new StrikelineError(
      'bad-input',
      `${currency} is none of the currencies that have a rate.`,
      'currency',
    )
  }
  if (usdPerUnit === null || (usdPerUnit > 0 && usdPerUnit <= MOST_USD_PER_UNIT)) return
  throw new StrikelineError(
    'bad-input',
    `The rate of ${currency} is ${usdPerUnit} USD; it must be above 0 and at most ${MOST_USD_PER_UNIT}.`,
    'usdPerUnit',
  )
}
