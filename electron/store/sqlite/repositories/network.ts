import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { Database } from 'better-sqlite3'
import type { TypedNetwork } from '#shared/domain/chain/network.ts'
import type { HandValueName, NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { HAND_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import type { AdjustmentRow, NetworkValueRow, SourceStatusRow } from '../../port.ts'
import { isSoundRow } from '../row-checksums.ts'

/** Readings are kept one by one for this long; of older days the last of each day stays. */
const DETAIL_MS = 7 * MS_PER_DAY

/** As many past adjustments as an estimate looks at. */
const ADJUSTMENTS = 12

/** The one that was stored last: what was fetched while the clock was ahead would stay the youngest until then. */
export const latestValues = (db: Database) => `
  SELECT name, source, value, as_of_ms AS asOfMs, fetched_at_ms AS fetchedAtMs FROM network_value
  WHERE key IN (SELECT max(key) FROM network_value GROUP BY name, source) AND ${isSoundRow(db, 'network_value')}
  ORDER BY name, source`

const HAND_NAMES = HAND_VALUE_NAMES.map((name) => `'${name}'`).join(', ')

export type Network = ReturnType<typeof createNetwork>

/** What sources said, what was typed, and how the sources are. */
export function createNetwork(db: Database) {
  const latest = db.prepare<[], NetworkValueRow>(latestValues(db))
  const typed = db.prepare<[], NetworkValueRow>(
    `SELECT name, 'typed' AS source, value, typed_at_ms AS asOfMs, typed_at_ms AS fetchedAtMs
     FROM typed_value WHERE ${isSoundRow(db, 'typed_value')} AND name NOT IN (${HAND_NAMES})`,
  )
  const byHand = db.prepare<[], { name: HandValueName; value: number; atMs: number }>(
    `SELECT name, value, typed_at_ms AS atMs FROM typed_value
     WHERE ${isSoundRow(db, 'typed_value')} AND name IN (${HAND_NAMES})`,
  )
  const addValue = db.prepare(
    'INSERT INTO network_value (name, source, value, as_of_ms, fetched_at_ms) VALUES (?, ?, ?, ?, ?)',
  )
  const thin = db.prepare<[number]>(
    `DELETE FROM network_value WHERE fetched_at_ms < ? AND key NOT IN (
       SELECT max(key) FROM network_value GROUP BY name, source, fetched_at_ms / 86400000)`,
  )
  const type = db.prepare('INSERT OR REPLACE INTO typed_value (name, value, typed_at_ms) VALUES (?, ?, ?)')
  const takeBack = db.prepare('DELETE FROM typed_value WHERE name = ?')
  const adjustments = db.prepare<[number], AdjustmentRow>(
    `SELECT height, change FROM network_adjustment WHERE ${isSoundRow(db, 'network_adjustment')}
     ORDER BY height DESC LIMIT ?`,
  )
  const putAdjustment = db.prepare('INSERT OR REPLACE INTO network_adjustment (height, change) VALUES (?, ?)')
  const statuses = db.prepare<[], SourceStatusRow>(
    `SELECT name, url, last_success_ms AS lastSuccessMs, last_error AS lastError, not_before_ms AS notBeforeMs
     FROM source_status ORDER BY name`,
  )
  const putStatus = db.prepare('INSERT OR REPLACE INTO source_status VALUES (?, ?, ?, ?, ?)')

  function put(name: NetworkValueName | HandValueName, value: number | null, atMs: number): void {
    if (value === null) takeBack.run(name)
    else type.run(name, value, Math.round(atMs))
  }

  return {
    values: (): readonly NetworkValueRow[] => [...latest.all(), ...typed.all()],
    adjustments: (): readonly AdjustmentRow[] => adjustments.all(ADJUSTMENTS),

    saveReading(values: readonly NetworkValueRow[], changes: readonly AdjustmentRow[]): void {
      db.transaction(() => {
        for (const { name, source, value, asOfMs, fetchedAtMs } of values) {
          addValue.run(name, source, value, Math.round(asOfMs), Math.round(fetchedAtMs))
        }
        for (const { height, change } of changes) putAdjustment.run(height, change)
      }).immediate()
    },

    /** The latest of a name and source stays in any case: it is the last of its day. */
    thin: (nowMs: number) => void thin.run(Math.round(nowMs) - DETAIL_MS),

    type: (name: NetworkValueName, value: number | null, atMs: number): void => put(name, value, atMs),

    typedHashprice(): (TypedNetwork & { readonly typedAtMs: number }) | null {
      const rows = new Map(byHand.all().map((row) => [row.name, row]))
      const hashprice = rows.get('hashpriceUsdPerPhDay')
      if (hashprice === undefined) return null
      const [change, atMs] = [rows.get('nextChange')?.value, rows.get('nextAdjustmentMs')?.value]
      return {
        hashpriceUsdPerPhDay: hashprice.value,
        adjustment: change === undefined || atMs === undefined ? null : { change, atMs },
        typedAtMs: hashprice.atMs,
      }
    },
    typeHashprice(typed: TypedNetwork | null, atMs: number): void {
      const values: Readonly<Record<HandValueName, number | null>> = {
        hashpriceUsdPerPhDay: typed?.hashpriceUsdPerPhDay ?? null,
        nextChange: typed?.adjustment?.change ?? null,
        nextAdjustmentMs: typed?.adjustment?.atMs ?? null,
      }
      db.transaction(() => {
        for (const name of HAND_VALUE_NAMES) put(name, values[name], atMs)
      }).immediate()
    },

    statuses: (): readonly SourceStatusRow[] => statuses.all(),
    saveStatus(status: SourceStatusRow): void {
      const { name, url, lastSuccessMs, lastError, notBeforeMs } = status
      putStatus.run(name, url, rounded(lastSuccessMs), lastError, rounded(notBeforeMs))
    },
  }
}

function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms)
}
