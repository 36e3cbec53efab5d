import { basename, join } from 'node:path'
import type { ImportPreview } from '#shared/ipc/schemas/import.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import { FIELD_NAMES } from '#shared/domain/fleet/fields.ts'
import { unitsOf } from '#electron/files/fleet/column-units.ts'
import { HEADINGS } from '#electron/files/fleet/columns.ts'
import { loadModels } from '#electron/files/fleet/models.ts'
import type { FleetFile } from '#electron/files/fleet/fleet-file.ts'
import { refuseFaults, refuseQuestions } from '#electron/files/row-faults.ts'
import { NO_MAP } from '#electron/files/fleet/column-map.ts'
import { QUESTIONS } from '#electron/files/questions.ts'
import type { QuestionName } from '#electron/files/questions.ts'
import { fieldTexts } from '#electron/files/fleet/write-fleet.ts'
import { isSameSiteName } from '#shared/domain/fleet/names.ts'
import type { UndoLog } from './undo.ts'
import type { Machines } from './repositories/machines.ts'
import type { RememberedAnswers } from './repositories/remembered.ts'
import type { Sites } from './repositories/sites.ts'
import { sitesOfFile } from './site-values.ts'
import type { Stored, createFileWriter } from './store-file.ts'
import type { Changed, ImportAnswers, ImportMode } from '../port.ts'
import type { Task } from './task.ts'

/** Bounds of the preview in the contract. */
const SAMPLE_ROWS = 20
const CELL_LENGTH = 120
const SITES_SHOWN = 1000
const NOTE_COLUMNS_SHOWN = 200
const UNDERSTOOD_SHOWN = 40
const QUESTION_ROWS_SHOWN = 20
const HEADINGS_SHOWN = 300
const HEADING_LENGTH = 200
const EXAMPLE_LENGTH = 60
const WORDS_SHOWN = 100

type Ports = {
  readonly undoLog: UndoLog
  readonly sites: Sites
  readonly machines: Machines
  readonly remembered: RememberedAnswers
  readonly writeFile: ReturnType<typeof createFileWriter>
  readonly assetsFolder: string
}

/** A file between its preview and its confirmation. One at a time: it may be large. */
type Waiting = {
  readonly token: string
  readonly path: string
  readonly fileName: string
  readonly file: FleetFile
}

export function createImports({ undoLog, sites, machines, remembered, writeFile, assetsFolder }: Ports) {
  let waiting: Waiting | null = null

  async function read(path: string, task: Task, answers?: ImportAnswers): Promise<FleetFile> {
    // The reader of CSV is loaded with the first file, not before the first row is on screen.
    const { readFleetFile } = await import('#electron/files/fleet/read-fleet.ts')
    return readFleetFile(path, {
      models: await loadModels(assetsFolder),
      accepted: new Set(answers?.accepted),
      map: answers?.map ?? NO_MAP,
      recall: answers?.isWhole === true ? () => null : remembered.columnsFor,
      answersBefore: remembered.answersBefore('fleet'),
      takenIds: { has: machines.isIdTaken },
      isCancelled: task.isCancelled,
      onProgress: (done, total) => task.step(done, total),
    })
  }

  async function wait(path: string, task: Task, answers?: ImportAnswers): Promise<ImportPreview> {
    const file = await read(path, task, answers)
    waiting = { token: crypto.randomUUID(), path, fileName: basename(path), file }
    return previewOf(waiting, sites, machines)
  }

  function waitingAs(token: string): Waiting {
    if (waiting?.token !== token)
      throw new StrikelineError('not-found', 'This file is no longer open. Choose it again.')
    return waiting
  }

  return {
    preview(path: string, task: Task, answers?: ImportAnswers): Promise<ImportPreview> {
      waiting = null
      return wait(path, task, answers)
    },

    previewAgain: async (token: string, task: Task, answers: ImportAnswers): Promise<ImportPreview> =>
      wait(waitingAs(token).path, task, answers),

    forget(token: string, what: 'columns' | 'answers'): void {
      const { file } = waitingAs(token)
      if (what === 'columns') remembered.forgetColumns(headingsOf(file))
      else remembered.forgetAnswers('fleet', file.answered)
    },

    confirm(token: string, mode: ImportMode, task: Task, accepted: readonly string[] = []): Changed & Stored {
      const { file, fileName } = waitingAs(token)
      const names = new Set(accepted)
      refuseFaults(file, fileName)
      refuseQuestions(file, fileName, names)
      const stored = undoLog.change(() => {
        remembered.putColumns(headingsOf(file), file)
        remembered.putAnswers(
          'fleet',
          file.asked.filter(({ name }) => names.has(name)),
        )
        return writeFile(file, mode, task, false)
      }, `Import of ${fileName}`)
      waiting = null
      return stored
    },

    discard(token: string): void {
      if (waiting?.token === token) waiting = null
    },

    async sample(task: Task): Promise<Changed> {
      const path = join(assetsFolder, 'sample-fleet.csv')
      const file = await read(path, task, { accepted: [], map: NO_MAP, isWhole: true })
      refuseFaults(file, basename(path))
      const { revision } = undoLog.change(() => writeFile(file, 'merge', task, true), 'Sample fleet')
      return { revision }
    },
  }
}

const headingsOf = ({ columns }: FleetFile) => columns.map(({ heading }) => heading)

function previewOf({ token, fileName, file }: Waiting, sites: Sites, machines: Machines): ImportPreview {
  const { fleet } = file
  const rows = fleet.machines.length
  const stored = machines.ids()
  let updated = 0
  let quantity = 0
  for (let row = 0; row < rows; row++) {
    if (stored.size > 0 && stored.has(textAt(fleet.machines.id, row))) updated++
    const inLot = fleet.machines.quantity[row]!
    if (!Number.isNaN(inLot)) quantity += inLot
  }
  const known = sites.columns().name
  const texts = FIELD_NAMES.map((name) => fieldTexts(fleet, name))
  return {
    token,
    fileName,
    rows,
    machines: quantity,
    added: rows - updated,
    updated,
    sites: sitesOfFile(fleet)
      .sites.slice(0, SITES_SHOWN)
      .map((site) => ({
        name: site.name,
        rows: site.rows,
        isNew: !known.some((name) => isSameSiteName(name, site.name)),
      })),
    noteColumns: file.noteColumns.slice(0, NOTE_COLUMNS_SHOWN).map((name) => name.slice(0, 100)),
    filledFromCatalogue: file.filledFromCatalogue,
    withoutFigures: file.withoutFigures,
    withoutPowerPrice: file.withoutPowerPrice,
    understood: file.understood.slice(0, UNDERSTOOD_SHOWN).map((words) => words.slice(0, 400)),
    questions: (Object.keys(QUESTIONS) as QuestionName[]).flatMap((name) => {
      const asked = file.questions.filter((question) => question.name === name)
      if (asked.length === 0) return []
      const rows = asked.slice(0, QUESTION_ROWS_SHOWN).map(({ row, column, message }) => ({
        row,
        column: column.slice(0, 100),
        message: message.slice(0, 400),
      }))
      return [{ name, about: QUESTIONS[name], count: file.questionCounts[name] ?? asked.length, rows }]
    }),
    hashrateThs: total(fleet, 'hashrateThs'),
    powerW: total(fleet, 'powerW'),
    answered: (Object.keys(QUESTIONS) as QuestionName[]).flatMap((name) => {
      const before = file.answered.filter((thing) => thing.name === name)
      const count = before.reduce((sum, { rows }) => sum + rows, 0)
      return count === 0 ? [] : [{ name, about: QUESTIONS[name], count }]
    }),
    headings: file.columns.slice(0, HEADINGS_SHOWN).map(({ heading, fault, ...column }, at) => ({
      ...column,
      heading: heading.slice(0, HEADING_LENGTH),
      example: (file.examples[at] ?? '').slice(0, EXAMPLE_LENGTH),
      fault: fault?.slice(0, 400) ?? null,
    })),
    choices: FIELD_NAMES.map((field) => ({ field, units: [...unitsOf(field)] })),
    statusWords: file.statusWords
      .slice(0, WORDS_SHOWN)
      .map(({ word, status }) => ({ word: word.slice(0, EXAMPLE_LENGTH), status })),
    isRecalled: file.recalled !== null,
    isSignOpen: file.isSignOpen,
    decimalSign: file.decimalSign,
    isList: file.isList,
    errorCount: file.faultCount,
    errors: file.faults.map(({ row, column, message, remedy = '' }) => ({
      row,
      column: column.slice(0, 100),
      message: message.slice(0, 400),
      remedy: remedy.slice(0, 700),
    })),
    columns: [...HEADINGS],
    sample: Array.from({ length: Math.min(rows, SAMPLE_ROWS) }, (_, row) =>
      texts.map((textOf) => textOf(row).slice(0, CELL_LENGTH)),
    ),
  }
}

/** Of all machines together; rows without the figure are left out. */
function total({ machines }: FleetFile['fleet'], name: 'hashrateThs' | 'powerW'): number {
  let sum = 0
  for (let row = 0; row < machines.length; row++) {
    const value = machines[name][row]! * machines.quantity[row]!
    if (!Number.isNaN(value)) sum += value
  }
  return sum
}
