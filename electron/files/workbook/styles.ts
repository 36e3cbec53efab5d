/** How figures of a sheet look: their unit stands in the heading or beside them. */
const FORMATS = {
  general: 'General',
  count: '#,##0',
  usd: '#,##0.00',
  usdPerBtc: '#,##0.00',
  usdPerPhDay: '#,##0.0000',
  usdPerKwh: '0.000000',
  btc: '0.00000000',
  btcPerPhDay: '0.0000000000',
  phs: '#,##0.000000',
  ths: '#,##0.00',
  watts: '#,##0.##',
  jPerTh: '#,##0.00',
  kwh: '#,##0.00',
  share: '0.00%',
  change: '+0.00%;-0.00%;0.00%',
  days: '#,##0.00',
  day: 'yyyy\\-mm\\-dd',
  moment: 'yyyy\\-mm\\-dd hh:mm',
  difficulty: '#,##0',
  rate: '0.000000',
} as const
export type Format = keyof typeof FORMATS

/** What a cell is: of what a person may change, of what follows, of what says what the rest is. */
const KINDS = ['plain', 'input', 'heading', 'title', 'section', 'note', 'total', 'prose'] as const
type Kind = (typeof KINDS)[number]

const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[]
/** The numbers below are those of built-in formats. */
const FIRST_OWN_FORMAT = 164

/** Number of a style in the file. A text that a spreadsheet would take for a formula once it is edited stays text where it is quoted. */
export function styleOf(kind: Kind, format: Format = 'general', isQuoted = false): number {
  const plain = KINDS.indexOf(kind) * FORMAT_NAMES.length + FORMAT_NAMES.indexOf(format)
  return isQuoted ? plain + KINDS.length * FORMAT_NAMES.length : plain
}

/** Whether a text in this style goes on in another line where its cell ends. */
export const wraps = (style: number): boolean =>
  LOOKS[KINDS[Math.floor(style / FORMAT_NAMES.length) % KINDS.length]!].wraps === true

const FONTS = [
  '<font><sz val="10"/><name val="Arial"/></font>',
  '<font><b/><sz val="10"/><name val="Arial"/></font>',
  '<font><b/><sz val="14"/><name val="Arial"/></font>',
  '<font><sz val="10"/><color rgb="FF1F3FA8"/><name val="Arial"/></font>',
  '<font><i/><sz val="10"/><color rgb="FF595959"/><name val="Arial"/></font>',
]
// The first two are fixed by the format.
const FILLS = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF6D6"/></patternFill></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE8ECF3"/></patternFill></fill>',
]
const attributes = (of: Readonly<Record<string, string>>) =>
  Object.entries(of)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ')
const edge = (side: 'top' | 'bottom', isDrawn: boolean) =>
  isDrawn ? `<${side} ${attributes({ style: 'thin' })}><color rgb="FF595959"/></${side}>` : `<${side}/>`
const border = (isBelow: boolean, isAbove: boolean) =>
  `<border><left/><right/>${edge('top', isAbove)}${edge('bottom', isBelow)}<diagonal/></border>`
const BORDERS = [border(false, false), border(true, false), border(false, true)]

type Look = { readonly font: number; readonly fill: number; readonly border: number; readonly wraps?: true }
const LOOKS: Readonly<Record<Kind, Look>> = {
  plain: { font: 0, fill: 0, border: 0 },
  input: { font: 3, fill: 2, border: 0 },
  heading: { font: 1, fill: 3, border: 1, wraps: true },
  title: { font: 2, fill: 0, border: 0 },
  section: { font: 1, fill: 0, border: 1 },
  note: { font: 4, fill: 0, border: 0 },
  total: { font: 1, fill: 0, border: 2 },
  prose: { font: 0, fill: 0, border: 0, wraps: true },
}

/** `xl/styles.xml`: every kind in every format. */
export function stylesXml(): string {
  const list = (name: string, items: readonly string[]) =>
    `<${name} count="${items.length}">${items.join('')}</${name}>`
  const formats = FORMAT_NAMES.map((name, i) => {
    const code = FORMATS[name].replaceAll('"', '&quot;')
    return `<numFmt numFmtId="${FIRST_OWN_FORMAT + i}" formatCode="${code}"/>`
  })
  const cells = [false, true].flatMap((isQuoted) =>
    KINDS.flatMap((kind) =>
      FORMAT_NAMES.map((format, i) => {
        const { font, fill, border, wraps } = LOOKS[kind]
        const id = format === 'general' ? 0 : FIRST_OWN_FORMAT + i
        const quoted = isQuoted ? ' quotePrefix="1"' : ''
        const ids = `numFmtId="${id}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"${quoted}`
        const wrapped = wraps ? '<alignment vertical="top" wrapText="1"/>' : ''
        return `<xf ${ids} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"${wraps ? ` applyAlignment="1">${wrapped}</xf>` : '/>'}`
      }),
    ),
  )
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    list('numFmts', formats),
    list('fonts', FONTS),
    list('fills', FILLS),
    list('borders', BORDERS),
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    list('cellXfs', cells),
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join('')
}
