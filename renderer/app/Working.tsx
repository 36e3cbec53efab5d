import { useStore } from '../state/store.ts'

/** Said while the figures on screen are of what was asked before; always there, so that a screen reader hears it change. */
export function Working() {
  const isWorking = useStore((state) => state.isWorking)
  return (
    <p className="working" role="status">
      {isWorking ? 'Working out the advice…' : null}
    </p>
  )
}
