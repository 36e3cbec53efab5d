import type { ReportTable } from '#shared/report/document.ts'
import { writeCellText } from '../cell-text.ts'
import { keyOf, valueAt } from './tables.ts'

const ROWS_PER_PIECE = 1000

/** `marginUsdPerDay` → `margin_usd_per_day`, as the headings of our other files. */
export const headingOf = (key: string): string =>
  key.replaceAll(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`)

/**
 * A table as CSV, in pieces of text: UTF-8, commas, decimal points, lines that end in LF, the unit in each heading, figures unrounded.
 * Sums are left to whoever reads it: the last row of the printed table is not in it.
 */
export function* writeTableCsv({ columns, rows }: ReportTable): Generator<string> {
  let piece = `${columns.map((column) => headingOf(keyOf(column))).join(',')}\n`
  for (let row = 0; row < rows; row++) {
    piece += `${columns.map((column) => cellText(valueAt(column, row))).join(',')}\n`
    if ((row + 1) % ROWS_PER_PIECE !== 0) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

function cellText(value: string | number | null): string {
  if (value === null) return ''
  return typeof value === 'number' ? String(value) : writeCellText(value)
}
