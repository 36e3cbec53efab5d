import { loadSampleFleet } from '../state/actions.ts'
import { useStore } from '../state/store.ts'

type NoMachinesProps = {
  readonly place: string
  readonly title: string
  /** what there is nothing of: the end of "so there is nothing" */
  readonly nothing: string
}

/** A place that is about the fleet, before there is one: it says so and offers the three ways to begin. */
export function NoMachines({ place, title, nothing }: NoMachinesProps) {
  const { open } = useStore.getState()
  return (
    <section className="screen" aria-label={place}>
      <header className="screen-head">
        <h1>{title}</h1>
        <p className="muted">There are no machines yet, so there is nothing {nothing}: bring them first.</p>
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
