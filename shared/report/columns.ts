import type { Block, Look, ReportColumn } from './document.ts'

/** A column of figures. @param total of the last row; left out: it has none */
export function figures(
  key: string,
  heading: string,
  look: Exclude<Look, 'text'>,
  values: Iterable<number>,
  total: number | null = null,
): ReportColumn {
  return { key, heading, look, values: Float64Array.from(values), total }
}

export function texts(key: string, heading: string, values: readonly string[]): ReportColumn {
  return { key, heading, look: 'text', values, total: null }
}

/** @param totalLabel null: no row of totals */
export function table(
  id: string,
  title: string,
  columns: readonly ReportColumn[],
  totalLabel: string | null = null,
): Block {
  return { kind: 'table', table: { id, title, columns, rows: columns[0]?.values.length ?? 0, totalLabel } }
}

export const sentence = (text: string): Block => ({ kind: 'sentence', text })
export const note = (text: string): Block => ({ kind: 'note', text })
export const heading = (text: string, beside: string | null = null): Block => ({
  kind: 'heading',
  text,
  beside,
})
