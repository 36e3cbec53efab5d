import type { ReportDocument, ReportTable } from '#shared/report/document.ts'
import type { NamedTable } from './tables.ts'
import { keyOf, plainValue, tablesOf, valueAt } from './tables.ts'

const ROWS_PER_PIECE = 500

/**
 * Every table of a document as one JSON text, in pieces: rows as objects, figures in USD and unrounded, null where there is none.
 * `total` has what the last row of the printed table says. `warnings` are what a reader must not miss.
 */
export function* writeTablesJson(document: ReportDocument): Generator<string> {
  const { title, company, asOfMs, sections } = document
  const warnings = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'warning' ? [block.text] : [])),
  )
  const head = { title, company, asOf: new Date(asOfMs).toISOString(), warnings: [...new Set(warnings)] }
  yield `${JSON.stringify(head).slice(0, -1)},"tables":{`
  let isFirst = true
  for (const named of tablesOf(document)) {
    yield `${isFirst ? '' : ','}${JSON.stringify(named.id)}:`
    yield* tableJson(named)
    isFirst = false
  }
  yield '}}\n'
}

function* tableJson({ table }: NamedTable): Generator<string> {
  const { title, columns, rows } = table
  yield `${JSON.stringify({ title }).slice(0, -1)},"rows":[`
  for (let from = 0; from < rows; from += ROWS_PER_PIECE) {
    const length = Math.min(ROWS_PER_PIECE, rows - from)
    const some = Array.from({ length }, (_, i) =>
      Object.fromEntries(columns.map((column) => [keyOf(column), valueAt(column, from + i)])),
    )
    yield `${from > 0 ? ',' : ''}${JSON.stringify(some).slice(1, -1)}`
  }
  yield `],"total":${JSON.stringify(totalOf(table))}}`
}

function totalOf({ columns, totalLabel }: ReportTable): Readonly<Record<string, unknown>> | null {
  if (totalLabel === null) return null
  return Object.fromEntries(
    columns.flatMap((column) =>
      column.total === null ? [] : [[keyOf(column), plainValue(column.look, column.total)]],
    ),
  )
}
