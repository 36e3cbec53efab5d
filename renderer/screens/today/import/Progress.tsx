import { count } from '#shared/format/numbers.ts'
import { useStore } from '../../../state/store.ts'

/** How far a running task is, once it has said so. */
export function Progress({ waiting }: { readonly waiting: string }) {
  const progress = useStore((state) => state.progress)
  if (progress === null) return <p className="muted">{waiting}</p>
  const { task, done, total } = progress
  return (
    <div className="progress" role="status">
      <p>
        {task}: {count(done)}
        {total > 0 ? ` of ${count(total)}` : ''}
      </p>
      <progress aria-label={task} {...(total > 0 ? { value: done, max: total } : {})} />
    </div>
  )
}
