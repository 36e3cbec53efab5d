import type { CommandName } from '#shared/ipc/commands.ts'
import { COMMAND_NAMES, COMMANDS } from '#shared/ipc/commands.ts'

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
