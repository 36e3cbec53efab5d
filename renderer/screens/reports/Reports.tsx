import { useEffect } from 'react'
import { NoMachines } from '../../parts/NoMachines.tsx'
import { followReport } from '../../state/follow-report.ts'
import { readLists } from '../../state/reports-slice.ts'
import { selectHasMachines } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { AgainstLast } from './AgainstLast.tsx'
import { AsOf } from './AsOf.tsx'
import { Checks } from './Checks.tsx'
import { Costs } from './Costs.tsx'
import { OnThePages } from './OnThePages.tsx'
import { Preview } from './Preview.tsx'
import { SaveButtons } from './SaveButtons.tsx'
import { Sealed } from './Sealed.tsx'
import { Sections } from './Sections.tsx'
import { Template } from './Template.tsx'

/** What is handed over: chosen at the left, seen in the middle, saved at the right. */
export function Reports() {
  const isRead = useStore((state) => state.fleet !== null)
  const hasMachines = useStore(selectHasMachines)
  /** how often everything that is stored was another one */
  const restored = useStore((state) => state.backupsSeen)
  useEffect(() => void readLists(), [restored])
  useEffect(() => followReport(), [restored])
  if (!isRead) return null
  if (!hasMachines) return <NoMachines place="Reports" title="Reports" nothing="to report" />
  return (
    <section className="screen reports" aria-label="Reports">
      <div className="report-left">
        <h1>Reports</h1>
        <Template />
        <Sections />
        <Sealed />
      </div>
      <Preview />
      <div className="report-right">
        <SaveButtons />
        <AsOf />
        <OnThePages />
        <Costs />
        <AgainstLast />
        <Checks />
      </div>
    </section>
  )
}
