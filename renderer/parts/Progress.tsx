import { count } from '#shared/format/numbers.ts'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import { useStore } from '../state/store.ts'

/**
 * How far a running task is, once it has said so.
 * @param of what is counted, where that is not the rows of the task
 */
export function Progress({ waiting, of }: { readonly waiting: string; readonly of?: string }) {
  const progress = useStore((state) => state.progress)
  return <ProgressOf progress={progress} waiting={waiting} {...(of === undefined ? {} : { of })} />
}

type Props = {
  /** null: nothing is known of it yet */
  readonly progress: EventPayload<'task.progress'> | null
  readonly waiting: string
  readonly of?: string
}

export function ProgressOf({ progress, waiting, of }: Props) {
  if (progress === null) return <p className="muted">{waiting}</p>
  const { task, done, total } = progress
  return (
    <div className="progress" role="status">
      <p>
        {of ?? task}: {count(done)}
        {total > 0 ? ` of ${count(total)}` : ''}
      </p>
      <progress aria-label={task} {...(total > 0 ? { value: done, max: total } : {})} />
    </div>
  )
}
