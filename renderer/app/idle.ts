import type { CommandName } from '#shared/ipc/commands.ts'
import { COMMAND_NAMES } from '#shared/ipc/commands.ts'
import { api, settle } from '../lib/api.ts'
import { useStore } from '../state/store.ts'
import type { WindowState } from '../state/store.ts'
import { typesText } from '../ui/types-text.ts'
import { isHeldBack } from './run.ts'

type Now = Pick<WindowState, 'fleet' | 'network' | 'dialog'>

const hasNoMachines = ({ fleet }: Now) => (fleet?.rows ?? 0) === 0

/** When a command has nothing to do; those that are not here always have. */
const IDLE: Partial<Record<CommandName, (now: Now, inText: boolean) => boolean>> = {
  undo: ({ fleet }, inText) => !inText && (fleet?.undo ?? null) === null,
  redo: ({ fleet }, inText) => !inText && (fleet?.redo ?? null) === null,
  export: hasNoMachines,
  find: hasNoMachines,
  report: hasNoMachines,
  'report-workbook': hasNoMachines,
  'report-csv': hasNoMachines,
  'report-json': hasNoMachines,
  refresh: ({ network }) => network?.refreshing ?? true,
}

/**
 * Commands that have nothing to do now.
 * @param inText the focus is in a text field, which has an undo of its own
 */
export function idleCommands(inText: boolean, dialog = useStore.getState().dialog): readonly CommandName[] {
  const now = { ...useStore.getState(), dialog }
  return COMMAND_NAMES.filter((name) => isHeldBack(name, dialog) || IDLE[name]?.(now, inText) === true)
}

/** Keeps the native menu told of what has nothing to do. */
export function tellIdle(): void {
  let told = ''
  const tell = () => {
    const idle = idleCommands(typesText(document.activeElement))
    const names = idle.join()
    if (names === told) return
    told = names
    void settle(api.app.commands({ idle: [...idle] }))
  }
  tell()
  useStore.subscribe(tell)
  document.addEventListener('focusin', tell)
  document.addEventListener('focusout', tell)
}
