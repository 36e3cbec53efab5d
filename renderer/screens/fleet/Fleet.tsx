import { FleetTable } from '../../parts/fleet-table/FleetTable.tsx'
import { exportCsv } from '../../state/actions.ts'
import { selectHasMachines, selectStale } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { StaleBadge } from '../../ui/StaleBadge.tsx'
import { Empty } from '../today/Empty.tsx'
import { MachinePage } from './machine/MachinePage.tsx'
import { ModelPage } from './model/ModelPage.tsx'
import { UndoRedo } from './UndoRedo.tsx'

/** Which machine? */
export function Fleet() {
  const fleet = useStore((state) => state.fleet)
  const hasMachines = useStore(selectHasMachines)
  const page = useStore((state) => state.fleetPage)
  const stale = useStore(selectStale)
  const { open } = useStore.getState()
  if (fleet === null) return null
  if (!hasMachines) return <Empty />
  return (
    <div className="fleet-place">
      <section className="screen fleet" aria-label="Fleet" inert={page !== null}>
        <header className="screen-head">
          <h1>Fleet</h1>
          {stale.length === 0 ? null : (
            <p>
              <StaleBadge values={stale} />
            </p>
          )}
          <div className="actions">
            <button
              type="button"
              className="button primary"
              onClick={() => open({ kind: 'machine', key: null })}
            >
              Add machines…
            </button>
            <button type="button" className="button" onClick={() => open({ kind: 'import' })}>
              Import…
            </button>
            <button type="button" className="button" onClick={() => void exportCsv()}>
              Export as CSV…
            </button>
            <button type="button" className="button" onClick={() => open({ kind: 'archive' })}>
              Archive…
            </button>
            <UndoRedo />
          </div>
        </header>
        <FleetTable />
      </section>
      {page === null ? null : (
        <section className="screen fleet-page" aria-label={page.kind === 'machine' ? 'Machine' : 'Model'}>
          {page.kind === 'machine' ? (
            <MachinePage key={page.key} machineKey={page.key} />
          ) : (
            <ModelPage key={page.name} name={page.name} />
          )}
        </section>
      )}
    </div>
  )
}
