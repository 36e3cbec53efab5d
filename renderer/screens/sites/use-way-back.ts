import { useEffect } from 'react'
import { useStore } from '../../state/store.ts'

/** Esc and Alt+Left go back, unless they are meant for a dialog, a list or a field. */
export function useWayBack(goBack: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || useStore.getState().dialog !== null) return
      const isBack = event.altKey && event.key === 'ArrowLeft'
      const isField = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
      if (isBack || (event.key === 'Escape' && !isField)) {
        event.preventDefault()
        goBack()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [goBack])
}
