import { useEffect } from 'react'
import { loadSampleFleet } from '../../state/actions.ts'
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
  if (!hasMachines) return <Empty />
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

function Empty() {
  const { open } = useStore.getState()
  return (
    <section className="screen" aria-label="Plan">
      <header className="screen-head">
        <h1>What if it goes on?</h1>
        <p className="muted">
          There are no machines yet, so there is nothing to look ahead for: bring them first.
        </p>
      </header>
      <div className="actions">
        <button type="button" className="button primary" onClick={() => open({ kind: 'import' })}>
          Import…
        </button>
        <button type="button" className="button" onClick={() => open({ kind: 'machine', key: null })}>
          Add machines…
        </button>
        <button type="button" className="button" onClick={() => void loadSampleFleet()}>
          Use the sample fleet
        </button>
      </div>
    </section>
  )
}
