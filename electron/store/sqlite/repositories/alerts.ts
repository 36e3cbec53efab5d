import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { AlertMemory, AlertOccurrence, AlertRule } from '#shared/domain/alerts.ts'
import type { StoredAlert, StoredAlertEvent } from '../../port.ts'
import { checksumOf, isSoundRow, refusalOf } from '../row-checksums.ts'

/** Bounds of the contract's lists. */
const MOST_ALERTS = 100
const MOST_EVENTS = 200

type AlertRow = readonly [key: number, rule: string, memory: string | null, activeSinceMs: number | null]
type EventRow = readonly [
  key: number,
  alertKey: number,
  atMs: number,
  occurrence: string,
  read: 0 | 1,
  checksum: number,
]

export const READ_ALERT_EVENTS = `
  SELECT key, alert_key, at_ms, occurrence_json, read, checksum FROM alert_event ORDER BY at_ms DESC, key DESC LIMIT ?`

export type Alerts = ReturnType<typeof createAlerts>

/**
 * What an operator wants to be told of, and what he was told; no part of the fleet. The documents are read here and checked by
 * the client.
 */
export function createAlerts(db: Database) {
  const all = db
    .prepare<[], AlertRow>(
      `SELECT key, rule_json, memory_json, active_since_ms FROM alert WHERE ${isSoundRow(db, 'alert')} ORDER BY key`,
    )
    .raw()
  const events = db.prepare<[number], EventRow>(READ_ALERT_EVENTS).raw()
  const count = db.prepare<[], number>('SELECT count(*) FROM alert').pluck()
  const add = db.prepare('INSERT INTO alert (rule_json) VALUES (?)')
  const replace = db.prepare(
    'UPDATE alert SET rule_json = ?, memory_json = NULL, active_since_ms = NULL WHERE key = ?',
  )
  const remember = db.prepare('UPDATE alert SET memory_json = ?, active_since_ms = ? WHERE key = ?')
  const remove = db.prepare('DELETE FROM alert WHERE key = ?')
  const addEvent = db.prepare('INSERT INTO alert_event (alert_key, at_ms, occurrence_json) VALUES (?, ?, ?)')
  const forgetOld = db.prepare<[number]>(
    `DELETE FROM alert_event WHERE key NOT IN (
       SELECT key FROM alert_event ORDER BY at_ms DESC, key DESC LIMIT ?)`,
  )
  const markRead = db.prepare('UPDATE alert_event SET read = 1 WHERE read = 0')

  function put(key: number | null, rule: AlertRule): { readonly key: number } {
    const text = JSON.stringify(rule)
    if (key === null) {
      if (count.get()! >= MOST_ALERTS) {
        throw new StrikelineError(
          'bad-input',
          `There are ${MOST_ALERTS} alerts already, as many as there can be. Remove one first.`,
        )
      }
      return { key: Number(add.run(text).lastInsertRowid) }
    }
    if (replace.run(text, key).changes === 0) throw gone()
    return { key }
  }

  return {
    read: (): readonly StoredAlert[] =>
      all.all().map(([key, rule, memory, activeSinceMs]) => ({
        key,
        rule: JSON.parse(rule) as AlertRule,
        memory: memory === null ? null : (JSON.parse(memory) as AlertMemory),
        activeSinceMs,
      })),

    /** key null: a new one. @throws StrikelineError 'not-found', 'bad-input' */
    put: (key: number | null, rule: AlertRule) => db.transaction(() => put(key, rule)).immediate(),

    /** Its events stay. @throws StrikelineError 'not-found' */
    remove(key: number): void {
      if (remove.run(key).changes === 0) throw gone()
    },

    /** An alert that was removed while it was evaluated has no outcome. */
    saveOutcome(
      key: number,
      memory: AlertMemory,
      activeSinceMs: number | null,
      happened: readonly { readonly atMs: number; readonly occurrence: AlertOccurrence }[],
    ): void {
      db.transaction(() => {
        const since = activeSinceMs === null ? null : Math.round(activeSinceMs)
        if (remember.run(JSON.stringify(memory), since, key).changes === 0) return
        for (const { atMs, occurrence } of happened) {
          addEvent.run(key, Math.round(atMs), JSON.stringify(occurrence))
        }
        if (happened.length > 0) forgetOld.run(MOST_EVENTS)
      }).immediate()
    },

    /** Newest first. */
    events: (): readonly StoredAlertEvent[] =>
      events.all(MOST_EVENTS).map((row) => {
        const [key, alertKey, atMs, occurrence, read, checksum] = row
        if (checksumOf(row, row.length - 1) !== checksum) throw refusalOf(db, { table: 'alert_event', key })
        return {
          ...{ key, alertKey, atMs, read: read === 1 },
          occurrence: JSON.parse(occurrence) as AlertOccurrence,
        }
      }),

    markRead: () => void markRead.run(),
  }
}

function gone(): StrikelineError {
  return new StrikelineError('not-found', 'There is no such alert; it may have been removed.')
}
