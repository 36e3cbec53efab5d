import type { FieldName, TextName } from '#shared/domain/fleet/fields.ts'
import {
  each,
  FIELD_NAMES,
  LABEL_NAMES,
  MACHINE_FIELDS,
  NUMBER_NAMES,
  FIGURE_SOURCE_NAMES,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import type { Fleet, TextColumn } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import { nameFault, siteNameKey } from '#shared/domain/fleet/names.ts'
import type { Model, ModelMatch } from '#shared/domain/fleet/catalogue.ts'
import { matchModel, nearestBin } from '#shared/domain/fleet/catalogue.ts'
import { ENTERED, NAMEPLATE } from '#shared/domain/fleet/provenance.ts'
import { readCellText } from './cell-text.ts'
import { numberFault, parseDecimal, quoted } from './columns.ts'
import type { FleetFile, ReadOptions, RowFault } from './fleet-file.ts'
import { FAULTS_KEPT } from './fleet-file.ts'
import type { Header } from './header.ts'
import { growingText } from './growing-text.ts'
import { idColumn } from './id-column.ts'

/** Rows of a file on their way into columns. */
export type RowColumns = {
  readonly length: () => number
  /** @param line where the record begins in the file */
  add(record: readonly string[], line: number): void
  finish(): FleetFile
}

/** The id has a column of its own kind: it is unique, and made where it is absent. */
type OtherText = Exclude<TextName, 'id'>
const OTHER_TEXTS = TEXT_NAMES.filter((name): name is OtherText => name !== 'id')

const MAX_CELL = 10_000
const MAX_SITES = 1000
const DEFAULT_SITE = 'Default'

/** @param capacity the most rows that will be added */
export function rowColumns(header: Header, capacity: number, options: ReadOptions): RowColumns {
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
  const decimalComma = header.separator !== ','
  const noteCells = names.flatMap((name, at) => (name !== '' && header.fields[at] === null ? [at] : []))
  const namelessCells = names.flatMap((name, at) => (name === '' ? [at] : []))
  let rows = 0
  let line = 0
  let faultCount = 0

  function fault(column: string, message: string): void {
    faultCount++
    if (faults.length < FAULTS_KEPT) faults.push({ row: line, column, message })
  }

  /** The text of a cell that is an id or a name; '' where the column is absent or the text is at fault. */
  function name(field: FieldName, record: readonly string[]): string {
    const at = place[field]
    if (at === -1) return ''
    const text = readCellText(record[at]!)
    const unfit = nameFault(text)
    if (unfit === null) return text
    fault(names[at]!, `${quoted(text)} ${unfit}`)
    return ''
  }

  /** One reader per number column: cells repeat, so the last one is remembered. */
  const numberReaders = NUMBER_NAMES.map((field) => {
    const { absent } = MACHINE_FIELDS[field]
    const at = place[field]
    const values = numbers[field]
    let lastCell = ''
    let lastValue: number = absent
    return (record: readonly string[]): boolean => {
      const cell = at === -1 ? '' : record[at]!
      if (cell !== lastCell) {
        const text = cell.trim()
        const value = text === '' ? absent : parseDecimal(text, decimalComma)
        const message = text === '' ? null : numberFault(field, text, value)
        if (message !== null) {
          fault(names[at]!, message)
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

  function readStatus(record: readonly string[]): void {
    const at = place.status
    const text = at === -1 ? '' : record[at]!.trim().toLowerCase()
    if (text === '') return
    const code = (MACHINE_STATUSES as readonly string[]).indexOf(text)
    if (code === -1) fault(names[at]!, `${quoted(text)} is not a status: running, off or repair`)
    else status[rows] = code
  }

  function readId(record: readonly string[]): void {
    const id = name('id', record)
    const earlier = ids.add(id)
    idsGiven[rows] = id === '' ? 0 : 1
    if (earlier !== -1) fault(names[place.id]!, `${quoted(id)} is the id of row ${lines[earlier]!} already`)
  }

  function readSite(record: readonly string[]): void {
    const before = sites.list.length
    sites.add(name('site', record) || DEFAULT_SITE)
    if (before === MAX_SITES && sites.list.length > MAX_SITES) {
      fault(names[place.site]!, `more than ${MAX_SITES} different sites: is this the column of the site?`)
    }
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
      else if (text !== '') (texts ??= []).push([names[at]!, text])
    }
    notes.push(texts === null ? null : JSON.stringify(Object.fromEntries(texts)))
  }

  const matches: ModelMatch[] = []

  /** Fills hashrate and power from the catalogue where they are absent. */
  function fillFigures(modelCode: number): void {
    const model = labelled.model.list[modelCode]!
    const hashrateThs = numbers.hashrateThs[rows]!
    const powerW = numbers.powerW[rows]!
    if (!Number.isNaN(hashrateThs) && !Number.isNaN(powerW)) return
    const match = (matches[modelCode] ??= matchModel(options.models, model))
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
    } else if (Number.isNaN(hashrateThs) && Number.isNaN(powerW)) {
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
    add(record, atLine) {
      line = atLine
      if (record.length !== names.length) {
        fault('', `has ${record.length} cells where the header has ${names.length}`)
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
      if (sound) fillFigures(labelled.model.codes[rows]!)
      if (Number.isNaN(numbers.powerPriceUsdPerKwh[rows]!)) counts.withoutPowerPrice++
      rows++
    },
    finish() {
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
        noteColumns: noteCells.map((at) => names[at]!),
        notes,
        lines: lines.slice(0, rows),
        ...counts,
        faults,
        faultCount,
      }
    },
  }
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
