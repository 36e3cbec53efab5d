import { redo, undo } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { Section } from './Section.tsx'

/** What undo and redo would do now. */
export function FleetChanges() {
  const back = useStore((state) => state.fleet?.undo ?? null)
  const forth = useStore((state) => state.fleet?.redo ?? null)
  return (
    <Section of="changes">
      <div className="actions">
        <button type="button" className="button" disabled={back === null} onClick={() => void undo()}>
          Undo
        </button>
        <span className="muted">{back ?? 'nothing to undo'}</span>
      </div>
      <div className="actions">
        <button type="button" className="button" disabled={forth === null} onClick={() => void redo()}>
          Redo
        </button>
        <span className="muted">{forth ?? 'nothing to redo'}</span>
      </div>
    </Section>
  )
}
