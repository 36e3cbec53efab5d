import type { MenuCommand } from '#shared/ipc/schemas/events.ts'
import type { Begun } from './boot.ts'
import { api } from '../lib/api.ts'
import { chooseMoveFile, exportCsv, moveOut, redo, saveReport, undo } from '../state/actions.ts'
import { useStore } from '../state/store.ts'
import { followWith } from '../state/follow.ts'
import { startWindow } from '../state/start.ts'
import { started } from '../ui/after-start.ts'
import { SEARCH_FIELD } from '../parts/fleet-table/search-field.ts'

const inTextField = () =>
  document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement

// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing has replaced it for the undo of a text field
const editText = (command: 'undo' | 'redo') => document.execCommand(command)

const COMMANDS: Readonly<Record<MenuCommand, () => void>> = {
  import: () => useStore.getState().open({ kind: 'import' }),
  export: () => void exportCsv(),
  report: () => void saveReport(),
  'move-out': () => void moveOut(),
  'move-in': () => void chooseMoveFile(),
  // In a text field undo belongs to the text.
  undo: () => (inTextField() ? editText('undo') : void undo()),
  redo: () => (inTextField() ? editText('redo') : void redo()),
  refresh: () => void useStore.getState().refreshNetwork(),
  find: () => {
    if (useStore.getState().screen !== 'today') useStore.getState().show('fleet')
    requestAnimationFrame(() => document.getElementById(SEARCH_FIELD)?.focus())
  },
  'go-today': () => useStore.getState().show('today'),
  'go-fleet': () => useStore.getState().show('fleet'),
  'go-sites': () => useStore.getState().show('sites'),
  'go-signals': () => useStore.getState().show('signals'),
  'go-alerts': () => useStore.getState().show('alerts'),
  'go-data': () => useStore.getState().show('data'),
  'go-settings': () => useStore.getState().show('settings'),
  notices: () => useStore.getState().open({ kind: 'notices' }),
}

export function run(command: MenuCommand): void {
  COMMANDS[command]()
}

/** Reads everything once and follows what the main process says from then on. */
export function connect({ thread, start, inputs }: Begun): void {
  followWith(thread)
  // Nobody has changed or searched the table before there is one.
  void started.then(async () => {
    const [{ findNotes }, { keepTables }] = await Promise.all([
      import('../state/find-notes.ts'),
      import('../state/keep-tables.ts'),
    ])
    findNotes()
    keepTables()
  })
  const store = useStore.getState()
  api.on['fleet.changed'](({ revision }) => {
    if (useStore.getState().fleet?.revision !== revision) void useStore.getState().readFleet()
    void useStore.getState().readDecisions()
  })
  api.on['network.changed']((network) => {
    const { fleet, network: before, readFleet, takeNetwork } = useStore.getState()
    takeNetwork(network)
    // Contracts may be in other currencies, whose rates come with the case.
    const movesRates = JSON.stringify(network.rates) !== JSON.stringify(before?.rates)
    if (fleet !== null && fleet.contracts > 0 && movesRates) void readFleet()
  })
  api.on['settings.changed'](store.takeSettings)
  api.on['past.changed'](store.takePastStatus)
  api.on['alerts.changed'](store.takeAlerts)
  api.on['watched.changed'](store.takeWatched)
  api.on['backups.changed'](store.takeBackups)
  api.on['backups.restored'](store.forgetStored)
  api.on['task.progress'](store.takeProgress)
  api.on['menu.command'](({ command }) => run(command))
  void startWindow(start, inputs)
}
