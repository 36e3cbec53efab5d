import { api } from '../lib/api.ts'
import { tellIdle } from './idle.ts'
import { run } from './run.ts'
import { listenToKeys } from './shortcuts.ts'

/** From now on commands of the menu and of the keyboard are done, and the menu knows which have nothing to do. */
export function beginCommands(): void {
  api.on['menu.command'](({ command }) => run(command))
  listenToKeys()
  tellIdle()
}
