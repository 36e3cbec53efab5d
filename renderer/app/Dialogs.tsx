import { lazy, Suspense } from 'react'
import { useStore } from '../state/store.ts'
import { afterStart } from '../ui/after-start.ts'
import type { OpenedProps } from './Opened.tsx'

// Nobody opens a dialog before the first rows are there.
const Opened = afterStart<OpenedProps>(() => import('./Opened.tsx').then((m) => m.Opened))
const LongTaskDialog = lazy(() => import('./LongTaskDialog.tsx').then((m) => ({ default: m.LongTaskDialog })))

/** The one dialog that is open, mounted fresh each time, so that a form starts from what is stored; and that of a task that takes a while. */
export function Dialogs() {
  const dialog = useStore((state) => state.dialog)
  const fleet = useStore((state) => state.fleet)
  const task = useStore((state) => state.longTask)
  // A person may still be choosing the file before the task says how far it is.
  const isUnderWay = useStore((state) => state.progress !== null)
  return (
    <Suspense fallback={null}>
      {dialog === null || fleet === null ? null : <Opened dialog={dialog} fleet={fleet} />}
      {task === null || !isUnderWay ? null : <LongTaskDialog task={task} />}
    </Suspense>
  )
}
