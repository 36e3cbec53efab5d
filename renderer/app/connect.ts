import type { Begun } from './boot.ts'
import { api } from '../lib/api.ts'
import { useStore } from '../state/store.ts'
import { followWith } from '../state/follow.ts'
import { startWindow } from '../state/start.ts'
import { started } from '../ui/after-start.ts'

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
  const commands = started.then(() => import('./begin-commands.ts'))
  // What is pressed or chosen in the menu before they are there waits for them.
  const early: KeyboardEvent[] = []
  const wait = (event: KeyboardEvent) => void early.push(event)
  window.addEventListener('keydown', wait)
  void commands.then(({ beginCommands }) => {
    window.removeEventListener('keydown', wait)
    beginCommands(early)
  })
  api.on['menu.command'](({ command }) => void commands.then(({ run }) => run(command)))
  void startWindow(start, inputs)
}
