import { looksLikeFormula } from '../cell-text.ts'
import { styleOf } from './styles.ts'
import type { Format } from './styles.ts'

/** A cell as it is written: a figure, a text, or a formula with the figure that it has. NaN is a cell with nothing in it. */
export type Cell = {
  readonly value: number | string
  /** without its "=" */
  readonly formula?: string
  readonly style: number
}

export type Row = readonly (Cell | null)[]

export type Sheet = {
  readonly name: string
  /** in characters */
  readonly widths: readonly number[]
  /** stay in sight */
  readonly frozen: { readonly rows: number; readonly columns: number }
  readonly rows: Iterable<Row>
  /** the first row and the last cell of a list that is filtered by its headings; null: no list */
  readonly filter?: { readonly row: number; readonly columns: number; readonly rows: number }
}

/** A name by which formulas say a cell, and the cell: `Inputs!$B$4`. */
export type DefinedName = { readonly name: string; readonly refersTo: string }

export type Workbook = {
  readonly sheets: readonly Sheet[]
  readonly names: readonly DefinedName[]
}

/** A1 style letters of a column, from 0: A, B, … Z, AA. */
export function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter
}

/** Days since 30 December 1899 in UTC, as spreadsheets count time. */
export const serialOf = (ms: number): number => ms / 86_400_000 + 25_569

export const text = (value: string, kind: 'plain' | 'input' | 'total' = 'plain'): Cell => ({
  value,
  style: styleOf(kind, 'general', looksLikeFormula(value)),
})
export const heading = (value: string): Cell => ({ value, style: styleOf('heading') })
export const title = (value: string): Cell => ({ value, style: styleOf('title') })
export const section = (value: string): Cell => ({ value, style: styleOf('section') })
export const note = (value: string): Cell => ({ value, style: styleOf('note') })
export const wrapped = (value: string): Cell => ({ value, style: styleOf('prose') })
export const figure = (value: number, format: Format): Cell => ({ value, style: styleOf('plain', format) })
export const input = (value: number, format: Format): Cell => ({ value, style: styleOf('input', format) })
export const formula = (
  written: string,
  value: number,
  format: Format,
  kind: 'plain' | 'total' = 'plain',
): Cell => ({ value, formula: written, style: styleOf(kind, format) })
export const moment = (ms: number | null): Cell | null =>
  ms === null ? null : figure(serialOf(ms), 'moment')

/** A formula where every one of these cells must hold a number; else it is "", never 0 and no error. */
export function whereKnown(cells: readonly string[], written: string): string {
  return `IF(COUNT(${cells.join(',')})<${cells.length},"",${written})`
}
