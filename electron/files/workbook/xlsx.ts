import type { Cell, Sheet, Workbook } from './sheet.ts'
import { columnLetters } from './sheet.ts'
import { stylesXml, wraps } from './styles.ts'
import type { ZipEntry } from './zip.ts'
import { zipped } from './zip.ts'

/*
 * A workbook as Office Open XML (ECMA-376, transitional), piece by piece: rows are written as they come and none is held. Texts
 * stand in their cells, and a formula cell carries its figure, so that it is there before anything is computed.
 */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Excel's limit. */
export const MOST_ROWS = 1_048_576

/** The bytes of the file in order. */
export function workbookBytes(workbook: Workbook): Generator<Uint8Array> {
  return zipped(parts(workbook))
}

function* parts({ sheets, names }: Workbook): Generator<ZipEntry> {
  yield { name: '[Content_Types].xml', content: [contentTypes(sheets)] }
  yield { name: '_rels/.rels', content: [relations([['officeDocument', 'xl/workbook.xml']])] }
  yield { name: 'xl/workbook.xml', content: [workbookXml(sheets, names)] }
  const files = sheets.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const)
  yield {
    name: 'xl/_rels/workbook.xml.rels',
    content: [relations([...files, ['styles', 'styles.xml']])],
  }
  yield { name: 'xl/styles.xml', content: [stylesXml()] }
  for (const [i, sheet] of sheets.entries())
    yield { name: `xl/worksheets/sheet${i + 1}.xml`, content: sheetXml(sheet, i === 0) }
}

function contentTypes(sheets: readonly Sheet[]): string {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${TYPE}.${type}+xml"/>`
  return [
    HEAD,
    `<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    part('workbook', 'sheet.main'),
    part('styles', 'styles'),
    ...sheets.map((_, i) => part(`worksheets/sheet${i + 1}`, 'worksheet')),
    '</Types>',
  ].join('')
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const lines = targets.map(
    ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  )
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${lines.join('')}</Relationships>`
}

function workbookXml(sheets: readonly Sheet[], names: Workbook['names']): string {
  const lists = sheets.flatMap(({ name, filter }, i) =>
    filter === undefined
      ? []
      : [
          `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${quotedName(name)}!${absolute(filter)}</definedName>`,
        ],
  )
  return [
    HEAD,
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>`,
    ...sheets.map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`),
    '</sheets><definedNames>',
    ...lists,
    ...names.map(({ name, refersTo }) => `<definedName name="${name}">${escaped(refersTo)}</definedName>`),
    // Whoever can compute does it once more when it opens the file.
    '</definedNames><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>',
  ].join('')
}

const quotedName = (sheet: string) => (/\W/.test(sheet) ? `'${sheet}'` : sheet)

const absolute = ({ row, columns, rows }: NonNullable<Sheet['filter']>) =>
  `$A$${row}:$${columnLetters(columns - 1)}$${row + rows}`

const LINE_HEIGHT = 13.5

/** How many lines a text takes in a column of that many characters, with some to spare for words that do not fit. */
const linesIn = (value: Cell['value'], width: number): number =>
  Math.ceil((String(value).length * 1.15) / width)

/** On paper all columns stand on one page, across. */
const PRINTED = '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'

function* sheetXml({ widths, frozen, rows, filter }: Sheet, isFirst: boolean): Generator<string> {
  const letters: string[] = []
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0"${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${paneXml(frozen)}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="${LINE_HEIGHT}"/><cols>${widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('')}</cols><sheetData>`
  let number = 0
  for (const row of rows) {
    number++
    let line = ''
    let lines = 1
    for (let column = 0; column < row.length; column++) {
      const cell = row[column]
      if (cell === null || cell === undefined) continue
      if (wraps(cell.style)) lines = Math.max(lines, linesIn(cell.value, widths[column] ?? 10))
      line += cellXml(`${(letters[column] ??= columnLetters(column))}${number}`, cell)
    }
    const height = lines === 1 ? '' : ` ht="${lines * LINE_HEIGHT}" customHeight="1"`
    yield `<row r="${number}"${height}>${line}</row>`
  }
  if (number > MOST_ROWS) throw new RangeError(`a sheet has ${number} rows; Excel takes ${MOST_ROWS}`)
  const list = filter === undefined ? '' : `<autoFilter ref="${absolute(filter).replaceAll('$', '')}"/>`
  yield `</sheetData>${list}${PRINTED}</worksheet>`
}

function paneXml({ rows, columns }: Sheet['frozen']): string {
  if (rows === 0 && columns === 0) return ''
  const pane = rows > 0 && columns > 0 ? 'bottomRight' : rows > 0 ? 'bottomLeft' : 'topRight'
  const split = `${columns > 0 ? `xSplit="${columns}" ` : ''}${rows > 0 ? `ySplit="${rows}" ` : ''}`
  return `<pane ${split}topLeftCell="${columnLetters(columns)}${rows + 1}" activePane="${pane}" state="frozen"/><selection pane="${pane}"/>`
}

function cellXml(ref: string, { value, formula, style }: Cell): string {
  const at = `<c r="${ref}" s="${style}"`
  const written = formula === undefined ? '' : `<f>${escaped(formula)}</f>`
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return `${at}>${written}<v>${value}</v></c>`
    return written === '' ? `${at}/>` : `${at} t="str">${written}<v></v></c>`
  }
  if (written !== '') return `${at} t="str">${written}<v>${escaped(value)}</v></c>`
  return `${at} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
}

const SPECIAL = /[&<>"]/
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** What XML has no sign for, and what a spreadsheet would read as the name of such a sign. */
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g

function escaped(text: string): string {
  const writable = text
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll(UNWRITABLE, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
  return SPECIAL.test(writable) ? writable.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign]!) : writable
}
