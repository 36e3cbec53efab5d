import { useState } from 'react'
import type { NetworkState } from '#shared/contract/network.ts'
import type { Source } from '#shared/contract/sources.ts'
import { SOURCES } from '#shared/contract/sources.ts'
import { age, dateTime } from '#shared/format/times.ts'
import { useStore } from '../../state/store.ts'
import { Field } from '../../ui/Field.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ValuesTable } from './ValuesTable.tsx'

/** Where the network's values come from: each with source and age, each replaceable by hand. */
export function Sources() {
  const network = useStore((state) => state.network)
  const fault = useStore((state) => state.networkFault)
  const refresh = useStore((state) => state.refreshNetwork)
  const refreshing = network?.refreshing ?? false
  return (
    <section className="screen" aria-label="Data sources">
      <header className="screen-head">
        <h1>Data sources</h1>
        <p className="muted">
          The last good value stays, with its age. A value typed by hand counts until you take it back.
        </p>
        <div className="actions">
          <button
            type="button"
            className="button primary"
            disabled={refreshing}
            onClick={() => void refresh()}
          >
            {refreshing ? 'Asking…' : 'Refresh now'}
          </button>
        </div>
      </header>
      {fault === null ? null : (
        <p className="panel pad fault-text" role="alert">
          {fault}
        </p>
      )}
      {network === null ? null : (
        <>
          <ValuesTable network={network} />
          <SourceList network={network} />
        </>
      )}
      <Server />
    </section>
  )
}

const known = (name: string): Source | null =>
  Object.hasOwn(SOURCES, name) ? SOURCES[name as keyof typeof SOURCES] : null

const attributionOf = (name: string) => known(name)?.attribution ?? null

function SourceList({ network }: { readonly network: NetworkState }) {
  const nowMs = useNow()
  return (
    <div className="panel table-scroll">
      <table className="plain" aria-label="Sources">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Address</th>
            <th scope="col">Last answer</th>
            <th scope="col">Last fault</th>
          </tr>
        </thead>
        <tbody>
          {network.sources.map((source) => (
            <tr key={source.name}>
              <th scope="row" title={known(source.name)?.terms}>
                {known(source.name)?.title ?? source.name}
                {attributionOf(source.name) === null ? null : (
                  <p className="note">{attributionOf(source.name)}</p>
                )}
              </th>
              <td className="address">{source.url}</td>
              <td>{source.lastSuccessMs === null ? 'never' : age(source.lastSuccessMs, nowMs)}</td>
              <td>
                {source.lastError === null ? (
                  <span className="faint">none</span>
                ) : (
                  <span className="loses">{source.lastError}</span>
                )}
                {source.notBeforeMs !== null && source.notBeforeMs > nowMs ? (
                  <p className="note">not asked again before {dateTime(source.notBeforeMs)}</p>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The server address and whether it is asked by itself. */
function Server() {
  const settings = useStore((state) => state.settings)
  const write = useStore((state) => state.writeSettings)
  const [text, setText] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  if (settings === null) return null
  const address = text ?? settings.mempoolUrl
  const store = async () => {
    const failure = await write({ mempoolUrl: address.trim() })
    setFault(failure?.message ?? null)
    if (failure === null) setText(null)
  }
  return (
    <form
      className="panel pad settings-group"
      onSubmit={(event) => {
        event.preventDefault()
        void store()
      }}
    >
      <h2>Server</h2>
      <div className="server">
        <Field
          label="mempool server address"
          value={address}
          fault={fault}
          hint="mempool.space, or your own server, for example http://192.168.1.10:8999/api"
          onChange={setText}
        />
        <button
          type="submit"
          className="button"
          disabled={text === null || address.trim() === settings.mempoolUrl}
        >
          Use this address
        </button>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={settings.autoRefresh}
          onChange={(event) => void write({ autoRefresh: event.target.checked })}
        />
        <span>Refresh by itself. Off: nothing is fetched unless you ask.</span>
      </label>
    </form>
  )
}
