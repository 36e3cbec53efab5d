import { useEffect, useId, useRef, useState } from 'react'
import type { WebhookState, WebhookTest } from '#shared/ipc/schemas/webhook.ts'
import type { Failure, Result } from '#shared/ipc/errors.ts'
import { counted } from '#shared/format/numbers.ts'
import { moment } from '#shared/format/times.ts'
import { api, settle } from '../../../lib/api.ts'
import { Field } from '../../../ui/Field.tsx'
import { focusSoon } from '../../../ui/focus-soon.ts'
import { SteadyButton } from '../../../ui/SteadyButton.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { WebhookExample } from './WebhookExample.tsx'

/** Where alerts are sent beside this desktop. An address goes in and never out: the page knows its host. */
export function Webhook() {
  const headingId = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const [state, setState] = useState<WebhookState | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [typed, setTyped] = useState('')
  const [test, setTest] = useState<WebhookTest | 'running' | null>(null)

  const take = (answer: Result<WebhookState>): boolean => {
    if (answer.ok) setState(answer.value)
    setFailure(answer.ok ? null : answer.error)
    return answer.ok
  }
  useEffect(() => {
    void settle(api.webhook.read({})).then(take)
    return api.on['webhook.changed'](setState)
  }, [])

  const save = async () => {
    setTest(null)
    if (!take(await settle(api.webhook.set({ address: typed })))) return
    setTyped('')
    focusSoon(heading)
  }
  const remove = async () => {
    setTest(null)
    if (take(await settle(api.webhook.remove({})))) focusSoon(heading)
  }
  const send = async () => {
    setTest('running')
    const answer = await settle(api.webhook.test({}))
    setTest(answer.ok ? answer.value : { arrived: false, words: answer.error.message })
  }

  if (state === null) return failure === null ? null : <p className="fault-text">{failure.message}</p>
  const { address } = state
  return (
    <section className="panel pad webhook" aria-labelledby={headingId}>
      <h3 id={headingId} ref={heading} tabIndex={-1}>
        Webhook
      </h3>
      <p className="muted">
        {address === null ? (
          'Alerts can also go to a chat or another program: to one address, as JSON, when they happen. Nothing is sent as long as no address is set.'
        ) : (
          <>
            Alerts also go to <b className="address">{address.host}</b>. {FROM[address.from]}
          </>
        )}
      </p>
      {state.fault === null ? null : (
        <p className="fault-text" role="alert">
          {state.fault}
        </p>
      )}
      {address === null ? null : <Deliveries state={state} />}
      {address === null && state.fault === null ? null : (
        <div className="actions">
          <SteadyButton idle={test === 'running' || address === null} onClick={() => void send()}>
            {test === 'running' ? 'Sending a test…' : 'Send a test'}
          </SteadyButton>
          {address?.from === 'variable' ? null : (
            <button
              type="button"
              className="button"
              aria-label="Remove the address of the webhook"
              onClick={() => void remove()}
            >
              Remove
            </button>
          )}
          <span
            role="status"
            className={typeof test === 'object' && test?.arrived === false ? 'fault-text' : ''}
          >
            {typeof test === 'object' ? test?.words : null}
          </span>
        </div>
      )}
      <form
        className="webhook-address"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field
          label={address === null ? 'Address' : 'Another address'}
          placeholder="https://hooks.example.com/services/…"
          value={typed}
          fault={failure?.message ?? null}
          hint={
            state.keystore
              ? 'It is a key to the receiver, so it is stored in this system’s keystore and not shown again.'
              : 'This system has no keystore: it is kept until the program ends, and not shown again.'
          }
          onChange={(text) => {
            setTyped(text)
            setFailure(null)
          }}
        />
        <button type="submit" className="button" disabled={typed.trim() === ''}>
          Save
        </button>
      </form>
      <WebhookExample />
    </section>
  )
}

const FROM = {
  keystore: 'The address is stored in this system’s keystore.',
  session: 'The address is kept until the program ends.',
  variable: 'The address is that of the variable STRIKELINE_WEBHOOK_URL.',
  file: 'The address is in the file that alerts.webhook-file names.',
} as const

/** How the last one went, and what waits. */
function Deliveries({ state: { waiting, nextMs, last } }: { readonly state: WebhookState }) {
  const nowMs = useNow()
  return (
    <p className={last?.state === 'given-up' ? 'fault-text' : undefined}>
      {last === null ? 'No alert was sent yet.' : `Last alert, ${moment(last.atMs, nowMs)}: ${last.words}`}
      {last?.state === 'given-up' ? ' That alert is not tried again.' : null}
      {waiting === 0
        ? null
        : ` ${counted(waiting, 'alert')} ${waiting === 1 ? 'waits' : 'wait'}${nextMs === null || nextMs <= nowMs ? '' : `; tried again ${moment(nextMs, nowMs)}`}.`}
    </p>
  )
}
