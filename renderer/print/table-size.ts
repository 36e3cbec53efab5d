import type { ReportTable } from '#shared/report/document.ts'
import { writtenTable } from '#shared/report/written.ts'
import type { Money } from '#shared/format/money.ts'
import { textWidthPx } from '../lib/text-width.ts'

/** A table as it is printed. */
export type PrintedTable = {
  readonly columns: readonly PrintedColumn[]
  readonly rows: number
}
export type PrintedColumn = {
  readonly heading: string
  /** below the heading, smaller; '' where there is none */
  readonly unit: string
  readonly isFigure: boolean
  readonly cells: readonly string[]
  /** null: the column has none */
  readonly total: string | null
}

export function printedTable(table: ReportTable, money: Money): PrintedTable {
  const { rows, columns } = table
  const written = writtenTable(table, money)
  return {
    rows,
    columns: columns.map(({ heading, look }, i) => ({ ...written[i]!, heading, isFigure: look !== 'text' })),
  }
}

/** How the tables of a section fit the paper: whether it lies on its side, and the size of the letters of each. */
export type TablesFit = { readonly isOnSide: boolean; readonly tables: readonly TableFit[] }
/** Widths of its columns are shares of the table, in per cent. */
export type TableFit = { readonly size: TableSize; readonly widths: readonly number[] }
export type TableSize = keyof typeof SIZES_PT

/** Between two columns, in parts of the letters' size. */
const GAP_EM = 1
/** What a column of words gets before they are broken into lines. */
const WORDS_EM = 14
const LEAST_WORDS_EM = 7
/** Points of the narrower of the two papers between its margins, upright and on its side, and of the letters. */
const UPRIGHT_PT = 515
const WIDE_PT = 712
const SIZES_PT = { usual: 8.8, small: 7.5, fine: 6.8, finest: 5.8 } as const

/**
 * The largest letters with which no figure is cut: figures and words of headings stay whole. Paper lies on its side where the
 * widest table would have to be in fine print.
 * @param mayLie whether the paper of this section may lie on its side
 */
export function fitOf(tables: readonly PrintedTable[], mayLie: boolean): TablesFit {
  const columnsEm = tables.map(({ columns }) => columns.map(neededEm))
  const tablesEm = columnsEm.map((columns) => columns.reduce((sum, em) => sum + em, 0))
  const isOnSide = mayLie && tablesEm.some((em) => em * SIZES_PT.small > UPRIGHT_PT)
  const widthPt = isOnSide ? WIDE_PT : UPRIGHT_PT
  return {
    isOnSide,
    tables: tablesEm.map((em, i) => ({
      size: (['usual', 'small', 'fine'] as const).find((size) => em * SIZES_PT[size] <= widthPt) ?? 'finest',
      widths: columnsEm[i]!.map((column) => (100 * column) / em),
    })),
  }
}

function neededEm({ heading, unit, isFigure, cells, total }: PrintedColumn): number {
  const longest = cells.reduce((most, cell) => Math.max(most, cell.length), 0)
  let em = Math.max(...[...heading.split(' '), unit].map((word) => textWidthPx(word, 1)))
  for (const cell of cells) if (cell.length >= longest - 1) em = Math.max(em, textWidthPx(cell, 1))
  if (!isFigure) em = Math.min(Math.max(em, LEAST_WORDS_EM), WORDS_EM)
  return Math.max(em, total === null ? 0 : textWidthPx(total, 1, true)) + GAP_EM
}
