import type { Result } from '#shared/ipc/errors.ts'
import type { RestoredBackup } from '#shared/ipc/schemas/backups.ts'
import type { MachineStatus } from '#shared/domain/fleet/fleet.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { dateTime } from '#shared/format/times.ts'
import { STATUS_WORDS } from '#shared/format/words.ts'
import { api, settle } from '../lib/api.ts'
import { tell, warn } from '../ui/toasts.ts'
import { askEngine } from './engine.ts'
import type { ReportFile } from './report-actions.ts'
import { useStore } from './store.ts'

/** Things a person does that end with a message. A failure is told in its own words; a cancelled dialog is silent. */
export async function done<T>(call: Promise<Result<T>>): Promise<T | null> {
  const answer = await settle(call)
  if (answer.ok) return answer.value
  if (answer.error.code !== 'cancelled') warn(answer.error.message)
  return null
}

/** What is over sooner needs no dialog. */
const SHORT_MS = 500

/** The same of what may take a while: then a dialog shows how far it is, and a way to stop it. */
export async function shownTask<T>(title: string, of: string, call: Promise<Result<T>>): Promise<T | null> {
  const { showTask, takeProgress } = useStore.getState()
  takeProgress(null)
  const timer = setTimeout(() => showTask({ title, of }), SHORT_MS)
  const value = await done(call)
  clearTimeout(timer)
  showTask(null)
  takeProgress(null)
  return value
}

/** What another program has changed is shown before anything is tried again. */
async function doneOnFleet<T>(call: Promise<Result<T>>): Promise<T | null> {
  const value = await done(call)
  if (value === null) await useStore.getState().readFleet()
  return value
}

/** What undo does not know: said where there is nothing to undo. */
const NOT_UNDONE =
  'Settings, typed values, rates, alerts and scenarios are changed back where they were set; a whole earlier fleet comes with a backup.'

let before: Promise<void> = Promise.resolve()

/** One after the other, however fast a person is: each must know the fleet that the one before has left. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const ended = before.then(work)
  before = ended.catch(() => undefined)
  return ended
}

/** After a change of the fleet: read it again, and offer the way back. */
export const changed = (sentence: string): Promise<void> => inTurn(() => readAndTell(sentence))
export const undo = (): Promise<void> => inTurn(undoNext)
export const redo = (): Promise<void> => inTurn(redoNext)

async function readAndTell(sentence: string): Promise<void> {
  await useStore.getState().readFleet()
  tell(sentence, { label: 'Undo', run: () => void undo() })
}

async function undoNext(): Promise<void> {
  const { fleet } = useStore.getState()
  const words = fleet?.undo ?? null
  if (fleet === null || words === null) {
    tell(`There is nothing to undo. ${NOT_UNDONE}`)
    return
  }
  if ((await doneOnFleet(api.fleet.undo({ revision: fleet.revision }))) === null) return
  await useStore.getState().readFleet()
  tell(`Undone: ${words}`, { label: 'Redo', run: () => void redo() })
}

async function redoNext(): Promise<void> {
  const { fleet } = useStore.getState()
  const words = fleet?.redo ?? null
  if (fleet === null || words === null) {
    tell('There is nothing to redo.')
    return
  }
  if ((await doneOnFleet(api.fleet.redo({ revision: fleet.revision }))) === null) return
  await readAndTell(`Done again: ${words}`)
}

export async function loadSampleFleet(): Promise<void> {
  if ((await done(api.fleet.loadSample({}))) !== null) await changed('The sample fleet is loaded.')
}

export async function setStatus(keys: readonly number[], status: MachineStatus): Promise<void> {
  const answer = await done(api.fleet.updateMachines({ keys: [...keys], patch: { status } }))
  if (answer !== null) await changed(`${counted(keys.length, 'row')}: ${STATUS_WORDS[status].toLowerCase()}.`)
}

/** Does something with the keys of the selected rows, which the engine holds. */
export const withSelected = (act: (keys: readonly number[]) => void): void =>
  askEngine(
    (engine) => engine.selectedKeys(),
    (keys) => {
      if (keys.length > 0) act([...keys])
    },
  )

export async function removeMachines(keys: readonly number[]): Promise<boolean> {
  const answer = await done(api.fleet.removeMachines({ keys: [...keys] }))
  if (answer === null) return false
  await changed(`${counted(keys.length, 'row')} removed.`)
  return true
}

export async function removeSite(key: number, name: string): Promise<boolean> {
  if ((await done(api.site.remove({ key }))) === null) return false
  await changed(`${name} and its machines are removed.`)
  return true
}

/** Copies everything that is stored, as a person asked for it. */
export async function makeBackup(): Promise<void> {
  const { takeProgress } = useStore.getState()
  takeProgress(null)
  const answer = await done(api.backups.make({}))
  takeProgress(null)
  if (answer !== null) tell(`The backup ${answer.name} is made.`)
}

/** Deletes a copy for good; the list is read again. */
export async function removeBackup(name: string): Promise<void> {
  if ((await done(api.backups.remove({ name }))) === null) return
  const { backupFault, takeBackups } = useStore.getState()
  takeBackups({ fault: backupFault })
  tell(`The backup ${name} is deleted.`)
}

/** After a restore: shows what came back, and offers the way back from it. */
export async function tellRestored(
  { before, holdings: { machines, sites } }: RestoredBackup,
  wasUndo: boolean,
): Promise<void> {
  const { readFleet, open } = useStore.getState()
  await readFleet()
  const what = `${counted(machines, 'machine')} at ${counted(sites, 'site')}`
  tell(`${wasUndo ? 'The restore is undone' : 'The backup is restored'}: ${what}.`, {
    label: wasUndo ? 'Redo' : 'Undo',
    run: () => open({ kind: 'restore', name: before, asks: null, wasUndo: !wasUndo }),
  })
}

export async function exportCsv(): Promise<void> {
  const answer = await shownTask('Exporting the fleet', 'Rows', api.fleet.exportCsv({}))
  if (answer !== null) tell(`${counted(answer.rows, 'row')} written to ${answer.fileName}.`)
}

/** Makes the chosen report of what is stored, as a file of one kind. */
export async function saveReport(kind: ReportFile): Promise<void> {
  const { saveAs } = await import('./report-actions.ts')
  await saveAs(kind)
}

export async function moveOut(): Promise<void> {
  const answer = await shownTask('Writing the file for another computer', 'Per cent', api.move.out({}))
  if (answer === null) return
  tell(
    `${counted(answer.machines, 'machine')} and all that belongs to them are in ${answer.fileName}, without passwords. ` +
      'On the other computer: File, Take over from another computer.',
  )
}

/** Chooses a file of another computer and asks whether it takes the place of what is here. */
export async function chooseMoveFile(): Promise<void> {
  const file = await shownTask('Looking through the file', 'Per cent', api.move.choose({}))
  if (file !== null) useStore.getState().open({ kind: 'take-over', file })
}

export async function takeOver(token: string): Promise<void> {
  if ((await done(api.move.takeOver({ token }))) !== null) tell('The program starts again …')
}

/** Reads the status of the history, and with it the history where that has changed. */
const pastAgain = () => useStore.getState().readPastStatus()

export async function importPast(): Promise<void> {
  const answer = await done(api.past.importCsv({}))
  if (answer === null) return
  await pastAgain()
  tell(`${counted(answer.days, 'day')} taken from ${answer.fileName}, ${answer.from} to ${answer.through}.`)
}

export async function exportPast(): Promise<void> {
  const answer = await done(api.past.exportCsv({}))
  if (answer !== null) tell(`${counted(answer.days, 'day')} written to ${answer.fileName}.`)
}

export async function forgetImportedPast(): Promise<void> {
  const answer = await done(api.past.forgetImported({}))
  if (answer === null) return
  await pastAgain()
  tell(`The imported values of ${counted(answer.days, 'day')} are removed.`)
}

/** @param withCase also contracts, policies, operating points, limits and what sites pay */
export async function exportNetworkFile(withCase: boolean): Promise<void> {
  const answer = await done(api.network.exportFile({ withCase }))
  if (answer === null) return
  tell(
    `Written to ${answer.fileName}: ${counted(answer.taken, 'value or rate', 'values and rates')}, ${counted(answer.days, 'day')} and ${counted(answer.epochs, 'difficulty epoch')}.`,
  )
}

/** Lets a file be chosen and shows what it would bring. */
export async function openNetworkFile(): Promise<void> {
  const file = await done(api.network.chooseFile({}))
  if (file !== null) useStore.getState().open({ kind: 'network-file', file })
}

/** @returns whether what came along with the network is shown in a dialog of its own */
export async function takeNetworkFile(token: string): Promise<boolean> {
  const answer = await done(api.network.takeFile({ token }))
  if (answer === null) return false
  useStore.getState().closeTyping()
  await Promise.all([useStore.getState().readNetwork(), pastAgain()])
  const left =
    answer.olderThanStored === 0 ? '' : `, ${count(answer.olderThanStored)} older than the stored ones left`
  tell(
    `${answer.fileName}, made ${dateTime(answer.madeAtMs)}: ${counted(answer.taken, 'value or rate', 'values and rates')} taken${left}; ${counted(answer.days, 'day')} and ${counted(answer.epochs, 'difficulty epoch')}.`,
  )
  if (answer.parts === null) return false
  useStore.getState().open({ kind: 'parts', source: answer.parts })
  return true
}
