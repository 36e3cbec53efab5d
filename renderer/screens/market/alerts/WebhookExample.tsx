import { useId, useState } from 'react'
import type { AlertOccurrence } from '#shared/domain/alerts.ts'
import { alertMessage } from '#shared/format/webhook-message.ts'
import { selectRealMoney } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'

/** Where nothing has happened yet. */
const MADE_UP: AlertOccurrence = {
  kind: 'breakeven-crossed',
  under: true,
  lots: 2,
  machines: 48,
  ids: ['North-A', 'North-B'],
  usdPerPhDay: 31.23,
  usdPerDay: -18.4,
}

/** What leaves this computer: the last alert, else one that is made up. */
export function WebhookExample() {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const last = useStore((state) => state.alerts?.events[0] ?? null)
  const money = useStore(selectRealMoney)
  const message = alertMessage(
    '9f2c…',
    last?.atMs ?? Date.UTC(2026, 0, 15, 12),
    last?.occurrence ?? MADE_UP,
    money,
  )
  return (
    <div className="webhook-example">
      <button
        type="button"
        className="button quiet"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'Hide what is sent' : 'Show what is sent'}
      </button>
      {isOpen ? (
        <div id={id}>
          <p className="muted">
            {last === null ? 'An example' : 'The last alert'}: your lots are called by their names; no
            address, serial number or payout is in it.
          </p>
          <pre className="webhook-sent" tabIndex={0} aria-label="What is sent">
            {JSON.stringify(message, null, 2)}
          </pre>
        </div>
      ) : null}
    </div>
  )
}
