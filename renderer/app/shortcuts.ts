import { useStore } from '../state/store.ts'
import { typesText } from '../ui/types-text.ts'
import { commandFor } from './command-keys.ts'
import { run } from './run.ts'

/** Lists in which a letter looks for an entry, and the table, which explains its own rows and closes what it has opened. */
const OWN_KEYS = '[role="menu"], [role="listbox"]'
const TABLE = '[role="grid"], [role="treegrid"]'

/** Keys of the table of commands work everywhere but in a dialog, whose keys are its own. Escape closes the inspector. */
function onKeyDown(event: KeyboardEvent): void {
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

/** @param early what was pressed before */
export function listenToKeys(early: readonly KeyboardEvent[]): void {
  early.forEach(onKeyDown)
  window.addEventListener('keydown', onKeyDown)
}
