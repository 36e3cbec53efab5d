import { useEffect } from 'react'
import { useStore } from '../../state/store.ts'

/** Esc and Alt+Left go back, unless they are meant for a dialog, a list or a field. */
export function useWayBack(goBack: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || useStore.getState().dialog !== null) return
      const isBack = event.altKey && event.key === 'ArrowLeft'
      if (isBack || (event.key === 'Escape' && !isMeant(event.target))) {
        event.preventDefault()
        goBack()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [goBack])
}

/** A list that is open closes first; a field keeps what is typed. */
function isMeant(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role="listbox"], [role="combobox"], input:not([type="checkbox"])') !== null
  )
}
