import { useEffect } from 'react'
import { NoMachines } from '../../parts/NoMachines.tsx'
import { followPlan } from '../../state/follow-plan.ts'
import { readScenarios } from '../../state/plan-actions.ts'
import { usePlan } from '../../state/plan-slice.ts'
import { selectHasMachines } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { AssumptionsDialog } from './assumptions/AssumptionsDialog.tsx'
import { Evidence } from './Evidence.tsx'
import { PlanAnswer } from './PlanAnswer.tsx'
import { ScenarioName } from './ScenarioName.tsx'

/** What if it goes on: one sentence, scenarios side by side, and how likely each part of it is. */
export function Plan() {
  const isRead = useStore((state) => state.fleet !== null)
  const hasMachines = useStore(selectHasMachines)
  /** how often everything that is stored was another one */
  const restored = useStore((state) => state.backupsSeen)
  useEffect(() => void readScenarios(), [restored])
  useEffect(() => followPlan(), [])
  if (!isRead) return null
  if (!hasMachines) return <NoMachines place="Plan" title="What if it goes on?" nothing="to look ahead for" />
  return (
    <section className="screen plan" aria-label="Plan">
      <PlanAnswer />
      <Evidence />
      <Dialogs />
    </section>
  )
}

function Dialogs() {
  const dialog = usePlan((state) => state.dialog)
  if (dialog === null) return null
  return dialog.kind === 'assumptions' ? (
    <AssumptionsDialog name={dialog.name} />
  ) : (
    <ScenarioName dialog={dialog} />
  )
}
