import { useEffect } from 'react'
import type { CommandName } from '#shared/ipc/commands.ts'
import { COMMAND_NAMES, COMMANDS } from '#shared/ipc/commands.ts'
import { useStore } from '../state/store.ts'
import { typesText } from '../ui/types-text.ts'
import { run } from './run.ts'

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** A key with what is held, as an accelerator of the table says it: `Shift+CmdOrCtrl+Z`. */
function acceleratorPressed({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): string {
  const held = `${shiftKey ? 'Shift+' : ''}${ctrlKey || metaKey ? 'CmdOrCtrl+' : ''}${altKey ? 'Alt+' : ''}`
  return `${held}${key.length === 1 ? key.toUpperCase() : key}`
}

const BY_KEY = new Map<string, CommandName>()
const BY_ACCELERATOR = new Map<string, CommandName>()
for (const name of COMMAND_NAMES) {
  const { key, accelerator, windowsAccelerator } = COMMANDS[name]
  if (key !== undefined) BY_KEY.set(key, name)
  for (const each of [accelerator, windowsAccelerator])
    if (each !== undefined) BY_ACCELERATOR.set(each.replace(/^Ctrl\+/, 'CmdOrCtrl+'), name)
}

/** The command that a key stands for: one of its own counts where no text is typed, one with Ctrl or Cmd anywhere. */
export function commandFor(pressed: Pressed, inText: boolean): CommandName | null {
  const named = BY_ACCELERATOR.get(acceleratorPressed(pressed))
  if (named !== undefined) return inText && (named === 'undo' || named === 'redo') ? null : named
  const { key, ctrlKey, metaKey, altKey } = pressed
  return inText || ctrlKey || metaKey || altKey ? null : (BY_KEY.get(key) ?? null)
}

/** Lists in which a letter looks for an entry, and the table, which explains its own rows and closes what it has opened. */
const OWN_KEYS = '[role="menu"], [role="listbox"]'
const TABLE = '[role="grid"]'

/** Keys of the table of commands work everywhere but in a dialog, whose keys are its own. Escape closes the inspector. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { dialog, explained, explain } = useStore.getState()
      const target = event.target instanceof Element ? event.target : null
      if (event.defaultPrevented || dialog !== null || (target?.closest(OWN_KEYS) ?? null) !== null) return
      const inText = typesText(target)
      const inTable = (target?.closest(TABLE) ?? null) !== null
      if (event.key === 'Escape' && explained !== null && !inText && !inTable) explain(null)
      const command = commandFor(event, inText)
      if (command === null || (command === 'why' && inTable)) return
      event.preventDefault()
      run(command)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
