import { Suspense } from 'react'
import { useStore } from '../../state/store.ts'
import { afterStart } from '../../ui/after-start.ts'
import { FleetTable } from './FleetTable.tsx'

// Nobody asks why before there is a row.
const Why = afterStart(() => import('../why/Why.tsx').then((m) => m.Why))

/** The machines, and beside them how the figures of one of them came about. */
export function TableAndWhy() {
  const isExplaining = useStore((state) => (state.picture?.explained ?? null) !== null)
  return (
    <div className="work" data-explaining={isExplaining || undefined}>
      <FleetTable />
      <Suspense fallback={null}>
        <Why />
      </Suspense>
    </div>
  )
}
