import type { RefObject } from 'react'
import { lazy, Suspense, useState } from 'react'
import type { AlertsState } from '#shared/ipc/schemas/alerts.ts'
import type { AlertRule } from '#shared/domain/alerts.ts'
import { occurrenceWords, ruleWords, stateWords } from '#shared/format/alert-words.ts'
import { moment } from '#shared/format/times.ts'
import { selectUnreadAlerts } from '../../../state/alerts-slice.ts'
import { selectRealMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'
import { warn } from '../../../ui/toasts.ts'
import { useNow } from '../../../ui/use-now.ts'
import { AlertDialog } from './AlertDialog.tsx'
import { FirstAlert } from './FirstAlert.tsx'

const Webhook = lazy(() => import('./Webhook.tsx').then((m) => ({ default: m.Webhook })))

/** The alert that is being edited; key null: a new one. */
type Edited = { readonly key: number | null; readonly rule: AlertRule | null }

/** What the operator wants to be told of, and what happened. */
export function Alerts({
  id,
  section,
}: {
  readonly id: string
  readonly section: RefObject<HTMLElement | null>
}) {
  const alerts = useStore((state) => state.alerts)
  const [edited, setEdited] = useState<Edited | null>(null)
  if (alerts === null) return null
  return (
    <section className="market-part" id={id} aria-label="Alerts" ref={section}>
      <header className="screen-head">
        <h2 className="part-title" tabIndex={-1}>
          Alerts
        </h2>
        <p className="muted">
          What you want to be told of. Each is told when it begins, not again while it lasts.{' '}
          {alerts.notifications
            ? 'This desktop also shows a notification.'
            : 'This desktop shows no notifications: look here.'}
        </p>
        <div className="actions">
          <button
            type="button"
            className="button primary"
            onClick={() => setEdited({ key: null, rule: null })}
          >
            Add an alert…
          </button>
        </div>
      </header>
      {alerts.rules.length === 0 ? <FirstAlert /> : <Rules alerts={alerts} onEdit={setEdited} />}
      <Events alerts={alerts} />
      <Suspense fallback={null}>
        <Webhook />
      </Suspense>
      {edited === null ? null : (
        <AlertDialog alertKey={edited.key} rule={edited.rule} onClose={() => setEdited(null)} />
      )}
    </section>
  )
}

function Rules({
  alerts,
  onEdit,
}: {
  readonly alerts: AlertsState
  readonly onEdit: (edited: Edited) => void
}) {
  const nowMs = useNow()
  const money = useStore(selectRealMoney)
  const remove = useStore((state) => state.removeAlert)
  return (
    <div className="panel table-scroll">
      <table className="plain" aria-label="Alerts that are set">
        <thead>
          <tr>
            <th scope="col">Alert</th>
            <th scope="col">State</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {alerts.rules.map(({ key, rule, activeSinceMs }) => {
            const words = ruleWords(rule, money)
            return (
              <tr key={key}>
                <th scope="row">{words}</th>
                <td className={activeSinceMs === null ? 'alert-state muted' : 'alert-state lasts'}>
                  {stateWords(rule.kind, activeSinceMs, nowMs)}
                </td>
                <td className="row-actions">
                  <button
                    type="button"
                    className="button quiet"
                    aria-label={`Edit: ${words}`}
                    onClick={() => onEdit({ key, rule })}
                  >
                    Edit…
                  </button>
                  <button
                    type="button"
                    className="button quiet"
                    aria-label={`Remove: ${words}`}
                    onClick={() => void remove(key).then((failure) => failure && warn(failure.message))}
                  >
                    Remove
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Events({ alerts: { events } }: { readonly alerts: AlertsState }) {
  const nowMs = useNow()
  const money = useStore(selectRealMoney)
  const unread = useStore(selectUnreadAlerts)
  const markRead = useStore((state) => state.markAlertsRead)
  return (
    <div className="panel">
      <div className="panel-head pad">
        <h3>What happened</h3>
        {events.length === 0 ? null : (
          <button
            type="button"
            className="button quiet"
            disabled={unread === 0}
            onClick={() => void markRead().then((failure) => failure && warn(failure.message))}
          >
            Mark all as read
          </button>
        )}
      </div>
      {events.length === 0 ? (
        <p className="alert-none muted">Nothing yet.</p>
      ) : (
        <ol className="alert-events" aria-label="What happened, newest first">
          {events.map(({ key, atMs, occurrence, read }) => (
            <li key={key} className={read ? 'alert-event' : 'alert-event unread'}>
              <time className="when" dateTime={new Date(atMs).toISOString()}>
                {moment(atMs, nowMs)}
              </time>
              <span className="mark">{read ? null : 'New'}</span>
              <span className="what">{occurrenceWords(occurrence, money).body}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
