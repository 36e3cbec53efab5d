import { redo, undo } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'

/** The last change that can be taken back, and the last that was, each in words. */
export function UndoRedo() {
  const back = useStore((state) => state.fleet?.undo ?? null)
  const forth = useStore((state) => state.fleet?.redo ?? null)
  if (back === null && forth === null) return null
  return (
    <div className="undo-redo" role="group" aria-label="Changes of the fleet">
      {back === null ? null : (
        <button
          type="button"
          className="button quiet"
          title={`Undo: ${back} (Ctrl+Z)`}
          onClick={() => void undo()}
        >
          Undo: {back}
        </button>
      )}
      {forth === null ? null : (
        <button
          type="button"
          className="button quiet"
          title={`Redo: ${forth} (Ctrl+Y)`}
          onClick={() => void redo()}
        >
          Redo: {forth}
        </button>
      )}
    </div>
  )
}
