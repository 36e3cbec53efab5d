import type { Block, Look, ReportColumn, ReportDocument, ReportTable } from './document.ts'

/** Of a column of numbers. */
export type FigureLook = Exclude<Look, 'text'>

/** Makes columns over a list of rows; what is said of a row is asked for once. */
export function columnsOver<Row>(rows: ArrayLike<Row>) {
  return {
    text: (key: string, heading: string, of: (row: Row) => string): ReportColumn => ({
      ...{ key, heading, look: 'text', total: null },
      values: Array.from(rows, of),
    }),
    /** @param total of the last row; 'sum': of the figures that are there; null: none */
    figure: (
      key: string,
      heading: string,
      look: FigureLook,
      of: (row: Row) => number,
      total: number | 'sum' | null = null,
    ): ReportColumn => {
      const values = Float64Array.from(rows, of)
      return { key, heading, look, values, total: total === 'sum' ? sumOf(values) : total }
    },
  }
}

/** Of the figures that are there; NaN where there are some and none is known. */
export function sumOf(values: Float64Array): number {
  let sum = 0
  let known = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += value
    known++
  }
  return known === 0 && values.length > 0 ? Number.NaN : sum
}

export const tableOf = (
  id: string,
  title: string,
  totalLabel: string | null,
  columns: readonly ReportColumn[],
): ReportTable => ({ id, title, columns, rows: columns[0]?.values.length ?? 0, totalLabel })

/** Every table of a document, in its order. */
export const tablesIn = ({ sections }: ReportDocument): readonly ReportTable[] =>
  sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : [])))

export const table = (of: ReportTable): Block => ({ kind: 'table', table: of })
export const sentence = (text: string): Block => ({ kind: 'sentence', text })
export const note = (text: string): Block => ({ kind: 'note', text })
export const warning = (text: string): Block => ({ kind: 'warning', text })
export const heading = (text: string, beside: string | null = null): Block => ({
  kind: 'heading',
  text,
  beside,
})
