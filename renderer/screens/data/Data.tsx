import { useState } from 'react'
import { useStore } from '../../state/store.ts'
import { SteadyButton } from '../../ui/SteadyButton.tsx'
import { PastPanel } from './PastPanel.tsx'
import { RatesTable } from './RatesTable.tsx'
import { NetworkFilePanel } from './NetworkFilePanel.tsx'
import { SourceList } from './SourceList.tsx'
import { ValuesTable } from './ValuesTable.tsx'

/** Where the network's values come from: each with source and age, each replaceable by hand. */
export function Data() {
  const network = useStore((state) => state.network)
  const settings = useStore((state) => state.settings)
  const fault = useStore((state) => state.networkFault)
  const refresh = useStore((state) => state.refreshNetwork)
  // what the last change came to, for those who do not see it
  const [said, say] = useState('')
  const refreshing = network?.refreshing ?? false
  return (
    <section className="screen data" aria-label="Data">
      <header className="screen-head">
        <h1>Data</h1>
        <p className="muted">
          The last good value stays, with its age. A value typed by hand counts until you take it back.
        </p>
        <div className="actions">
          <SteadyButton className="button primary" idle={refreshing} onClick={() => void refresh()}>
            {refreshing ? 'Asking…' : 'Refresh now'}
          </SteadyButton>
          {settings === null ? null : <AutoRefresh isOn={settings.autoRefresh} />}
        </div>
      </header>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {fault === null ? null : (
        <p className="panel pad fault-text" role="alert">
          {fault}
        </p>
      )}
      <NetworkFilePanel />
      {network === null ? null : <ValuesTable network={network} say={say} />}
      {settings === null ? null : <SourceList settings={settings} network={network} say={say} />}
      {network === null || settings === null ? null : (
        <RatesTable network={network} reporting={settings.currency} say={say} />
      )}
      {settings === null ? null : <PastPanel settings={settings} />}
    </section>
  )
}

function AutoRefresh({ isOn }: { readonly isOn: boolean }) {
  const write = useStore((state) => state.writeSettings)
  const [fault, setFault] = useState<string | null>(null)
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) =>
            void write({ autoRefresh: event.target.checked }).then((failure) =>
              setFault(failure?.message ?? null),
            )
          }
        />
        <span>Refresh by itself. Off: nothing is fetched unless you ask.</span>
      </label>
      {fault === null ? null : (
        <p className="fault-text" role="alert">
          {fault}
        </p>
      )}
    </>
  )
}
