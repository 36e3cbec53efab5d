import { useEffect, useRef, useState } from 'react'
import type { SecretsState } from '#shared/ipc/schemas/secrets.ts'
import type { Failure, Result } from '#shared/ipc/errors.ts'
import { api, settle } from '../../lib/api.ts'
import { Field } from '../../ui/Field.tsx'
import { focusSoon } from '../../ui/focus-soon.ts'

type Props = {
  /** the path that was set; empty: the usual place */
  readonly cookieFile: string
  readonly say: (sentence: string) => void
}

const NOTHING_TYPED = { user: '', password: '' }

/** User and password of the operator's own node, or what is read in their place. A password goes in and never out. */
export function OwnNode({ cookieFile, say }: Props) {
  const [secrets, setSecrets] = useState<SecretsState | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [typed, setTyped] = useState(NOTHING_TYPED)
  const [isOpen, setOpen] = useState(false)
  const summary = useRef<HTMLElement>(null)
  const take = (answer: Result<SecretsState>): boolean => {
    if (answer.ok) {
      setSecrets(answer.value)
      // A fault is not to be looked for.
      if (answer.value.fault !== undefined) setOpen(true)
    }
    setFailure(answer.ok ? null : answer.error)
    return answer.ok
  }
  useEffect(() => {
    void settle(api.secrets.read({})).then(take)
  }, [])

  const use = async () => {
    if (typed.user.trim() === '' || typed.password === '') {
      setFailure({ code: 'bad-input', message: 'Both are needed: the user and the password.' })
      return
    }
    if (!take(await settle(api.secrets.write({ name: 'bitcoind', secret: typed })))) return
    setTyped(NOTHING_TYPED)
    say('User and password of the own node are used from now on.')
  }
  const forget = async () => {
    if (!take(await settle(api.secrets.write({ name: 'bitcoind', secret: null })))) return
    say('User and password of the own node are forgotten.')
    focusSoon(summary)
  }

  const known = secrets?.known.bitcoind ?? null
  return (
    <div className="panel-foot">
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary ref={summary}>User and password of your own node</summary>
        <form
          className="credentials"
          onSubmit={(event) => {
            event.preventDefault()
            void use()
          }}
        >
          {known === null && secrets?.fault === undefined ? (
            <CookieFile path={cookieFile} />
          ) : (
            <div className="actions">
              {known === null ? (
                <p className="fault-text" role="alert">
                  {secrets?.fault}
                </p>
              ) : (
                <p>
                  User <b>{known.user}</b> and a password are{' '}
                  {known.stored ? 'stored in this system’s keystore.' : 'kept until the program ends.'}
                </p>
              )}
              <button
                type="button"
                className="button"
                aria-label="Forget user and password"
                onClick={() => void forget()}
              >
                Forget
              </button>
            </div>
          )}
          <div className="pair">
            <Field
              label="User of the node"
              value={typed.user}
              onChange={(user) => setTyped({ ...typed, user })}
            />
            <Field
              secret
              label="Password of the node"
              value={typed.password}
              onChange={(password) => setTyped({ ...typed, password })}
            />
          </div>
          {secrets === null ? null : (
            <p className="note">
              They are for the address of your own node alone.{' '}
              {secrets.keystore
                ? 'They are stored in this system’s keystore.'
                : 'This system has no keystore: they are kept until the program ends.'}
            </p>
          )}
          {failure === null ? null : (
            <p className="note fault" role="alert">
              {failure.message}
            </p>
          )}
          <div className="actions">
            <button type="submit" className="button">
              Use user and password
            </button>
          </div>
        </form>
      </details>
    </div>
  )
}

function CookieFile({ path }: { readonly path: string }) {
  return (
    <p className="muted">
      {path === '' ? (
        <>
          Without them the node’s cookie file is read, where the node runs on this computer:{' '}
          <span className="address">~/.bitcoin/.cookie</span>, on macOS{' '}
          <span className="address">~/Library/Application Support/Bitcoin/.cookie</span>, on Windows{' '}
          <span className="address">%LOCALAPPDATA%\Bitcoin\.cookie</span>.
        </>
      ) : (
        <>
          Without them this cookie file is read: <span className="address">{path}</span>.
        </>
      )}{' '}
      Another path is set on the command line: <code>settings set network.bitcoind.cookie-file PATH</code>.
    </p>
  )
}
