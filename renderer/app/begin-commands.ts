import { tellIdle } from './idle.ts'
import { listenToKeys } from './shortcuts.ts'

export { run } from './run.ts'

/**
 * From now on commands of the keyboard are done, and the menu knows which have nothing to do.
 * @param early keys that were pressed before
 */
export function beginCommands(early: readonly KeyboardEvent[]): void {
  listenToKeys(early)
  tellIdle()
}
