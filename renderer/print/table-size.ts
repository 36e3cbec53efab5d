import { textWidthPx } from '../lib/text-width.ts'

/** A table as it is printed. */
export type PrintedTable = {
  readonly columns: readonly PrintedColumn[]
  readonly rows: number
}
export type PrintedColumn = {
  readonly heading: string
  readonly isFigure: boolean
  readonly cells: readonly string[]
  /** null: the column has none */
  readonly total: string | null
}

/** How a table fits the paper: the size of its letters, and whether the paper lies on its side. */
export type TableFit = { readonly size: 'usual' | 'small' | 'fine'; readonly isWide: boolean }

/** Between two columns, in parts of the letters' size. */
const GAP_EM = 0.9
/** What a column of words gets before they are broken into lines. */
const WORDS_EM = 14
const LEAST_WORDS_EM = 7
/** Points of the narrower of the two papers between its margins, upright and on its side, and of the letters. */
const UPRIGHT_PT = 515
const WIDE_PT = 712
const SIZES_PT = { usual: 8.8, small: 7.8, fine: 6.8 } as const

/** The least of letters and paper on which no figure is cut: figures and words of headings stay whole. */
export function fitOf({ columns }: PrintedTable): TableFit {
  const em = columns.reduce((sum, column) => sum + neededEm(column), 0)
  const fits = (pt: number, widthPt: number) => em * pt <= widthPt
  if (fits(SIZES_PT.usual, UPRIGHT_PT)) return { size: 'usual', isWide: false }
  if (fits(SIZES_PT.small, UPRIGHT_PT)) return { size: 'small', isWide: false }
  const size = (['usual', 'small'] as const).find((each) => fits(SIZES_PT[each], WIDE_PT)) ?? 'fine'
  return { size, isWide: true }
}

function neededEm({ heading, isFigure, cells, total }: PrintedColumn): number {
  const longest = cells.reduce((most, cell) => Math.max(most, cell.length), 0)
  let em = Math.max(...heading.split(' ').map((word) => textWidthPx(word, 1)))
  for (const cell of cells) if (cell.length >= longest - 1) em = Math.max(em, textWidthPx(cell, 1))
  if (!isFigure) em = Math.min(Math.max(em, LEAST_WORDS_EM), WORDS_EM)
  return Math.max(em, total === null ? 0 : textWidthPx(total, 1, true)) + GAP_EM
}
