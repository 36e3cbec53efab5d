import type { LabelName, NumberName, TextName } from '#shared/domain/fleet/fields.ts'
import {
  each,
  FIELD_NAMES,
  LABEL_NAMES,
  MACHINE_FIELDS,
  NUMBER_NAMES,
  numberField,
  FIGURE_SOURCE_NAMES,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import type { Fleet, TextColumn } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { nameFault, siteNameKey, textFault } from '#shared/domain/fleet/names.ts'
import type { Model, ModelMatch } from '#shared/domain/fleet/catalogue.ts'
import { matchModel, meantModel, nearestBin } from '#shared/domain/fleet/catalogue.ts'
import { ENTERED, NAMEPLATE } from '#shared/domain/fleet/provenance.ts'
import { SAYS_NOTHING, readCellText } from '../cell-text.ts'
import { converted, factorOf, unitOf } from '#shared/format/number-units.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { readNumber } from '#shared/format/read-number.ts'
import type { QuestionName } from '../questions.ts'
import { fileQuestions } from '../asking.ts'
import { HEADINGS, numberFault } from './columns.ts'
import { quoted, shown } from '../shown.ts'
import type { FleetFile, ReadOptions, StatusWord } from './fleet-file.ts'
import type { RowFault } from '../row-faults.ts'
import { FAULTS_KEPT } from '../row-faults.ts'
import type { Header } from './header.ts'
import type { ColumnReading } from './headings.ts'
import { growingText } from './growing-text.ts'
import { idColumn } from './id-column.ts'
import { judge, priceDoubts } from './judge.ts'
import { noMachine, runningSums, sumWords } from './no-machine.ts'
import { foldStatus, statusOfWords } from './status-words.ts'

/** Rows of a file on their way into columns. */
export type RowColumns = {
  readonly length: () => number
  /** @param line where the record begins in the file */
  add(record: readonly string[], line: number): void
  /** A record that is no machine is asked about and left out. @param text by which it was told */
  leaveOut(text: string, why: string, line: number): void
  fault(column: string, message: string, line: number): void
  finish(): FleetFile
}

/** The id has a column of its own kind: it is unique, and made where it is absent. */
type OtherText = Exclude<TextName, 'id'>
const OTHER_TEXTS = TEXT_NAMES.filter((name): name is OtherText => name !== 'id')

const MAX_CELL = 10_000
/** Characters of the notes of all rows, with the names of their columns. */
const MAX_NOTES = 80_000_000
const MAX_SITES = 1000
const DEFAULT_SITE = 'Default'
/** A fleet has a few dozen models; a file that has a name of its own for each machine is not judged by them, nor filled. */
const MODELS_KNOWN = 5000
const NO_MATCH: ModelMatch = { kind: 'none', near: [] }

const NO_MODEL = /^\s*(?:-+|–|—|n\/?a)?\s*$/i

/**
 * @param capacity the most rows that will be added
 * @param signs decimal sign by place of the column
 */
export function rowColumns(
  header: Header,
  capacity: number,
  options: ReadOptions,
  signs: ReadonlyMap<number, DecimalSign> = new Map(),
): RowColumns {
  const place = each(FIELD_NAMES, (name) => header.fields.indexOf(name))
  const numbers = each(NUMBER_NAMES, () => new Float64Array(capacity))
  const status = new Uint8Array(capacity)
  const sources = each(FIGURE_SOURCE_NAMES, () => new Uint8Array(capacity).fill(ENTERED))
  const idsGiven = new Uint8Array(capacity)
  const lines = new Uint32Array(capacity)
  const ids = idColumn(capacity)
  const labelled = each(LABEL_NAMES, () => labels(capacity))
  const sites = labels(capacity, siteNameKey)
  // Nothing is kept for a field that the file does not have.
  const texts = OTHER_TEXTS.filter((name) => place[name] !== -1).map((name) => ({
    name,
    texts: growingText(capacity),
  }))
  const notes: (string | null)[] = []
  const faults: RowFault[] = []
  const counts = { filledFromCatalogue: 0, withoutFigures: 0, withoutPowerPrice: 0 }
  const { names } = header
  const { statuses } = header.map
  const hasFigures = place.hashrateThs !== -1 || place.powerW !== -1
  const sums = runningSums(2)
  const { ask, finish: finishQuestions } = fileQuestions(options.answersBefore)
  const one = header.isList ? 'entry' : 'row'
  const statusWords = new Map<string, StatusWord>()
  const noteCells = names.flatMap((name, at) => (name !== '' && header.fields[at] === null ? [at] : []))
  const namelessCells = names.flatMap((name, at) => (name === '' ? [at] : []))
  let rows = 0
  let line = 0
  let notesLength = 0
  let faultCount = 0

  function fault(column: string, message: string, remedy = ''): void {
    faultCount++
    if (faults.length < FAULTS_KEPT) faults.push({ row: line, column, message, remedy })
  }

  /** @param text by which it was told */
  function leaveOut(text: string, why: string): void {
    ask(
      {
        name: 'no-machines',
        row: line,
        column: '',
        message: `${quoted(text)} ${why}; the ${one} is left out`,
      },
      { field: '', about: text, value: null },
    )
  }

  /** A question about a figure: of the model where that can answer it, else of the site. */
  function askFigure(
    row: number,
    lineOfRow: number,
    ...[name, field, value, message]: readonly [QuestionName, NumberName, number, string]
  ): void {
    const at = place[field]
    const isOfModel = name === 'efficiency' || name === 'nameplate' || name === 'size'
    const about = isOfModel
      ? labelled.model.list[labelled.model.codes[row]!]!
      : siteNameKey(sites.list[sites.codes[row]!]!)
    ask(
      { name, row: lineOfRow, column: at === -1 ? '' : names[at]!, message },
      { field: MACHINE_FIELDS[field].heading, about, value },
    )
  }

  /** The text of a cell that is an id or a name; '' where the column is absent or the text is at fault. */
  function name(field: TextName | LabelName | 'site', record: readonly string[]): string {
    const at = place[field]
    if (at === -1) return ''
    const text = readCellText(record[at]!)
    if (field === 'model' && SAYS_NOTHING.test(text)) return ''
    const unfit = field === 'site' ? nameFault(text) : textFault(field, text)
    if (unfit === null) return text
    fault(names[at]!, `${quoted(text)} ${unfit}`)
    return ''
  }

  /** One reader per number column: cells repeat, so the last one is remembered. */
  const numberReaders = NUMBER_NAMES.map((field) => {
    const { absent } = MACHINE_FIELDS[field]
    const at = place[field]
    const values = numbers[field]
    const ours = unitOf(numberField(field))
    const reading = at === -1 ? null : header.readings[at]!
    const sign = signs.get(at) ?? '.'
    let isUnitAsked = false
    let lastCell = ''
    let lastValue: number = absent

    /** The value of a cell that is not empty; null where it is at fault. */
    const valueOf = (text: string, { factor, offset, isUnitless }: ColumnReading): number | null => {
      const { value: read, unit } = readNumber(text, sign)
      const own = unit === '' ? null : factorOf(unit, ours)
      const saysNoUnit = unit === '' || (ours === 'USD/kWh' && !/wh/i.test(unit))
      if (!Number.isNaN(read) && unit !== '' && own === null) {
        fault(names[at]!, `${quoted(text)} is not a number ${words(ours)}: it says ${quoted(unit)}`)
        return null
      }
      if (!Number.isNaN(read) && isUnitless && saysNoUnit) {
        const column = MACHINE_FIELDS[field].heading
        if (!isUnitAsked)
          fault(
            names[at]!,
            `neither the heading nor ${quoted(text)} says the unit; ${column} is written ${words(ours)}`,
            `: name the column so, or convert it with --map '${shown(names[at]!)}=${column}*FACTOR'`,
          )
        isUnitAsked = true
        return null
      }
      // the cell's own unit counts before that of the heading
      const value = unit === '' ? converted(read, factor) + offset : converted(read, own ?? 1) + offset
      const ourText =
        offset === 0 && factor === 1 && unit === '' ? text : String(Number.isNaN(value) ? text : value)
      const message = numberFault(field, ourText, value)
      if (message === null) return offset === 0 ? value : Number(value.toPrecision(12))
      fault(names[at]!, ourText === text ? message : `${quoted(text)}: ${message}`)
      return null
    }

    return (record: readonly string[]): boolean => {
      const cell = at === -1 ? '' : record[at]!
      if (cell !== lastCell) {
        const text = cell.trim()
        const value =
          text === '' || reading === null || SAYS_NOTHING.test(text) ? absent : valueOf(text, reading)
        if (value === null) {
          values[rows] = NaN
          return false
        }
        lastCell = cell
        lastValue = value
      }
      values[rows] = lastValue
      return true
    }
  })

  /** the status of the row is in another program's words */
  let isTold = false
  function readStatus(record: readonly string[]): void {
    isTold = false
    const at = place.status
    const text = at === -1 ? '' : record[at]!.trim()
    if (text === '' || SAYS_NOTHING.test(text)) return
    const word = foldStatus(text)
    const said = statuses.get(word) ?? null
    const meant = said ?? statusOfWords(text)
    if ((said !== null || meant === null) && statusWords.size < FAULTS_KEPT && !statusWords.has(word))
      statusWords.set(word, { word: text, status: said })
    if (meant === null) {
      fault(
        names[at]!,
        `${quoted(text)} is not a status: running, off or repair`,
        `; say which it is with --map 'status:${shown(text)}=off'`,
      )
    } else status[rows] = MACHINE_STATUSES.indexOf(meant)
    isTold = meant !== null && text.toLowerCase() !== meant
  }

  /**
   * What a tool reports of a machine that is off is not what it has while it runs: that stays missing, or is the catalogue's. Files
   * in our words mean what they say.
   */
  function forgetIdleFigures(): void {
    if (!isTold || status[rows] === 0 || numbers.hashrateThs[rows] !== 0) return
    numbers.hashrateThs[rows] = NaN
    numbers.powerW[rows] = NaN
  }

  function readId(record: readonly string[]): void {
    const id = name('id', record)
    const earlier = ids.add(id)
    idsGiven[rows] = id === '' ? 0 : 1
    if (earlier === -1) return
    const heading = names[place.id]!
    // An account at a pool is a worker too.
    const remedy =
      heading.toLowerCase() === 'id'
        ? ''
        : `; if it names no machine, keep it as a note with --map '${heading}=note'`
    fault(heading, `${quoted(id)} is the id of ${one} ${lines[earlier]!} already`, remedy)
  }

  function readSite(record: readonly string[]): void {
    // One too many is told, and where there is one nothing is stored: the others need no names.
    const isFull = sites.list.length > MAX_SITES
    sites.add(isFull ? sites.list[0]! : name('site', record) || DEFAULT_SITE)
    if (!isFull && sites.list.length > MAX_SITES)
      fault(names[place.site]!, `more than ${MAX_SITES} different sites: is this the column of the site?`)
  }

  function readNotes(record: readonly string[]): void {
    for (const at of namelessCells) {
      if (record[at]!.trim() !== '')
        fault('', `cell ${at + 1} has a value, but its column has no name in the header`)
    }
    let texts: [string, string][] | null = null
    for (const at of noteCells) {
      const text = readCellText(record[at]!)
      if (text.length > MAX_CELL) fault(names[at]!, `longer than ${MAX_CELL} characters`)
      else if (text !== '') (texts ??= []).push([noteName(names[at]!), text])
    }
    const written =
      texts === null || notesLength > MAX_NOTES ? null : JSON.stringify(Object.fromEntries(texts))
    notesLength += written?.length ?? 0
    if (written !== null && notesLength > MAX_NOTES)
      fault(
        '',
        `the columns that are not of a fleet file hold more than ${MAX_NOTES} characters up to here: remove some of them`,
      )
    notes.push(written)
  }

  const matches: ModelMatch[] = []

  const matchOf = (modelCode: number): ModelMatch =>
    modelCode >= MODELS_KNOWN
      ? NO_MATCH
      : (matches[modelCode] ??= matchModel(options.models, labelled.model.list[modelCode]!))
  const plates: ModelMatch[] = []
  /** The same for a judgement, which needs no models that are near. */
  const plateOf = (modelCode: number): ModelMatch =>
    modelCode >= MODELS_KNOWN
      ? NO_MATCH
      : (plates[modelCode] ??= meantModel(options.models, labelled.model.list[modelCode]!))

  /** Fills hashrate and power from the catalogue where they are absent. */
  function fillFigures(modelCode: number): void {
    const model = labelled.model.list[modelCode]!
    const hashrateThs = numbers.hashrateThs[rows]!
    const powerW = numbers.powerW[rows]!
    if (!Number.isNaN(hashrateThs) && !Number.isNaN(powerW)) return
    const match = matchOf(modelCode)
    const found =
      match.kind === 'match'
        ? match.model
        : match.kind === 'ambiguous'
          ? nearestBin(match.candidates, hashrateThs)
          : undefined
    if (found !== undefined) {
      if (Number.isNaN(hashrateThs)) {
        numbers.hashrateThs[rows] = found.hashrateThs
        sources.hashrateSource[rows] = NAMEPLATE
      }
      if (Number.isNaN(powerW)) {
        numbers.powerW[rows] = found.powerW
        sources.powerSource[rows] = NAMEPLATE
      }
      counts.filledFromCatalogue++
    } else if (
      Number.isNaN(hashrateThs) &&
      Number.isNaN(powerW) &&
      (hasFigures || match.kind !== 'ambiguous') &&
      status[rows] === 0
    ) {
      fault(place.model === -1 ? '' : names[place.model]!, noFigures(model, match))
    } else {
      counts.withoutFigures++
    }
  }

  function textColumnOf(field: OtherText): TextColumn {
    const given = texts.find((each) => each.name === field)
    return given?.texts.column() ?? { bytes: new Uint8Array(0), offsets: new Uint32Array(rows + 1) }
  }

  return {
    length: () => rows,
    leaveOut(text, why, atLine) {
      line = atLine
      leaveOut(text, why)
    },
    fault(column, message, atLine) {
      line = atLine
      fault(column, message)
    },
    add(record, atLine) {
      line = atLine
      const extra =
        record.length > names.length && record.slice(names.length).some((cell) => cell.trim() !== '')
      if (record.length < names.length || extra) {
        if (record.filter((cell) => cell.trim() !== '').length === 1 && names.length > 2) {
          leaveOut(record.join('').trim(), 'reads as a remark')
          return
        }
        fault('', `has ${record.length} cells where the header has ${names.length}`)
        return
      }
      const model = place.model === -1 ? '' : record[place.model]!
      // most rows have a model, and with it only the model can say that they are no machine
      const mayBeNone =
        NO_MODEL.test(model) || sumWords(model.trim()) !== null || model === names[place.model]
      const why = !mayBeNone
        ? null
        : noMachine(
            record.map((cell) => (NO_MODEL.test(cell) ? '' : cell.trim())),
            names,
            place.id,
            place.model,
          )
      if (why !== null) {
        leaveOut(record.find((cell) => cell.trim() !== '')!.trim(), `reads as ${why}`)
        return
      }
      lines[rows] = line
      readId(record)
      for (const field of LABEL_NAMES) labelled[field].add(name(field, record))
      readSite(record)
      let sound = true
      for (const read of numberReaders) sound = read(record) && sound
      readStatus(record)
      for (const { name: field, texts: column } of texts) column.add(name(field, record))
      readNotes(record)
      forgetIdleFigures()
      const modelCode = labelled.model.codes[rows]!
      const quantity = numbers.quantity[rows]!
      const figures = [numbers.hashrateThs[rows]!, numbers.powerW[rows]!]
      if (labelled.model.list[modelCode] === '' && sums.isSum(quantity, figures))
        ask(
          {
            name: 'sum',
            row: line,
            column: '',
            message: 'has no model, and its figures are the sums of the rows above: is it a machine?',
          },
          { field: '', about: record.find((cell) => cell.trim() !== '') ?? '', value: null },
        )
      sums.add(quantity, figures)
      if (sound) {
        const atRow = rows
        judge(numbers, rows, plateOf(modelCode), (...question) => askFigure(atRow, line, ...question))
        fillFigures(modelCode)
      }
      if (Number.isNaN(numbers.powerPriceUsdPerKwh[rows]!)) counts.withoutPowerPrice++
      rows++
    },
    finish() {
      for (const { row, price, message } of priceDoubts(numbers.powerPriceUsdPerKwh.subarray(0, rows)))
        askFigure(row, lines[row]!, 'price', 'powerPriceUsdPerKwh', price, message)
      const none = () => new Float64Array(sites.list.length).fill(NaN)
      const fleet: Fleet = {
        machines: {
          length: rows,
          key: Float64Array.from({ length: rows }, (_, row) => row),
          ...each(NUMBER_NAMES, (field) => numbers[field].slice(0, rows)),
          ...each(OTHER_TEXTS, (field) => textColumnOf(field)),
          id: ids.finish((id) => options.takenIds?.has(id) ?? false),
          ...each(LABEL_NAMES, (field) => ({
            labels: labelled[field].list,
            codes: labelled[field].codes.slice(0, rows),
          })),
          site: sites.codes.slice(0, rows),
          status: status.slice(0, rows),
          ...each(FIGURE_SOURCE_NAMES, (field) => sources[field].slice(0, rows)),
        },
        sites: {
          length: sites.list.length,
          key: Float64Array.from(sites.list, (_, row) => row),
          name: sites.list,
          powerPriceUsdPerKwh: none(),
          otherUsdPerKwh: none(),
          overhead: none(),
        },
      }
      return {
        fleet,
        idsGiven: idsGiven.slice(0, rows),
        fields: header.fields.filter((field) => field !== null),
        noteColumns: noteCells.map((at) => noteName(names[at]!)),
        notes,
        lines: lines.slice(0, rows),
        ...counts,
        faults,
        faultCount,
        columns: header.columns,
        examples: [],
        map: header.map,
        recalled: header.recalled,
        decimalSign: null,
        // what was said and is not in this file is not lost with it
        statusWords: [
          ...statusWords.values(),
          ...[...statuses].flatMap(([word, status]) => (statusWords.has(word) ? [] : [{ word, status }])),
        ],
        isSignOpen: false,
        isList: header.isList,
        understood: header.understood,
        ...finishQuestions(),
      }
    },
  }
}

/** A note under a heading of ours, such as an uptime in seconds, must not be taken for that field when it is written. */
function noteName(heading: string): string {
  return HEADINGS.includes(heading.toLowerCase()) ? `${heading} (note)` : heading
}

/** Texts as codes into a list in order of first appearance. @param fold texts that fold to the same are the same */
function labels(capacity: number, fold?: (text: string) => string) {
  const codes = new Uint32Array(capacity)
  const list: string[] = []
  const codeOf = new Map<string, number>()
  let rows = 0
  return {
    codes,
    list: list as readonly string[],
    add(text: string): number {
      let code = codeOf.get(text)
      if (code === undefined) {
        const folded = fold?.(text) ?? text
        code = codeOf.get(folded) ?? list.push(text) - 1
        codeOf.set(folded, code)
        codeOf.set(text, code)
      }
      codes[rows++] = code
      return code
    },
  }
}

/** A unit in words. */
function words(unit: ReturnType<typeof unitOf>): string {
  return unit === 'share' ? 'as a fraction' : unit === '' ? 'of machines' : `in ${unit}`
}

function noFigures(model: string, match: ModelMatch): string {
  if (model === '') return 'the row has neither a model nor hashrate_ths and power_w'
  const names = (list: readonly Model[]) => list.slice(0, 5).map((near) => near.name)
  if (match.kind === 'ambiguous') {
    const sizes = match.candidates.map((bin) => `${bin.hashrateThs}T`).join(', ')
    return `${quoted(model)} comes in several sizes (${sizes}): add the size to the name, or give hashrate_ths and power_w`
  }
  const near = match.kind === 'none' ? names(match.near) : []
  const hint = near.length === 0 ? '' : `; like it are ${near.join(', ')}`
  return `${quoted(model)} is not in the catalogue and the row has neither hashrate_ths nor power_w${hint}`
}
