import { FleetTable } from '../../parts/fleet-table/FleetTable.tsx'
import { lazy, Suspense } from 'react'
import { Empty } from './Empty.tsx'
import { StrikeLinePanel } from '../../charts/strike-line/StrikeLinePanel.tsx'
import { selectHasMachines, selectRealConditions } from '../../state/selectors.ts'
import { readAgain } from '../../state/start.ts'
import { useStore } from '../../state/store.ts'
import { afterStart } from '../../ui/after-start.ts'
import { Answer } from './Answer.tsx'
import { Facts } from './Facts.tsx'
import { TryOut } from './TryOut.tsx'

const NoInternet = lazy(() => import('./no-internet/NoInternet.tsx').then((m) => ({ default: m.NoInternet })))

// The sentence and the first rows of the table do not wait for it.
const SitesToCall = afterStart(() => import('./SitesToCall.tsx').then((m) => m.SitesToCall))

/** Keeps the place of the sites until they are drawn, so that nothing below them jumps. */
function RoomForSites() {
  const sites = useStore((state) => state.picture?.sitesToCall.sites.length ?? 0)
  return sites === 0 ? null : <div className="panel calls" style={{ height: 76 + 52 * sites }} />
}

/** The answer first, then its evidence in falling order of use. */
export function Today() {
  const fleet = useStore((state) => state.fleet)
  const fault = useStore((state) => state.fleetFault)
  const hasMachines = useStore(selectHasMachines)
  const tableOnly = useStore((state) => state.tableOnly)
  const asks = useStore((state) => state.isTyping || selectRealConditions(state) === null)
  if (fault !== null && fleet === null) {
    return (
      <section className="panel fault-panel" role="alert">
        <h1>The fleet could not be read</h1>
        <p>{fault}</p>
        <button type="button" className="button" onClick={() => void readAgain()}>
          Try again
        </button>
      </section>
    )
  }
  if (fleet === null) return null
  if (!hasMachines) return <Empty />
  if (asks)
    return (
      <>
        <Suspense fallback={null}>
          <NoInternet />
        </Suspense>
        <FleetTable />
      </>
    )
  return (
    <>
      <Answer />
      <Suspense fallback={<RoomForSites />}>
        <SitesToCall />
      </Suspense>
      <TryOut />
      {tableOnly ? null : (
        <div className="evidence">
          <StrikeLinePanel />
          <Facts />
        </div>
      )}
      <FleetTable />
    </>
  )
}
