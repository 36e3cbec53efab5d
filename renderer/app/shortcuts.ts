import { useEffect } from 'react'
import { SCREENS } from '../state/view-slice.ts'
import { useStore } from '../state/store.ts'
import { run } from './connect.ts'

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox') ||
    target instanceof HTMLTextAreaElement)

/**
 * Keys that work anywhere but in a text field: 1 … 6 and the comma change the screen, / goes to the search, Ctrl+Z and Ctrl+Y (or
 * Ctrl+Shift+Z) undo and redo changes of the fleet. Keys inside a dialog belong to the dialog.
 */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || typesText(event.target) || useStore.getState().dialog !== null) return
      const command = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      if (command && !event.altKey && (key === 'z' || key === 'y')) {
        event.preventDefault()
        run(key === 'y' || event.shiftKey ? 'redo' : 'undo')
      } else if (!command && !event.altKey) {
        const screen = event.key === ',' ? 'settings' : SCREENS[Number(event.key) - 1]
        if (screen !== undefined) useStore.getState().show(screen)
        if (event.key === '/') {
          event.preventDefault()
          run('find')
        }
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
