import { api, settle } from '../lib/api.ts'
import { Progress } from '../parts/Progress.tsx'
import type { LongTask } from '../state/task-slice.ts'
import { Dialog } from '../ui/Dialog.tsx'

/** How far a task is that has no dialog of its own, and a way to stop it. */
export function LongTaskDialog({ task: { title, of } }: { readonly task: LongTask }) {
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
