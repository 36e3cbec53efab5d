import { useId } from 'react'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { SourceName } from '#shared/ipc/sources.ts'
import { sourceOrder } from '#shared/ipc/sources.ts'
import { useStore } from '../../state/store.ts'
import { warn } from '../../ui/toasts.ts'
import { useNow } from '../../ui/use-now.ts'
import { OwnNode } from './OwnNode.tsx'
import { SourceTableRow } from './SourceTableRow.tsx'
import { moved, placeWords, sourceRows, switched } from './source-rows.ts'

type Order = readonly SourceName[]
type Props = {
  readonly settings: Settings
  readonly network: NetworkState | null
  readonly say: (sentence: string) => void
}

/** The sources in the order in which they are asked: per value the first good answer counts. */
export function SourceList({ settings, network, say }: Props) {
  const { readSettings, takeSettings, writeSettings: write } = useStore.getState()
  const nowMs = useNow()
  const headingId = useId()
  const rows = sourceRows(settings, network)
  const asked = rows.filter(({ place }) => place !== null).length

  // Shown before it is stored: a switch answers the hand at once, and a second press goes on from the first.
  const change = async (name: SourceName, next: (order: Order) => Order) => {
    const now = useStore.getState().settings ?? settings
    const order = next(sourceOrder(now.networkOrder))
    const networkOrder = order.join(',')
    takeSettings({ ...now, networkOrder })
    const failure = await write({ networkOrder })
    if (failure === null) {
      say(placeWords(order, name))
      return
    }
    warn(failure.message)
    await readSettings()
  }

  return (
    <section className="panel" aria-labelledby={headingId}>
      <div className="panel-head">
        <h2 id={headingId}>Sources</h2>
        <p className="muted">
          {asked === 0
            ? 'No source is asked: values are typed by hand, or come from a network file.'
            : 'Asked from the top down: of each value the first good answer counts.'}
        </p>
      </div>
      <div className="table-scroll">
        <table className="plain roomy" aria-label="Sources">
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Source</th>
              <th scope="col">Gives</th>
              <th scope="col">Address</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <SourceTableRow
                key={row.name}
                row={row}
                asked={asked}
                nowMs={nowMs}
                onMove={(step) => void change(row.name, (order) => moved(order, row.name, step))}
                onSwitch={(on) => void change(row.name, (order) => switched(order, row.name, on))}
                onAddress={(url) => write({ [row.addressField]: url })}
                say={say}
              />
            ))}
          </tbody>
        </table>
      </div>
      <OwnNode cookieFile={settings.bitcoindCookieFile} say={say} />
    </section>
  )
}
