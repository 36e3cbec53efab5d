import { api, settle } from '../lib/api.ts'
import { Progress } from '../parts/Progress.tsx'
import { useStore } from '../state/store.ts'
import { Dialog } from '../ui/Dialog.tsx'

/** How far a task is that has no dialog of its own, and a way to stop it. A person may still be choosing the file before it says so. */
export function WatchedTask() {
  const watched = useStore((state) => state.watched)
  const isUnderWay = useStore((state) => state.progress !== null)
  if (watched === null || !isUnderWay) return null
  const stop = () => void settle(api.task.cancel({}))
  return (
    <Dialog
      title={watched.title}
      onClose={stop}
      actions={
        <button type="button" className="button" onClick={stop}>
          Cancel
        </button>
      }
    >
      <Progress waiting="" of={watched.of} />
    </Dialog>
  )
}
