import { api, settle } from '../lib/api.ts'
import { Progress } from '../parts/Progress.tsx'
import type { Watched } from '../state/task-slice.ts'
import { Dialog } from '../ui/Dialog.tsx'

/** How far a task is that has no dialog of its own, and a way to stop it. */
export function WatchedTask({ watched: { title, of } }: { readonly watched: Watched }) {
  const stop = () => void settle(api.task.cancel({}))
  return (
    <Dialog
      title={title}
      onClose={stop}
      actions={
        <button type="button" className="button" onClick={stop}>
          Cancel
        </button>
      }
    >
      <Progress waiting="" of={of} />
    </Dialog>
  )
}
