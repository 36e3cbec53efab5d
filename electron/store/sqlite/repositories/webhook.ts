import type { Database } from 'better-sqlite3'
import type { AlertOccurrence } from '#shared/domain/alerts.ts'
import { MS_PER_DAY, MS_PER_MINUTE } from '#shared/domain/units.ts'
import type { StoredWebhook, WebhookCalls } from '../../webhook-port.ts'
import { isSoundRow } from '../row-checksums.ts'

/** Longer than an attempt can take. */
const CLAIM_MS = MS_PER_MINUTE

type Since = { readonly sinceMs: number }
type ClaimedRow = readonly [event: number, atMs: number, occurrence: string]
type DeliveryRow = readonly [id: string, attempts: number, firstMs: number]
type LastRow = readonly [atMs: number, state: 'sent' | 'waiting' | 'given-up', words: string]

/** Events that are to be sent and are not settled, with their deliveries where there are any. @since: what is older is no news. */
const UNSETTLED = `
  FROM alert_event AS event JOIN webhook ON event.key > webhook.after_event
    LEFT JOIN webhook_delivery AS delivery ON delivery.event = event.key
  WHERE CASE WHEN delivery.event IS NULL THEN event.at_ms > @sinceMs ELSE delivery.state IN ('sending', 'waiting') END`

const SKIP_ALL = `(SELECT coalesce(max(key), 0) FROM alert_event)`

/** Nothing that a copy says is waiting is sent: it may have been since. */
export function skipWaiting(db: Database): void {
  db.exec(`DELETE FROM webhook_delivery; UPDATE webhook SET after_event = ${SKIP_ALL}`)
}

const since = (nowMs: number): Since => ({ sinceMs: nowMs - MS_PER_DAY })

export function createWebhook(db: Database): WebhookCalls {
  const begin = db.prepare(`INSERT OR IGNORE INTO webhook VALUES (1, ${SKIP_ALL})`)
  const hurry = db.prepare(`UPDATE webhook_delivery SET next_ms = 0 WHERE state = 'waiting'`)
  const first = db
    .prepare<Since, readonly [event: number, nextMs: number]>(
      `SELECT event.key, coalesce(delivery.next_ms, 0) ${UNSETTLED} ORDER BY event.key LIMIT 1`,
    )
    .raw()
  const event = db
    .prepare<[number], ClaimedRow>(
      `SELECT key, at_ms, occurrence_json FROM alert_event WHERE key = ? AND ${isSoundRow(db, 'alert_event')}`,
    )
    .raw()
  const claim = db
    .prepare<{ event: number; nowMs: number; untilMs: number }, DeliveryRow>(
      `INSERT INTO webhook_delivery (event, id, state, attempts, first_ms, next_ms)
         VALUES (@event, lower(hex(randomblob(16))), 'sending', 1, @nowMs, @untilMs)
       ON CONFLICT (event) DO UPDATE SET state = 'sending', attempts = attempts + 1, next_ms = @untilMs
       RETURNING id, attempts, first_ms`,
    )
    .raw()
  const settle = db.prepare<[string, number, number, string, number, number]>(
    `UPDATE webhook_delivery SET state = ?, next_ms = ?, told_ms = ?, words = ?
     WHERE event = ? AND attempts = ? AND state = 'sending'`,
  )
  const waiting = db
    .prepare<Since, readonly [count: number, firstMs: number | null]>(
      `SELECT count(*), (SELECT coalesce(delivery.next_ms, 0) ${UNSETTLED} ORDER BY event.key LIMIT 1) ${UNSETTLED}`,
    )
    .raw()
  const last = db
    .prepare<[], LastRow>(
      `SELECT told_ms, CASE state WHEN 'sending' THEN 'waiting' ELSE state END, words FROM webhook_delivery
       WHERE told_ms IS NOT NULL ORDER BY told_ms DESC, event DESC LIMIT 1`,
    )
    .raw()

  return {
    beginWebhook: () => void begin.run(),
    endWebhook: db.transaction(() => {
      db.exec('DELETE FROM webhook; DELETE FROM webhook_delivery')
    }),
    hurryWebhook: () => void hurry.run(),
    claimWebhook: (nowMs) =>
      db
        .transaction(() => {
          const [key, nextMs] = first.get(since(nowMs)) ?? []
          if (key === undefined || nextMs! > nowMs) return null
          const [, atMs, occurrence] = event.get(key)!
          const [id, attempt, firstMs] = claim.get({ event: key, nowMs, untilMs: nowMs + CLAIM_MS })!
          return {
            ...{ event: key, atMs, id, attempt, firstMs },
            occurrence: JSON.parse(occurrence) as AlertOccurrence,
          }
        })
        .immediate(),
    settleWebhook({ event: key, attempt }, { state, nextMs, atMs, words }) {
      settle.run(state, Math.round(nextMs), Math.round(atMs), words, key, attempt)
    },
    readWebhook: db.transaction((nowMs: number): StoredWebhook => {
      const [count, nextMs] = waiting.get(since(nowMs))!
      const [atMs, state, words] = last.get() ?? []
      return {
        waiting: count,
        nextMs: count === 0 ? null : nextMs,
        last: atMs === undefined ? null : { atMs, state: state!, words: words! },
      }
    }),
  }
}
