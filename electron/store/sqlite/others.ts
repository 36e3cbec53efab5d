import type { Database } from 'better-sqlite3'
import type { StoredPart } from '../port.ts'

/** A text per part that is another one after every change of what the window shows of it. */
const MARKS: Readonly<Record<StoredPart, string>> = {
  fleet: `SELECT json_array(
    (SELECT revision FROM fleet_revision), (SELECT max(key) FROM decision), (SELECT sum(taken_back) FROM decision))`,
  network: `SELECT json_array(
    (SELECT max(key) FROM network_value), (SELECT max(key) FROM rate), (SELECT max(height) FROM network_adjustment),
    (SELECT json_group_array(json_array(name, value, typed_at_ms)) FROM typed_value),
    (SELECT json_group_array(json_array(currency, usd_per_unit, typed_at_ms)) FROM typed_rate),
    (SELECT json_group_array(json_array(name, url, last_success_ms, last_error, not_before_ms)) FROM source_status))`,
  settings: 'SELECT json_group_array(json_array(name, value_json)) FROM setting',
  alerts: `SELECT json_array(
    (SELECT json_group_array(json_array(key, rule_json, active_since_ms)) FROM alert),
    (SELECT json_array(max(key), count(*), sum(read)) FROM alert_event))`,
  past: `SELECT json_array(
    (SELECT revision FROM history_revision),
    (SELECT json_group_array(json_array(source, part, through_day, fetched_at_ms)) FROM history_mark))`,
  scenarios: 'SELECT json_group_array(json_array(name, scenario_json)) FROM scenario',
  ledger: `SELECT json_array(
    (SELECT max(key) FROM ledger_entry), (SELECT costing FROM ledger_choice),
    (SELECT json_group_array(json_array(name, from_month, scheme, fee, revenue, sites_json, hashrate_ehs)) FROM ledger_pool))`,
}
const PARTS = Object.keys(MARKS) as readonly StoredPart[]

/**
 * Returns the parts that other connections have changed since the last call, at first since it was made. SQLite
 * counts their commits, so a call without any costs nothing; only then are the marks compared. Parts that this
 * connection has changed may be named too.
 */
export function createOthersWatch(db: Database): () => readonly StoredPart[] {
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck()
  const queries = PARTS.map((part) => db.prepare<[]>(MARKS[part]).pluck())
  let seen = dataVersion.get()!
  let marks: readonly unknown[] | null = null

  return db.transaction(() => {
    const version = dataVersion.get()!
    if (version === seen && marks !== null) return []
    const before = marks
    marks = queries.map((query) => query.get())
    const isSame = version === seen
    seen = version
    if (isSame) return []
    return PARTS.filter((_, i) => before?.[i] !== marks?.[i])
  })
}
